"""Plan all loads together: in which of the known slots each runs, at which power, within all limits.

Each load in turn gets its best response to the others, which make room for it where that is cheaper in total. Where a
peak is billed, its height is found by bisection. Pure and deterministic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .arrangement import Arrangement
from .need import Powers, Problem
from .peak_height import arrange_below_peak
from .sheet import Sheet

SAME_KWH = 1e-6
"""Energies closer than this are equal [kWh]."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan: the power of each need, the resulting peak, and what is missing."""

    powers: dict[str, tuple[float, ...]]
    """Need -> its mean power in each slot [kW]."""
    peak_kw: float
    """The highest import of a slot [kW]; the free one where it is not above that, 0 where no peak is billed."""
    missing_kwh: dict[str, float]
    """Need -> what it will not have by its time [kWh]: musts only, those that lack nothing left out."""


def read_outcome(sheet: Sheet) -> Outcome:
    """Return the plan on a sheet: the power of each need, the peak, and the missing energy."""
    needs = sheet.market.needs
    missing = {
        need.name: left
        for need, left in zip(needs, sheet.left_kwh, strict=True)
        if need.worth is None and left > SAME_KWH
    }
    powers = {need.name: tuple(power) for need, power in zip(needs, sheet.power_kw, strict=True)}
    return Outcome(powers, sheet.peak_kw, missing)


def find_plan(problem: Problem, before: Powers | None = None) -> Outcome:
    """Return the best plan found.

    Where a peak is billed, or not all fits, the earlier plan `before` for the same slots is one candidate.
    """
    arrangement = Arrangement(problem)
    if problem.peak is None:
        _arrange_without_peak(arrangement, before)
    elif any(need.max_price is not None for need in problem.needs if need.worth is None):
        return _plan_with_price_limits(problem, before)
    elif problem.needs:
        arrange_below_peak(arrangement, problem.peak, before)
    return read_outcome(arrangement.sheet)


def _plan_with_price_limits(problem: Problem, before: Powers | None) -> Outcome:
    """Return a plan with price limits that is no higher than the best plan without them: a peak costs money.

    The plan without limits where energy would be missing otherwise.
    """
    unlimited = tuple(replace(n, max_price=None) if n.worth is None else n for n in problem.needs)
    free = find_plan(replace(problem, needs=unlimited), before)
    for planned in ({}, free.powers):
        arrangement = Arrangement(problem)
        arrangement.sheet.set_peak_height(free.peak_kw)
        arrangement.resume_plan(planned)
        arrangement.arrange_all()
        found = read_outcome(arrangement.sheet)
        if sum(found.missing_kwh.values()) <= sum(free.missing_kwh.values()) + SAME_KWH:
            return found
    return free


def _arrange_without_peak(arrangement: Arrangement, before: Powers | None) -> None:
    """Arrange all loads without a billed peak; where not all fits, resume the plan `before` if that is better."""
    sheet, nothing = arrangement.sheet, arrangement.sheet.save()
    arrangement.arrange_all()
    if before is not None and arrangement.needs_lacking_energy():
        found, burden = sheet.save(), sheet.total_cost
        sheet.restore(nothing)
        arrangement.resume_plan(before)
        arrangement.arrange_quickly()
        if sheet.total_cost > burden:
            sheet.restore(found)
