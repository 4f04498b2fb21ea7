"""Whose turn it is: fair over time, the coldest first where temperatures are known, nobody kept waiting for long.

Each radiator has a clock that runs while it is on, at a rate of one over its shares. The turn goes to those whose
clocks would be furthest behind at its end: a turn puts a clock with more shares on by less, so who would be ahead of
all others at its end need not have it yet. One that did not want heat meanwhile comes back level with those who have
had least: it has no claim on the past, and nobody has to wait until it has caught up.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from .group import Group, GroupMemory


@dataclass(frozen=True, slots=True)
class HeatDemand:
    """Who wants heat: the `relays`, the rows whose thermostats are `calling`, and how much too cold it is [K]."""

    relays: Collection[str]
    calling: Collection[int]
    debt_k: Mapping[str, float]


def accrued(memory: GroupMemory, group: Group, heating: Collection[str], now_s: float) -> GroupMemory:
    """The clocks of the radiators that were on since the last run, put on."""
    elapsed_s = 0.0 if memory.run_s is None else max(now_s - memory.run_s, 0.0)
    # What CONFIG no longer has is forgotten.
    memory = replace(memory, relays={relay: memory.of(relay) for relay in group.relays}, run_s=now_s)
    ran = [relay for relay in group.relays if relay in heating or memory.of(relay).passed_on]
    return memory.each(ran, lambda relay, past: replace(past, turn_s=past.turn_s + elapsed_s / shares_of(group, relay)))


def shares_of(group: Group, relay: str) -> int:
    """How many rows a relay has."""
    return sum(row.actual == relay for row in group.rows)


def settled(memory: GroupMemory, group: Group, wanting: Collection[str]) -> GroupMemory:
    """The clocks as of a step, counted from the one that is furthest behind of those that want heat."""
    least_s = min((memory.of(relay).total_s for relay in wanting), default=0.0)
    return memory.each(
        group.relays,
        lambda _, past: replace(past, served_s=max(past.total_s - least_s, 0.0), turn_s=0.0, passed_on=False),
    )


def ranked(group: Group, memory: GroupMemory, demand: HeatDemand, slots: int, holders: Sequence[str] = ()) -> list[str]:
    """Those that want heat, first come first: boosted ones, then the `holders` of the turn, then by claim."""
    wanting, debt_k = demand.relays, demand.debt_k
    known_k = [debt_k[relay] for relay in wanting if relay in debt_k]
    usual_k = sum(known_k) / len(known_k) if known_k else 0.0
    patience = tuning.TURN_ROUNDS * math.ceil(sum(shares_of(group, relay) for relay in wanting) / max(slots, 1))
    places = {relay: place for place, relay in enumerate(holders)}
    ends_s = {relay: memory.of(relay).served_s + memory.turn_lasts_s / shares_of(group, relay) for relay in wanting}
    least_s = min(ends_s.values(), default=0.0)

    def claim(relay: str) -> tuple[float, ...]:
        past = memory.of(relay)
        overdue = known_k != [] and past.waited >= patience
        return (
            not past.boosted,
            places.get(relay, len(places)),
            -past.waited if overdue else 1,
            -round(_weighted(debt_k.get(relay, usual_k), shares_of(group, relay)) / tuning.TURN_ALIKE_K),
            round((ends_s[relay] - least_s) / tuning.QUICK_S),
            _distance(group, memory, relay, demand.calling),
        )

    return sorted(wanting, key=claim)


def _weighted(debt_k: float, shares: int) -> float:
    """A debt counts once for each share; a room that is too warm is not the warmer for it."""
    return debt_k * shares if debt_k > 0 else debt_k


def _distance(group: Group, memory: GroupMemory, relay: str, calling: Collection[int]) -> int:
    """How many rows it is from the one whose turn is next to this relay's."""
    rows = [place for place, row in enumerate(group.rows) if row.actual == relay]
    rows = [place for place in rows if place in calling] or rows
    return min((place - memory.index) % len(group.rows) for place in rows)


def passed_on(
    memory: GroupMemory, group: Group, order: Sequence[str], chosen: Collection[str], calling: Collection[int]
) -> GroupMemory:
    """The memory after a step: who has waited how long, and whose row is next."""
    refused = [relay for relay in order if relay not in chosen]
    index = memory.index
    if refused:
        index = (index + _distance(group, memory, refused[0], calling)) % len(group.rows)
    memory = replace(memory, index=index, turned=frozenset(chosen))
    return memory.each(
        group.relays, lambda relay, past: replace(past, waited=past.waited + 1 if relay in refused else 0)
    )
