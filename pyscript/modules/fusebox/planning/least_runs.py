"""Places a load that has to run for several slots at a time: the cheapest slots, exact by dynamic programming."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from .free_room import fill_cheapest_room, remove_excess
from .need import DUST_KW, DUST_KWH, SLOT_H
from .response import Moves
from .schedule import uninterrupted_runs


class Way(NamedTuple):
    """Runs of a load, as the last one and the way before it."""

    cost: float
    run: range = range(0)
    before: Way | None = None


Ways = list[Way]
"""Units of energy taken so far -> the cheapest way to them."""
NO_WAY = Way(math.inf)
COST = attrgetter("cost")


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
    """The least length of a run in slots, except the last run."""
    least_now: int
    """The least length of a run from the first slot on; shorter if it has begun before."""


def cheapest_runs(choice: Choice) -> list[int] | None:
    """Return the slots of the runs that give `wanted` units at least cost, each run long enough; None where none do.

    A run up to the last slot may be shorter. The last slot chosen may give more units than are needed.
    """
    slots = len(choice.units)
    idle: list[Ways] = [[Way(0.0)] + [NO_WAY] * choice.wanted]
    running: list[Ways] = [[NO_WAY] * (choice.wanted + 1)]
    for end in range(1, slots + 1):
        ways = [_ways_after_run(running[end - 1], choice, range(end - 1, end))]
        lengths = _possible_run_lengths(choice, end, slots)
        ways += [_ways_after_run(idle[end - length], choice, range(end - length, end)) for length in lengths]
        running.append([min(each, key=COST) for each in zip(*ways, strict=True)])
        idle.append([min(each, key=COST) for each in zip(idle[end - 1], running[end], strict=True)])
    way, taken = idle[slots][choice.wanted], list[int]()
    if way.cost == math.inf:
        return None
    while way.before is not None:
        taken += way.run
        way = way.before
    return sorted(taken)


def _possible_run_lengths(choice: Choice, end: int, slots: int) -> list[int]:
    """Return possible lengths of a run that ends at `end`: its least length, or any shorter one at the last slot.

    A run from the first slot on may be as short as what is left of its least time (`least_now`).
    """
    lengths = {choice.least} if choice.least <= end else set()
    if choice.least_now <= end < choice.least:
        lengths.add(end)
    if end == slots:
        lengths.update(range(1, min(choice.least, end) + 1))
    return sorted(lengths)


def _ways_after_run(before: Ways, choice: Choice, run: range) -> Ways:
    """Return the ways that end with a run through these slots, given those before it.

    `NO_WAY` for every number of units where the load cannot run in one of them.
    """
    if not all(choice.units[slot] for slot in run):
        return [NO_WAY] * len(before)
    units, cost = sum(choice.units[slot] for slot in run), sum(choice.costs[slot] for slot in run)
    # A load with enough takes no more, even for free; the last slot may give more than is needed.
    enough = min(before[max(len(before) - 1 - units, 0) : -1], key=COST, default=NO_WAY)
    after = [NO_WAY] * units + [Way(way.cost + cost, run, way) for way in before[:-units]]
    return [*after[: len(before) - 1], Way(enough.cost + cost, run, enough)]


PARTS = 4
"""A slot that gives a load less than its full power is counted in this many parts of it."""


def place_run(moves: Moves, at: int) -> None:
    """Place a need anew in its cheapest runs that are long enough; where not all of its energy fits, in all of them.

    A run already begun counts from its start. Excess is removed from the ends of runs. Needs that it displaces, or
    might have, are then filled up in free room.
    """
    sheet, need = moves.sheet, moves.market.needs[at]
    sheet.clear_need(at)
    options = moves.whole_power_offers(at)
    rooms = [0.0 if option is None else option.power_kw for option in options]
    parts = PARTS if any(0 < room < need.max_kw - DUST_KW for room in rooms) else 1
    per_unit = need.max_kw / parts
    units = [int(room / per_unit + DUST_KW) for room in rooms]
    costs = [0.0 if option is None else unit * option.cost for unit, option in zip(units, options, strict=True)]
    wanted = max(math.ceil((need.energy_kwh - DUST_KWH) / (per_unit * SLOT_H)), 0)
    now = max(need.min_slots - need.ran_slots, 1) if need.first <= 0 else need.min_slots
    chosen = cheapest_runs(Choice(units[: need.end], costs[: need.end], wanted, need.min_slots, now))
    if chosen is None:
        runs = uninterrupted_runs(rooms)
        long_enough = [(start, end) for start, end in runs if end - start >= (need.min_slots if start else now)]
        chosen = [slot for start, end in long_enough for slot in range(start, end)]
    for slot in chosen:
        option = options[slot]
        assert option is not None
        for other, power in option.leaves.items():
            sheet.add_power(other, slot, -power)
        sheet.add_power(at, slot, option.power_kw)
    _shorten_runs(moves, at)
    remove_excess(sheet, at)
    for other in sorted({other for option in options if option is not None for other in option.leaves}):
        fill_cheapest_room(sheet, other)


def _shorten_runs(moves: Moves, at: int) -> None:
    """Remove excess energy from the ends of runs, the dearest first: whole slots of runs that stay long enough."""
    sheet, powers = moves.sheet, moves.sheet.power_kw[at]
    least = moves.market.needs[at].min_slots
    while True:
        ends = [slot for start, end in uninterrupted_runs(powers) if end - start > least for slot in (start, end - 1)]
        fits = [slot for slot in ends if powers[slot] <= DUST_KW - sheet.left_kwh[at] / SLOT_H]
        if not fits:
            return
        dearest = max(fits, key=lambda slot: sheet.marginal_price(slot, more=False) + moves.market.extra[at][slot])
        sheet.add_power(at, dearest, -powers[dearest])
