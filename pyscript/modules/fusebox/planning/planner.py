"""Plan all loads together: in which of the known slots each runs, at which power, within all limits.

Each load in turn gets its best response to the others, which make way for it where that is cheaper in total. Where a
peak is billed, its height is found by bisection. Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from .. import tuning
from .arrangement import Arrangement
from .need import DUST_KW, SLOT_H, Need, PeakTariff, PlanProblem, Powers
from .sheet import MISSING, Sheet

CLOSE_KW = 0.05
"""Heights closer than this are equal [kW]."""
LACKS = MISSING / 100
"""A plan that costs this much more than another one lacks energy."""


class _PeakTrial(NamedTuple):
    """A height of the peak and the plan below it."""

    height_kw: float
    cost: float
    """The cost of the plan: energy, the billed peak, and the penalty for missing energy, summed."""
    saved: Sheet


def arrange_below_peak(arrangement: Arrangement, peak: PeakTariff, plan_before: Powers | None) -> None:
    """Arrange all loads, in place, below the peak height at which energy and peak together cost least.

    An earlier plan for the same slots (`plan_before`) is one candidate; None for none.
    """
    sheet, nothing = arrangement.sheet, arrangement.sheet.save()
    best = _find_best_height(arrangement, peak)
    if plan_before is not None:
        sheet.restore(nothing)
        sheet.set_peak_height(peak_of_earlier_plan_kw(plan_before, arrangement.market.needs, peak))
        arrangement.resume_plan(plan_before)
        arrangement.arrange_quickly()
        best = min(best, _present_plan_as_trial(arrangement, sheet.peak_kw, peak), key=lambda tried: tried.cost)
    sheet.restore(best.saved)
    sheet.set_peak_height(sheet.peak_kw)
    arrangement.arrange_all()


def _find_best_height(arrangement: Arrangement, peak: PeakTariff) -> _PeakTrial:
    """Return the best of the heights tried by bisection, from the least at which all fits to the highest.

    The cost is nearly convex in the height: what a higher peak would save shows on which side the best one is.
    """
    sheet = arrangement.sheet
    sheet.set_peak_height(peak.most_kw)
    arrangement.arrange_quickly()
    top = best = _present_plan_as_trial(arrangement, sheet.peak_kw, peak)
    low, tries = least_height_kw(arrangement.market.needs, peak), tuning.PLAN_HEIGHTS_TIMES
    for opens in (False, True):
        above, height = top, low
        while tries and above.height_kw - low >= CLOSE_KW:
            sheet.restore(above.saved)
            arrangement.lower_peak_to(height)
            arrangement.arrange_quickly()
            tried, tries = _present_plan_as_trial(arrangement, height, peak), tries - 1
            is_better = tried.cost < best.cost
            best = tried if is_better else best
            saves = marginal_saving(arrangement, opens=opens)
            if saves <= peak.price_per_kw and (is_better or tried.cost < above.cost + LACKS):
                above = tried
            else:
                low = height
            height = (low + above.height_kw) / 2
        # Slots with too little headroom for a load to run at all have no slope: a little more height may open many.
        sheet.restore(best.saved)
        sheet.set_peak_height(best.height_kw)
        if marginal_saving(arrangement, opens=True) <= peak.price_per_kw:
            break
        low = best.height_kw
    return best


def _present_plan_as_trial(arrangement: Arrangement, height_kw: float, peak: PeakTariff) -> _PeakTrial:
    """Return the arrangement's present plan as a candidate for this height, with its total cost."""
    sheet = arrangement.sheet
    cost = sheet.total_cost + (sheet.peak_kw - peak.free_kw) * peak.price_per_kw
    return _PeakTrial(height_kw, cost, sheet.save())


def marginal_saving(arrangement: Arrangement, *, opens: bool) -> float:
    """Return what one more kW of height would save: in each full slot, the cost of its best use in another slot.

    A slot counts if only the peak limits a need there. `opens`: also slots with less headroom than a load can run at,
    in proportion to the headroom that they lack.
    """
    market, sheet = arrangement.market, arrangement.sheet
    assert market.peak is not None
    dear = {index: arrangement.moves.dearest_energy(index)[0] for index in range(len(market.needs))}
    saved: float = 0.0
    for slot, (slack, (_, per_kw)) in enumerate(zip(sheet.slack_kw[market.peak_limit], market.peak.slots, strict=True)):
        gains = [0.0]
        for index, cost in dear.items():
            least = market.least_kw[index][slot] if opens and not sheet.power_kw[index][slot] else DUST_KW
            if slack <= least and sheet.is_limited_by_peak_alone(index, slot):
                gain = cost - sheet.marginal_price(slot, more=True) - market.extra[index][slot]
                gains.append(gain * least / max(least - slack, DUST_KW) if least > DUST_KW else gain)
        saved += max(gains) * per_kw
    return saved * SLOT_H


