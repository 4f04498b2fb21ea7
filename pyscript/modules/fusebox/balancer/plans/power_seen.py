"""What a load takes when nothing keeps it from more: a cold car, one phase of three, a battery that is nearly full."""

from __future__ import annotations

import math
from typing import NamedTuple

from ... import tuning
from ...model.load import Load
from ...model.snapshot import LoadState


class PowerSeen(NamedTuple):
    """What was learnt of one load while its car is there."""

    mean_kw: float
    """The mean of the last minute or so [kW]."""
    kw: float
    """What is planned with: the mean when that was last clearly another one [kW]."""
    at_s: float
    """When it was seen last [s since 1970]."""


def able_kw(load: Load, state: LoadState, setpoint_a: float, voltage_v: float) -> float | None:
    """What a load would take of all it may have, as its draw shows it now; None while it draws nothing."""
    drawn_a = [state.draw_a[phase] for phase in load.phases]
    told_a = [a for a in drawn_a if a is not None]
    if len(told_a) < len(drawn_a) or max(told_a) < tuning.DRAWS_A:
        return None
    sum_a, most_a = sum(told_a), max(told_a)
    if not load.is_switched and most_a >= setpoint_a - tuning.CLEARLY_A:
        sum_a *= load.max_a / most_a  # it takes what it is offered, on the phases that it uses
    return sum_a * voltage_v / 1000


def seen(past: PowerSeen | None, able: float, now_s: float) -> PowerSeen:
    """With one more look."""
    if past is None:
        return PowerSeen(able, able, now_s)
    share = 1 - math.exp(-max(now_s - past.at_s, 0.0) / tuning.LASTING_S)
    mean_kw = past.mean_kw + share * (able - past.mean_kw)
    kw = mean_kw if abs(mean_kw - past.kw) > tuning.PLAN_POWER_SHARE * past.kw else past.kw
    return PowerSeen(mean_kw, kw, now_s)
