"""What is done about a charge point that does not follow: cleared, made safe, reset."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import NEVER_S
from ...model.load import Mode
from ...model.snapshot import LoadState, Status
from ..driver import ServiceCall, switch_call
from .compliance_memory import ComplianceMemory
from .context import StepContext
from .memory import OcppMemory, RecoveryMemory
from .observation import drawn_a
from .states import Car, Compliance, ComplianceEvent, Deviation, Recovery, RecoveryStep


def with_time(recovery: RecoveryMemory, now_s: float) -> RecoveryMemory:
    """The recovery in which a restart is over that has had its time."""
    over = now_s - recovery.pressed_s >= tuning.OCPP_RESTART_S
    return recovery.moved(RecoveryStep.RESTART_DONE) if over else recovery


def recovered(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The step of the recovery that is due now, if any."""
    recovery, now_s = memory.recovery, context.now_s
    if recovery.state is Recovery.CLEARED:
        waits = now_s - recovery.cleared_s < tuning.OCPP_CLEARED_S
        return [], memory if waits else _afresh(memory, recovery.moved(RecoveryStep.CLEAR_DONE))
    if recovery.reset_requested:
        begun = replace(recovery, reset_requested=False, clears=0, presses=0, pressed_s=NEVER_S)
        return _clear(context, memory, begun)
    if _takes_while_paused(context, memory):
        switch = context.entity("switch")
        if switch is not None and context.state.on:
            return [switch_call(switch, False)], replace(memory, recovery=replace(recovery, stopped_s=now_s))
    if not is_ill(memory, now_s) or _rests(recovery, now_s):
        return [], memory
    if may_clear(memory) and recovery.clears < tuning.OCPP_CLEARS:
        return _clear(context, memory, recovery)
    press = context.press()
    if press is None or not may_press(memory) or recovery.presses >= tuning.OCPP_PRESSES:
        return [], memory
    return [press], _afresh(memory, replace(pressed(recovery, now_s), clears=0, presses=recovery.presses + 1))


def pressed(recovery: RecoveryMemory, now_s: float) -> RecoveryMemory:
    """The recovery of a charger whose reset button is pressed now."""
    return replace(recovery.moved(RecoveryStep.PRESS), pressed_s=now_s)


def with_session(state: LoadState, recovery: RecoveryMemory) -> RecoveryMemory:
    """What is remembered when the car leaves: only what is being done just now."""
    if state.status is not Status.UNPLUGGED:
        return recovery
    return replace(recovery, clears=0, presses=0, stopped_s=NEVER_S)


def is_ill(memory: OcppMemory, now_s: float) -> bool:
    """Whether it has not followed for long, and often enough."""
    seen = memory.compliance
    since_s = seen.deviates_since_s
    return since_s is not None and now_s - since_s >= tuning.OCPP_ILL_S and seen.unfollowed >= tuning.OCPP_ILL_TIMES


def may_clear(memory: OcppMemory) -> bool:
    """Whether its profiles may go. Less than it was told may be what its user wants; no fuse minds that.

    Nor when it keeps to the safe limit: that is ours, and who takes no other might not take it again.
    """
    seen = memory.compliance
    return seen.deviation is Deviation.OVER or not (seen.state is Compliance.OVERRIDDEN or seen.is_at_safe)


def may_press(memory: OcppMemory) -> bool:
    """Whether it may be reset: never for its user's doing, nor for a limit of its own that is below what it was told.

    Nothing at all is no such limit.
    """
    seen = memory.compliance
    is_fault = seen.deviation in (Deviation.OVER, Deviation.NOTHING)
    is_no_limit = not (seen.evidence.has_followed or seen.is_at_safe)
    return seen.state is not Compliance.OVERRIDDEN and (is_fault or is_no_limit)


def is_stuck(context: StepContext, memory: OcppMemory) -> bool:
    """Whether it should be reset because it waits for its cable to be plugged anew, which nobody but us has caused."""
    recovery, now_s = memory.recovery, context.now_s
    wanted = context.load.mode is not Mode.OFF and not context.aim.over_fuse
    ours = context.state.status is Status.FULL and recovery.stopped_s > NEVER_S
    waited = now_s - recovery.stopped_s >= tuning.OCPP_REVIVED_S and not was_reset(recovery, now_s)
    return ours and wanted and waited and recovery.presses < tuning.OCPP_PRESSES


