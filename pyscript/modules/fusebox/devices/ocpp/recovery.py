"""What is done about a charge point that does not follow: cleared, made safe, reset; and about a car that sleeps."""

from __future__ import annotations

from dataclasses import replace

from ...model.site import Mode
from ...model.snapshot import LoadState, Status
from ..driver import ServiceCall, switch_call
from .compliance import DRAWS_A, SETTLES_S, drawn_a
from .context import StepContext
from .memory import NEVER_S, OcppMemory, RecoveryMemory

ILL_S, ILL_TIMES = 75.0, 2
"""A charger that has not followed for so long, and so many limits, has its profiles cleared [s]."""

CLEARED_S = 5.0
"""A cleared charger is left alone for so long before it is made safe [s]; without a limit it may charge at its most."""

CLEAR_AGAIN_S, CLEARS = 120.0, 3
"""After so many clearings, so long apart [s], its reset button is pressed."""

PRESS_AGAIN_S, PRESSES = 300.0, 2
RESTART_S = 20.0
"""A reset charger is left alone for so long, and pressed no sooner again than the first, no more often than so."""

STOP_S, SOON_STOP_S = 60.0, 20.0
"""A charger that takes current for so long although it was told 0 A has its session ended; sooner for a fuse."""

REVIVED_S = 300.0
"""A charger that stays in Finishing since its session was ended here is reset after so long [s]: fuses have cooled."""

LONG_PAUSE_S, SLEEPS_S, DOZE_S = 60.0, 120.0, 10.0
"""A car that was paused for the first, and has drawn nothing for the second since it may again, is woken once: it is
offered nothing for the third, and then its current anew."""


