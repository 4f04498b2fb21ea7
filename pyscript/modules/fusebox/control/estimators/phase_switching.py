"""The progress of phase switches, from device, draw and meters. Pure.

Measurements count, commands do not. Nothing is switched before the absence of current is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ... import tuning
from ...model.durations import LONGEST_DAY_S, NEVER_S, since
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.messages.message import Value, message
from ...model.phases_memory import (
    NEW_PHASE_SWITCH,
    NEW_PHASES,
    PhaseSwitches,
    PhaseSwitchEvent,
    PhaseSwitchMemory,
    Stage,
)
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from .phase_sight import STOPPED, LoadSight, adds_to_overload, measured_phase_count


def observe_phase_switches(site: Site, snapshot: Snapshot, memory: Memory) -> PhaseSwitches:
    """Return load -> the state of its phase switching, updated from this snapshot.

    Without loads that cannot be switched, except those that CONFIG could switch before. A load that is unavailable or
    has a fault gives up its switch; the number of phases that a device displays is remembered.
    """
    found = {}
    for load in site.loads:
        known, state = memory.phase_switches.get(load.name), snapshot.state_of(load.name)
        if load.switching is None:
            if known is not None:
                found[load.name] = _end_without_switching(known, state, snapshot.now_s)
            continue
        before = known or NEW_PHASE_SWITCH
        if not state.available or state.status is Status.FAULT:
            found[load.name] = _while_unavailable(before, load.switching.rest_s, state, snapshot.now_s)
            continue
        past = memory.loads.get(load.name, NEW_LOAD)
        phases = memory.phases_in_use.get(load.name, NEW_PHASES)
        overloads = before.assumed_phase_count == 1 and adds_to_overload(site, snapshot, load, before)
        sight = LoadSight(load, load.switching, state, past, phases, snapshot.now_s, overloads)
        off_grid_a = snapshot.grid_a if sight.is_off or before.stage is Stage.RESTING else before.off_grid_a
        off_since_s = since(before.off_since_s, sight.is_off, sight.now_s)
        idle_since_s = since(before.idle_since_s, sight.is_idle, sight.now_s)
        before = replace_if_changed(before, off_grid_a=off_grid_a, off_since_s=off_since_s, idle_since_s=idle_since_s)
        after = _OBSERVERS[before.stage](sight, _reset_after_session(sight, before))
        shown = after.shown if state.phase_setting is None else state.phase_setting
        found[load.name] = replace_if_changed(after, shown=shown)
    return found


def abandoned_switches(before: PhaseSwitches, after: PhaseSwitches) -> frozenset[str]:
    """Return the loads whose switch ended before it was made, or that are no longer held at 0 A for one.

    Their reserved current is released.
    """
    known = [(name, was, after[name]) for name, was in before.items() if name in after]
    ended = [(name, was, now) for name, was, now in known if now.stage in (Stage.STEADY, Stage.STARTING)]
    return frozenset(n for n, was, now in ended if was.stage is Stage.STOPPING or (was.holds and not now.holds))


def keep_zero_draws_measured(snapshot: Snapshot, switches: PhaseSwitches) -> Snapshot:
    """Return the snapshot in which loads held and measured at 0 A stay measured, however long their sensor is silent.

    Their current stays reserved, so a growing house load is not mistaken for it.
    """
    still = {}
    for name, switch in switches.items():
        state = snapshot.state_of(name)
        if not (switch.holds and switch.stage in (Stage.RESTING, Stage.STARTING) and state.is_off):
            continue
        flows_a = state.draw_a if state.single_a is None else (state.single_a,)
        if all((a or 0.0) < tuning.TOLERANCE_A for a in flows_a):
            still[name] = replace_if_changed(state, draw_age_s=0.0)
    return fast_replace(snapshot, loads={**snapshot.loads, **still}) if still else snapshot


def _while_unavailable(past: PhaseSwitchMemory, rest_s: float, state: LoadState, now_s: float) -> PhaseSwitchMemory:
    """Return the memory of a load whose device is unavailable or reports a fault: its phase switch is given up.

    Without a fault not before the device has been away for longer than its contactors may take (`rest_s`); until then
    its current stays reserved, and only `off_since_s` becomes now.
    """
    past = fast_replace(past, off_since_s=now_s)
    if state.status is not Status.FAULT and now_s - past.since_s < max(rest_s, tuning.SLOWEST_S):
        return past
    return replace_if_changed(past.after_event(PhaseSwitchEvent.LOST, now_s, target=None), reserved_a=0.0)


def _end_without_switching(past: PhaseSwitchMemory, state: LoadState, now_s: float) -> PhaseSwitchMemory:
    """Return the memory of a load that CONFIG no longer switches: a begun switch is ended, a finished one stays.

    Everything but its daily switches is reset when its car is unplugged.
    """
    if past.stage is Stage.STOPPING:
        past = past.after_event(PhaseSwitchEvent.IGNORED, now_s, target=None)
    elif past.stage is Stage.RESTING and now_s - past.since_s >= tuning.SLOWEST_S:
        past = past.after_event(PhaseSwitchEvent.RESTED, now_s, phase_count=past.target, target=None)
    past = replace_if_changed(past, holds=past.holds and past.stage is Stage.RESTING)
    return _reset_session(past, None) if state.status is Status.UNPLUGGED else past


def _reset_after_session(sight: LoadSight, past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the memory, reset if the charging session is over: unplugged, or idle for `SESSION_APART_S`.

    A load on one phase stays recorded there only if the device can switch back to all.
    """
    idle_s = 0.0 if past.idle_since_s is None else sight.now_s - past.idle_since_s
    if sight.state.status is not Status.UNPLUGGED and idle_s < tuning.SESSION_APART_S:
        return past
    return _reset_session(past, past.phase_count if sight.switching.comes_back or past.phase_count != 1 else None)


