"""What each slot of a plan has from now on: its prices, sun and house load.

A house load is forecast as its mean; as cautious: seldom exceeded in that slot (mean and some spreads); or as likely:
cautious in observed hours, in others the mean and a part of the spread. Sun is forecast as likely (`middle_kw`) or as
sure: nearly certain (`low_kw`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .. import tuning
from ..model.durations import DAY_S, QUARTER_S
from ..model.electrics import Phase
from ..model.orders import ExportLimit
from ..model.records import remember_results
from .house_model import HouseModel, hour_index
from .need import SlotForecast
from .prices import NO_FEES, Fees, Prices, quarter_start_s
from .sun_reader import Sun
from .times import Ahead

PhasePowers = Mapping[Phase, Sequence[float]]
"""Phase -> power drawn by everything that is not planned, for each slot [kW]."""


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
    limit: ExportLimit | None = None
    """The limit on export, None for no limit."""


@remember_results
def forecast_slots(forecast: Forecast, now_s: float, slots: int, ahead: Ahead) -> SlotForecast:
    """Return the forecast for each slot from the present one on; sun is what the mean house load leaves.

    A market price that is not published is guessed: that of one or two days before, else the mean of the known ones (0
    for export). Guessed prices have fees too; without any known price all are 0.
    """
    starts = range(quarter_start_s(now_s), quarter_start_s(now_s) + slots * QUARTER_S, QUARTER_S)
    known = forecast.prices.by_start
    usual = sum(known.values()) / len(known) if known else 0.0
    fees = forecast.fees if known else NO_FEES
    prices = tuple(fees.price_with_fees(_known_or_guessed_price(known, start, usual), start, ahead) for start in starts)
    earned = forecast.export.by_start
    spare_kw = spare_sun_kw(forecast.sun.middle_kw, starts, house_load_kw(forecast.house, starts, ahead))
    return SlotForecast(
        prices,
        tuple(start in known for start in starts),
        tuple(
            _export_revenue(forecast.limit, start, _known_or_guessed_price(earned, start, 0.0), kw, ahead)
            for start, kw in zip(starts, spare_kw, strict=True)
        ),
        spare_kw,
    )


def _export_revenue(limit: ExportLimit | None, start_s: float, price: float, spare_kw: float, ahead: Ahead) -> float:
    """Return what a kWh of sun earns in a slot if it is exported, as a mean over all of the spare sun.

    Above the limit on export it earns nothing. A negative price counts for all of it, because using it is a gain.
    """
    most_w = None if limit is None else limit.most_w(start_s, price, ahead)
    if most_w is None or price <= 0 or spare_kw * 1000 <= most_w:
        return price
    return price * most_w / (spare_kw * 1000)


def spare_sun_kw(sun_kw: Mapping[int, float], starts: range, taken_kw: PhasePowers) -> tuple[float, ...]:
    """Return the sun that the house leaves in each slot [kW]; `sun_kw` by the slots' starts, `taken_kw` by phase."""
    taken = [sum(phase[at] for phase in taken_kw.values()) for at in range(len(starts))]
    return tuple(max(sun_kw.get(start, 0.0) - used, 0.0) for start, used in zip(starts, taken, strict=True))


@remember_results
def house_load_kw(house: HouseModel, starts: range, ahead: Ahead, *, cautious: bool = False) -> PhasePowers:
    """Return phase -> usual house load in each slot [kW]; phases never observed are left out.

    `cautious`: a load that is seldom exceeded instead of the mean.
    """
    hours = [hour_index(start + ahead(start)) for start in starts]
    found = {}
    for phase in Phase:
        usual = {hour: house.usual_load(phase, hour) for hour in set(hours)}
        known = {hour: each for hour, each in usual.items() if each is not None}
        usual_kw = {hour: each.cautious_kw if cautious else each.mean_kw for hour, each in known.items()}
        if len(usual_kw) == len(usual):
            found[phase] = tuple([usual_kw[hour] for hour in hours])
    return found


def _known_or_guessed_price(known: Mapping[int, float], start_s: int, usual: float) -> float:
    """Return the price of a slot, else that of one or two days before, else the `usual` one."""
    before = (start_s, start_s - DAY_S, start_s - 2 * DAY_S)
    return next((known[each] for each in before if each in known), usual)


def seldom_exceeded_kw(
    usual_kw: Sequence[float], mean: PhasePowers, cautious: PhasePowers, ends: Sequence[int]
) -> tuple[float, ...]:
    """Return an import in each slot that is seldom exceeded [kW]: `usual_kw` plus a share of the house's spread.

    The spread is `cautious` less `mean`; the phases' spreads are added as independent, because not all draw more at
    once. The share is smaller, the more slots remain until the next of `ends` (the last slots of loads): a load can
    make up for a deviation later.
    """
    by_phase_kw = [[cautious[phase][slot] - mean[phase][slot] for phase in mean] for slot in range(len(usual_kw))]
    spread_kw = [math.hypot(*kws) * counted_share_of_spread(slot, ends) for slot, kws in enumerate(by_phase_kw)]
    return tuple(kw + more_kw for kw, more_kw in zip(usual_kw, spread_kw, strict=True))


def likely_load_kw(house: HouseModel, starts: range, ahead: Ahead, ends: Sequence[int]) -> PhasePowers:
    """Return a cautious house load in each slot [kW]; in hours never observed one seldom exceeded until the next end.

    Those hours have the mean spread of all, of which a share counts, as in `seldom_exceeded_kw`.
    """
    mean, cautious = house_load_kw(house, starts, ahead), house_load_kw(house, starts, ahead, cautious=True)
    hours = [hour_index(start + ahead(start)) for start in starts]
    shares = [counted_share_of_spread(slot, ends) for slot in range(len(starts))]
    return {
        phase: tuple(
            most_kw if house.observed_load(phase, hour) else kw + (most_kw - kw) * share
            for kw, most_kw, hour, share in zip(mean[phase], kws, hours, shares, strict=True)
        )
        for phase, kws in cautious.items()
    }


def counted_share_of_spread(slot: int, ends: Sequence[int]) -> float:
    """Return the share of the house load's spread that counts in a slot: less, the more slots precede the next end.

    All of it in the last slot before an end, and after all ends. A deviation in one quarter hour may be compensated in
    others. If they were independent, those of a night would come to the root of their number, and each had to count
    with 1 / root; if they were identical, with all of it. Houses are in between.
    """
    left = min([end - slot for end in ends if end > slot], default=1)
    return float(left**-tuning.PLAN_MAKES_UP)


def with_present_load(cautious: PhasePowers, now: Mapping[Phase, float]) -> PhasePowers:
    """Return each phase's load in each slot [kW], in the first slot at most the present one, where that is known."""
    return {phase: (min(kws[0], now.get(phase, kws[0])), *kws[1:]) if kws else () for phase, kws in cautious.items()}
