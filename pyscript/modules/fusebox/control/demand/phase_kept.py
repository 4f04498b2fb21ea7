"""What holds a load on one phase now, for a person. Pure."""

from __future__ import annotations

from ...model.local_day import from_clock_text
from .phase_rules import ShapeContext, energy_of, may_try, rests_s, wire_of, worn, would_do


def kept_on_one(context: ShapeContext) -> str:
    """Why it is on one phase and not on three; "" where it is not, or something else is told of it."""
    past = context.past
    if past.lines != 1 or not may_try(past):
        return ""
    if past.by_hand == past.lines:
        return "one phase: set by hand"
    return f"one phase: {_no_room(context) or worn(context) or _patience(context)}"


def _no_room(context: ShapeContext) -> str:
    if context.other.amps > 0:
        return ""
    wire, energy = wire_of(context.other), energy_of(context.other)
    if wire is not None:
        return f"{wire.name} has {max(context.left_a, 0.0):.0f} A left"
    if energy is not None:
        return f"{energy.budget and energy.budget.energy} for less than three"
    return "three would stop another load"


def _patience(context: ShapeContext) -> str:
    if not would_do(context):
        return "three would give no more"
    waits_s = max(rests_s(context), context.load.start_after_s - context.lasts_s)
    at = from_clock_text(context.now_s + waits_s, context.day_began_s)
    return f"three at {at} if there is enough for them until then"
