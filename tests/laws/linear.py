"""The reference: shares of a problem worked out by linear programs over all loads at once, as slowly as it takes.

After the minimums, `rise[load]` is what a load gets above its minimum and `of[load, budget]` what it takes of a budget
then: all of its rise where the budget stops it, no more than the budget still holds where it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scipy.optimize import linprog

from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Demand, Hold, MinimumSource
from fusebox.model.electrics import DUST

from .problems import Problem

Left = dict[str, float]
"""Ceiling name -> what is left [A]."""

Variable = tuple[str, Budget | None]
"""A load's rise, or its take from one budget."""

SAME_A = 1e-5


class Start(NamedTuple):
    """State after the minimums: the admitted loads, in order of service, and what is left."""

    admitted: list[Demand]
    left: Left


def minimums(problem: Problem) -> Start:
    """Return the state after giving minimums: held-on loads first, then in order of service whichever fits."""
    left = {c.name: c.headroom_a for c in problem.ceilings}
    held = [d for d in problem.demands if d.hold is Hold.ON]
    for demand in held:
        _take_minimum(problem, left, demand)
    for demand in problem.demands:
        waits = demand in held or demand.hold in (Hold.OFF, Hold.LATER) or demand.max_a <= 0
        if not waits and all(_admits(c, left, demand) for c in problem.ceilings if demand.load in c.weights):
            _take_minimum(problem, left, demand)
            held.append(demand)
    return Start([d for d in problem.demands if d in held], left)


def _admits(ceiling: Ceiling, left: Left, demand: Demand) -> bool:
    if not ceiling.stops(demand.load):
        return True
    if ceiling.binds is None or demand.minimum_source is MinimumSource.NONE:
        return left[ceiling.name] + DUST >= ceiling.weights[demand.load] * demand.min_a
    return demand.minimum_source is MinimumSource.GRID or left[ceiling.name] > DUST


def _take_minimum(problem: Problem, left: Left, demand: Demand) -> None:
    taken_a = {b: min(demand.min_a, could(problem, left, demand.load, b)) for b in budgets_over(problem, demand.load)}
    for ceiling in problem.ceilings:
        weight = ceiling.weights.get(demand.load, 0.0)
        part_a = demand.min_a if ceiling.budget is None or ceiling.binds is None else taken_a.get(ceiling.budget, 0.0)
        left[ceiling.name] -= weight * part_a


def budgets_over(problem: Problem, load: str) -> set[Budget]:
    """Return the budgets that a load takes from, whether they stop it or not."""
    return {c.budget for c in problem.ceilings if c.budget and c.binds is not None and load in c.weights}


def could(problem: Problem, left: Left, load: str, budget: Budget) -> float:
    """Return what a budget still has for one load [A]."""
    mine = [c for c in problem.ceilings if c.budget is budget and c.binds is not None and load in c.weights]
    return max(min(left[c.name] / c.weights[load] for c in mine), 0.0)


def variables(problem: Problem, admitted: Sequence[Demand]) -> list[Variable]:
    """Return the rise of every admitted load, and its takes from budgets that do not stop it."""
    found: list[Variable] = []
    for demand in admitted:
        found.append((demand.load, None))
        lives = {c.budget for c in problem.ceilings if c.budget and c.stops(demand.load)}
        found += [(demand.load, b) for b in Budget if b in budgets_over(problem, demand.load) - lives]
    return found


def rows(problem: Problem, start: Start, over: Sequence[Variable]) -> tuple[list[list[float]], list[float]]:
    """Return the ceilings, and the rule that no take exceeds its rise, as `A x <= b`."""
    matrix, headroom_a = [], []
    for ceiling in problem.ceilings:
        row = []
        for load, budget in over:
            of_budget = ceiling.budget is not None and ceiling.binds is not None and not ceiling.stops(load)
            mine = budget is ceiling.budget if of_budget else budget is None
            row.append(ceiling.weights.get(load, 0.0) if mine else 0.0)
        matrix.append(row)
        headroom_a.append(max(start.left[ceiling.name], 0.0))
    for place, (load, budget) in enumerate(over):
        if budget is not None:
            row = [0.0] * len(over)
            row[place], row[over.index((load, None))] = 1.0, -1.0
            matrix.append(row)
            headroom_a.append(0.0)
    return matrix, headroom_a


def most(
    goal: Sequence[float],
    limits: tuple[list[list[float]], list[float]],
    bounds: Sequence[tuple[float, float]],
    equal: list[list[float]] | None = None,
) -> list[float]:
    """Return the values that maximise the goal; `equal` are rows that must be 0."""
    solved = linprog(
        [-g for g in goal],
        A_ub=limits[0],
        b_ub=[b + 1e-9 for b in limits[1]],
        A_eq=equal or None,
        b_eq=[0.0] * len(equal) if equal else None,
        bounds=bounds,
    )
    assert solved.status == 0, solved.message
    return [float(x) for x in solved.x]


def shares(problem: Problem, start: Start, rise: Mapping[Variable, float]) -> dict[str, float]:
    """Return amps by load."""
    found = {d.load: 0.0 for d in problem.demands}
    return found | {d.load: d.min_a + rise[d.load, None] for d in start.admitted}
