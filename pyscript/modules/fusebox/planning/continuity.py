"""A plan made while loads run: runs already begun last long enough, and none is begun for less.

The planner works in whole quarter hours. Within one, and before a run has its least time, a load continues at its least
power even where a new plan would move it: another start would cost more than that saves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model.durations import MINUTE_S, QUARTER_S
from .need import DUST_KW, Need, PlanProblem, Powers, SlotForecast, in_minutes, possible_power_kw
from .planner import SAME_KWH, Outcome, find_plan
from .schedule import uninterrupted_runs


def plan_running(problem: PlanProblem, passed_s: float, plan_before: Powers | None = None) -> Outcome:
    """Return the best plan that breaks off no run and begins none that would be too short.

    Loads that run keep at least their least power until the quarter hour and their least time are over, as far as
    limits allow. A start that would be too short waits for the next slot, unless more energy would be missing then.
    Without a billed peak, and not in a slot's first half minute, a running load takes all it can now if a later slot of
    its plan is no cheaper. `passed_s`: elapsed part of the first slot [s]. `plan_before`: the earlier plan for the same
    slots, None for none.
    """
    outcome = find_plan(problem, plan_before)
    brief = {need.name for need in problem.needs if _would_stop_early(need, outcome.powers[need.name], passed_s)}
    if brief:
        needs = tuple(replace(need, first=1) if need.name in brief else need for need in problem.needs)
        later = find_plan(replace(problem, needs=needs), plan_before)
        if sum(later.missing_kwh.values()) <= sum(outcome.missing_kwh.values()) + SAME_KWH:
            outcome = later
    held = {need.name: _run_slots_left(need, problem.forecast, passed_s) for need in problem.needs}
    powers = {name: list(kws) for name, kws in outcome.powers.items()}
    for need in problem.needs:
        for slot in range(held[need.name]):
            powers[need.name][slot] = max(powers[need.name][slot], problem.least_kw(need, slot))
    _reduce_to_limits(problem, powers, held)
    if problem.peak is None and in_minutes(passed_s) > 0:
        for need in problem.needs:
            if takes_all_now(need, powers[need.name], problem.forecast.prices):
                powers[need.name][0] = max(powers[need.name][0], possible_power_kw(need, problem.limits, 0, powers))
    return replace(outcome, powers={name: tuple(kws) for name, kws in powers.items()})


def _would_stop_early(need: Need, powers: Sequence[float], passed_s: float) -> bool:
    """Return whether a load would start now and run neither for its least time nor until its deadline.

    False for a load that already runs, must start at once or only runs while it is worth it.
    """
    if need.worth is not None or need.at_once or need.ran_s > 0 or powers[0] <= DUST_KW:
        return False
    end = uninterrupted_runs(powers)[0][1]
    return end < need.end and in_minutes(end * QUARTER_S - passed_s) * MINUTE_S < need.min_slots * QUARTER_S


def _run_slots_left(need: Need, forecast: SlotForecast, passed_s: float) -> int:
    """Return for how many slots a run continues: until its quarter hour and its least time are over.

    0 for a load that does not run or must start at once. The run ends before a slot above the load's price limit.
    """
    if need.at_once or need.ran_s <= 0:
        return 0
    left_s = in_minutes(passed_s - need.ran_s + need.min_slots * QUARTER_S) * MINUTE_S
    slots = range(min(max(math.ceil(left_s / QUARTER_S), min(in_minutes(passed_s), 1)), need.end))
    return next((slot for slot in slots if forecast.is_above(need.max_price, slot)), len(slots))


def _reduce_to_limits(problem: PlanProblem, powers: Mapping[str, list[float]], held: Mapping[str, int]) -> None:
    """Reduce `powers`, in place, to what each limit allows in the slots in which runs continue.

    Loads whose run does not continue there are reduced first, in each kind those with the highest priority number.
    Power below a load's minimum becomes 0.
    """
    for slot in range(max(held.values(), default=0)):
        last_first = sorted(problem.needs, key=lambda need: (slot < held[need.name], -need.priority))
        for limit in problem.limits:
            over_kw = sum(weight * powers[name][slot] for name, weight in limit.weights.items() if name in powers)
            over_kw -= max(limit.headroom_kw[slot], 0.0)
            for need in last_first:
                weight, kw = limit.weights.get(need.name, 0.0), powers[need.name][slot]
                if over_kw > DUST_KW and weight and kw:
                    left_kw, least_kw = kw - over_kw / weight, max(problem.least_kw(need, slot), DUST_KW)
                    powers[need.name][slot] = left_kw if left_kw >= least_kw - DUST_KW else 0.0
                    over_kw -= weight * (kw - powers[need.name][slot])


def takes_all_now(need: Need, powers: Sequence[float], prices: Sequence[float]) -> bool:
    """Return whether a running load should take all it can now, because a later slot of its plan is no cheaper.

    False for an optional need, a load that is off, and one without power now or later. Part of the present slot has
    passed; energy taken beyond the plan is saved later.
    """
    if need.worth is not None or need.ran_s <= 0 or powers[0] <= DUST_KW:
        return False
    later = [price for price, power in zip(prices[1:], powers[1:], strict=False) if power > DUST_KW]
    return bool(later) and max(later) >= prices[0]
