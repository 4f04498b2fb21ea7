"""What a device made of what it was told: shown as told, rounded, held at a limit of its own, or nothing yet."""

from __future__ import annotations

from ...model.memory import LoadMemory
from ...model.records import copied
from ...model.snapshot import LoadState
from .response_times import DEAF_TIMES, LONGEST_S, echoed, patience_s

SAME_A = 0.05
"""Currents this close are the same: devices round what they are told."""

NEAR_A = 1.0
"""A device that shows something this close, and stays there, has taken it in its own steps."""

DEAF_S = 100.0
"""A device that has shown none of several commands for so long is deaf [s]; a slow one after twice its usual time."""

TOP_S = 1800.0
"""How long a device is believed to take no more than it was seen to take [s]."""


def same(one_a: float | None, other_a: float | None) -> bool:
    """Whether two currents are one and the same."""
    return one_a is not None and other_a is not None and abs(one_a - other_a) < SAME_A


def is_taken(past: LoadMemory, current_a: float, shown_a: float, now_s: float) -> bool:
    """Whether a device that was told this current shows its own rounding of it."""
    ask = past.ask
    settled = now_s - ask.since_s >= patience_s(past.manner)
    return settled and same(current_a, ask.current_a) and abs(shown_a - current_a) < NEAR_A


def acknowledged(past: LoadMemory, state: LoadState, now_s: float) -> LoadMemory:
    """The memory without the part of the last command that the device shows: should it move away again, that is new.

    What it did otherwise is learnt: its steps, its own limit, the time it takes.
    """
    if past.sent_a is None and past.sent_on is None:
        return past
    exactly, arrived_on = same(past.sent_a, state.offer_a), past.sent_on is not None and past.sent_on is state.on
    nearly = (
        past.sent_a is not None
        and state.offer_a is not None
        and not exactly
        and is_taken(past, past.sent_a, state.offer_a, now_s)
    )
    if not exactly and not nearly and not arrived_on:
        return _limited(past, state, now_s)
    manner, took_s = past.manner, now_s - past.ask.since_s
    if (exactly or arrived_on) and took_s <= LONGEST_S:
        manner = echoed(manner, took_s)
    if nearly and state.offer_a is not None and state.offer_a == round(state.offer_a):
        manner = copied(manner, grain_a=1.0)
    sent_a = None if exactly or nearly else past.sent_a
    sent_on = None if arrived_on else past.sent_on
    heard = sent_a is None and sent_on is None
    # Who has done a part of it hears again: for the rest it waits no longer than anybody, however often it was told.
    partly = copied(past.ask, unheard=min(past.ask.unheard, DEAF_TIMES), again=0)
    ask = copied(past.ask, unheard=0) if heard else partly
    return copied(past, sent_a=sent_a, sent_on=sent_on, manner=manner, ask=ask)


def _limited(past: LoadMemory, state: LoadState, now_s: float) -> LoadMemory:
    """The memory of a device that was told to rise, rose, and stays below: it takes no more than that."""
    ask, shown_a = past.ask, state.offer_a
    if past.sent_a is None or shown_a is None or ask.from_a is None or now_s - past.sent_s < patience_s(past.manner):
        return past
    told = any(same(shown_a, current_a) for _, current_a, _ in past.told)
    if not ask.from_a + SAME_A < shown_a < past.sent_a - SAME_A or told:
        return past
    return copied(past, manner=copied(past.manner, top_a=shown_a, top_s=now_s))


def is_deaf(past: LoadMemory, state: LoadState, now_s: float) -> bool:
    """Whether a device has been told several times and has shown nothing of it for longer than it usually takes."""
    without_a = past.sent_a is not None and not same(past.sent_a, state.offer_a)
    without_on = past.sent_on is not None and past.sent_on is not state.on
    longest_s = max(DEAF_S, 2 * patience_s(past.manner))
    told = past.ask.unheard >= DEAF_TIMES and now_s - past.ask.unheard_s >= longest_s
    return told and (without_a or without_on)


def as_learnt(state: LoadState, past: LoadMemory, now_s: float) -> LoadState:
    """What a device was seen to be like, where it tells nothing of it itself."""
    manner = past.manner
    if state.on_untold and past.ask.on is not None:
        state = copied(state, on=past.ask.on)
    whole = state.offer_a is None or state.offer_a == round(state.offer_a)
    if manner.grain_a is not None and whole and (state.grain_a or 0.0) < manner.grain_a:
        state = copied(state, grain_a=manner.grain_a)
    if manner.top_a is not None and now_s - manner.top_s < TOP_S:
        top_a = max(manner.top_a, state.offer_a or 0.0)
        state = copied(state, ceiling_a=top_a if state.ceiling_a is None else min(state.ceiling_a, top_a))
    return state
