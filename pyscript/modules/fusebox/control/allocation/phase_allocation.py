"""Phase switching: whether a load gets more on one phase or on three. Both are allocated and then compared. Pure."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.data_quality import DataQuality
from ...model.decision import Allocation, Demand, Demands, MinimumSource, Share
from ...model.durations import since
from ...model.electrics import amps
from ...model.load import Load, PhaseSwitching
from ...model.messages.message import Message
from ...model.phases_memory import PhaseSwitchEvent, PhaseSwitchMemory, Stage
from ...model.records import fast_replace, replace_if_changed
from ...model.snapshot import LoadState
from ..demand.phase_rules import (
    PhaseContext,
    may_try_switch,
    other_phases_are_better,
    switch_reason,
    switches_up,
    switches_used_up_message,
    why_on_one_phase,
)
from ..limits.headroom import Ceilings, Headroom, move_load
from ..step_context import CeilingPair, Shares, Situation
from .allocation import current_left_by_others_a
from .budget_hold import ShareInputs, allocate_with_budget_holds, is_short_of_energy


def decide_phase_switch(inputs: ShareInputs, shares: Shares) -> Shares:
    """Return the shares with at most one load switched to other phases: the first with a reason to switch.

    One switch a step, because it changes what the other loads were compared with. For the others the reason for staying
    and the waiting times are updated; a load that may not be considered has none of them, and while a switch is under
    way keeps that reason. Unchanged without loads that can be switched.
    """
    observed, switches = inputs.observed, dict(shares.phase_switches)
    for load in observed.site.loads:
        past, switching = switches.get(load.name), load.switching
        if past is None or switching is None:
            continue
        demand = next(d for d in shares.demands if d.load == load.name)
        if not _may_consider_switch(observed, demand, past):
            why = None if past.stage is Stage.STEADY else past.why
            switches[load.name] = replace_if_changed(past, fits_since_s=None, short_since_s=None, why=why)
            continue
        context = _build_switch_context(inputs, shares, load, switching, demand)
        switches[load.name] = replace_if_changed(context.past, why=why_on_one_phase(context))
        why_switch = switch_reason(context)
        if why_switch is not None:
            return _begin_switch(inputs, fast_replace(shares, phase_switches=switches), context, why_switch)
    return fast_replace(shares, phase_switches=switches)


def _may_consider_switch(observed: Situation, demand: Demand, past: PhaseSwitchMemory) -> bool:
    """Return whether a phase switch may be considered: good readings, the load can be paused, no switch is under way.

    A load whose phases are still to be measured only while it draws nothing, or by its user's choice. Never in a dry
    run, or while the device fixes its phases; without a demand only by its user's choice.
    """
    state = observed.snapshot.state_of(demand.load)
    if not (state.available and state.can_pause) or state.phases_fixed_reason or observed.site.dry_run:
        return False
    is_measured = observed.data_quality[demand.load] is DataQuality.GOOD
    by_hand = past.by_hand is not None
    waits = past.stage is Stage.STEADY or (past.stage is Stage.STARTING and (by_hand or _is_idle(state)))
    return is_measured and waits and (demand.max_a > 0 or by_hand)


def may_switch_to_one(observed: Situation, load: Load, demand: Demand, past: PhaseSwitchMemory) -> bool:
    """Return whether a load on several phases may be switched to one, apart from its dwell time.

    Not after a user's choice of all, without a switch left, or after failures.
    """
    if load.switching is None or past.phase_count == 1 or past.by_hand not in (None, 1):
        return False
    if not _may_consider_switch(observed, demand, past) or not may_try_switch(past):
        return False
    return not switches_used_up_message(load.switching.most, past, 1, observed.snapshot.day_began_s)


def _is_idle(state: LoadState) -> bool:
    """Return whether a load draws nothing: below `TOLERANCE_A` on each phase, and not on or offered nothing.

    An unknown draw counts as nothing.
    """
    is_idle = all((a or 0.0) < tuning.TOLERANCE_A for a in state.draw_a)
    return is_idle and (state.on is not True or state.offers_nothing)


def _build_switch_context(
    inputs: ShareInputs, shares: Shares, load: Load, switching: PhaseSwitching, demand: Demand
) -> PhaseContext:
    """Return the context for the switching rules: the load's share on its present phases and on its other phases.

    Both without holds. To go up it needs `CLEARLY_W` more than its minimum, in headroom that lasts; the other share is
    0 if another load would lose its share by it. Its `past` has the updated times since when the other phases fit and
    since when the present ones lack energy.
    """
    observed, past = inputs.observed, shares.phase_switches[load.name]
    up, phases = switches_up(past), switching.phases
    spare_a = amps(tuning.CLEARLY_W, observed.site.voltage_v, len(phases)) if up else 0.0
    plain = fast_replace(demand, hold=None, minimum_source=MinimumSource.NONE)
    present = _allocate_with_demand(inputs, inputs.ceilings.expected, shares.demands, plain)
    own = present[load.name]
    elsewhere = _with_group_phase_count(plain, len(phases) if up else 1)
    more = fast_replace(elsewhere, min_a=plain.min_a + spare_a, max_a=max(plain.max_a, plain.min_a + spare_a))
    within = inputs.ceilings.lasting if up else inputs.ceilings.expected
    there = move_load(observed.site, within, load, phases if up else phases[:1])
    switched = _allocate_with_demand(inputs, there, shares.demands, more)
    other = switched[load.name]
    if other.amps > 0 and _stops_others(present, switched):
        other = Share(0.0)
    on_all = there if up else inputs.ceilings.expected
    context = PhaseContext(
        load=load,
        switching=switching,
        demand=demand,
        past=past,
        now_s=observed.now_s,
        day_began_s=observed.snapshot.day_began_s,
        runs=inputs.is_running(demand),
        share=shares.allocation[load.name],
        own=own,
        other=other,
        left_a=current_left_by_others_a([c for c in on_all if c.budget is None], demand, shares.allocation),
        spare_a=amps(tuning.CLEARLY_W, observed.site.voltage_v),
    )
    fits_since_s = since(past.fits_since_s, other_phases_are_better(context), observed.now_s)
    short_since_s = since(past.short_since_s, is_short_of_energy(own), observed.now_s)
    return context._replace(past=replace_if_changed(past, fits_since_s=fits_since_s, short_since_s=short_since_s))


def _allocate_with_demand(inputs: ShareInputs, ceilings: Ceilings, demands: Demands, other: Demand) -> Allocation:
    """Return the share of each load, with the demand `other` in place of its load's own."""
    return inputs.allocate(ceilings, [other if d.load == other.load else d for d in demands])


