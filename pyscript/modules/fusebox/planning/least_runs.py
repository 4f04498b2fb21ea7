"""Places a load whose runs, rests or starts are limited: the cheapest slots, exact by dynamic programming."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from .cheapest_slots import fill_cheapest_slots, remove_excess
from .need import DUST_KW, DUST_KWH, SLOT_H, UNLIMITED_STARTS, Starts
from .response import Moves
from .schedule import uninterrupted_runs


class PartialSchedule(NamedTuple):
    """Runs of a load up to some slot: the last run, and the schedule before it."""

    cost: float
    run: range = range(0)
    before: PartialSchedule | None = None


ByUnits = list[PartialSchedule]
"""Index: units of energy given so far; value: the cheapest schedule that gives them."""
IMPOSSIBLE = PartialSchedule(math.inf)
COST = attrgetter("cost")


ByStarts = dict[float, ByUnits]
"""Starts left today -> schedules."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The slots that one load may choose from."""

    units: Sequence[int]
    """Slot -> units of energy it gives; 0 where the load cannot run."""
    costs: Sequence[float]
    """Slot -> cost of these units."""
    wanted: int
    """The number of units needed."""
    least: int
    """The least length of a run in slots, except the last run and one that has begun."""
    goes_on: int | None = None
    """For how many slots a run that has begun lasts at least, if it goes on at all; None for a load that is off."""
    starts: Starts = UNLIMITED_STARTS


def cheapest_runs(choice: Choice) -> list[int]:
    """Return the slots of the runs that give `wanted` units at least cost; the most units where none give that many.

    Each run is long enough, rests lie between them, and no day has more starts than it may. A run up to the last slot
    may be shorter. The last slot chosen may give more units than are needed.
    """
    slots, starts = len(choice.units), choice.starts
    nothing: ByStarts = {starts.left: [PartialSchedule(0.0)] + [IMPOSSIBLE] * choice.wanted}
    # A load that is on either goes on, as if a run ended before the first slot, or rests before it starts again.
    idle: list[ByStarts] = [nothing if choice.goes_on is None else {}]
    running: list[ByStarts] = [{} if choice.goes_on is None else nothing]
    first_end = min(choice.goes_on or 0, slots)
    for end in range(1, slots + 1):
        found: dict[float, list[ByUnits]] = {}
        lengths = {choice.least} if end < slots else set(range(1, choice.least + 1))
        runs = [(idle[end - length], end - length, 1) for length in sorted(lengths) if length <= end]
        runs += [(running[end - 1], end - 1, 0)] if end > 1 else []
        runs += [(running[0], 0, 0)] if end == first_end else []
        for before, start, used in runs:
            for left, by_units in before.items():
                if left >= used:
                    after = _extend_by_run(by_units, choice, range(start, end))
                    found.setdefault(starts.left_after(left - used, start, end), []).append(after)
        running.append(_cheapest_by_units(found))
        rested, resting = end - starts.rest_slots, dict[float, list[ByUnits]]()
        for before, start in [(idle[end - 1], end - 1), (running[rested] if rested >= 0 else {}, rested)]:
            for left, by_units in before.items():
                resting.setdefault(starts.left_after(left, start, end), []).append(by_units)
        idle.append(_cheapest_by_units(resting))
    ends = [by_units for by_starts in (idle[-1], *running[-starts.rest_slots :]) for by_units in by_starts.values()]
    best = [min(each, key=COST) for each in zip(*ends, strict=True)]
    schedule, taken = next(each for each in reversed(best) if each.cost < math.inf), list[int]()
    while schedule.before is not None:
        taken += schedule.run
        schedule = schedule.before
    return sorted(taken)


def _cheapest_by_units(found: Mapping[float, Sequence[ByUnits]]) -> ByStarts:
    """Return for each number of starts left the cheapest of its schedules for each number of units."""
    return {left: [min(each, key=COST) for each in zip(*by_units, strict=True)] for left, by_units in found.items()}


def _extend_by_run(before: ByUnits, choice: Choice, run: range) -> ByUnits:
    """Return the schedules that end with a run through these slots, given those before it.

    `IMPOSSIBLE` for every number of units where the load cannot run in one of them.
    """
    if not all(choice.units[slot] for slot in run):
        return [IMPOSSIBLE] * len(before)
    units, cost = sum(choice.units[slot] for slot in run), sum(choice.costs[slot] for slot in run)
    # A load with enough takes no more, even for free; the last slot may give more than is needed.
    enough = min(before[max(len(before) - 1 - units, 0) : -1], key=COST, default=IMPOSSIBLE)
    after = [IMPOSSIBLE] * units + [
        PartialSchedule(schedule.cost + cost, run, schedule) for schedule in before[:-units]
    ]
    return [*after[: len(before) - 1], PartialSchedule(enough.cost + cost, run, enough)]


PARTS = 4
"""A slot that gives a load less than its full power is counted in this many parts of it."""


def place_run(moves: Moves, index: int) -> None:
    """Place a need anew in its cheapest runs that are long enough; where not all of its energy fits, in all of them.

    A run already begun counts from its start. Excess is removed from the ends of runs. Needs that it displaces, or
    might have, are then filled up in free slots.
    """
    sheet, need = moves.sheet, moves.market.needs[index]
    sheet.clear_need(index)
    options = moves.whole_power_offers(index)
    powers_kw = [0.0 if option is None else option.power_kw for option in options]
    parts = PARTS if any(0 < kw < need.max_kw - DUST_KW for kw in powers_kw) else 1
    per_unit = need.max_kw / parts
    units = [int(kw / per_unit + DUST_KW) for kw in powers_kw]
    costs = [0.0 if option is None else unit * option.cost for unit, option in zip(units, options, strict=True)]
    wanted = max(math.ceil((need.energy_kwh - DUST_KWH) / (per_unit * SLOT_H)), 0)
    is_on = need.starts.is_on if need.starts.are_limited else need.ran_s > 0
    now = max(need.min_slots - need.ran_slots, 1) if need.first <= 0 else need.min_slots
    goes_on = now if need.first <= 0 and is_on else None
    chosen = cheapest_runs(Choice(units[: need.end], costs[: need.end], wanted, need.min_slots, goes_on, need.starts))
    if sum(units[slot] for slot in chosen) < wanted and not need.starts.are_limited:
        runs = uninterrupted_runs(powers_kw)
        long_enough = [(start, end) for start, end in runs if end - start >= (need.min_slots if start else now)]
        chosen = [slot for start, end in long_enough for slot in range(start, end)]
    for slot in chosen:
        option = options[slot]
        assert option is not None
        for other, power in option.leaves.items():
            sheet.add_power(other, slot, -power)
        sheet.add_power(index, slot, option.power_kw)
    _shorten_runs(moves, index)
    remove_excess(sheet, index)
    for other in sorted({other for option in options if option is not None for other in option.leaves}):
        fill_cheapest_slots(sheet, other)


def _shorten_runs(moves: Moves, index: int) -> None:
    """Remove excess energy from the ends of runs, the dearest first: whole slots of runs that stay long enough."""
    sheet, powers = moves.sheet, moves.sheet.power_kw[index]
    least = moves.market.needs[index].min_slots
    while True:
        ends = [slot for start, end in uninterrupted_runs(powers) if end - start > least for slot in (start, end - 1)]
        fits = [slot for slot in ends if powers[slot] <= DUST_KW - sheet.left_kwh[index] / SLOT_H]
        if not fits:
            return
        dearest = max(fits, key=lambda slot: sheet.marginal_price(slot, more=False) + moves.market.extra[index][slot])
        sheet.add_power(index, dearest, -powers[dearest])
