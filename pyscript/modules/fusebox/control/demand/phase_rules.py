"""Why a load is switched to its other phases or stays on one, and what prevents that. Pure.

The rules are evaluated in order. Each gets the share of the load on its present phases, and the share it would get on
the others. Also what a user's choice of phases would do.
"""

from __future__ import annotations

from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Share
from ...model.durations import backoff_s
from ...model.load import Load, PhaseSwitching
from ...model.local_day import clock_text_rounded_up
from ...model.messages.message import Message, message
from ...model.phases_memory import PhaseSwitchMemory, Stage
from ...model.snapshot import LoadState, Status

UP_AND_DOWN = 2
"""Switches needed to go up: a load that goes up has to be able to come down again."""


class PhaseContext(NamedTuple):
    """What phase rules know about one load that may be switched."""

    load: Load
    switching: PhaseSwitching
    demand: Demand
    past: PhaseSwitchMemory
    """With since when the other phases would be better, and since when its energy is short on the present ones."""
    now_s: float
    day_began_s: float
    """The last local midnight [s since 1970]."""
    runs: bool
    share: Share
    """What it gets on its present phases."""
    own: Share
    """What it would get there without holds and without a guaranteed minimum."""
    other: Share
    """What it would get so on the other phases; for going up, with some power to spare."""
    left_a: float
    """What the fuses leave it on all of its phases [A]."""
    spare_a: float
    """What has to be gained by going up, as a current on one phase [A]."""

    @property
    def up(self) -> bool:
        """Whether the other phases are more than the present ones."""
        return switches_up(self.past)

    @property
    def lasts_s(self) -> float:
        """For how long the other phases have been better [s]; 0 when they are not."""
        since_s = self.past.fits_since_s
        return 0.0 if since_s is None else self.now_s - since_s


def one_phase_for_fuse(context: PhaseContext) -> Message | None:
    """Return the reason to go to one phase where a fuse prevents the load's start or would pause it, but not on one.

    None while the fuse still tolerates it, and for a start before `start_after_s` has passed.
    """
    wire = limiting_wire(context.own)
    if context.up or context.own.amps > 0 or wire is None or context.other.amps <= 0:
        return None
    if context.runs and context.share.amps > 0:
        return None  # the fuse tolerates it for a while
    if not context.runs and context.lasts_s < context.load.start_after_s:
        return None
    return one_phase_message(wire, context)


def one_phase_for_energy(context: PhaseContext) -> Message | None:
    """Return why to go to one phase instead of stopping, where a limit on energy is below the minimum of three phases.

    None while three phases still get a share or one would get none. The first switch of a session comes

    - when a running load would stop,
    - when one phase has been better for `start_after_s` while it does not run,
    - or when the energy has been short for `stop_after_s`.

    A later one comes only in the last case, with the time doubled for each earlier switch.
    """
    energy, again = limiting_budget(context.own), context.past.in_session
    if context.up or context.own.amps > 0 or energy is None or context.other.amps <= 0:
        return None
    short_s = context.now_s - (context.past.short_since_s or context.now_s)
    patience_s = backoff_s(context.load.stop_after_s, again, float("inf"))
    stops_now = context.runs and context.share.amps <= 0
    begins = not context.runs and context.lasts_s >= context.load.start_after_s
    if short_s < patience_s and (again > 0 or not (stops_now or begins)):
        return None
    return one_phase_message(energy, context)


def three_phases_for_more(context: PhaseContext) -> Message | None:
    """Return the reason to go to three phases, once they have been better for `start_after_s`; else None.

    For a running load they give clearly more power, for another they allow the start that a fuse prevents on one.
    """
    if not context.up or context.lasts_s < context.load.start_after_s:
        return None
    if context.runs:
        return message("three_phases_for_more")
    wire = limiting_wire(context.own)
    return None if context.own.amps > 0 or wire is None else message("three_phases_by_limit", limit=wire.name)


def switch_reason(context: PhaseContext) -> Message | None:
    """Return why the load is to be switched to its other phases now, None to stay on the present ones.

    A user's choice comes first. Otherwise no rule switches it during its dwell time, beyond its limits, or after
    failures.
    """
    past = context.past
    if past.by_hand is not None:
        code = "one_phase_by_hand" if past.by_hand == 1 else "three_phases_by_hand"
        return message(code) if past.by_hand != past.phase_count and may_try_switch(past) else None
    if dwell_left_s(context) > 0 or switch_limit_message(context) or not may_try_switch(past):
        return None
    return one_phase_for_fuse(context) or one_phase_for_energy(context) or three_phases_for_more(context)


def one_phase_message(limit: Ceiling, context: PhaseContext) -> Message:
    """Return the message that a ceiling (a wire or an energy budget) leaves too little for three phases."""
    if limit.budget is not None:
        return message("one_phase_by_energy", energy=limit.energy)
    return message("one_phase_by_limit", limit=limit.name, left_a=round(max(context.left_a, 0.0)))


