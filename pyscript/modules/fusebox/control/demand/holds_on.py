"""Why a running load may not stop yet, and when a load that ignores its limit has to. Rules in order of evaluation.

A charger continues at its minimum while the fuse tolerates it, a switched load within its minimum time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.ceiling import Ceiling
from ...model.electrics import DUST
from ...model.messages.message import message
from ..estimators.compliance import complies, is_non_compliant
from ..limits import fuse_budget
from ..limits.load_envelope import bears
from .hold import Held, HoldContext, Rule, off, on


def disobeys(context: HoldContext) -> Held | None:
    """Hold off a charger that ignores its current and overloads a fuse, once the fuse or its patience is exhausted.

    Its switch may still work.
    """
    state, past, now_s = context.state, context.past, context.now_s
    if state is None or not state.switched or complies(past, now_s):
        return None
    for wire in _overdrawn(context):
        if is_non_compliant(past, now_s) or fuse_budget.is_exhausted(context.fuses[wire.name]):
            return off(message("stopped_for_disobeying", limit=wire.name))
    return None


def answers_by_switch_alone(context: HoldContext) -> Held | None:
    """A charger whose current cannot be set may obey its switch: it stops when the budget of a fuse is exhausted."""
    state = context.state
    if state is None or state.available or not state.switched or state.on is not True:
        return None
    for wire in _overdrawn(context):
        if fuse_budget.is_exhausted(context.fuses[wire.name]):
            return off(message("stopped_by_switch_alone", limit=wire.name))
    return None


def _overdrawn(context: HoldContext) -> Iterator[Ceiling]:
    """The measured fuses over a load that carry more than their rating."""
    return (wire for wire in context.over if wire.fuse is not None and wire.known and wire.overdrawn)


def switched_on_by_hand(context: HoldContext) -> Held | None:
    """Keep on a load that its user switched on, in any mode, as long as its minimum fits under the fuses."""
    return on(message("on_by_hand")) if context.past.manual.on and not context.short else None


def minimum_on_time(context: HoldContext) -> Held | None:
    """Keep a switched load on for `min_on_s`, as starts wear it, while every limit it exceeds tolerates that."""
    stays = context.on_s > 0 and all(bears(c, context.load, {}) for c in context.short)
    return on(message("minimum_on_time", min_on_s=context.load.min_on_s)) if stays else None


def runs_until_blocked(context: HoldContext) -> Held | None:
    """Keep a heat pump counted as on while it does not fit, because its relays need time to block it."""
    if not context.short or not context.load.can.by_signal:
        return None
    need = context.past.switched.need
    return on((need and need.stays) or message("runs_until_blocked"))


def not_measured(context: HoldContext) -> Held | None:
    """Hold at the minimum as long as no ceiling that is exceeded is measured: a short gap in readings stops no load."""
    if not context.short or any(c.known for c in context.short):
        return None
    return on(message("held_while_unmeasured", limit=context.short[0].name))


def energy_is_left(context: HoldContext) -> Held | None:
    """Keep a switched load on while every limit that it exceeds is one on energy with enough left."""
    load, short = context.load, context.short
    if not short or not load.on_off or not all(bears(c, load, context.before) for c in short):
        return None
    return on(message("stays_on_by_energy_left", limit=short[0].name))


def fuse_bears_it(context: HoldContext) -> Held | None:
    """Hold a charger at its minimum while the fuses tolerate the overload for a while."""
    demand, load, short = context.demand, context.load, context.short
    if context.unexpected:
        return None  # the load itself overloads the fuse, so no other load will relieve it
    if not short or load.is_switched or context.past.setpoint_a + DUST < demand.min_a:
        # This cannot be held at a minimum: a plug has no lower step, and a load below its minimum is not there now.
        return None
    if any(not bears(c, load, context.before) and _wears_out(c, context) for c in short):
        return None
    used_pct = [fuse_budget.used_pct(context.fuses[c.name]) for c in short if c.fuse is not None]
    if not used_pct:
        return on(message("held_by_limit", min_a=demand.min_a, limit=short[0].name))
    most_pct = 10 * round(max(used_pct) / 10)
    return on(message("held_by_fuse", min_a=demand.min_a, limit=short[0].name, used_pct=most_pct))


HOLDS_ON: tuple[Rule, ...] = (
    disobeys,
    switched_on_by_hand,
    minimum_on_time,
    runs_until_blocked,
    not_measured,
    energy_is_left,
    fuse_bears_it,
)


def _wears_out(ceiling: Ceiling, context: HoldContext) -> bool:
    """Return whether a limit is exhausted, and would stay so with only this load and those served before it."""
    if ceiling.fuse is None:
        return True
    minimums_a = {**context.before, context.load.name: context.demand.min_a}
    ours_a = sum(weight * minimums_a.get(name, 0.0) for name, weight in ceiling.weights.items())
    return fuse_budget.wears_out(ceiling, context.fuses[ceiling.name], ceiling.used_a + ours_a)
