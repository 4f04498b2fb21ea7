"""What there is to say of a load's phases: why it is on these, how often it was switched, and what went wrong."""

from __future__ import annotations

from ... import tuning
from ...model.load import Load, PhaseSwitching
from ...model.phase_switch import PhaseSwitchMemory, Stage
from ...model.snapshot import LoadState, Status


def phase_words(load: Load, state: LoadState, past: PhaseSwitchMemory | None, day_began_s: float) -> str:
    """To be said beside its reason; "" where there is nothing."""
    if load.switching is None or past is None:
        return ""
    if state.lines_fixed:
        return f"; its phases stay as they are: {state.lines_fixed}"
    if not past.why or (past.stage is Stage.STEADY and past.lines != 1):
        return ""
    today = past.switches_since(day_began_s)
    return f"; {past.why}; {today} switch{'' if today == 1 else 'es'} today of {2 * load.switching.most}"


def in_the_way(switching: PhaseSwitching, state: LoadState, past: PhaseSwitchMemory, lines: int) -> str:
    """Why a person's wish for so many phases would come to nothing, and what helps; "" where it would not."""
    if not state.available or state.status is Status.FAULT:
        return "its charger does not answer or reports a fault; try again when it is well"
    if state.status is Status.UNPLUGGED:
        return "no car is plugged in, and a choice lasts no longer than a car stays; choose when it is there"
    if not state.can_pause:
        return "nothing can stop it, and nothing is switched under current; name what does as switch in its CONFIG"
    if state.lines_fixed:
        return state.lines_fixed
    if past.failures >= tuning.NO_CHANCE_TIMES:
        return f"a switch has failed twice; unplug its car to have it tried again{_why_failed(past)}"
    if lines > 1 and past.lines == 1 and (past.stays_on_one or not switching.comes_back):
        return "it comes back to three phases only when its car is plugged in anew"
    return ""


def by_hand_words(past: PhaseSwitchMemory, lines: int, is_seen: bool) -> str:
    """What comes of that wish, where something does."""
    if past.stage in (Stage.STOPPING, Stage.RESTING):
        return "it is being switched already; if that is to other phases, again when it has begun"
    if past.lines == lines:
        return "it is on these phases already, and stays there until its car is unplugged"
    if not is_seen:
        return "it is stopped and switched as soon as its meters are seen again"
    return "it is stopped, switched, and begins again when its minimum fits"


def _why_failed(past: PhaseSwitchMemory) -> str:
    return f" ({past.problem.partition(';')[0]})" if past.problem else ""
