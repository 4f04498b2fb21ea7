"""Why a running load may not stop yet, and when a load that ignores its limit has to. Rules in order of evaluation.

A charger continues at its minimum while the fuse tolerates it, a switched load within its minimum time.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from ...model.ceiling import Ceiling
from ...model.decision import Demand, Hold
from ...model.electrics import DUST
from ...model.records import fast_replace
from ..estimators.compliance import complies, is_excess_reported, is_non_compliant
from ..estimators.cyclic_loads import is_known_pulse
from ..limits import fuse_budget
from ..limits.load_envelope import tolerates_load
from .hold import HoldContext, HoldRule


def stop_disobeying_charger(context: HoldContext) -> Demand | None:
    """Hold off, by its on/off switch, a charger that ignores its current while it overloads a fuse; else None.

    Only once the fuse is exhausted or the charger has been non-compliant for long enough. It is stopped without waiting
    for a report of its draw, but until one proves that it ignores its current, the fuse is given as the reason.
    """
    state, past, now_s = context.state, context.past, context.now_s
    if not state.switched or complies(past, now_s):
        return None
    for wire in _overdrawn_fuses(context):
        if is_non_compliant(past, now_s) or fuse_budget.is_exhausted(context.fuses[wire.name]):
            is_proven = is_excess_reported(state, past, now_s)
            return context.hold_off("stopped_for_disobeying" if is_proven else "fuse_cools_down", limit=wire.name)
    return None


def stop_unavailable_by_switch(context: HoldContext) -> Demand | None:
    """Hold off, by its on/off switch, an otherwise unavailable charger under an exhausted, overdrawn fuse.

    Else None. Whether it is unavailable is not looked at: the rule is for unavailable loads only.
    """
    state = context.state
    if context.load.on_off or not state.switched or state.on is not True:
        return None
    for wire in _overdrawn_fuses(context):
        if fuse_budget.is_exhausted(context.fuses[wire.name]):
            return context.hold_off("stopped_by_switch_alone", limit=wire.name)
    return None


def _overdrawn_fuses(context: HoldContext) -> Iterator[Ceiling]:
    """Return the fuses above a load that have a good reading and import more than their rating."""
    return (wire for wire in context.over if wire.fuse is not None and wire.known and wire.overdrawn)


def hold_on_by_hand(context: HoldContext) -> Demand | None:
    """Keep on a load that its user switched on, in any mode, while all fuses and limits have room or tolerate it.

    Else None.
    """
    is_on = context.past.manual.on and all(tolerates_load(c, context.load, context.before) for c in context.short)
    return context.hold_on("on_by_hand") if is_on else None


def hold_on_for_minimum_time(context: HoldContext) -> Demand | None:
    """Hold an on/off load on for `min_on_s` after its last switching, as starts wear it; None for any other load.

    None after that time, where it exceeds a fuse or another limit than one on energy with enough left, and on
    hidden sun where the grid pays: its test was in vain, or a cloud has cost enough.
    """
    is_due = context.minimum_on_left_s > 0 and not context.gains_nothing
    if not is_due or not all(tolerates_load(c, context.load, {}) for c in context.short):
        return None
    if context.short:
        # How long the limit tolerates it is not known, so no time is promised.
        return context.hold_on("stays_on_by_energy_left", limit=context.short[0].name)
    until = context.clock_text(context.now_s + context.minimum_on_left_s)
    return context.hold_on("minimum_on_time", until=until, min_on_s=context.load.min_on_s)


def hold_pump_until_blocked(context: HoldContext) -> Demand | None:
    """Hold a load by signal (heat pump, thermostat) on while it does not fit: it draws until it has been blocked.

    One that cannot be blocked draws in any case, so it is held on even if it fits; if it does not, the reason says why
    it cannot be blocked. None for one that fits and can be blocked, and for any other load.
    """
    need, short = context.past.switched.need, context.short
    no_stop_reason = "" if need is None else need.no_stop_reason
    if not context.load.can.takes_sg_state or not (short or no_stop_reason):
        return None
    if short and not no_stop_reason:
        return context.hold_on("runs_until_blocked", limit=short[0].name)
    return fast_replace(context.demand, hold=Hold.ON, reason=no_stop_reason if short else "")


def hold_on_while_energy_left(context: HoldContext) -> Demand | None:
    """Hold an on/off load on where every ceiling that it exceeds limits energy and has enough of that left.

    None where it fits, for a charger, and once it has waited long enough for its own energy.
    """
    load, short = context.load, context.short
    is_due = short and load.on_off and not _has_waited_for_energy(context)
    if not is_due or not all(tolerates_load(c, load, context.before) for c in short):
        return None
    return context.hold_on("stays_on_by_energy_left", limit=short[0].name)


def hold_while_fuse_tolerates(context: HoldContext) -> Demand | None:
    """Hold a running charger, plug or tank at its minimum where it does not fit, while every ceiling tolerates that.

    A fuse does until it is exhausted, and then if it recovers with only this load and those served before it; with a
    plug or tank only in a pulse of a known appliance and up to `RAISE_BORNE_RATIO`. A limit on energy does while enough
    of that is left; no other limit. None where it fits, for other switched loads, for a setpoint below its minimum,
    where it was measured on more phases than were reserved, while another group waits, and once it has waited long
    enough for its own energy.
    """
    demand, load, short = context.demand, context.load, context.short
    if context.unexpected or context.group_waits:
        return None  # the load itself overloads the fuse, so no other load will relieve it; or it is another's turn
    if not short or (load.is_switched and not load.on_off) or context.past.setpoint_a + DUST < demand.min_a:
        return None  # a load below its minimum is not there now
    if _has_waited_for_energy(context) or not all(
        tolerates_load(c, load, context.before) or _tolerates_minimum(c, context) for c in short
    ):
        return None
    exceeded = [c for c in short if c.exceeded]
    if not exceeded:
        # Only what is offered does not fit, so the limit's message explains more.
        return fast_replace(demand, hold=Hold.ON, reason="")
    used = [(fuse_budget.used_budget_pct(context.fuses[c.name]), c) for c in exceeded if c.fuse is not None]
    if not used:
        return context.hold_on("held_by_limit", limit=exceeded[0].name, **context.minimum)
    used_pct, fuse = max(used, key=itemgetter(0))
    values = {**context.minimum, "rating_a": fuse.rating_a, "used_pct": 10 * round(used_pct / 10)}
    return context.hold_on("held_by_fuse", limit=fuse.name, **values)


HOLDS_ON: tuple[HoldRule, ...] = (
    stop_disobeying_charger,
    hold_on_by_hand,
    hold_on_for_minimum_time,
    hold_pump_until_blocked,
    hold_on_while_energy_left,
    hold_while_fuse_tolerates,
)


def _has_waited_for_energy(context: HoldContext) -> bool:
    """Return whether a load's budget has been short of its minimum for `stop_after_s`: then it stops where it fits."""
    return not context.demand.budget_ok and context.budget_short_s >= context.load.stop_after_s


def _tolerates_minimum(fuse: Ceiling, context: HoldContext) -> bool:
    """Return whether a fuse is not exhausted, or would not stay so with only this load and those served before it.

    A load on or off has no lower step: with it the fuse may only carry a pulse of a known appliance, and no more than
    `RAISE_BORNE_RATIO` of its rating. False for a limit that is no fuse.
    """
    if fuse.fuse is None:
        return False
    minimums_a = {**context.before, context.load.name: context.demand.min_a}
    flow_a = fuse.used_a + sum(weight * minimums_a.get(name, 0.0) for name, weight in fuse.weights.items())
    if context.load.on_off:
        most_a = max(fuse.flow_a, flow_a)
        pulses = is_known_pulse(context.cycles.get(fuse.name), context.now_s)
        if not pulses or most_a > fuse_budget.borne_ratio(context.fuses[fuse.name]) * fuse.rating_a:
            return False
    return not fuse_budget.stays_exhausted(fuse, context.fuses[fuse.name], flow_a)
