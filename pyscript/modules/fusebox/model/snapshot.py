"""What was seen at one instant: every reading with its age. Frozen; thinking looks at nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .electrics import PerPhase, Phase, ceil_to_step
from .load import Load


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


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value. `value` is None while unknown; `last` is the last number it had, if ever.

    `age_s` is the time since the entity last reported a number; infinite when it never did. `period_s` is the
    usual time between its reports, None until it is learnt.
    """

    value: float | None = None
    last: float | None = None
    age_s: float = math.inf
    period_s: float | None = None


NEVER = Reading()
"""A reading that has not been seen yet."""


@dataclass(frozen=True, slots=True)
class LoadState:
    """What is known of one load.

    `draw_a`: measured amps a phase, None where the load has no sensor or it is unknown. `single_a`: what a sensor
    that tells one value for several phases would mean on one of them [A], None for any other; `is_power`: whether that
    value is a power, which the phases share, and not the current of each; `lines`: how many of its phases draw, where
    the device tells a power beside that current, None where it does not. `offer_a`: the current
    that the device says it offers [A], None when unknown. `switched`: whether it has a switch; `on`: what that shows,
    None when unknown; `on_untold`: nothing ever shows it, so what it was last told counts; `can_pause`: whether
    anything that we can command stops it, be it unavailable for a while. `can_use_power`: whether it could use current
    now (a car is there and not full). `remark`: what its driver has to say of it, to be told with the reason;
    `trouble`: what a person has to do something about; `missing`: what it has to do without. `draw_age_s`: time since
    the draw was reported; `counted`: nothing measures it, it is a number of relays times a rating. `device_min_a`,
    `device_max_a`, `device_step_a`: the device's own minimum, maximum and step [A], where it tells them.
    `temperature_c`: of a tank; `hot`: whether it counts with nothing while nobody measures, `boosted`: whether a boost
    goes no further. `sg`: the SG-Ready state that its relays show.
    """

    draw_a: PerPhase = PerPhase()
    single_a: float | None = None
    is_power: bool = False
    lines: int | None = None
    draw_age_s: float = 0.0
    counted: bool = False
    offer_a: float | None = None
    offer_is_set: bool = False
    """Whether `offer_a` is what somebody set, and not what the device makes of it: there a 0 is meant."""

    switched: bool = False
    on: bool | None = None
    on_untold: bool = False
    left_alone: bool = False
    """Nothing here steers it: it counts as part of the house, and that is no fault."""

    can_pause: bool = True
    status: Status = Status.UNKNOWN
    can_use_power: bool = True
    available: bool = True
    device_min_a: float | None = None
    device_max_a: float | None = None
    device_step_a: float | None = None
    temperature_c: float | None = None
    hot: bool = False
    boosted: bool = False
    sg: str | None = None
    remark: str = ""
    trouble: str = ""
    missing: str = ""


def min_current_a(load: Load, state: LoadState) -> float:
    """The lowest current at which this load may run, on a step that its device has [A]."""
    least = max(load.min_a, state.device_min_a or 0.0)
    if load.on_off or not state.device_step_a or least == state.device_min_a:
        return least
    return ceil_to_step(least, state.device_step_a, state.device_min_a or 0.0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a tariff lets a window come to: `limit_w` on the mean [W]; `imported_ws` is there already [Ws]."""

    limit_w: float
    imported_ws: float
    start_s: float
    ends_s: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All readings of one instant. `unsettled` names limits of CONFIG whose entities have had no value yet.

    `now_s`: the only clock of all thinking [s since 1970]. `grid_a`: circuit -> phase -> signed amps, + = import.
    `sun_up`: whether the sun is above the horizon, None when nobody tells. `day_began_s`: the last local midnight.
    `allowance`: what the tariff leaves of this window, None where it does not count; `dimmed`: whether the grid
    operator dims, None when its relay is not known.
    """

    now_s: float
    grid_a: Mapping[str, Mapping[Phase, Reading]]
    loads: Mapping[str, LoadState]
    solar_w: Reading = NEVER
    battery_soc_pct: Reading = NEVER
    battery_charge_w: Reading = NEVER
    inverter_a: Mapping[Phase, Reading] = field(default_factory=dict)
    sun_up: bool | None = None
    day_began_s: float = -math.inf
    allowance: Allowance | None = None
    dimmed: bool | None = None
    unsettled: tuple[str, ...] = ()
