"""The lowest possible cost of a plan, by a linear program with any power between 0 and the maximum.

With `whole`, by an integer program: off, or between minimum and maximum power, and on for the minimum time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from fusebox.planning.need import SLOT_H, Limit, Need, PlanProblem
from fusebox.planning.planner import Outcome

MISSING = 50.0
"""Cost of a kWh that is missing at the deadline: more than any price."""


@dataclass(frozen=True)
class Optimum:
    """The solution of the program."""

    cost: float
    missing_kwh: float
    peak_kw: float


def cost_of(problem: PlanProblem, outcome: Outcome) -> float:
    """Return the cost of a plan's energy, sun first, plus its peak's cost above the already billed peak."""
    outlook, peak, cost = problem.forecast, problem.peak, 0.0
    for slot, powers in enumerate(zip(*outcome.powers.values(), strict=True)):
        price, sun_kw = outlook.prices[slot], min(sum(powers), max(outlook.sun_kw[slot], 0.0))
        cost += SLOT_H * (sum(powers) * price - sun_kw * (price - min(price, outlook.export[slot])))
    return cost if peak is None else cost + (outcome.peak_kw - peak.free_kw) * peak.price_per_kw


class _Rows:
    """The rows of a sparse matrix."""

    def __init__(self) -> None:
        self.cells: list[tuple[int, int, float]] = []
        self.right: list[float] = []

    def add(self, cells: list[tuple[int, float]], right: float) -> None:
        self.cells += [(len(self.right), column, value) for column, value in cells]
        self.right.append(right)

    def matrix(self, columns: int) -> coo_matrix:
        rows, at, values = zip(*self.cells, strict=True)
        return coo_matrix((values, (rows, at)), shape=(len(self.right), columns))


def optimum(problem: PlanProblem, *, whole: bool = False) -> Optimum:
    """Return powers by need and slot, sun use by slot, missing energy by need, the peak, and running states."""
    needs, outlook = problem.needs, problem.forecast
    slots = len(outlook.prices)
    own = len(needs) * slots
    missing = own + slots
    peak = missing + len(needs)
    on = peak + 1
    columns = on + (own if whole else 0)
    costs = np.zeros(columns)
    bounds: list[tuple[float, float | None]] = []
    for at, need in enumerate(needs):
        for slot in range(slots):
            open_ = need.first <= slot < need.end
            bounds.append((0.0, need.max_kw if open_ else 0.0))
            costs[at * slots + slot] = SLOT_H * outlook.prices[slot]
    for slot in range(slots):
        bounds.append((0.0, max(outlook.sun_kw[slot], 0.0)))
        costs[own + slot] = SLOT_H * (min(outlook.prices[slot], outlook.export[slot]) - outlook.prices[slot])
    for at, need in enumerate(needs):
        bounds.append((0.0, None))
        costs[missing + at] = MISSING if need.worth is None else need.worth
    bounds.append((0.0, None))
    bounds += [(0.0, 1.0)] * (columns - on)
    upper, equal = _Rows(), _Rows()
    for limit in problem.limits:
        _limit(upper, limit, problem, slots)
    for slot in range(slots):
        upper.add([(own + slot, 1.0)] + [(at * slots + slot, -1.0) for at in range(len(needs))], 0.0)
    if problem.peak is not None:
        costs[peak] = problem.peak.price_per_kw
        for slot in range(slots):
            cells = [(at * slots + slot, 1.0) for at in range(len(needs))]
            room = problem.peak.free_kw - problem.peak.house_kw[slot]
            upper.add([*cells, (peak, -1.0)], max(room, 0.0))
    for at, need in enumerate(needs):
        equal.add([(at * slots + slot, SLOT_H) for slot in range(slots)] + [(missing + at, 1.0)], need.energy_kwh)
    if whole:
        for at, need in enumerate(needs):
            for each in range(at * slots, (at + 1) * slots):
                upper.add([(each, 1.0), (on + each, -need.max_kw)], 0.0)
                upper.add([(each, -1.0), (on + each, need.min_kw)], 0.0)
            _least_time(upper, need, on + at * slots)
    low, high = zip(*((least, np.inf if most is None else most) for least, most in bounds), strict=True)
    integrality = np.concatenate([np.zeros(on), np.ones(columns - on)])
    rows = [
        LinearConstraint(upper.matrix(columns).tocsr(), -np.inf, upper.right),
        LinearConstraint(equal.matrix(columns).tocsr(), equal.right, equal.right),
    ]
    options = {"time_limit": 20.0, "mip_rel_gap": 0.002}
    found = milp(costs, constraints=rows, bounds=Bounds(low, high), integrality=integrality, options=options)
    assert found.x is not None, found.message
    lost = [found.x[missing + at] for at in range(len(needs))]
    must = sum(kwh for kwh, need in zip(lost, needs, strict=True) if need.worth is None)
    return Optimum(found.fun - MISSING * must, must, problem_peak(problem, found.x[peak]))


def _least_time(upper: _Rows, need: Need, on: int) -> None:
    """Add rows that keep a need on for its minimum time once it has started."""
    for slot in range(need.first, need.end):
        before = [(on + slot - 1, -1.0)] if slot > need.first else []
        for later in range(slot + 1, min(slot + need.min_slots, need.end)):
            upper.add([(on + slot, 1.0), *before, (on + later, -1.0)], 0.0)


def problem_peak(problem: PlanProblem, above_kw: float) -> float:
    return 0.0 if problem.peak is None else problem.peak.free_kw + above_kw


def _limit(upper: _Rows, limit: Limit, problem: PlanProblem, slots: int) -> None:
    weights = [(at, limit.weights[need.name]) for at, need in enumerate(problem.needs) if need.name in limit.weights]
    for slot in range(slots):
        if weights:
            upper.add([(at * slots + slot, weight) for at, weight in weights], max(limit.headroom_kw[slot], 0.0))
