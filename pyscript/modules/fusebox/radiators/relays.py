"""Decide which relay to switch: off before on, only changes; a relay that does not answer counts as on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from ..model.messages.message import Message, message
from .group import Group, GroupMemory, RelayMemory

_WORDS = {True: "on", False: "off", None: "nothing"}
"""The words for what a relay shows, None for no state."""


@dataclass(frozen=True, slots=True)
class Switching:
    """A command to one relay."""

    relay: str
    on: bool


def with_relay_states(memory: GroupMemory, group: Group, shown: Mapping[str, bool | None]) -> GroupMemory:
    """Return the memory with the displayed states of the relays; one that displays its command confirms it.

    A relay that goes off by itself or by hand during its turn gives the turn away until the next step, except in test
    mode. A relay without a state keeps its memory.
    """

    def observed(relay: str, past: RelayMemory) -> RelayMemory:
        now = shown.get(relay)
        if now is None:
            return past
        by_hand = past.shown is True and now is False and past.sent.value is None and relay in memory.live
        sent = past.sent.after_confirmation() if now is past.sent.value else past.sent
        return replace(past, shown=now, sent=sent, passed_on=past.passed_on or (by_hand and not group.test_mode))

    return memory.change_relays(group.relays, observed)


def may_be_on(past: RelayMemory, shown: bool | None) -> bool:
    """Return whether a radiator may be drawing power: its relay shows on, or is not known to be off."""
    if shown is None:
        # An off command to a relay that showed off follows an on command, so the relay may have switched on unseen.
        return past.shown is not False or past.sent.value is not None
    return shown or past.sent.value is True


def is_unanswered(past: RelayMemory, now_s: float) -> bool:
    """Return whether a relay has not confirmed its last command within `QUICK_S`, or it had to be sent again."""
    return past.sent.value is not None and (past.sent.times > 1 or now_s - past.sent.sent_s >= tuning.QUICK_S)


def due_switchings(
    group: Group,
    memory: GroupMemory,
    shown: Mapping[str, bool | None],
    live: Sequence[str],
    cap: int,
    now_s: float,
) -> Iterator[Switching]:
    """Yield the switchings to send now: first the relays off that have no turn, then those with a turn on.

    One is switched on only while fewer than `cap` relays are or may be on. A command is repeated after `RETRY_S`, then
    after waits that double; a relay whose state was never known gets none.
    """
    on = {relay for relay in group.relays if may_be_on(memory.relay_memory(relay), shown.get(relay))}
    for relay in group.relays:
        past = memory.relay_memory(relay)
        known = past.shown is not None or past.sent.value is not None
        if known and relay in on and relay not in live and past.sent.is_due(False, tuning.RETRY_S, now_s):
            yield Switching(relay, on=False)
    room = cap - len(on)
    for relay in live:
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


def problems(group: Group, memory: GroupMemory, shown: Mapping[str, bool | None], now_s: float) -> tuple[Message, ...]:
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
