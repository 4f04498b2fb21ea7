"""Prices, sun and house together: what is expected of each slot from now on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .. import tuning
from ..model.durations import DAY_S, QUARTER_S
from ..model.electrics import Phase
from .house_model import HouseModel, hour_of
from .need import Outlook
from .prices import NO_FEES, Fees, Prices, quarter
from .sun_reader import Sun
from .times import Ahead


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known of the days to come."""

    prices: Prices
    """Those of the market; what is paid comes to them with `fees`."""
    export: Prices
    """What is earned; nothing where that is not known."""
    sun: Sun
    house: HouseModel
    circuits: Mapping[str, HouseModel] = field(default_factory=dict)
    """What is on circuits with a meter of their own beside the loads that are planned."""
    fees: Fees = NO_FEES


def outlook(forecast: Forecast, now_s: float, slots: int, ahead: Ahead) -> Outlook:
    """Return what is expected of each slot from the present one on.

    A market price that is not published is guessed: as a day before, else as all that is known. Its fees are known.
    """
    starts = range(quarter(now_s), quarter(now_s) + slots * QUARTER_S, QUARTER_S)
    known = forecast.prices.by_start
    usual = sum(known.values()) / len(known) if known else 0.0
    fees = forecast.fees if known else NO_FEES
    prices = tuple(fees.paid(_guess(known, start, usual), start, ahead) for start in starts)
    earned = forecast.export.by_start
    mean_kw = house_kw(forecast.house, starts, ahead)
    return Outlook(
        prices,
        tuple(start in known for start in starts),
        tuple(_guess(earned, start, 0.0) for start in starts),
        spare_sun_kw(forecast.sun.middle_kw, starts, mean_kw),
    )


def spare_sun_kw(
    sun_kw: Mapping[int, float], starts: range, taken_kw: Mapping[Phase, Sequence[float]]
) -> tuple[float, ...]:
    """What of the sun the house leaves in each slot [kW]; `sun_kw` by the slots' starts, `taken_kw` by phase."""
    taken = [sum(phase[at] for phase in taken_kw.values()) for at in range(len(starts))]
    return tuple(max(sun_kw.get(start, 0.0) - used, 0.0) for start, used in zip(starts, taken, strict=True))


def house_kw(
    house: HouseModel, starts: range, ahead: Ahead, *, cautious: bool = False
) -> Mapping[Phase, tuple[float, ...]]:
    """Phase -> what the house takes in each slot [kW]; phases of which nothing was ever seen are left out."""
    hours = [hour_of(start + ahead(start)) for start in starts]
    found = {}
    for phase in Phase:
        usual = {hour: house.expected(phase, hour) for hour in set(hours)}
        told = {
            hour: each.cautious_kw if cautious else each.mean_kw for hour, each in usual.items() if each is not None
        }
        if len(told) == len(usual):
            found[phase] = tuple([told[hour] for hour in hours])
    return found


def _guess(known: Mapping[int, float], start_s: int, usual: float) -> float:
    """The price of a slot, else that of the same time on a day before."""
    before = (start_s, start_s - DAY_S, start_s - 2 * DAY_S)
    return next((known[each] for each in before if each in known), usual)


def seldom_above(
    usual_kw: Sequence[float],
    mean: Mapping[Phase, Sequence[float]],
    cautious: Mapping[Phase, Sequence[float]],
    ends: Sequence[int],
) -> tuple[float, ...]:
    """What is imported in each slot [kW], with so much more that loads are ready by their `ends` below a peak.

    Phases do not all take more at once.
    """
    found = []
    for slot, kw in enumerate(usual_kw):
        more_kw = math.hypot(*(cautious[phase][slot] - mean[phase][slot] for phase in mean))
        found.append(kw + more_kw * share_of(slot, ends))
    return tuple(found)


def share_of(slot: int, ends: Sequence[int]) -> float:
    """How much of that counts: the less, the more slots are left before the next of `ends`.

    What is off in one quarter hour may be made up for in others. If they erred each by chance, those of a night would
    come to the root of their number, and each had to count with 1 / root; if all erred alike, with all of it. Houses
    are between the two.
    """
    left = min([end - slot for end in ends if end > slot], default=1)
    return float(left**-tuning.PLAN_MAKES_UP)


def with_now(cautious: Mapping[Phase, Sequence[float]], now: Mapping[Phase, float]) -> dict[Phase, tuple[float, ...]]:
    """What each phase takes in each slot [kW], in the first no more than now: who may have more there takes it."""
    return {phase: (min(kws[0], now.get(phase, kws[0])), *kws[1:]) if kws else () for phase, kws in cautious.items()}
