"""Why a load is switched to its other phases, and what prevents that. Rules in order of evaluation. Pure.

Each gets the share of the load on its present phases, and the share it would get on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Share
from ...model.durations import backoff_s
from ...model.load import Load, PhaseSwitching
from ...model.messages.message import Message, message
from ...model.phase_switch import PhaseSwitchMemory

UP_AND_DOWN = 2
"""Switches needed to go up: a load that goes up has to be able to come down again."""


class ShapeContext(NamedTuple):
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
        return goes_up(self.past)

    @property
    def lasts_s(self) -> float:
        """For how long the other phases have been better [s]; 0 when they are not."""
        since_s = self.past.fits_since_s
        return 0.0 if since_s is None else self.now_s - since_s


Rule = Callable[[ShapeContext], Message | None]
"""Returns the reason to switch, None where the rule does not apply."""


def fuse_pauses_it(context: ShapeContext) -> Message | None:
    """Return why to go to one phase where a fuse of another phase would pause the load or prevents its start."""
    wire = wire_of(context.own)
    if context.up or context.own.amps > 0 or wire is None or context.other.amps <= 0:
        return None
    if context.runs and context.share.amps > 0:
        return None  # borne by the fuse for a while
    if not context.runs and context.lasts_s < context.load.start_after_s:
        return None
    return one_phase_by(wire, context)


def energy_is_short(context: ShapeContext) -> Message | None:
    """Return why to go to one phase instead of stopping, where the energy is below the minimum of three phases.

    Clouds pass, and switches per session are limited: each further time the energy has to be short for twice as long.
    """
    energy, again = energy_of(context.own), context.past.in_session
    if context.up or context.own.amps > 0 or energy is None or context.other.amps <= 0:
        return None
    short_s = context.now_s - (context.past.short_since_s or context.now_s)
    patience_s = backoff_s(context.load.stop_after_s, again, float("inf"))
    stops_now = context.runs and context.share.amps <= 0
    begins = not context.runs and context.lasts_s >= context.load.start_after_s
    if short_s < patience_s and (again > 0 or not (stops_now or begins)):
        return None
    return one_phase_by(energy, context)


def more_fits(context: ShapeContext) -> Message | None:
    """Return why to go to three phases: clearly more power than on one, or a start that one phase prevents."""
    if not context.up or context.lasts_s < context.load.start_after_s:
        return None
    if context.runs:
        return message("three_phases_for_more")
    wire = wire_of(context.own)
    return None if context.own.amps > 0 or wire is None else message("three_phases_by_limit", limit=wire.name)


RULES: Sequence[Rule] = (fuse_pauses_it, energy_is_short, more_fits)


def wish(context: ShapeContext) -> Message | None:
    """Return why the load is to go to its other phases now, None to stay."""
    past = context.past
    if past.by_hand is not None:
        code = "one_phase_by_hand" if past.by_hand == 1 else "three_phases_by_hand"
        return message(code) if past.by_hand != past.lines and may_try(past) else None
    if rests_s(context) > 0 or worn(context) or not may_try(past):
        return None
    return next(filter(None, (rule(context) for rule in RULES)), None)


def one_phase_by(limit: Ceiling, context: ShapeContext) -> Message:
    """Return that a wire, or an energy budget, leaves too little for three phases."""
    if limit.budget is not None:
        return message("one_phase_by_energy", energy=limit.budget.energy)
    return message("one_phase_by_limit", limit=limit.name, left_a=round(max(context.left_a, 0.0)))


def would_do(context: ShapeContext) -> bool:
    """Return whether the other phases would be better now."""
    if context.other.amps <= 0:
        return False
    if not context.up:
        return context.own.amps <= 0
    count = len(context.switching.phases)
    return count * context.other.amps >= context.share.amps + context.spare_a


def may_try(past: PhaseSwitchMemory) -> bool:
    """Return whether a phase switch may be tried: it did not fail `NO_CHANCE_TIMES` times."""
    return past.failures < tuning.NO_CHANCE_TIMES


def comes_back(load: Load, past: PhaseSwitchMemory, day_began_s: float) -> bool:
    """Return whether a load switched to one phase may go back to all of them later, so their power counts for it."""
    switching = load.switching
    if switching is None or past.counts_on != 1 or past.by_hand == 1:
        return False
    if not switching.comes_back or past.stays_on_one or not may_try(past):
        return False
    return not _no_more(switching, past, UP_AND_DOWN, day_began_s)


def goes_up(past: PhaseSwitchMemory) -> bool:
    """Return whether a load's other phases are more than its present ones.

    Where the present ones are not known, only a manual choice goes up.
    """
    return past.lines == 1 or (past.lines is None and past.by_hand not in (None, 1))


def wire_of(share: Share) -> Ceiling | None:
    """Return the first fuse or contract that limits a share, None for none."""
    return next((c for c in share.limited_by if c.budget is None), None)


def energy_of(share: Share) -> Ceiling | None:
    """Return the first budget that limits a share, None for none."""
    return next((c for c in share.limited_by if c.budget is not None), None)


def rests_s(context: ShapeContext) -> float:
    """Return for how long a load may not be switched yet [s]; going up, longer after each time that did not last."""
    doubled = 2.0 ** min(context.past.short_ups, tuning.KNOWN_TIMES) if context.up else 1.0
    return max(context.past.tried_s + context.switching.dwell_s * doubled - context.now_s, 0.0)


def worn(context: ShapeContext) -> Message | None:
    """Return why a load may not be switched any more in this session or today, None while it may."""
    past = context.past
    if context.up and (past.stays_on_one or (past.in_session > 0 and not context.switching.comes_back)):
        return message("one_phase_until_next_car")
    return _no_more(context.switching, past, UP_AND_DOWN if context.up else 1, context.day_began_s)


def _no_more(switching: PhaseSwitching, past: PhaseSwitchMemory, needs: int, day_began_s: float) -> Message | None:
    """Return why `needs` further switches would exceed the limit of session or day, None when they would not."""
    most, today = switching.most, past.switches_since(day_began_s)
    if past.in_session + needs > most:
        return message("one_phase_session_used_up", switches=past.in_session, most=most)
    return message("one_phase_day_used_up", switches=today, most=2 * most) if today + needs > 2 * most else None
