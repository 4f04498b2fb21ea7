"""Why a load is on one phase now, in words for the user. Pure."""

from __future__ import annotations

from ...model.local_day import from_clock_text
from ...model.messages.message import Message, message
from .phase_rules import (
    ShapeContext,
    dwell_left_s,
    limiting_budget,
    limiting_wire,
    may_try_switch,
    one_phase_message,
    other_phases_are_better,
    switch_limit_message,
)


def why_on_one_phase(context: ShapeContext) -> Message | None:
    """Return why a load is on one phase and not on three; None where it is not, or after too many failed switches.

    A user's choice comes first, then what three phases lack, then the limits on switching.
    """
    past = context.past
    if past.lines != 1 or not may_try_switch(past):
        return None
    if past.by_hand == past.lines:
        return message("one_phase_by_hand")
    return _missing_for_three_phases(context) or switch_limit_message(context) or _earliest_switch_message(context)


def _missing_for_three_phases(context: ShapeContext) -> Message | None:
    """Return the message of what three phases lack: room under a fuse, energy, or amps that other loads have.

    None where they fit.
    """
    if context.other.amps > 0:
        return None
    wire, energy = limiting_wire(context.other), limiting_budget(context.other)
    if wire is not None:
        return one_phase_message(wire, context)
    return message("one_phase_by_others") if energy is None else one_phase_message(energy, context)


def _earliest_switch_message(context: ShapeContext) -> Message:
    """Return at what time the load may go to three phases, or that it would get no more there."""
    if not other_phases_are_better(context):
        return message("one_phase_gains_nothing")
    waits_s = max(dwell_left_s(context), context.load.start_after_s - context.lasts_s)
    return message("one_phase_until", until=from_clock_text(context.now_s + waits_s, context.day_began_s))