def other_phases_are_better(context: PhaseContext) -> bool:
    """Return whether the other phases are better now.

    One phase is where the load gets nothing on three; three are where they give clearly more power.
    """
    if context.other.amps <= 0:
        return False
    if not context.up:
        return context.own.amps <= 0
    count = len(context.switching.phases)
    return count * context.other.amps >= context.share.amps + context.spare_a


def may_try_switch(past: PhaseSwitchMemory) -> bool:
    """Return whether a phase switch may be tried: it did not fail `NO_CHANCE_TIMES` times."""
    return past.failures < tuning.NO_CHANCE_TIMES


def may_go_back_up(load: Load, past: PhaseSwitchMemory, day_began_s: float) -> bool:
    """Return whether a load switched to one phase may go back to all later; then the power of all counts for it.

    Not after a user's choice of one phase, where it stays on one until the next car, with too few switches left for up
    and down, or after failures.
    """
    switching = load.switching
    if switching is None or past.assumed_phase_count != 1 or past.by_hand == 1:
        return False
    if not switching.comes_back or past.stays_on_one or not may_try_switch(past):
        return False
    return not switches_used_up_message(switching.most, past, UP_AND_DOWN, day_began_s)


def switches_up(past: PhaseSwitchMemory) -> bool:
    """Return whether a load's other phases are more than its present ones.

    Where the present ones are not known, only a manual choice goes up.
    """
    return past.phase_count == 1 or (past.phase_count is None and past.by_hand not in (None, 1))


def limiting_wire(share: Share) -> Ceiling | None:
    """Return the first fuse or contract that limits a share, None for none."""
    return next((c for c in share.limited_by if c.budget is None), None)


def limiting_budget(share: Share) -> Ceiling | None:
    """Return the first budget that limits a share, None for none."""
    return next((c for c in share.limited_by if c.budget is not None), None)


def dwell_left_s(context: PhaseContext) -> float:
    """Return for how long a load may not be switched yet [s], 0 when it may.

    Going up, the wait doubles with each time in a row that all phases did not last.
    """
    doubled = 2.0 ** min(context.past.short_ups, tuning.KNOWN_TIMES) if context.up else 1.0
    return max(context.past.tried_s + context.switching.dwell_s * doubled - context.now_s, 0.0)


def switch_limit_message(context: PhaseContext) -> Message | None:
    """Return why a load may not be switched any more in this session or today, None while it may.

    Going up needs two switches left, and is ruled out until the next car once all phases did not last for this one, or
    after any switch where CONFIG does not let it come back.
    """
    past = context.past
    if context.up and (past.stays_on_one or (past.in_session > 0 and not context.switching.comes_back)):
        return message("one_phase_until_next_car")
    return switches_used_up_message(context.switching.most, past, UP_AND_DOWN if context.up else 1, context.day_began_s)


def switches_used_up_message(most: int, past: PhaseSwitchMemory, needs: int, day_began_s: float) -> Message | None:
    """Return why `needs` further switches would exceed the limit of a session (`most`) or of a day; None if not."""
    today = past.switches_since(day_began_s)
    if past.in_session + needs > most:
        return message("one_phase_session_used_up", switches=past.in_session, most=most)
    return message("one_phase_day_used_up", switches=today, most=2 * most) if today + needs > 2 * most else None


def why_on_one_phase(context: PhaseContext) -> Message | None:
    """Return why a load is on one phase and not on three; None on three, or after too many failed switches.

    A user's choice comes first, then what three phases lack, the limits on switching, and the time of the next switch.
    """
    past = context.past
    if past.phase_count != 1 or not may_try_switch(past):
        return None
    if past.by_hand == past.phase_count:
        return message("one_phase_by_hand")
    obstacle = _three_phases_obstacle(context) or switch_limit_message(context)
    if obstacle is not None:
        return obstacle
    if not other_phases_are_better(context):
        return message("one_phase_gains_nothing")
    # Once its dwell time is over and three phases have been better for long enough, whichever is later.
    waits_s = max(dwell_left_s(context), context.load.start_after_s - context.lasts_s)
    return message("one_phase_until", until=clock_text_rounded_up(context.now_s + waits_s, context.day_began_s))


def _three_phases_obstacle(context: PhaseContext) -> Message | None:
    """Return the message why the load would get no share on three phases, None where it would.

    The cause is the fuse that leaves too little headroom; without one, the limit on energy; without that, the other
    loads.
    """
    if context.other.amps > 0:
        return None
    wire, energy = limiting_wire(context.other), limiting_budget(context.other)
    if wire is not None:
        return one_phase_message(wire, context)
    return message("one_phase_by_others") if energy is None else one_phase_message(energy, context)


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
    if not may_try_switch(past):
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
