"""Whether a charge point does what it was told: seen at what it says it offers, and at what its car draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...model.site import Load
from ...model.snapshot import LoadState, Status
from .memory import ComplianceState, Limit, OcppMemory
from .profiles import IN_ITS_PLACE, IN_PLACE_OF_SAFE, ProfileForm
from .strategy import says_room

SETTLES_S = 10.0
"""So long after a limit was sent it should be seen; what was reported within the first half says nothing of it [s]."""

NEAR_A = 1.0
"""Chargers round and cars are not exact: this close is followed."""

SAFE_A = 0.6
"""This close to the safe limit a charger is at it."""

SILENT_S = 120.0
"""What was reported longer ago says nothing of now; the integration's usual interval is 60 s."""

STAYS_S = 60.0
"""After so long a charger that stays below what it was told is taken to have a limit of its own [s]."""

CLEARLY_A = 2.0
DRAWS_A = 1.0

TRIES = 2
"""After so many limits running that were not followed another unit or kind of profile is tried."""

DIP_S = 30.0
"""A renewal lifts a car from the safe limit within this time, if that was what held it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The current that the charger says it offers [A], None where it says nothing, and when it was reported [s]."""

    current_a: float | None
    reported_s: float


def verified(
    load: Load,
    state: LoadState,
    memory: OcppMemory,
    offered: Offered,
    form: ProfileForm,
    open_unit: bool,
    now_s: float,
) -> ComplianceState:
    """The memory of how it follows, with what is seen now."""
    past, commanded = memory.compliance, memory.commanded
    if state.status is Status.UNPLUGGED:
        # A limit without an end is for one session: that those with an end did not last may have been a bad hour.
        ends = past.ends - (form.kind == "endless" and past.ends > 0)
        return ComplianceState(units=past.units, ends=ends, mute=past.mute, alone=past.alone)
    draw_a = drawn_a(state)
    if (
        commanded is not None
        and memory.acknowledged != commanded
        and not memory.failures
        and runs(state)
        and _is_above(past, commanded, draw_a)
    ):
        return replace(past, above_a=max(past.above_a, commanded.current_a), confirmed=False)
    if commanded is None or memory.acknowledged != commanded or not runs(state):
        above_s = past.above_s if draw_a > past.above_a + NEAR_A else None
        return replace(past, confirmed=False, since_s=None, above_s=above_s, at_safe=False, dipped_s=None)
    past = _watched_above(past, commanded, draw_a)
    past = _dips(load, past, commanded, draw_a, now_s) if offered.current_a is None or past.mute else past
    moved = _moves_to(past, commanded, offered)
    past = replace(past, drew_a=draw_a, shown_a=offered.current_a, ever=past.ever or moved)
    if moved:
        past = replace(_met(past, commanded, offered.current_a), mute=False)
    if now_s - _since_s(past, commanded) < SETTLES_S:
        return past
    if now_s - commanded.first_s < SETTLES_S:
        # What it says it offers may be of the limit before; that it draws more than any of them is plain.
        offered = Offered(None, float("-inf"))
    past = _limited(_seen(state, past, commanded, offered, draw_a, now_s), offered, now_s)
    at_safe = _at_safe(load, memory, past, offered, commanded)
    past = replace(past, at_safe=at_safe)
    if memory.compliance.confirmed and past.since_s is not None and now_s < commanded.until_s:
        if at_safe and form.kind != "endless" and not past.endless_failed:
            return replace(past, ends=past.ends + 1, confirmed=False, unfollowed=0, ever=False)
        past = replace(past, hand=True, confirmed=False)
    if past.unfollowed < TRIES:
        return past
    if form.kind == "endless" and past.ends and not past.ever:
        # It was not the end of its limits that kept it: those that end are the better ones.
        return replace(past, ends=0, unfollowed=0, endless_failed=True)
    if open_unit and past.units < 2 and not (past.ever and past.led):
        # What the other unit did says nothing of how limits end in this one.
        return replace(past, units=past.units + 1, unfollowed=0, ends=0, endless_failed=False)
    room = says_room(load, memory)
    if at_safe and form.has_safe_below and form.kind == "relative" and past.alone == 0 and room is None:
        # Whether it took the limit at all, nobody says: there may have been no room for it.
        return replace(past, alone=IN_PLACE_OF_SAFE, unfollowed=0, ends=0)
    if at_safe and form.alone and (form.alone == IN_ITS_PLACE or room is False):
        return replace(past, alone=IN_ITS_PLACE + IN_PLACE_OF_SAFE - form.alone, unfollowed=0)
    if at_safe and form.kind != "endless" and not past.endless_failed:
        return replace(past, ends=past.ends + 1, unfollowed=0, ever=False, alone=-1 if form.alone else past.alone)
    return past


