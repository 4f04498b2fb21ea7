"""Which radiators have the turn, and which relays are switched for it. Pure.

The turn goes round fairly over time, the coldest room first where temperatures are known, without long waits. Each
radiator has a clock that runs while it is on, at a rate of one over its shares. The turn goes to those whose clocks
would be furthest behind at the end of the turn: a turn advances a clock with more shares by less, so a radiator that
would be ahead of all others then does not need the turn yet. A radiator that did not want heat meanwhile rejoins level
with those that have had least: it gains no claim from the past, and the others need not wait until it has caught up.

Relays are switched off before others on, and only where something changes; one that does not answer counts as on.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from ..model.durations import has_passed
from ..model.heating import Group
from ..model.messages.message import Message, message
from .group import GroupMemory, RelayMemory

Shown = Mapping[str, bool | None]
"""Relay -> whether it shows on, None while unknown."""

_WORDS = {True: "on", False: "off", None: "nothing"}
"""The words for what a relay shows, None for no state."""


@dataclass(frozen=True, slots=True)
class HeatDemand:
    """Demand for heat: the `relays` that want heat, the rows that are `calling`, and each room's missing warmth [K]."""

    relays: Collection[str]
    calling: Collection[int]
    debt_k: Mapping[str, float]


def accrue(memory: GroupMemory, group: Group, heating: Collection[str], now_s: float) -> GroupMemory:
    """Return the memory with the turn of each radiator that was on lengthened by the time since the last run.

    That time is divided by the radiator's number of rows. One that has passed its turn on counts as on. No time is
    added at the first run or for a clock that was set back. Relays that the group no longer has are dropped.
    """
    elapsed_s = 0.0 if memory.run_s is None else max(now_s - memory.run_s, 0.0)
    # Relays that CONFIG no longer has are dropped.
    memory = replace(memory, relays={relay: memory.relay_memory(relay) for relay in group.relays}, run_s=now_s)
    ran = [relay for relay in group.relays if relay in heating or memory.relay_memory(relay).passed_on]
    return memory.change_relays(
        ran, lambda relay, past: replace(past, turn_s=past.turn_s + elapsed_s / share_count(group, relay))
    )


def share_count(group: Group, relay: str) -> int:
    """Return how many rows a relay has."""
    return sum(row.actual == relay for row in group.rows)


def settle_clocks(memory: GroupMemory, group: Group, wanting: Collection[str]) -> GroupMemory:
    """Return the memory at a step, with all clocks counted from the lowest clock of a radiator that wants heat.

    The time of the last turn is added to each clock first; a clock below the lowest becomes 0. Turns that were passed
    on (`passed_on`) may be had again.
    """
    least_s = min((memory.relay_memory(relay).on_time_s for relay in wanting), default=0.0)
    return memory.change_relays(
        group.relays,
        lambda _, past: replace(past, served_s=max(past.on_time_s - least_s, 0.0), turn_s=0.0, passed_on=False),
    )


def rank(group: Group, memory: GroupMemory, demand: HeatDemand, slots: int, holders: Sequence[str] = ()) -> list[str]:
    """Return all relays that want heat, in order: boosted first, then the `holders` of the turn, then by claim.

    The claim: waited too long, more heat owed, less time served, nearer to the row whose turn it is. `slots`: how many
    may be on at once; with fewer, a relay counts as having waited too long later. Where no debt is known, waiting does
    not count.
    """
    wanting, debt_k = demand.relays, demand.debt_k
    known_k = [debt_k[relay] for relay in wanting if relay in debt_k]
    usual_k = sum(known_k) / len(known_k) if known_k else 0.0
    shares = {relay: share_count(group, relay) for relay in wanting}
    patience = tuning.TURN_ROUNDS * math.ceil(sum(shares.values()) / max(slots, 1))
    places = {relay: place for place, relay in enumerate(holders)}
    ends_s = {relay: memory.relay_memory(relay).served_s + memory.turn_lasts_s / n for relay, n in shares.items()}
    least_s = min(ends_s.values(), default=0.0)

    def claim(relay: str) -> tuple[float, ...]:
        past = memory.relay_memory(relay)
        overdue = known_k != [] and past.waited >= patience
        return (
            not past.boosted,
            places.get(relay, len(places)),
            -past.waited if overdue else 1,
            -round(_weigh_debt(debt_k.get(relay, usual_k), shares[relay]) / tuning.TURN_ALIKE_K),
            round((ends_s[relay] - least_s) / tuning.QUICK_S),
            _rows_until_turn(group, memory, relay, demand.calling),
        )

    return sorted(wanting, key=claim)


def _weigh_debt(debt_k: float, shares: int) -> float:
    """Return a room's temperature debt multiplied by its shares [K]; a negative debt (too warm) is not multiplied."""
    return debt_k * shares if debt_k > 0 else debt_k


