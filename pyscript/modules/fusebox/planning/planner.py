"""All loads together over the slots that are known: which load runs when, within what all wires tolerate.

Each load in turn gets its best response to the others, which make room for it where that is cheaper for all together.
Where a peak is billed, its height is found by bisection. Pure and deterministic.
"""

from __future__ import annotations

from .arrangement import Arrangement
from .need import Powers, Problem
from .outcome import Outcome, outcome_of
from .peak_height import arrange_below_peak


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
