"""Why a load is on one phase now, in words for the user. Pure."""

from __future__ import annotations

from ...model.local_day import from_clock_text
from ...model.messages.message import Message, message
from .phase_rules import ShapeContext, energy_of, may_try, one_phase_by, rests_s, wire_of, worn, would_do


def why_on_one_phase(context: ShapeContext) -> Message | None:
    """Return why a load is on one phase and not on three; None where it is not, or its switch has failed too often."""
    past = context.past
    if past.lines != 1 or not may_try(past):
        return None
    if past.by_hand == past.lines:
        return message("one_phase_by_hand")
    return _no_room(context) or worn(context) or _patience(context)


def _no_room(context: ShapeContext) -> Message | None:
    """Return what is missing for three phases: room under a fuse, energy, or the other loads; None where they fit."""
    if context.other.amps > 0:
        return None
    wire, energy = wire_of(context.other), energy_of(context.other)
    if wire is not None:
        return one_phase_by(wire, context)
    return message("one_phase_by_others") if energy is None else one_phase_by(energy, context)


def _patience(context: ShapeContext) -> Message:
    """Return when the load may go to three phases, or that they would give no more."""
    if not would_do(context):
        return message("one_phase_gains_nothing")
    waits_s = max(rests_s(context), context.load.start_after_s - context.lasts_s)
    return message("one_phase_until", until=from_clock_text(context.now_s + waits_s, context.day_began_s))