def _with_group_phase_count(demand: Demand, phase_count: int) -> Demand:
    """Return the demand with this number of phases in its group; unchanged without a group."""
    group = demand.group
    return demand if group is None else fast_replace(demand, group=fast_replace(group, phase_count=phase_count))


def _stops_others(before: Allocation, after: Allocation) -> bool:
    """Return whether any load with a share in `before` has none in `after`."""
    return any(share.amps > 0 >= after[name].amps for name, share in before.items())


def _begin_switch(inputs: ShareInputs, shares: Shares, context: PhaseContext, why: Message) -> Shares:
    """Return the shares with the load on its target phases: it is held to `reserved_a` there until the switch ends.

    The other loads are allocated again, this one without holds and as if its minimum fitted. While it still draws on
    one phase, limits between phases count that. A way back to one phase after less than `dwell_s` with slack counts as
    a short time on all (`short_ups`). `why` is recorded, and an earlier problem is cleared.
    """
    site, load, past, demand, now_s = inputs.observed.site, context.load, context.past, context.demand, context.now_s
    phases = context.switching.phases
    target = len(phases) if context.up else 1
    on = phases if context.up else phases[:1]
    still_on = phases[:1] if context.up else ()
    before = shares.ceilings
    expected, lasting = (move_load(site, each, load, on, still_on) for each in (before.expected, before.lasting))
    ceilings = CeilingPair(expected, lasting)
    reserved_a = _current_to_reserve_a(inputs, expected, demand, shares.demands)
    free = fast_replace(_with_group_phase_count(demand, target), hold=None, fits=True, budget_ok=True, reason="")
    least = fast_replace(free, max_a=reserved_a, most_now_a=demand.min_a)
    demands_with_it = tuple(least if d.load == load.name else d for d in shares.demands)
    demands, allocation = allocate_with_budget_holds(replace(inputs, ceilings=ceilings), demands_with_it)
    known = {"target": target, "reserved_a": reserved_a, "why": why, "problem": None}
    # One whose present phases were not measured yet draws nothing: it may change them once more.
    after = fast_replace(past, stage=Stage.STEADY).after_event(PhaseSwitchEvent.WANTED, now_s, **known)
    if not context.up:
        lasted = now_s - past.up_s >= tuning.SLACK_RATIO * context.switching.dwell_s
        after = fast_replace(after, short_ups=0 if lasted else past.short_ups + 1)
    switches = {**shares.phase_switches, load.name: after}
    return Shares(shares.limits, ceilings, demands, allocation, switches)


def _current_to_reserve_a(inputs: ShareInputs, ceilings: Ceilings, demand: Demand, demands: Demands) -> float:
    """Return the current to reserve on the new phases for a load that switches [A].

    It is the higher of its setpoint and what the setpoints of the other loads leave free, between its minimum and
    maximum: no other load is cut for it, and none takes that headroom during the switch.
    """
    headroom, loads = Headroom(ceilings), inputs.observed.memory.loads
    for other in demands:
        if other.load != demand.load:
            headroom.take(other.load, loads[other.load].setpoint_a)
    requested_a = max(loads[demand.load].setpoint_a, headroom.available_a(demand.load))
    return max(min(requested_a, demand.max_a), demand.min_a)