def runs(state: LoadState) -> bool:
    """Whether a car is there and its session is on, so that a limit can show."""
    return state.available and state.can_use_power and state.on is not False


def drawn_a(state: LoadState) -> float:
    """The most that is drawn on a phase [A]; 0 where nothing measures."""
    return max((a for a in state.draw_a if a is not None), default=0.0)


def _is_above(past: ComplianceState, commanded: Limit, draw_a: float) -> bool:
    """Whether the draw is still above all that was told since it was found to be above."""
    return past.above_s is not None and draw_a > max(past.above_a, commanded.current_a) + NEAR_A


def _watched_above(past: ComplianceState, commanded: Limit, draw_a: float) -> ComplianceState:
    """The memory of a draw that stays above what is told: a new limit is no reason to begin again with watching."""
    if _is_above(past, commanded, draw_a):
        return replace(past, above_a=max(past.above_a, commanded.current_a))
    if draw_a > commanded.current_a + NEAR_A:
        return replace(past, above_s=commanded.first_s, above_a=commanded.current_a)
    return replace(past, above_s=None)


def _since_s(past: ComplianceState, commanded: Limit) -> float:
    """Since when there are limits that should be seen [s]."""
    return commanded.first_s if past.above_s is None else min(commanded.first_s, past.above_s)


def _seen(
    state: LoadState, past: ComplianceState, commanded: Limit, offered: Offered, draw_a: float, now_s: float
) -> ComplianceState:
    """What offer and draw say of the limit that was told."""
    since_s = _since_s(past, commanded) + SETTLES_S / 2
    shows_a = offered.current_a if _is_recent(offered.reported_s, since_s, now_s) else None
    drawn = draw_a if _is_recent(now_s - state.draw_age_s, since_s, now_s) else None
    if state.status is Status.SUSPENDED_CAR:
        # What is on offer to a car that wants nothing is no harm, and some chargers take it back by themselves.
        shows_a = None
    if shows_a is not None and drawn is not None and _shows_too_much(shows_a, drawn, commanded):
        past = replace(past, mute=True)
    if past.mute:
        shows_a = None
    paused = commanded.current_a <= 0 and state.status is not Status.CHARGING
    over = (drawn or 0.0) > commanded.current_a + NEAR_A or (
        not paused and (shows_a or 0.0) > commanded.current_a + NEAR_A
    )
    under = shows_a is not None and shows_a < commanded.current_a - NEAR_A
    if over or under:
        # Where a new limit came before the last could be judged, that of before counts on.
        ripe_s = (
            commanded.sent_s
            if commanded.first_s <= _since_s(past, commanded)
            else max(_since_s(past, commanded), past.judged_s)
        )
        judged = commanded.sent_s > past.judged_s and now_s - ripe_s >= SETTLES_S
        return replace(
            past,
            since_s=now_s if past.since_s is None else past.since_s,
            seen_s=now_s,
            over=over,
            starves=not over and shows_a is not None and shows_a <= 0,
            unfollowed=past.unfollowed + judged,
            judged_s=commanded.sent_s if judged else past.judged_s,
        )
    if shows_a is not None or (drawn is not None and (drawn > DRAWS_A or commanded.current_a <= 0)):
        return replace(
            _met(past, commanded, shows_a if shows_a is not None else drawn),
            confirmed=True,
            ever=True,
            unfollowed=0,
            since_s=None,
            over=False,
            starves=False,
            hand=False,
        )
    forgotten = state.status is Status.SUSPENDED_CAR or now_s - past.seen_s > SILENT_S
    return replace(past, since_s=None) if forgotten else past


