"""All readings of one instant, with their ages. Frozen; a decision uses nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from .electrics import MIN_CHARGE_A, PerPhase, Phase, Wire, ceil_to_step
from .equipment import sum_or_none
from .load import Load
from .messages.message import Message
from .records import fast_replace, record


class Status(StrEnum):
    """The status that a load's device reports, in one vocabulary for all makes."""

    UNPLUGGED = "unplugged"
    CONNECTED = "connected"
    CHARGING = "charging"
    SUSPENDED_CAR = "suspended_car"
    PAUSED = "paused"
    FULL = "full"
    FAULT = "fault"
    UNKNOWN = "unknown"


@record
class Reading:
    """One measured value with its age."""

    value: float | None = None
    """None while it is unknown."""
    last: float | None = None
    """The last number, None if there never was one."""
    age_s: float = math.inf
    """The time since its entity last reported a number [s]; infinite if it never did."""
    period_s: float | None = None
    """The usual time between its reports [s], None until that is learnt."""
    unchanged_s: float | None = None
    """Of a source that reports only changes, the time since its last report [s]; its age is 0. None for others."""

    def multiplied(self, factor: float) -> Reading:
        """Return the reading with its values multiplied by a factor; one that never had a value as it is."""
        if self.last is None:
            return self
        value = None if self.value is None else factor * self.value
        return Reading(value, factor * self.last, self.age_s, self.period_s, self.unchanged_s)


NEVER = Reading()
"""A reading that never had a value."""


@record
class LoadState:
    """The present state of one load and its device."""

    draw_a: PerPhase = PerPhase()
    """Its draw on each phase [A], None without a sensor or while unknown."""
    single_a: float | None = None
    """The draw on one phase by a sensor with a single value for several phases [A], None for any other sensor.

    For a power, the current if all of it were on one phase.
    """
    is_power: bool = False
    """Whether that single value is a power, which the phases share, rather than the current of each."""
    phases_drawing: int | None = None
    """How many of its phases draw, where the device reports both power and current; else None."""
    draw_age_s: float = 0.0
    """The time since the draw was reported [s]."""
    counted: bool = False
    """Whether its draw is not measured but computed: relays that are on times their rating."""
    unanswered_a: float = 0.0
    """A further possible draw on each phase [A]: through relays that do not respond, or of a charger out of reach."""
    offer_a: float | None = None
    """The current that the device displays as its offer [A], None while unknown."""
    offer_hidden: bool = False
    """Whether the device does not display the current it was set to, so that the last command counts."""
    offer_unset: bool = False
    """Whether its number is unknown but can be set."""
    starts_at_a: float = MIN_CHARGE_A
    """The lowest offer at which anything is drawn [A]: what every car needs, less for another device."""
    offer_is_set: bool = False
    """Whether `offer_a` is a setting, so that 0 is intended, rather than a measurement by the device."""

    phase_setting: int | None = None
    """The number of phases that the device displays as its setting, None where it does not."""
    phases_fixed_reason: Message | None = None
    """Why the number of its phases cannot be changed, None if it can."""

    switched: bool = False
    """Whether it has a switch."""
    on: bool | None = None
    """The state of that switch, None while unknown."""
    on_hidden: bool = False
    """Whether the switch state is never displayed, so that the last command counts."""
    left_alone: bool = False
    """Whether it is not steered: it counts as part of the house, without being a fault."""

    can_pause: bool = True
    """Whether it has anything that can stop it, even if that is unavailable for a while."""
    status: Status = Status.UNKNOWN
    """The status that its device reports."""
    can_use_power: bool = True
    """Whether it could draw current now: a car is connected and not full."""
    idle_reason: str = ""
    """Why it cannot draw current, where that is not because of its car."""
    available: bool = True
    """Whether its device responds."""
    refused: str = ""
    """The service that failed to carry out its last command, such as "number.set_value"; "" for none."""
    overtaken: bool = False
    """Whether a command is under way that newer ones have overtaken: it may arrive after them."""
    device_min_a: float | None = None
    """The device's own minimum [A], None where it reports none."""
    device_max_a: float | None = None
    """The device's own maximum [A], None where it reports none."""
    device_step_a: float | None = None
    """The device's own step [A], None where it reports none."""
    temperature_c: float | None = None
    """The temperature of a tank [degrees Celsius], None while unknown."""
    hot: bool = False
    """Whether a tank is at its highest temperature, so that it counts for nothing without a draw sensor."""
    boosted: bool = False
    """Whether a boost has reached its temperature."""
    sg: str | None = None
    """The state that a load by signal displays, None while that is unknown, and for any other load."""
    note: str = ""
    """Why it takes what it takes, where its driver decides that; "" where it does not."""
    hint: str = ""
    """What a person should know about how the device is controlled, "" for nothing."""
    fault: str = ""
    """A problem that the user has to solve, "" for none."""
    verifies: bool = False
    """Whether its driver checks itself that the device accepts its current, and reports failures in `fault`."""
    missing: str = ""
    """What is missing in its setup, "" for nothing."""

    @property
    def offers_nothing(self) -> bool:
        """Whether the device displays an offer at which nothing is drawn."""
        return self.offer_a is not None and self.offer_a < self.starts_at_a

    @property
    def is_off(self) -> bool:
        """Whether it can draw nothing: switched off, or offered too little."""
        return self.on is False or self.offers_nothing


UNAVAILABLE = LoadState(available=False)
"""The state of a device of which nothing is known."""


