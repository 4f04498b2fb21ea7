"""A plan that is made while loads run: a run that has begun is long enough, and none is begun for less.

The planner reckons in whole quarter hours. Within one, and before a run has its least time, a load runs on at its least
where a new plan would rather have it elsewhere: that is worth less than one more start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..model.durations import MINUTE_S, QUARTER_S
from .need import DUST_KW, Need, Problem, in_minutes
from .outcome import Outcome, rank
from .peak_search import Powers
from .planner import plan
from .settle import runs


def steady(problem: Problem, passed_s: float, before: Powers | None = None) -> Outcome:
    """The best plan that breaks off no run and begins none too late; so much of the first slot has passed.

    `before`: what was planned for the same slots.
    """
    outcome = plan(problem, before)
    brief = {need.name for need in problem.needs if _is_brief(need, outcome.powers[need.name], passed_s)}
    if brief:
        needs = tuple(replace(need, first=1) if need.name in brief else need for need in problem.needs)
        later = plan(replace(problem, needs=needs), before)
        if rank(problem.needs, later).missing <= rank(problem.needs, outcome).missing:
            outcome = later
    powers = {need.name: _run_on(need, outcome.powers[need.name], passed_s) for need in problem.needs}
    if problem.peak is None and in_minutes(passed_s) > 0:
        prices = problem.outlook.prices
        powers = {need.name: at_full_power(need, powers[need.name], prices) for need in problem.needs}
    return replace(outcome, powers=powers)


def _is_brief(need: Need, powers: Sequence[float], passed_s: float) -> bool:
    """Whether it would begin now and run neither for its least time nor until its very end."""
    if need.worth is not None or need.at_once or need.ran_s > 0 or powers[0] <= DUST_KW:
        return False
    end = runs(powers)[0][1]
    return end < need.end and in_minutes(end * QUARTER_S - passed_s) * MINUTE_S < need.min_slots * QUARTER_S


def _run_on(need: Need, powers: tuple[float, ...], passed_s: float) -> tuple[float, ...]:
    """With a run that has begun until its quarter hour and its least time are over."""
    if need.at_once or need.ran_s <= 0:
        return powers
    left_s = in_minutes(passed_s - need.ran_s + need.min_slots * QUARTER_S) * MINUTE_S
    least = max(math.ceil(left_s / QUARTER_S), min(in_minutes(passed_s), 1))
    held = range(min(least, need.end))
    return tuple(max(power, need.min_kw) if slot in held else power for slot, power in enumerate(powers))


def at_full_power(need: Need, powers: tuple[float, ...], prices: Sequence[float]) -> tuple[float, ...]:
    """With all that a run can take now, where a later slot of it is no cheaper: a part of this one has gone.

    What that is more than was planned is less to get later.
    """
    if need.worth is not None or need.ran_s <= 0 or powers[0] <= DUST_KW:
        return powers
    later = [price for price, power in zip(prices[1:], powers[1:], strict=False) if power > DUST_KW]
    return (need.max_kw, *powers[1:]) if later and max(later) >= prices[0] else powers