def _reset_session(past: PhaseSwitchMemory, phase_count: int | None) -> PhaseSwitchMemory:
    """Return the memory with all that belongs to one charging session reset.

    `phase_count`: how many phases it is on from now, None for unknown.
    """
    past = replace_if_changed(past, in_session=0, failures=0, short_ups=0, stays_on_one=False, by_hand=None)
    past = replace_if_changed(past, short_since_s=None, idle_since_s=None, problem=None, why=None)
    return replace_if_changed(past, phase_count=phase_count)


def _observe_steady(sight: LoadSight, past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the memory of a load that is not being switched, updated from its device and its draw.

    If the device's phase setting has changed it starts on that number, and the user's choice is dropped. If it draws on
    more than one phase while it counts on one, all are assumed. Otherwise unchanged.
    """
    set_now = sight.state.phase_setting
    if set_now is not None and past.shown is not None and set_now != past.shown and set_now != past.phase_count:
        return past.after_event(PhaseSwitchEvent.CHANGED, sight.now_s, phase_count=set_now, why=None, by_hand=None)
    if past.phase_count == 1 and (measured_phase_count(sight) or 1) > 1:
        return fast_replace(past, phase_count=sight.all_phase_count, proven=False, beyond_s=sight.now_s)
    return past


def _observe_stopping(sight: LoadSight, past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the memory of a load that stops for a switch: resting once it is off and no current flows.

    Or once it is off without a car. From then on it counts among the switches of its session and day. A failed switch
    if that takes longer than `SLOWEST_S` and the write interval, or if the device is off and even a report from
    `IGNORES_S` after the beginning does not show that no current flows. Unchanged until then.
    """
    now_s, since_s = sight.now_s, past.since_s
    if sight.is_off and (_has_no_current(sight, past) or sight.state.status is Status.UNPLUGGED):
        up_s = now_s if past.target != 1 else past.up_s
        recent = tuple(s for s in past.switches_s if now_s - s < LONGEST_DAY_S)
        past = fast_replace(past, switches_s=(*recent, now_s), in_session=past.in_session + 1)
        return past.after_event(PhaseSwitchEvent.DRAWS_NOTHING, now_s, tried_s=now_s, up_s=up_s)
    is_unproven = sight.is_off and sight.reported_s - since_s >= tuning.IGNORES_S
    if not is_unproven and now_s - since_s < tuning.SLOWEST_S + sight.load.min_write_s:
        return past
    code = "phases_not_stopped" if sight.is_drawing else "phases_stop_unseen"
    return _count_failed_switch(past.after_event(PhaseSwitchEvent.IGNORED, now_s, target=None, tried_s=now_s), code)


def _has_no_current(sight: LoadSight, past: PhaseSwitchMemory) -> bool:
    """Return whether no current flows, by a measurement since the load is off, or by the status without a sensor.

    A sensor that reports only changes may have reported that earlier: then the status and `SLOWEST_S` of silence count.
    """
    is_reported_stopped = sight.state.status in STOPPED and sight.now_s - past.since_s >= tuning.ANSWER_S
    if sight.may_flow_a is None:
        return is_reported_stopped
    off_s = past.since_s if past.off_since_s is None else min(past.since_s, past.off_since_s)
    is_silent = is_reported_stopped and sight.state.draw_age_s >= tuning.SLOWEST_S
    return sight.may_flow_a < tuning.TOLERANCE_A and (sight.reported_s > off_s or is_silent)


def _observe_resting(sight: LoadSight, past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the memory of a load whose contactors move: unchanged during the rest time, then starting again.

    It starts on its new phases once the device displays them, or where it displays none. If it still displays others
    after `SLOWEST_S`, it starts on those, and the switch counts as failed.
    """
    rested_s, shown = sight.now_s - past.since_s, sight.state.phase_setting
    if rested_s < sight.switching.rest_s:
        return past
    if shown is None or shown == past.target:
        return past.after_event(PhaseSwitchEvent.RESTED, sight.now_s, phase_count=past.target, target=None)
    if rested_s < max(sight.switching.rest_s, tuning.SLOWEST_S):
        return past
    after = past.after_event(PhaseSwitchEvent.RESTED, sight.now_s, phase_count=shown, target=None)
    return _count_failed_switch(after, "phases_not_taken", set_phases=past.target or 0, shown_phases=shown)


def _observe_starting(sight: LoadSight, past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the memory of a load that starts again, by how many phases it is measured on.

    A setting that somebody else changed is adopted. While the load does not draw, nothing else happens but that the
    start of its draw is cleared. Cars start on one phase and take time to use more: more phases count at once, a single
    one only after a wait. A measurement that contradicts the setting counts as a failed switch; without any, the
    setting counts after `SILENT_S`.
    """
    now_s = sight.now_s
    if sight.state.phase_setting not in (None, past.phase_count):
        # A user or the device's own automation has changed it meanwhile.
        by_hand = past.by_hand if past.phase_count is None else None
        past = fast_replace(past, phase_count=sight.state.phase_setting, proven=False, by_hand=by_hand)
    if not sight.is_drawing or sight.reported_s <= past.since_s:
        return replace_if_changed(past, drawing_s=NEVER_S)
    if past.drawing_s == NEVER_S:
        past = fast_replace(past, drawing_s=now_s)
    drawing_s, using = now_s - past.drawing_s, measured_phase_count(sight)
    if past.phase_count == 1 and (sight.adds_to_overload if using is None else using > 1):
        past = fast_replace(past, phase_count=sight.all_phase_count, proven=False, beyond_s=now_s)
        return _count_failed_switch(past.after_event(PhaseSwitchEvent.CONTRADICTED, now_s), "phases_more_than_one")
    if using == 1 and past.phase_count != 1:
        if drawing_s < tuning.SILENT_S:
            return past
        if past.up_s == NEVER_S or past.in_session == 0:
            # It was not switched: the meters show that its car uses one phase only.
            return past.after_event(PhaseSwitchEvent.MEASURED, now_s, phase_count=sight.all_phase_count)
        after = past.after_event(PhaseSwitchEvent.CONTRADICTED, now_s, phase_count=1, stays_on_one=True)
        return _count_failed_switch(after, "phases_not_back")
    if using is not None and (using > 1 or drawing_s >= tuning.LASTING_S):
        return past.after_event(PhaseSwitchEvent.MEASURED, now_s, phase_count=using, proven=past.proven or using == 1)
    return past.after_event(PhaseSwitchEvent.MEASURED, now_s) if drawing_s >= tuning.SILENT_S else past


_OBSERVERS: Mapping[Stage, Callable[[LoadSight, PhaseSwitchMemory], PhaseSwitchMemory]] = {
    Stage.STEADY: _observe_steady,
    Stage.STOPPING: _observe_stopping,
    Stage.RESTING: _observe_resting,
    Stage.STARTING: _observe_starting,
}


def _count_failed_switch(past: PhaseSwitchMemory, code: str, **values: Value) -> PhaseSwitchMemory:
    """Return the memory with one more failed switch and its problem, the message `code` with `values`.

    From `NO_CHANCE_TIMES` failures on, after which none is tried in this session, the message has their number.
    """
    failures = past.failures + 1
    if failures >= tuning.NO_CHANCE_TIMES:
        values["failures"] = failures
    return fast_replace(past, failures=failures, why=None, problem=message(code, **values))