def _moves_to(past: ComplianceState, commanded: Limit, offered: Offered) -> bool:
    """Whether what it says it offers has just gone to what it was told: then limits do reach it."""
    shows_a, before_a = offered.current_a, past.shown_a
    if shows_a is None or before_a is None or offered.reported_s <= commanded.first_s:
        return False
    return abs(shows_a - commanded.current_a) < SAFE_A and abs(before_a - commanded.current_a) >= NEAR_A


def _met(past: ComplianceState, commanded: Limit, has_a: float | None) -> ComplianceState:
    """With what it does now: once a car's own most may be what it was told, with two currents it is led by them."""
    if commanded.current_a <= 0 or has_a is None or abs(has_a - commanded.current_a) > NEAR_A:
        return past
    led = past.led or (past.met_a is not None and abs(commanded.current_a - past.met_a) > CLEARLY_A)
    return replace(past, met_a=commanded.current_a, led=led)


def _limited(past: ComplianceState, offered: Offered, now_s: float) -> ComplianceState:
    """Of a charger that does follow limits, and stays below a higher one: that is all it gives."""
    stays = past.since_s is not None and now_s - past.since_s >= STAYS_S
    if (
        not stays
        or past.over
        or past.starves
        or past.at_safe
        or not past.ever
        or past.mute
        or offered.current_a is None
    ):
        return past
    return replace(past, top_a=offered.current_a, since_s=None, unfollowed=0)


def _is_recent(reported_s: float, since_s: float, now_s: float) -> bool:
    """Whether a report says something of the present limit, and of now: one that has fallen silent does not."""
    return reported_s >= since_s and now_s - reported_s <= SILENT_S


def _shows_too_much(shows_a: float, draw_a: float, commanded: Limit) -> bool:
    """Whether a car keeps to a limit that is not what the charger says it offers: then it says nothing of ours."""
    return DRAWS_A < draw_a < commanded.current_a + NEAR_A and shows_a >= commanded.current_a + NEAR_A


def _at_safe(load: Load, memory: OcppMemory, past: ComplianceState, offered: Offered, commanded: Limit) -> bool:
    """Whether the charger shows the safe limit although it was told another."""
    shows_a, safe_a = offered.current_a, load.failsafe_a
    has_safe = memory.safe_form is not None or not commanded.form.has_safe_below
    if shows_a is None or past.mute or not has_safe or abs(commanded.current_a - safe_a) < NEAR_A:
        return False
    return abs(shows_a - safe_a) < SAFE_A


def _dips(load: Load, past: ComplianceState, commanded: Limit, draw_a: float, now_s: float) -> ComplianceState:
    """Of a charger that does not say what it offers: a draw that falls to the safe limit until it is renewed."""
    safe_a = load.failsafe_a
    high = draw_a > safe_a + CLEARLY_A
    low = abs(draw_a - safe_a) <= NEAR_A
    if past.dipped_s is None:
        falls = low and past.drew_a > safe_a + CLEARLY_A and commanded.current_a > safe_a + CLEARLY_A
        settled = now_s - commanded.first_s > DIP_S and now_s < commanded.until_s
        return replace(past, dipped_s=now_s) if falls and settled else past
    if commanded.sent_s <= past.dipped_s:
        return replace(past, dipped_s=None) if high else past
    if high:
        dips = past.dips + 1
        ended = dips >= TRIES
        return replace(past, dipped_s=None, dips=0 if ended else dips, ends=past.ends + ended)
    return past if now_s - commanded.sent_s <= DIP_S else replace(past, dipped_s=None)