def least_height_kw(needs: Sequence[Need], peak: PeakTariff) -> float:
    """Return a peak height below which not all energy fits in time [kW]: at least the free one, at most the highest.

    Limits other than the peak do not count here.
    """
    musts = sorted((need for need in needs if need.worth is None), key=lambda need: need.end)
    energy_kwh, least_kw = 0.0, peak.free_kw
    for need in musts:
        energy_kwh += need.energy_kwh
        slots = islice(peak.slots, need.end)
        least_kw = max(least_kw, min(_filled_levels_kw(slots, energy_kwh / SLOT_H), default=0.0))
    return min(least_kw, peak.most_kw)


def _filled_levels_kw(slots: Iterable[tuple[float, float]], power_kw: float) -> Iterator[float]:
    """Yield for each number of slots, the lowest first, the level to which `power_kw` in total fills them [kW].

    `slots`: of each, what the house imports [kW], and how many kW of import raise the level by one.
    """
    below_kw = width = 0.0
    for house, per_kw in sorted(slots, key=lambda slot: slot[0] / slot[1]):
        below_kw, width = below_kw + house, width + per_kw
        yield (power_kw + below_kw) / width


def peak_of_earlier_plan_kw(plan_before: Powers, needs: Sequence[Need], peak: PeakTariff) -> float:
    """Return the billed peak of an earlier plan of these loads with the house load expected now [kW].

    At least the free peak and at most the highest; loads that the plan did not have, and optional needs, are left out.
    """
    planned = [powers for need in needs if need.worth is None and (powers := plan_before.get(need.name))]
    return min(peak.height_kw(map(sum, zip(*planned, strict=True))), peak.most_kw)


SAME_KWH = 1e-6
"""Energies closer than this are equal [kWh]."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan: the power of each need, the resulting peak, and what is missing."""

    powers: dict[str, tuple[float, ...]]
    """Need -> its mean power in each slot [kW]."""
    peak_kw: float
    """The highest counted import of a slot [kW]; the free one if it is not above that, 0 where no peak is billed."""
    missing_kwh: dict[str, float]
    """Need -> what it will not have by its time [kWh]: musts only, those that lack nothing left out."""


def read_outcome(sheet: Sheet) -> Outcome:
    """Return the plan on a sheet: need -> power in each slot [kW], the peak [kW], and need -> missing energy [kWh].

    An optional need, one with a `worth`, never misses any.
    """
    needs = sheet.market.needs
    left = zip(needs, sheet.left_kwh, strict=True)
    missing = {need.name: kwh for need, kwh in left if need.worth is None and kwh > SAME_KWH}
    powers = {need.name: tuple(power) for need, power in zip(needs, sheet.power_kw, strict=True)}
    return Outcome(powers, sheet.peak_kw, missing)


def find_plan(problem: PlanProblem, plan_before: Powers | None = None) -> Outcome:
    """Return the best plan found.

    Where a peak is billed, or not all fits, an earlier plan for the same slots (`plan_before`) is one candidate. With a
    billed peak and price limits, these only apply below the best peak without them, if nothing more is missing.
    """
    arrangement = Arrangement(problem)
    if problem.peak is None:
        _arrange_without_peak(arrangement, plan_before)
    elif any(need.max_price is not None for need in problem.needs if need.worth is None):
        return _plan_with_price_limits(problem, plan_before)
    elif problem.needs:
        arrange_below_peak(arrangement, problem.peak, plan_before)
    return read_outcome(arrangement.sheet)


def _plan_with_price_limits(problem: PlanProblem, plan_before: Powers | None) -> Outcome:
    """Return a plan with price limits that is no higher than the best plan without them: a peak costs money.

    Tried are a fresh plan, then one that starts from the unlimited plan; the first that lacks no more energy counts,
    else the plan without limits.
    """
    unlimited = tuple(replace(n, max_price=None) if n.worth is None else n for n in problem.needs)
    unlimited_plan = find_plan(replace(problem, needs=unlimited), plan_before)
    for planned in ({}, unlimited_plan.powers):
        arrangement = Arrangement(problem)
        arrangement.sheet.set_peak_height(unlimited_plan.peak_kw)
        arrangement.resume_plan(planned)
        arrangement.arrange_all()
        found = read_outcome(arrangement.sheet)
        if sum(found.missing_kwh.values()) <= sum(unlimited_plan.missing_kwh.values()) + SAME_KWH:
            return found
    return unlimited_plan


def _arrange_without_peak(arrangement: Arrangement, plan_before: Powers | None) -> None:
    """Arrange all loads without a billed peak; where not all fits, resume `plan_before` if that is better."""
    sheet, nothing = arrangement.sheet, arrangement.sheet.save()
    arrangement.arrange_all()
    if plan_before is not None and arrangement.needs_lacking_energy():
        found, cost = sheet.save(), sheet.total_cost
        sheet.restore(nothing)
        arrangement.resume_plan(plan_before)
        arrangement.arrange_quickly()
        if sheet.total_cost > cost:
            sheet.restore(found)