def _rows_until_turn(group: Group, memory: GroupMemory, relay: str, calling: Collection[int]) -> int:
    """Return how many rows after the next row in turn this relay's nearest row comes, 0 for that row itself.

    Only its rows that call for heat count, all of them if none calls.
    """
    rows = [place for place, row in enumerate(group.rows) if row.actual == relay]
    rows = [place for place in rows if place in calling] or rows
    return min((place - memory.index) % len(group.rows) for place in rows)


def after_step(
    memory: GroupMemory, group: Group, order: Sequence[str], chosen: Collection[str], calling: Collection[int]
) -> GroupMemory:
    """Return the memory after a step: the relays chosen for the turn, the steps that each has waited, the next row.

    `order`: the relays that want heat, by claim. Those not chosen wait one step more in a row, all others 0. The next
    row is that of the first one not chosen; unchanged if all were.
    """
    refused = [relay for relay in order if relay not in chosen]
    index = memory.index
    if refused:
        index = (index + _rows_until_turn(group, memory, refused[0], calling)) % len(group.rows)
    memory = replace(memory, index=index, turned=frozenset(chosen))
    return memory.change_relays(
        group.relays, lambda relay, past: replace(past, waited=past.waited + 1 if relay in refused else 0)
    )


@dataclass(frozen=True, slots=True)
class Switching:
    """A command to one relay."""

    relay: str
    on: bool


def with_relay_states(memory: GroupMemory, group: Group, shown: Shown) -> GroupMemory:
    """Return the memory with the displayed states of the relays; one that displays its command confirms it.

    One that has displayed it since before it was sent does so after `QUICK_S`: another command may be on its way to it.
    A relay that goes off by itself or by hand during its turn gives the turn away until the next step, except in test
    mode. A relay without a state keeps its memory.
    """

    def observed(relay: str, past: RelayMemory) -> RelayMemory:
        now = shown.get(relay)
        if now is None:
            return past
        by_hand = past.shown is True and now is False and past.sent.value is None and relay in memory.live
        is_new = now is not past.shown or has_passed(tuning.QUICK_S, past.sent.sent_s, memory.run_s or 0.0)
        sent = past.sent.after_confirmation() if now is past.sent.value and is_new else past.sent
        return replace(past, shown=now, sent=sent, passed_on=past.passed_on or (by_hand and not group.test_mode))

    return memory.change_relays(group.relays, observed)


def may_be_on(past: RelayMemory, shown: bool | None) -> bool:
    """Return whether a radiator may be drawing power: its relay shows on, or is not known to be off."""
    # An off command to a relay that showed off follows an on command, so the relay may have switched on unseen.
    return (past.shown if shown is None else shown) is not False or past.sent.value is not None


def is_unanswered(past: RelayMemory, now_s: float) -> bool:
    """Return whether a relay has not confirmed its last command within `QUICK_S`, or it had to be sent again."""
    return past.sent.value is not None and (past.sent.times > 1 or now_s - past.sent.sent_s >= tuning.QUICK_S)


def due_switchings(group: Group, memory: GroupMemory, shown: Shown, cap: int, now_s: float) -> Iterator[Switching]:
    """Yield the switchings to send now: first the relays off that have no turn, then those with a turn on.

    One is switched on only while fewer than `cap` relays are or may be on. A command is repeated after `RETRY_S`, then
    after waits that double; a relay whose state was never known gets none.
    """
    on = {relay for relay in group.relays if may_be_on(memory.relay_memory(relay), shown.get(relay))}
    for relay in group.relays:
        past = memory.relay_memory(relay)
        known = past.shown is not None or past.sent.value is not None
        if known and relay in on and relay not in memory.live and past.sent.is_due(False, tuning.RETRY_S, now_s):
            yield Switching(relay, on=False)
    room = cap - len(on)
    for relay in memory.live:
        if shown.get(relay) is not False:
            continue
        begins = relay not in on
        if (room > 0 or not begins) and memory.relay_memory(relay).sent.is_due(True, tuning.RETRY_S, now_s):
            room -= begins
            yield Switching(relay, on=True)


def with_command(memory: GroupMemory, switching: Switching, now_s: float) -> GroupMemory:
    """Return the memory with a command recorded as sent now."""
    memory = replace(memory, sent_s=now_s)
    return memory.change_relays(
        (switching.relay,), lambda _, past: replace(past, sent=past.sent.after_sending(switching.on, now_s))
    )


def problems(group: Group, memory: GroupMemory, shown: Shown, now_s: float) -> tuple[Message, ...]:
    """Return a message for each relay that ignores its command or is unavailable, with what it counts as."""
    found = []
    for relay in group.relays:
        past, now = memory.relay_memory(relay), shown.get(relay)
        about = {"radiator": group.name_of(relay), "entity": relay, "counted": _WORDS[may_be_on(past, now)]}
        if is_unanswered(past, now_s):
            sent = _WORDS[bool(past.sent.value)]
            found.append(message("radiator_unanswered", sent=sent, shown=_WORDS[now], **about))
        elif now is None:
            found.append(message("radiator_unavailable", **about))
    return tuple(found)
