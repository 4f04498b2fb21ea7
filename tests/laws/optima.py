"""The result that each distribution should find: the lexicographic and the max-min fair optimum, by linear programs."""

from __future__ import annotations

from collections.abc import Sequence

from .linear import SAME_A, Start, Variable, minimums, most, rows, shares, variables
from .problems import Problem


def lexicographic(problem: Problem) -> dict[str, float]:
    """Return load -> amps: the first in order of service gets the most possible, then the second, and so on."""
    start = minimums(problem)
    over = variables(problem, start.admitted)
    limits = rows(problem, start, over)
    bounds = _bounds(start, over)
    for place in range(len(over)):
        best = most([float(place == p) for p in range(len(over))], limits, bounds)[place]
        # A hair of slack keeps what has been found feasible for the next program.
        bounds[place] = (max(best - SAME_A / 100, 0.0), best)
    return shares(problem, start, {v: bounds[place][1] for place, v in enumerate(over)})


def max_min_fair(problem: Problem) -> dict[str, float]:
    """Return load -> amps with the smallest rise as large as possible, then the next smallest, and so on."""
    start = minimums(problem)
    over = variables(problem, start.admitted)
    matrix, headroom_a = rows(problem, start, over)
    bounds = _bounds(start, over)
    level: dict[Variable, float] = {}
    while len(level) < len(over):
        rising = [v for v in over if v not in level]
        # One common rise for all loads that still can; each frozen one stays at its level.
        row_of = [[sum(row[over.index(v)] for v in rising)] for row in matrix]
        left_a = [
            b - sum(row[over.index(v)] * a for v, a in level.items()) for row, b in zip(matrix, headroom_a, strict=True)
        ]
        highest_a = min(bounds[over.index(v)][1] for v in rising)
        together_a = most([1.0], (row_of, [max(b, 0.0) for b in left_a]), [(0.0, highest_a)])[0]
        stuck = _stuck(over, rising, together_a, matrix, left_a, bounds)
        assert stuck, "nobody is stopped, so all should have risen further"
        level |= dict.fromkeys(stuck, together_a)
    return shares(problem, start, level)


def _stuck(
    over: Sequence[Variable],
    rising: Sequence[Variable],
    at_a: float,
    matrix: Sequence[Sequence[float]],
    left_a: Sequence[float],
    bounds: Sequence[tuple[float, float]],
) -> list[Variable]:
    """Return the loads that cannot rise alone while the others stay; those use no budget either."""
    spare = [b - sum(row[over.index(v)] * at_a for v in rising) for row, b in zip(matrix, left_a, strict=True)]
    found = []
    for variable in rising:
        place = over.index(variable)
        full = any(row[place] > 0 and s <= SAME_A for row, s in zip(matrix, spare, strict=True) if _is_ceiling(row))
        if full or at_a + SAME_A >= bounds[place][1]:
            found.append(variable)
    stopped = {load for load, budget in found if budget is None}
    return [v for v in rising if v in found or v[0] in stopped]


def _is_ceiling(row: Sequence[float]) -> bool:
    """Whether a row is a ceiling, rather than a budget's take tied to a rise."""
    return min(row) >= 0


def _bounds(start: Start, over: Sequence[Variable]) -> list[tuple[float, float]]:
    above_a = {d.load: d.max_a - d.min_a for d in start.admitted}
    return [(0.0, max(above_a[load], 0.0)) for load, _ in over]