def is_given_up(memory: OcppMemory, has_button: bool, now_s: float) -> bool:
    """Whether everything has been tried."""
    recovery, seen = memory.recovery, memory.compliance
    clears = may_clear(memory) and recovery.clears < tuning.OCPP_CLEARS
    presses = has_button and may_press(memory) and recovery.presses < tuning.OCPP_PRESSES
    is_wish = seen.state is Compliance.OVERRIDDEN and seen.deviation is not Deviation.OVER
    return is_ill(memory, now_s) and not (clears or presses or is_wish or _rests(recovery, now_s))


def was_reset(recovery: RecoveryMemory, now_s: float) -> bool:
    """Whether it was reset a moment ago: that its session has ended is not its user's doing."""
    return now_s - recovery.pressed_s < tuning.OCPP_PRESS_AGAIN_S


def is_left_alone(memory: OcppMemory) -> bool:
    """Whether nothing but commands is sent just now."""
    return memory.recovery.state is not Recovery.WATCHING or memory.car.state is Car.WAKING


def _clear(context: StepContext, memory: OcppMemory, recovery: RecoveryMemory) -> tuple[list[ServiceCall], OcppMemory]:
    now_s = context.now_s
    recovery = replace(recovery.moved(RecoveryStep.CLEAR), clears=recovery.clears + 1, cleared_s=now_s)
    compliance = replace(_told_anew(memory.compliance), judged_s=now_s)
    memory = replace(memory, acknowledged=None, safe_form=None, recovery=recovery, compliance=compliance)
    return [context.call("clear_profile")], memory


def _afresh(memory: OcppMemory, recovery: RecoveryMemory) -> OcppMemory:
    """The memory of a charger that has no limits any more."""
    return replace(
        memory,
        commanded=None,
        acknowledged=None,
        safe_form=None,
        safe_sent_s=NEVER_S,
        unanswered_s=None,
        recovery=recovery,
        compliance=_told_anew(memory.compliance),
    )


def _told_anew(past: ComplianceMemory) -> ComplianceMemory:
    return replace(past.moved(ComplianceEvent.CLEARED), deviates_since_s=None, unfollowed=0)


def _rests(recovery: RecoveryMemory, now_s: float) -> bool:
    """Whether the last step up has not had its time yet."""
    return now_s - recovery.cleared_s < tuning.OCPP_CLEAR_AGAIN_S or was_reset(recovery, now_s)


def _takes_while_paused(context: StepContext, memory: OcppMemory) -> bool:
    """Whether its session has to be ended: it was told to pause, has had time to, and goes on drawing."""
    limit, seen, now_s = memory.commanded, memory.compliance, context.now_s
    if limit is None or limit.current_a > 0 or drawn_a(context.state) <= tuning.OCPP_DRAWS_A:
        return False
    if now_s - memory.recovery.stopped_s < tuning.OCPP_CLEAR_AGAIN_S:
        return False
    above_s, measured_s = seen.overdraw.since_s, now_s - context.state.draw_age_s
    if context.aim.over_fuse and above_s is not None and measured_s >= limit.first_s + tuning.OCPP_SETTLES_S / 2:
        # Who followed none of the limits before has had its time; it is only to have heard that it is to pause.
        heard = now_s - limit.first_s >= tuning.OCPP_SETTLES_S
        if heard and now_s - above_s >= tuning.OCPP_SETTLES_S + tuning.OCPP_SOON_STOP_S:
            return True
    # Nothing is verified of a limit that could not be sent: then it was measured after that, or says nothing.
    is_unsent = memory.acknowledged != limit and measured_s > limit.first_s
    since_s = limit.first_s if is_unsent else seen.deviates_since_s
    if since_s is None:
        return False
    lasts_s = now_s - max(since_s, limit.first_s)
    # What its user wants is not undone for the sun, but for a fuse.
    may = context.aim.over_fuse or seen.state is not Compliance.OVERRIDDEN
    return may and lasts_s >= (tuning.OCPP_SOON_STOP_S if context.aim.over_fuse else tuning.OCPP_STOP_S)
