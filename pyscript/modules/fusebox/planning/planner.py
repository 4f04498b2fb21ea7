"""All loads together over the slots that are known: which load runs when, within what all wires tolerate.

Each load in turn gets its best response to the others, which make room for it where that is cheaper for all together.
Where a peak is billed, its height is found by bisection. Pure and deterministic.
"""

from __future__ import annotations

from dataclasses import dataclass

from .arrangement import Arrangement
from .need import SLOT_H, Powers, Problem
from .peak_height import arrange_below_peak
from .sheet import Sheet

SAME_KWH = 1e-6
"""Energies this close are the same [kWh]."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who runs when, and what that comes to."""

    powers: dict[str, tuple[float, ...]]
    """Need -> its mean power in each slot [kW]."""
    cost: float
    """Of the energy."""
    peak_kw: float
    """The highest import of a slot [kW]; the free one where it is not above that, 0 where no peak is billed."""
    peak_cost: float
    """What the peak costs more than it does anyhow."""
    missing_kwh: dict[str, float]
    """Need -> what it will not have by its time [kWh]: musts only, those that lack nothing left out."""


def outcome_of(sheet: Sheet) -> Outcome:
    """What is planned on a sheet."""
    market = sheet.market
    needs = market.needs
    missing = {
        need.name: left
        for need, left in zip(needs, sheet.left_kwh, strict=True)
        if need.worth is None and left > SAME_KWH
    }
    powers = {need.name: tuple(power) for need, power in zip(needs, sheet.power_kw, strict=True)}
    own = [min(total, max(sun, 0.0)) for total, sun in zip(sheet.total_kw, market.sun_kw, strict=True)]
    at_slots = zip(sheet.total_kw, own, market.prices, market.sun_prices, strict=True)
    cost = SLOT_H * sum((total - sun) * price + sun * earned for total, sun, price, earned in at_slots)
    peak_kw, peak = sheet.peak_kw, market.peak
    peak_cost = 0.0 if peak is None else (peak_kw - peak.free_kw) * peak.price_per_kw
    return Outcome(powers, cost, peak_kw, peak_cost, missing)


def plan(problem: Problem, before: Powers | None = None) -> Outcome:
    """The best plan that was found.

    Where a peak is billed, or not all fits, what was planned `before` for the same slots is one choice.
    """
    arrangement = Arrangement(problem)
    if problem.peak is None:
        _arrange(arrangement, before)
    elif problem.needs:
        arrange_below_peak(arrangement, problem.peak, before)
    return outcome_of(arrangement.sheet)


def _arrange(arrangement: Arrangement, before: Powers | None) -> None:
    """Arrange all loads without a billed peak; where not all fits, resume the plan `before` if that is better."""
    sheet, nothing = arrangement.sheet, arrangement.sheet.save()
    arrangement.arrange_all()
    if before is not None and arrangement.lacking():
        found, burden = sheet.save(), sheet.burden
        sheet.restore(nothing)
        arrangement.resume(before)
        arrangement.arrange_quickly()
        if sheet.burden > burden:
            sheet.restore(found)
