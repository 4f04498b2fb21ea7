"""What to do about a charge point that does not follow, a session that has to begin, and a car that sleeps."""

from __future__ import annotations

from typing import Any

from ... import tuning
from ...model.durations import NEVER_S
from ...model.load import Mode
from ...model.records import fast_replace, replace_within
from ...model.snapshot import LoadState, Status
from ..driver import ServiceCall, switch_call, switch_state
from .memory import CarMemory, Deviation, OcppMemory, RecoveryMemory
from .states import Car, CarEvent, Compliance, ComplianceEvent
from .step import Step


def next_recovery_step(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the calls of the recovery's step that is due now, and the memory after it; no call if none is due.

    In order: a requested reset (it clears the profiles first), ending a session that ignores 0 A, clearing the
    profiles, pressing the reset button. Each gets time to work; after that what was sent is forgotten, so that it is
    sent anew.
    """
    recovery, now_s = memory.recovery, step.now_s
    if recovery.alone_until_s is not None:
        if now_s < recovery.alone_until_s:
            return [], memory
        memory = fast_replace(memory, recovery=fast_replace(recovery, alone_until_s=None))
        return [], _memory_without_profiles(memory, ComplianceEvent.SENT_ANEW)
    if recovery.reset_requested:
        recovery = fast_replace(recovery, reset_requested=False, clears=0, presses=0, pressed_s=NEVER_S)
        return _clear_profiles(step, memory, recovery)
    switch = step.entity("switch") if step.state.on and _draws_while_paused(step, memory) else None
    if switch is not None and _ignores_limit(step, memory):
        return [switch_call(switch, False)], fast_replace(memory, recovery=fast_replace(recovery, stopped_s=now_s))
    # On a wire over its rating a clearing would only give a charger that is to be stopped more time.
    is_stopped_next = switch is not None and step.aim.over_fuse
    if is_stopped_next or not is_persistently_ignoring(memory, now_s) or now_s < recovery.rests_until_s:
        return [], memory
    if may_clear_profiles(memory):
        return _clear_profiles(step, memory, recovery)
    press = step.reset_button_call()
    if press is None or not may_press_reset(memory):
        return [], memory
    return [press], _memory_without_profiles(memory_after_press(memory, now_s, clears=0, presses=recovery.presses + 1))


def memory_after_press(memory: OcppMemory, now_s: float, **known: Any) -> OcppMemory:
    """Return the memory of a charger whose reset button is pressed now: it may lose its profiles, so all are sent anew.

    Only commands are sent for `ANSWER_S`, and no further measure follows for `RETRY_LONGEST_S`. `known`: further fields
    of `RecoveryMemory`.
    """
    until_s, rests_until_s = now_s + tuning.ANSWER_S, now_s + tuning.RETRY_LONGEST_S
    rests = {"alone_until_s": until_s, "rests_until_s": rests_until_s, "pressed_s": now_s}
    recovery = fast_replace(memory.recovery, **rests, **known)
    compliance = memory.compliance.after_event(ComplianceEvent.CLEARED)
    return fast_replace(memory, commanded=None, safe_form=None, recovery=recovery, compliance=compliance)


def is_persistently_ignoring(memory: OcppMemory, now_s: float) -> bool:
    """Return whether the charger has failed to follow for long enough and often enough for a measure."""
    past = memory.compliance
    since_s = past.deviates_since_s
    return since_s is not None and now_s - since_s >= tuning.LASTING_S and past.unfollowed >= tuning.NO_CHANCE_TIMES


def may_clear_profiles(memory: OcppMemory) -> bool:
    """Return whether the charger's profiles may be cleared once more: at most `UNRESPONSIVE_TIMES` in a row.

    Unless it exceeds its limit, not while its user has overridden the limit, nor while it is at the safe limit. A lower
    current than commanded may be the user's choice, and harms no fuse. The safe limit is ours, and a charger
    that accepts no other might not accept it again.
    """
    past = memory.compliance
    may = past.deviation is Deviation.OVER or not (past.state is Compliance.OVERRIDDEN or past.is_at_safe)
    return may and memory.recovery.clears < tuning.UNRESPONSIVE_TIMES


def may_press_reset(memory: OcppMemory) -> bool:
    """Return whether the charger may be reset once more: at most `NO_CHANCE_TIMES`.

    Not for its user's change, nor where it offers less than commanded; nothing at all does not count as less.
    """
    past, may = memory.compliance, memory.recovery.presses < tuning.NO_CHANCE_TIMES
    is_fault = past.deviation in (Deviation.OVER, Deviation.NOTHING)
    is_no_limit = not (past.evidence.has_followed or past.is_at_safe)
    return may and past.state is not Compliance.OVERRIDDEN and (is_fault or is_no_limit)


def resumable_stop_s(memory: OcppMemory) -> float:
    """Return when the session of a charger that follows limits otherwise was ended; never where it was not.

    One that ignores them all is not started again: it would overload the fuse again.
    """
    return memory.recovery.stopped_s if memory.compliance.evidence.follows_two else NEVER_S


def with_resumable_stop(memory: OcppMemory, stopped_s: float) -> OcppMemory:
    """Return a new memory with what `resumable_stop_s` has returned before a restart."""
    compliance = replace_within(memory.compliance, "evidence", follows_two=True)
    return fast_replace(memory, recovery=fast_replace(memory.recovery, stopped_s=stopped_s), compliance=compliance)


def should_reset_stuck_charger(step: Step, memory: OcppMemory) -> bool:
    """Return whether to reset a charger that waits for its cable to be replugged, when Fusebox alone caused that.

    Not in mode `off`, over a fuse, within `RETRY_LONGEST_S` of the stop, or after `NO_CHANCE_TIMES` resets.
    """
    recovery, now_s = memory.recovery, step.now_s
    wanted = step.load.mode is not Mode.OFF and not step.aim.over_fuse
    ours = step.state.status is Status.FULL and resumable_stop_s(memory) > NEVER_S
    waited = now_s - recovery.stopped_s >= tuning.RETRY_LONGEST_S and not was_reset(recovery, now_s)
    return ours and wanted and waited and recovery.presses < tuning.NO_CHANCE_TIMES


def is_given_up(memory: OcppMemory, has_button: bool, now_s: float) -> bool:
    """Return whether the charger persistently does not follow and every measure was tried.

    False while the last measure may still work, and for a limit that its user has overridden downwards.
    """
    past, rests = memory.compliance, now_s < memory.recovery.rests_until_s
    may_act = may_clear_profiles(memory) or (has_button and may_press_reset(memory))
    is_user_choice = past.state is Compliance.OVERRIDDEN and past.deviation is not Deviation.OVER
    return is_persistently_ignoring(memory, now_s) and not (may_act or is_user_choice or rests)


def was_reset(recovery: RecoveryMemory, now_s: float) -> bool:
    """Return whether it was reset recently, so the end of its session is not a user's change."""
    return now_s - recovery.pressed_s < tuning.RETRY_LONGEST_S


def is_left_alone(memory: OcppMemory) -> bool:
    """Return whether only commands may be sent at present: after a reset or clearing, and while its car is woken."""
    return memory.recovery.alone_until_s is not None or memory.car.state is Car.WAKING


def _clear_profiles(step: Step, memory: OcppMemory, recovery: RecoveryMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the call that clears the charger's profiles, and the memory after it, in which no profile counts as sent.

    `recovery`, with one clearing more, leaves the charger alone for `MOMENT_S` and rests for `SILENT_S`. A limit sent
    before now no longer counts as not followed.
    """
    until_s, rests_until_s = step.now_s + tuning.MOMENT_S, step.now_s + tuning.SILENT_S
    recovery = fast_replace(recovery, clears=recovery.clears + 1, alone_until_s=until_s, rests_until_s=rests_until_s)
    compliance = fast_replace(memory.compliance, judged_s=step.now_s)
    memory = fast_replace(memory, compliance=compliance, recovery=recovery)
    return [step.call("clear_profile")], _memory_without_profiles(memory)


def _memory_without_profiles(memory: OcppMemory, event: ComplianceEvent = ComplianceEvent.CLEARED) -> OcppMemory:
    """Return the memory of a charger whose profiles have been cleared: no limit counts as sent or in force.

    Its deviation counts from zero.
    """
    compliance = memory.compliance.after_event(event).without_deviation()
    memory = fast_replace(memory, compliance=compliance, unanswered_s=None)
    return fast_replace(memory, commanded=None, acknowledged=None, safe_form=None, safe_sent_s=NEVER_S)


def _draws_while_paused(step: Step, memory: OcppMemory) -> bool:
    """Return whether the charger was commanded to pause and still draws, so that its session may have to be ended.

    Not within `SILENT_S` after the last end of a session.
    """
    limit, rested_s = memory.commanded, step.now_s - memory.recovery.stopped_s
    is_paused = limit is not None and limit.current_a <= 0
    return is_paused and step.draw_a > tuning.DRAWS_A and rested_s >= tuning.SILENT_S


def _ignores_limit(step: Step, memory: OcppMemory) -> bool:
    """Return whether a charger has not followed its last limit for `LASTING_S`, or a shorter time while over a fuse.

    The caller checks that this limit is a pause. False without a limit, and if the charger's user has overridden it
    (except over a fuse).
    """
    limit, past, now_s, over = memory.commanded, memory.compliance, step.now_s, step.aim.over_fuse
    if limit is None:
        return False
    above_s, measured_s = past.overdraw.since_s, now_s - step.state.draw_age_s
    if over and above_s is not None and measured_s >= limit.first_s + tuning.ANSWER_S / 2:
        # A charger that followed none of the earlier limits has had its time; the pause only needs to have arrived.
        has_arrived = now_s - limit.first_s >= tuning.ANSWER_S
        if has_arrived and now_s - above_s >= tuning.ANSWER_S + tuning.FOLLOW_LATEST_S:
            return True
    # A limit that could not be sent is not verified, so only a measurement after it counts.
    is_unsent = memory.acknowledged != limit and measured_s > limit.first_s
    since_s = limit.first_s if is_unsent else past.deviates_since_s
    if since_s is None or (not over and past.state is Compliance.OVERRIDDEN):
        return False  # what its user wants is not undone for the sun
    return now_s - max(since_s, limit.first_s) >= (tuning.FOLLOW_LATEST_S if over else tuning.LASTING_S)


STARTABLE = frozenset({Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.CHARGING})
"""A car is there, and a session may begin."""


def start_session_if_due(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the call that starts a session, where one should run and does not, and the memory that records it.

    It is repeated now and then; while a session is on, the count of attempts is 0. For chargers that need it, the reset
    button is pressed after some attempts. No call while the charger is left alone, cannot start, or has nothing to
    charge with, and without a switch.
    """
    state, now_s, commanded = step.state, step.now_s, memory.commanded
    if state.on and not _switch_contradicts_status(step, memory):
        return [], fast_replace(memory, starts=memory.starts.after_confirmation())
    may = state.status in STARTABLE and step.aim.setpoint_a > 0 and commanded is not None and commanded.current_a > 0
    # The first wait is twice as long, because a car takes time to begin.
    is_due = memory.starts.is_due(True, 2 * tuning.RETRY_S, now_s)
    if state.on is None or not may or is_left_alone(memory) or not is_due:
        return [], memory
    by_reset = memory.starts.times >= tuning.UNRESPONSIVE_TIMES and step.quirks.restarts_by_reset
    press = step.reset_button_call() if by_reset else None
    if press is not None and now_s >= memory.recovery.rests_until_s:
        return [press], memory_after_press(fast_replace(memory, starts=memory.starts.after_confirmation()), now_s)
    switch = step.entity("switch")
    if switch is None:
        return [], memory
    return [switch_call(switch, True)], fast_replace(memory, starts=memory.starts.after_sending(True, now_s))


def _switch_contradicts_status(step: Step, memory: OcppMemory) -> bool:
    """Return whether the switch shows off although the status shows a waiting car: the status may be outdated.

    Only once a limit above 0 A has been in force for `ANSWER_S`.
    """
    limit = memory.commanded
    waits = limit is not None and limit.current_a > 0 and step.now_s - limit.first_s >= tuning.ANSWER_S
    still = step.state.status in (Status.PAUSED, Status.SUSPENDED_CAR)
    return waits and still and switch_state(step.view, step.entity("switch")) is False


def update_pauses(state: LoadState, memory: OcppMemory, now_s: float) -> CarMemory:
    """Return the memory of the car's pauses, updated by the acknowledged limit and the draw.

    Unchanged while no limit is acknowledged, and while the car is being woken.
    """
    car, limit = memory.car, memory.commanded
    if limit is None or memory.acknowledged != limit or car.state is Car.WAKING:
        return car
    if limit.current_a <= 0:
        return car.after_event(CarEvent.STOP, now_s)
    car = car.after_event(CarEvent.GO, limit.first_s)
    return car.after_event(CarEvent.DRAWS, now_s) if _draws(state) else car


def _draws(state: LoadState) -> bool:
    """Return whether the car draws current; by the status where no draw is known."""
    draw_a = state.draw_a.highest
    return state.status is Status.CHARGING if draw_a is None else draw_a > tuning.DRAWS_A


def wake_car_if_asleep(step: Step, memory: OcppMemory) -> OcppMemory:
    """Return the memory with the waking of a car begun or ended.

    A car that does not resume after a pause gets 0 A for a moment, once; then its current is sent again.
    """
    car, now_s = memory.car, step.now_s
    if car.state is Car.WAKING and now_s - car.since_s >= tuning.ANSWER_S:
        return fast_replace(memory, commanded=None, car=car.after_event(CarEvent.WOKEN, now_s))
    if car.state is Car.RESUMED and not car.was_woken and _car_sleeps(step, memory):
        return fast_replace(memory, car=fast_replace(car.after_event(CarEvent.SLEEPS, now_s), was_woken=True))
    return memory


def _car_sleeps(step: Step, memory: OcppMemory) -> bool:
    """Return whether a car has drawn nothing for `SILENT_S` although its limit allows it, in a session that is on."""
    state, limit = step.state, memory.commanded
    is_on = state.on is not False and state.status in (Status.SUSPENDED_CAR, Status.CHARGING)
    may = limit is not None and limit.current_a > 0 and not _draws(state)
    return is_on and may and step.now_s - memory.car.since_s >= tuning.SILENT_S
