"""What is done about a charge point that does not follow: cleared, made safe, reset; and about a car that sleeps."""

from __future__ import annotations

from dataclasses import replace

from ...model.site import Mode
from ...model.snapshot import LoadState, Status
from ..driver import ServiceCall, switch_call
from .compliance import DRAWS_A, SETTLES_S, drawn_a
from .context import Scene
from .memory import NEVER_S, Kept, Ladder

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


def climbed(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """The step up the ladder that is due now, if any."""
    ladder, now_s = kept.ladder, scene.now_s
    if ladder.bare and now_s - ladder.cleared_s >= CLEARED_S:
        return [], _afresh(kept, replace(ladder, bare=False))
    if ladder.bare:
        return [], kept
    if ladder.asked:
        return _clear(scene, kept, replace(ladder, asked=False, clears=0, presses=0, pressed_s=NEVER_S))
    if _takes_while_paused(scene, kept):
        switch = scene.entity("switch")
        if switch is not None and scene.state.on:
            return [switch_call(switch, False)], replace(kept, ladder=replace(ladder, stopped_s=now_s))
    if not is_ill(kept, now_s) or _rests(ladder, now_s):
        return [], kept
    if may_clear(kept) and ladder.clears < CLEARS:
        return _clear(scene, kept, ladder)
    press = scene.press()
    if press is None or not may_press(kept) or ladder.presses >= PRESSES:
        return [], kept
    ladder = replace(ladder, clears=0, presses=ladder.presses + 1, pressed_s=now_s)
    return [press], _afresh(kept, ladder)


def is_ill(kept: Kept, now_s: float) -> bool:
    """Whether it has not followed for long, and often enough."""
    seen = kept.verified
    return seen.since_s is not None and now_s - seen.since_s >= ILL_S and seen.unfollowed >= ILL_TIMES


def may_clear(kept: Kept) -> bool:
    """Whether its profiles may go. Less than it was told may be what its user wants; no fuse minds that.

    Nor when it keeps to the safe limit: that is ours, and who takes no other might not take it again.
    """
    seen = kept.verified
    return seen.over or not (seen.hand or seen.at_safe)


def may_press(kept: Kept) -> bool:
    """Whether it may be reset: never for its user's hand, nor for a limit of its own that is below what it was told.

    Nothing at all is no such limit.
    """
    seen = kept.verified
    return not seen.hand and (seen.over or seen.starves or not (seen.ever or seen.at_safe))


def is_stuck(scene: Scene, kept: Kept) -> bool:
    """Whether it should be reset because it waits for its cable to be plugged anew, which nobody but us has caused."""
    ladder, now_s = kept.ladder, scene.now_s
    wanted = scene.load.mode is not Mode.OFF and not scene.aim.over_fuse
    ours = scene.state.status is Status.FULL and ladder.stopped_s > NEVER_S
    waited = now_s - ladder.stopped_s >= REVIVED_S and not restarts(kept, now_s)
    return ours and wanted and waited and ladder.presses < PRESSES


def is_given_up(kept: Kept, has_button: bool, now_s: float) -> bool:
    """Whether everything has been tried."""
    clears = may_clear(kept) and kept.ladder.clears < CLEARS
    presses = has_button and may_press(kept) and kept.ladder.presses < PRESSES
    hand = kept.verified.hand and not kept.verified.over
    return is_ill(kept, now_s) and not (clears or presses or hand or _rests(kept.ladder, now_s))


def restarts(kept: Kept, now_s: float) -> bool:
    """Whether it was reset a moment ago: that its session has ended is not its user's doing."""
    return now_s - kept.ladder.pressed_s < PRESS_AGAIN_S


def is_left_alone(kept: Kept, now_s: float) -> bool:
    """Whether nothing but commands is sent just now."""
    ladder = kept.ladder
    return ladder.bare or ladder.dozed_s is not None or now_s - ladder.pressed_s < RESTART_S


def watched_session(state: LoadState, kept: Kept, now_s: float) -> Ladder:
    """What is remembered of pauses, for waking; a car that leaves ends it all."""
    ladder, told = kept.ladder, kept.told
    if state.status is Status.UNPLUGGED:
        return Ladder(asked=ladder.asked, cleared_s=ladder.cleared_s, bare=ladder.bare, pressed_s=ladder.pressed_s)
    if told is None or kept.taken != told or ladder.dozed_s is not None:
        return ladder
    if told.current_a <= 0:
        return ladder if ladder.paused_s is not None else replace(ladder, paused_s=now_s, resumed_s=None)
    if ladder.paused_s is not None:
        long = now_s - ladder.paused_s >= LONG_PAUSE_S
        ladder = replace(ladder, paused_s=None, resumed_s=told.first_s if long else ladder.resumed_s)
    if drawn_a(state) > DRAWS_A and ladder.resumed_s is not None:
        ladder = replace(ladder, resumed_s=None)
    return ladder


def woken(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept, bool]:
    """A car that does not wake up after a pause: whether it is to be offered nothing for a moment, beginning now."""
    ladder, now_s = kept.ladder, scene.now_s
    if ladder.dozed_s is not None:
        if now_s - ladder.dozed_s < DOZE_S:
            return [], kept, False
        return [], replace(kept, told=None, ladder=replace(ladder, dozed_s=None, resumed_s=None)), False
    sleeps = (
        ladder.resumed_s is not None
        and not ladder.woken
        and now_s - ladder.resumed_s >= SLEEPS_S
        and scene.state.on is not False
        and scene.state.status in (Status.SUSPENDED_CAR, Status.CHARGING)
        and drawn_a(scene.state) <= DRAWS_A
        and kept.told is not None
        and kept.told.current_a > 0
    )
    if not sleeps:
        return [], kept, False
    return [], replace(kept, ladder=replace(ladder, woken=True, dozed_s=now_s)), True


def _clear(scene: Scene, kept: Kept, ladder: Ladder) -> tuple[list[ServiceCall], Kept]:
    now_s = scene.now_s
    ladder = replace(ladder, clears=ladder.clears + 1, cleared_s=now_s, bare=True)
    verified = replace(kept.verified, since_s=None, unfollowed=0, judged_s=now_s)
    return [scene.call("clear_profile")], replace(kept, taken=None, ground=None, ladder=ladder, verified=verified)


def _afresh(kept: Kept, ladder: Ladder) -> Kept:
    """The memory of a charger that has no limits any more."""
    verified = replace(kept.verified, since_s=None, unfollowed=0, confirmed=False)
    return replace(
        kept, told=None, taken=None, ground=None, ground_s=NEVER_S, busy_s=None, ladder=ladder, verified=verified
    )


def _rests(ladder: Ladder, now_s: float) -> bool:
    """Whether the last step up has not had its time yet."""
    return now_s - ladder.cleared_s < CLEAR_AGAIN_S or now_s - ladder.pressed_s < PRESS_AGAIN_S


def _takes_while_paused(scene: Scene, kept: Kept) -> bool:
    """Whether its session has to be ended: it was told to pause, has had time to, and goes on drawing."""
    told, seen, now_s = kept.told, kept.verified, scene.now_s
    if told is None or told.current_a > 0 or drawn_a(scene.state) <= DRAWS_A:
        return False
    if now_s - kept.ladder.stopped_s < CLEAR_AGAIN_S:
        return False
    measured_s = now_s - scene.state.draw_age_s
    if scene.aim.over_fuse and seen.above_s is not None and measured_s >= told.first_s + SETTLES_S / 2:
        # Who followed none of the limits before has had its time; it is only to have heard that it is to pause.
        heard = now_s - told.first_s >= SETTLES_S
        if heard and now_s - seen.above_s >= SETTLES_S + SOON_STOP_S:
            return True
    # Nothing is verified of a limit that could not be sent: then it was measured after that, or says nothing.
    since_s = told.first_s if kept.taken != told and measured_s > told.first_s else seen.since_s
    if since_s is None:
        return False
    lasts_s = now_s - max(since_s, told.first_s)
    # What its user wants is not undone for the sun, but for a fuse.
    return lasts_s >= SOON_STOP_S if scene.aim.over_fuse else lasts_s >= STOP_S and not seen.hand
