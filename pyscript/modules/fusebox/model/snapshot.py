"""What was seen at one instant: every reading with its age. Frozen; thinking looks at nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from .electrics import MIN_CHARGE_A, PerPhase, Phase, ceil_to_step
from .load import Load
from .messages.message import Message
from .records import record


class Status(StrEnum):
    """What a load's device says of itself, in one vocabulary for all makes."""

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
    """One measured value."""

    value: float | None = None
    """None while it is unknown."""
    last: float | None = None
    """The last number that it had, None where it never had one."""
    age_s: float = math.inf
    """How long ago its entity last reported a number [s]; infinite where it never did."""
    period_s: float | None = None
    """The usual time between its reports [s], None until that is learnt."""


NEVER = Reading()
"""A reading that has not been seen yet."""


@record
class LoadState:
    """What is known of one load."""

    draw_a: PerPhase = PerPhase()
    """What it draws on each phase [A], None where it has no sensor or that is unknown."""
    single_a: float | None = None
    """What a sensor that tells one value for several phases would mean on one of them [A], None for any other."""
    is_power: bool = False
    """Whether that value is a power, which the phases share, and not the current of each."""
    lines: int | None = None
    """How many of its phases draw, where the device tells a power beside that current; None where it does not."""
    draw_age_s: float = 0.0
    """How long ago the draw was reported [s]."""
    counted: bool = False
    """Whether nothing measures it: it is a number of relays times a rating."""
    unanswered_a: float = 0.0
    """What it may draw on each phase beyond that, through relays that do not answer [A]."""
    offer_a: float | None = None
    """The current that the device says it offers [A], None while that is unknown."""
    offer_untold: bool = False
    """Whether nothing shows the current that it was set to, so that the last command counts."""
    offer_unset: bool = False
    """Whether its number is unknown, which can be set nevertheless."""
    offer_is_set: bool = False
    """Whether `offer_a` is what somebody set, and not what the device makes of it: there a 0 is meant."""

    lines_set: int | None = None
    """How many phases the device says that it is set to, None where it does not."""
    lines_fixed: Message | None = None
    """Why the number of its phases cannot be changed, None while it can."""

    switched: bool = False
    """Whether it has a switch."""
    on: bool | None = None
    """What that shows, None while it is unknown."""
    on_untold: bool = False
    """Whether nothing ever shows it, so that what it was last told counts."""
    left_alone: bool = False
    """Nothing here steers it: it counts as part of the house, and that is no fault."""

    can_pause: bool = True
    """Whether anything that we can command stops it, be it unavailable for a while."""
    status: Status = Status.UNKNOWN
    """What it says of itself."""
    can_use_power: bool = True
    """Whether it could use current now: a car is there and not full."""
    idle_reason: str = ""
    """Why it cannot use current, where its car is not the reason."""
    available: bool = True
    """Whether it answers."""
    device_min_a: float | None = None
    """The device's own minimum [A], None where it tells none."""
    device_max_a: float | None = None
    """Its own maximum [A], None where it tells none."""
    device_step_a: float | None = None
    """Its own step [A], None where it tells none."""
    temperature_c: float | None = None
    """Of a tank [degrees Celsius], None while that is unknown."""
    hot: bool = False
    """Whether a tank is as hot as it gets, so that it counts with nothing while nobody measures it."""
    boosted: bool = False
    """Whether a boost goes no further."""
    sg: str | None = None
    """The SG-Ready state that its relays show, None for any other load."""
    note: str = ""
    """What its driver has to say of it, to be told with the reason."""
    fault: str = ""
    """What a person has to do something about, "" for nothing."""
    verifies: bool = False
    """Whether its driver itself checks that the device takes its current, and reports in `fault` when it does not."""
    missing: str = ""
    """What it has to do without, "" for nothing."""

    @property
    def offers_nothing(self) -> bool:
        """Whether the device says that it offers less than any car takes."""
        return self.offer_a is not None and self.offer_a < MIN_CHARGE_A

    @property
    def is_off(self) -> bool:
        """Whether it is seen to give nothing: it is switched off, or no car takes what it offers."""
        return self.on is False or self.offers_nothing


def min_current_a(load: Load, state: LoadState) -> float:
    """The lowest current at which this load may run, on a step that its device has [A]."""
    least = max(load.min_a, state.device_min_a or 0.0)
    if load.on_off or not state.device_step_a or least == state.device_min_a:
        return least
    return ceil_to_step(least, state.device_step_a, state.device_min_a or 0.0)


@record
class Allowance:
    """What a tariff lets one window come to."""

    limit_w: float
    """On the mean of the window [W]."""
    imported_ws: float
    """What is there already [Ws]."""
    start_s: float
    """When the window began [s since 1970]."""
    ends_s: float
    """When it ends [s since 1970]."""
    presumed_ws: float = 0.0
    """How much of that nobody has seen, above what the limit itself allows [Ws]: a reason to be careful, no overrun."""
    began_unseen_s: float | None = None
    """Until when its beginning was not seen [s since 1970], None where it was."""
    next_limit_w: float | None = None
    """What the mean of the next window may come to [W]; None: as much as this one's."""

    def lower_next_w(self, now_s: float, lead_s: float) -> float | None:
        """Return the limit of the next window [W] if it is lower and that begins within so long, otherwise None."""
        next_w = self.next_limit_w
        is_lower = next_w is not None and next_w < self.limit_w
        return next_w if is_lower and self.ends_s - now_s <= lead_s else None


@record
class Snapshot:
    """All readings of one instant."""

    now_s: float
    """The only clock of all thinking [s since 1970]."""
    grid_a: Mapping[str, Mapping[Phase, Reading]]
    """Circuit -> phase -> what flows into it [A, + = import]."""
    loads: Mapping[str, LoadState]
    """Load -> what is known of it."""
    solar_w: Reading = NEVER
    """What the panels make [W]."""
    battery_soc_pct: Reading = NEVER
    """The home battery's state of charge [%]."""
    battery_charge_w: Reading = NEVER
    """Its power [W, + = charging]."""
    inverter_a: Mapping[Phase, Reading] = field(default_factory=dict)
    """Phase -> what the inverter gives there [A]."""
    sun_up: bool | None = None
    """Whether the sun is above the horizon, None where nobody tells."""
    day_began_s: float = -math.inf
    """The last local midnight [s since 1970]."""
    allowance: Allowance | None = None
    """What the tariff leaves of this window, None where it does not count."""
    dimmed: bool | None = None
    """Whether the grid operator dims, None while its relay is not known."""
    dim_limit_w: float | None = None
    """To what it dims [W]; None: to what the rule guarantees."""
    unsettled: tuple[str, ...] = ()
    """The limits of CONFIG whose entities have had no value yet."""