def recovered(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The step of the recovery that is due now, if any."""
    recovery, now_s = memory.recovery, context.now_s
    if recovery.bare and now_s - recovery.cleared_s >= CLEARED_S:
        return [], _afresh(memory, replace(recovery, bare=False))
    if recovery.bare:
        return [], memory
    if recovery.asked:
        return _clear(context, memory, replace(recovery, asked=False, clears=0, presses=0, pressed_s=NEVER_S))
    if _takes_while_paused(context, memory):
        switch = context.entity("switch")
        if switch is not None and context.state.on:
            return [switch_call(switch, False)], replace(memory, recovery=replace(recovery, stopped_s=now_s))
    if not is_ill(memory, now_s) or _rests(recovery, now_s):
        return [], memory
    if may_clear(memory) and recovery.clears < CLEARS:
        return _clear(context, memory, recovery)
    press = context.press()
    if press is None or not may_press(memory) or recovery.presses >= PRESSES:
        return [], memory
    recovery = replace(recovery, clears=0, presses=recovery.presses + 1, pressed_s=now_s)
    return [press], _afresh(memory, recovery)


def is_ill(memory: OcppMemory, now_s: float) -> bool:
    """Whether it has not followed for long, and often enough."""
    seen = memory.compliance
    return seen.since_s is not None and now_s - seen.since_s >= ILL_S and seen.unfollowed >= ILL_TIMES


def may_clear(memory: OcppMemory) -> bool:
    """Whether its profiles may go. Less than it was told may be what its user wants; no fuse minds that.

    Nor when it keeps to the safe limit: that is ours, and who takes no other might not take it again.
    """
    seen = memory.compliance
    return seen.over or not (seen.hand or seen.at_safe)


def may_press(memory: OcppMemory) -> bool:
    """Whether it may be reset: never for its user's hand, nor for a limit of its own that is below what it was told.

    Nothing at all is no such limit.
    """
    seen = memory.compliance
    return not seen.hand and (seen.over or seen.starves or not (seen.ever or seen.at_safe))


def is_stuck(context: StepContext, memory: OcppMemory) -> bool:
    """Whether it should be reset because it waits for its cable to be plugged anew, which nobody but us has caused."""
    recovery, now_s = memory.recovery, context.now_s
    wanted = context.load.mode is not Mode.OFF and not context.aim.over_fuse
    ours = context.state.status is Status.FULL and recovery.stopped_s > NEVER_S
    waited = now_s - recovery.stopped_s >= REVIVED_S and not restarts(memory, now_s)
    return ours and wanted and waited and recovery.presses < PRESSES


def is_given_up(memory: OcppMemory, has_button: bool, now_s: float) -> bool:
    """Whether everything has been tried."""
    clears = may_clear(memory) and memory.recovery.clears < CLEARS
    presses = has_button and may_press(memory) and memory.recovery.presses < PRESSES
    hand = memory.compliance.hand and not memory.compliance.over
    return is_ill(memory, now_s) and not (clears or presses or hand or _rests(memory.recovery, now_s))


def restarts(memory: OcppMemory, now_s: float) -> bool:
    """Whether it was reset a moment ago: that its session has ended is not its user's doing."""
    return now_s - memory.recovery.pressed_s < PRESS_AGAIN_S


def is_left_alone(memory: OcppMemory, now_s: float) -> bool:
    """Whether nothing but commands is sent just now."""
    recovery = memory.recovery
    return recovery.bare or recovery.dozed_s is not None or now_s - recovery.pressed_s < RESTART_S


def watched_session(state: LoadState, memory: OcppMemory, now_s: float) -> RecoveryMemory:
    """What is remembered of pauses, for waking; a car that leaves ends it all."""
    recovery, commanded = memory.recovery, memory.commanded
    if state.status is Status.UNPLUGGED:
        return RecoveryMemory(
            asked=recovery.asked, cleared_s=recovery.cleared_s, bare=recovery.bare, pressed_s=recovery.pressed_s
        )
    if commanded is None or memory.acknowledged != commanded or recovery.dozed_s is not None:
        return recovery
    if commanded.current_a <= 0:
        return recovery if recovery.paused_s is not None else replace(recovery, paused_s=now_s, resumed_s=None)
    if recovery.paused_s is not None:
        long = now_s - recovery.paused_s >= LONG_PAUSE_S
        recovery = replace(recovery, paused_s=None, resumed_s=commanded.first_s if long else recovery.resumed_s)
    if drawn_a(state) > DRAWS_A and recovery.resumed_s is not None:
        recovery = replace(recovery, resumed_s=None)
    return recovery


def woken(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory, bool]:
    """A car that does not wake up after a pause: whether it is to be offered nothing for a moment, beginning now."""
    recovery, now_s = memory.recovery, context.now_s
    if recovery.dozed_s is not None:
        if now_s - recovery.dozed_s < DOZE_S:
            return [], memory, False
        return [], replace(memory, commanded=None, recovery=replace(recovery, dozed_s=None, resumed_s=None)), False
    sleeps = (
        recovery.resumed_s is not None
        and not recovery.woken
        and now_s - recovery.resumed_s >= SLEEPS_S
        and context.state.on is not False
        and context.state.status in (Status.SUSPENDED_CAR, Status.CHARGING)
        and drawn_a(context.state) <= DRAWS_A
        and memory.commanded is not None
        and memory.commanded.current_a > 0
    )
    if not sleeps:
        return [], memory, False
    return [], replace(memory, recovery=replace(recovery, woken=True, dozed_s=now_s)), True


def _clear(context: StepContext, memory: OcppMemory, recovery: RecoveryMemory) -> tuple[list[ServiceCall], OcppMemory]:
    now_s = context.now_s
    recovery = replace(recovery, clears=recovery.clears + 1, cleared_s=now_s, bare=True)
    verified = replace(memory.compliance, since_s=None, unfollowed=0, judged_s=now_s)
    return [context.call("clear_profile")], replace(
        memory, acknowledged=None, safe_form=None, recovery=recovery, compliance=verified
    )


def _afresh(memory: OcppMemory, recovery: RecoveryMemory) -> OcppMemory:
    """The memory of a charger that has no limits any more."""
    verified = replace(memory.compliance, since_s=None, unfollowed=0, confirmed=False)
    return replace(
        memory,
        commanded=None,
        acknowledged=None,
        safe_form=None,
        safe_sent_s=NEVER_S,
        unanswered_s=None,
        recovery=recovery,
        compliance=verified,
    )


def _rests(recovery: RecoveryMemory, now_s: float) -> bool:
    """Whether the last step up has not had its time yet."""
    return now_s - recovery.cleared_s < CLEAR_AGAIN_S or now_s - recovery.pressed_s < PRESS_AGAIN_S


def _takes_while_paused(context: StepContext, memory: OcppMemory) -> bool:
    """Whether its session has to be ended: it was told to pause, has had time to, and goes on drawing."""
    commanded, seen, now_s = memory.commanded, memory.compliance, context.now_s
    if commanded is None or commanded.current_a > 0 or drawn_a(context.state) <= DRAWS_A:
        return False
    if now_s - memory.recovery.stopped_s < CLEAR_AGAIN_S:
        return False
    measured_s = now_s - context.state.draw_age_s
    if context.aim.over_fuse and seen.above_s is not None and measured_s >= commanded.first_s + SETTLES_S / 2:
        # Who followed none of the limits before has had its time; it is only to have heard that it is to pause.
        heard = now_s - commanded.first_s >= SETTLES_S
        if heard and now_s - seen.above_s >= SETTLES_S + SOON_STOP_S:
            return True
    # Nothing is verified of a limit that could not be sent: then it was measured after that, or says nothing.
    since_s = commanded.first_s if memory.acknowledged != commanded and measured_s > commanded.first_s else seen.since_s
    if since_s is None:
        return False
    lasts_s = now_s - max(since_s, commanded.first_s)
    # What its user wants is not undone for the sun, but for a fuse.
    return lasts_s >= SOON_STOP_S if context.aim.over_fuse else lasts_s >= STOP_S and not seen.hand
