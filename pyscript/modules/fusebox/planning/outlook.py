"""Prices, sun and house load together: the forecast for each slot from now on."""

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
    """The known forecasts."""

    prices: Prices
    """Market prices; `fees` make them the price that is paid."""
    export: Prices
    """Revenue of export; empty where not known."""
    sun: Sun
    house: HouseModel
    circuits: Mapping[str, HouseModel] = field(default_factory=dict)
    """Circuit with its own meter -> usual load there without planned loads."""
    fees: Fees = NO_FEES


def outlook(forecast: Forecast, now_s: float, slots: int, ahead: Ahead) -> Outlook:
    """Return the forecast for each slot from the present one on.

    A market price that is not published is guessed: that of a day before, else the mean of the known ones. Fees are
    known.
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
    """Return the sun that the house leaves in each slot [kW]; `sun_kw` by the slots' starts, `taken_kw` by phase."""
    taken = [sum(phase[at] for phase in taken_kw.values()) for at in range(len(starts))]
    return tuple(max(sun_kw.get(start, 0.0) - used, 0.0) for start, used in zip(starts, taken, strict=True))


def house_kw(
    house: HouseModel, starts: range, ahead: Ahead, *, cautious: bool = False
) -> Mapping[Phase, tuple[float, ...]]:
    """Return phase -> house load in each slot [kW]; phases never observed are left out."""
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
    """Return the price of a slot, else that of one or two days before, else the `usual` one."""
    before = (start_s, start_s - DAY_S, start_s - 2 * DAY_S)
    return next((known[each] for each in before if each in known), usual)


def seldom_above(
    usual_kw: Sequence[float],
    mean: Mapping[Phase, Sequence[float]],
    cautious: Mapping[Phase, Sequence[float]],
    ends: Sequence[int],
) -> tuple[float, ...]:
    """Return an import in each slot that is seldom exceeded [kW], so that loads are ready by their `ends` below a peak.

    The phases do not all draw more at once.
    """
    found = []
    for slot, kw in enumerate(usual_kw):
        more_kw = math.hypot(*(cautious[phase][slot] - mean[phase][slot] for phase in mean))
        found.append(kw + more_kw * share_of(slot, ends))
    return tuple(found)


def share_of(slot: int, ends: Sequence[int]) -> float:
    """Return the share of the house load's spread that counts in a slot: less, the more slots precede the next end.

    A deviation in one quarter hour may be compensated in others. If they were independent, those of a night would come
    to the root of their number, and each had to count with 1 / root; if they were identical, with all of it. Houses are
    in between.
    """
    left = min([end - slot for end in ends if end > slot], default=1)
    return float(left**-tuning.PLAN_MAKES_UP)


def with_now(cautious: Mapping[Phase, Sequence[float]], now: Mapping[Phase, float]) -> dict[Phase, tuple[float, ...]]:
    """Return each phase's load in each slot [kW], limited in the first slot to the present one."""
    return {phase: (min(kws[0], now.get(phase, kws[0])), *kws[1:]) if kws else () for phase, kws in cautious.items()}