def min_current_a(load: Load, state: LoadState) -> float:
    """Return the lowest current at which a load may run [A]: its own or its device's minimum, whichever is higher.

    Rounded up to a step of the device, except for a load that is only on or off and for the device's own minimum.
    """
    least = max(load.min_a, state.device_min_a or 0.0)
    if load.on_off or not state.device_step_a or least == state.device_min_a:
        return least
    return ceil_to_step(least, state.device_step_a, state.device_min_a or 0.0)


@record
class Allowance:
    """The import that a tariff allows in one window."""

    limit_w: float
    """The highest mean import of the window [W]."""
    imported_ws: float
    """The import so far [Ws]."""
    start_s: float
    """The beginning of the window [s since 1970]."""
    ends_s: float
    """Its end [s since 1970]."""
    presumed_ws: float = 0.0
    """The import assumed for its unmeasured time, less what the limit allows in that time [Ws], no overrun itself."""
    began_unseen_s: float | None = None
    """Until when its beginning was not measured [s since 1970], None where it was."""
    next_limit_w: float | None = None
    """The highest mean import of the next window [W]; None: the limit of this one."""

    def lower_next_w(self, now_s: float, lead_s: float) -> float | None:
        """Return the limit of the next window [W] if it is lower and begins within `lead_s` seconds, else None."""
        next_w = self.next_limit_w
        is_lower = next_w is not None and next_w < self.limit_w
        return next_w if is_lower and self.ends_s - now_s <= lead_s else None


@record
class BatteryReadings:
    """The readings of one home battery."""

    soc_pct: Reading = NEVER
    """Its state of charge [%]."""
    charge_w: Reading = NEVER
    """Its power [W, + = charging]."""


@record
class InverterReadings:
    """The readings of one inverter."""

    output_a: Mapping[Phase, Reading] = field(default_factory=dict)
    """Phase -> its output [A]."""
    solar_w: Reading = NEVER
    """The power of its own panels [W]."""


def sum_of(readings: Sequence[Reading]) -> Reading:
    """Return the sum of readings, `NEVER` for none: no value if one has none, and their longest age and interval."""
    if len(readings) < 2:
        return readings[0] if readings else NEVER
    return Reading(
        sum_or_none(each.value for each in readings),
        sum_or_none(each.last for each in readings),
        max(each.age_s for each in readings),
        max((each.period_s for each in readings if each.period_s is not None), default=None),
        min((each.unchanged_s for each in readings if each.unchanged_s is not None), default=None),
    )


@record
class Snapshot:
    """All readings of one instant."""

    now_s: float
    """The only clock of a decision [s since 1970]."""
    grid_a: Mapping[str, Mapping[Phase, Reading]]
    """Circuit -> phase -> current at its meter [A, + = import]."""
    loads: Mapping[str, LoadState]
    """Load -> its state."""
    solar_w: Reading = NEVER
    """The power of all solar panels [W]."""
    batteries: tuple[BatteryReadings, ...] = ()
    """Those of each home battery, in the order of the site."""
    inverters: tuple[InverterReadings, ...] = ()
    """Those of each inverter, in the order of the site."""
    sun_up: bool | None = None
    """Whether the sun is above the horizon, None where unknown."""
    day_began_s: float = -math.inf
    """The last local midnight [s since 1970]."""
    wall_ahead_s: float = 0.0
    """How far the wall clock is ahead of UTC [s]."""
    allowance: Allowance | None = None
    """What the tariff allows in this window, None where the window does not count."""
    dimmed: bool | None = None
    """Whether the grid operator dims, None while its relay is unknown."""
    dim_limit_w: float | None = None
    """To what it dims [W]; None: to what the rule guarantees."""
    unsettled: tuple[str, ...] = ()
    """Sentences on paths of CONFIG whose entities have had no value yet, and on plans that were not evaluated yet."""

    @property
    def wall_s(self) -> float:
        """The time of the wall clock [s since its 1970]."""
        return self.now_s + self.wall_ahead_s

    def state_of(self, load: str) -> LoadState:
        """Return the state of a load; that of an unavailable device where it has none."""
        return self.loads.get(load, UNAVAILABLE)

    @property
    def meters(self) -> Mapping[Wire, Reading]:
        """(Circuit, phase) -> the reading of its meter."""
        return {(circuit, phase): read for circuit, phases in self.grid_a.items() for phase, read in phases.items()}

    def meter(self, circuit: str, phase: Phase) -> Reading:
        """Return the reading of a circuit's meter on a phase; `NEVER` where it has none."""
        return self.grid_a.get(circuit, {}).get(phase, NEVER)

    def without_meters(self, ages_s: Mapping[Wire, float]) -> Snapshot:
        """Return the snapshot in which these meters have had no value for so long [s], at least; itself for none."""
        if not ages_s:
            return self
        grid_a = {circuit: dict(phases) for circuit, phases in self.grid_a.items()}
        for (circuit, phase), age_s in ages_s.items():
            reading = grid_a[circuit][phase]
            grid_a[circuit][phase] = fast_replace(reading, value=None, age_s=max(age_s, reading.age_s))
        return fast_replace(self, grid_a=grid_a)

    def battery(self, place: int) -> BatteryReadings:
        """Return the readings of the battery at a place; none of them known where there are none."""
        return self.batteries[place] if place < len(self.batteries) else BatteryReadings()

    @property
    def battery_charge_w(self) -> Reading:
        """The power of all home batteries [W, + = charging]."""
        return sum_of([each.charge_w for each in self.batteries])

    @property
    def inverter_a(self) -> Mapping[Phase, Reading]:
        """Phase -> output of all inverters [A], for phases on which each has a reading; empty without inverters."""
        outputs = [each.output_a for each in self.inverters]
        common = [phase for phase in Phase if outputs and all(phase in each for each in outputs)]
        return {phase: sum_of([each[phase] for each in outputs]) for phase in common}
