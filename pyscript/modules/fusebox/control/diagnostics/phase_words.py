"""Sentences about a load's phases: why it is on these, and what a choice of others would do."""

from __future__ import annotations

from ... import tuning
from ...model.load import Load, PhaseSwitching
from ...model.messages.message import Message, message
from ...model.phases_memory import PhaseSwitchMemory, Stage
from ...model.snapshot import LoadState, Status


def phases_reason(load: Load, state: LoadState, past: PhaseSwitchMemory | None) -> Message | None:
    """Return why a load that may be switched is on its phases: a failed switch, why they are fixed, the last decision.

    The first of these that there is. None for nothing to say: a load that cannot be switched, or stays on all phases.
    """
    if load.switching is None or past is None:
        return None
    if past.problem:
        return past.problem
    if state.phases_fixed_reason is not None:
        return state.phases_fixed_reason
    return None if past.stage is Stage.STEADY and past.phase_count != 1 else past.why


def choice_obstacle(
    switching: PhaseSwitching, state: LoadState, past: PhaseSwitchMemory, phase_count: int
) -> Message | None:
    """Return why the user's choice of so many phases would have no effect, and what helps; None where it would work.

    Without a charger or a car, if it cannot pause or its phases are fixed, after failed switches, or until the next
    car.
    """
    if not state.available or state.status is Status.FAULT:
        return message("phases_without_charger")
    if state.status is Status.UNPLUGGED:
        return message("phases_without_car")
    if not state.can_pause:
        return message("phases_without_stop")
    if state.phases_fixed_reason is not None:
        return state.phases_fixed_reason
    if past.failures >= tuning.NO_CHANCE_TIMES:
        return past.problem or message("phases_failed")
    if phase_count > 1 and past.phase_count == 1 and (past.stays_on_one or not switching.comes_back):
        return message("one_phase_until_next_car")
    return None


def choice_outcome(past: PhaseSwitchMemory, phase_count: int, is_measured: bool) -> Message:
    """Return what will happen after the user's choice of a number of phases: a switch under way, none, or the next.

    Without good readings (`is_measured` is off) the next switch waits for them.
    """
    if past.stage in (Stage.STOPPING, Stage.RESTING):
        return message("phases_switching_already")
    if past.phase_count == phase_count:
        return message("phases_as_set")
    return message("phases_next" if is_measured else "phases_when_measured")
