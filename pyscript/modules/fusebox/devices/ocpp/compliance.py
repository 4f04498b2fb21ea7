"""Whether a charge point does what it was told: seen at what it says it offers, and at what its car draws."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.snapshot import Status
from .memory import ComplianceMemory, Deviation, Dips, Evidence, Limit, OcppMemory, Overdraw, ProfilesTried
from .observation import NO_OFFER, Observation, Offered, is_running
from .profiles import ProfileForm
from .states import Compliance, ComplianceEvent
from .strategy import after_early_end, has_other_kind, next_attempt, says_room


def verified(seen: Observation, memory: OcppMemory) -> ComplianceMemory:
    """The memory of how it follows, with what is seen now."""
    past, limit = memory.compliance, memory.commanded
    if seen.state.status is Status.UNPLUGGED:
        return _with_new_car(past, seen.form)
    if limit is None or memory.acknowledged != limit or not is_running(seen.state):
        return _unjudged(seen, memory)
    past = _watched(seen, past, limit)
    if seen.now_s - _overdraw_since_s(past, limit) < tuning.ANSWER_S:
        return past
    if seen.now_s - limit.first_s < tuning.ANSWER_S:
        # What it says it offers may be of the limit before; that it draws more than any of them is plain.
        seen = replace(seen, offered=NO_OFFER)
    past = _with_own_limit(seen, _judged(seen, past, limit))
    past = replace(past, is_at_safe=_is_at_safe(seen, memory, limit, past))
    past = _moved(seen, past, limit)
    return next_attempt(past, seen.form, seen.unit_is_open, says_room(seen.load, memory))


def _with_new_car(past: ComplianceMemory, form: ProfileForm) -> ComplianceMemory:
    """Only what holds for every car is left.

    A limit without an end is for one session: that those with an end did not last may have been a bad hour.
    """
    tried = past.tried
    kinds = tried.kind_changes - (form.kind == "endless" and tried.kind_changes > 0)
    return ComplianceMemory(
        tried=ProfilesTried(tried.unit_changes, kinds, replaces_safe=tried.replaces_safe),
        evidence=Evidence(offer_is_mute=past.evidence.offer_is_mute),
    )


def _unjudged(seen: Observation, memory: OcppMemory) -> ComplianceMemory:
    """Where nothing can show: no session is on, or the limit has not left yet."""
    past, limit, above = memory.compliance, memory.commanded, memory.compliance.overdraw
    if limit is not None and not memory.failures and is_running(seen.state):
        highest_a = max(above.commanded_a, limit.current_a)
        if above.since_s is not None and seen.draw_a > highest_a + tuning.TOLERANCE_A:
            return replace(past.moved(ComplianceEvent.NOT_JUDGED), overdraw=replace(above, commanded_a=highest_a))
    since_s = above.since_s if seen.draw_a > above.commanded_a + tuning.TOLERANCE_A else None
    return replace(
        past.moved(ComplianceEvent.NOT_JUDGED),
        deviates_since_s=None,
        is_at_safe=False,
        overdraw=Overdraw(since_s, above.commanded_a),
        dips=replace(past.dips, fell_s=None),
    )


def _watched(seen: Observation, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """The memory with what is followed from step to step."""
    past = _with_overdraw(past, limit, seen.draw_a)
    if seen.offered.current_a is None or past.evidence.offer_is_mute:
        past = _with_dips(seen, past, limit)
    moves = _moves_to(past.last_offered_a, limit, seen.offered)
    evidence = past.evidence
    if moves:
        evidence = _has_met(replace(evidence, has_followed=True), limit, seen.offered.current_a)
        evidence = replace(evidence, offer_is_mute=False)
    dips = replace(past.dips, last_draw_a=seen.draw_a)
    return replace(past, last_offered_a=seen.offered.current_a, dips=dips, evidence=evidence)


def _judged(seen: Observation, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """What offer and draw say of the limit that was commanded."""
    shows_a, drawn, past = _shown(seen, past, limit)
    paused = limit.current_a <= 0 and seen.state.status is not Status.CHARGING
    most_a = limit.current_a + tuning.TOLERANCE_A
    over = (drawn or 0.0) > most_a or (not paused and (shows_a or 0.0) > most_a)
    if over or (shows_a is not None and shows_a < limit.current_a - tuning.TOLERANCE_A):
        below = Deviation.NOTHING if shows_a is not None and shows_a <= 0 else Deviation.UNDER
        return _deviating(seen, past, limit, Deviation.OVER if over else below)
    if shows_a is not None or (drawn is not None and (drawn > tuning.DRAWS_A or limit.current_a <= 0)):
        evidence = replace(past.evidence, has_followed=True)
        return replace(
            past.moved(ComplianceEvent.FOLLOWED),
            deviation=Deviation.NONE,
            deviates_since_s=None,
            unfollowed=0,
            evidence=_has_met(evidence, limit, shows_a if shows_a is not None else drawn),
        )
    if past.deviates_since_s is None:
        return past
    forgotten = seen.state.status is Status.SUSPENDED_CAR or seen.now_s - past.deviated_s > tuning.SILENT_S
    return replace(past.moved(ComplianceEvent.FELL_SILENT), deviates_since_s=None) if forgotten else past


def _shown(
    seen: Observation, past: ComplianceMemory, limit: Limit
) -> tuple[float | None, float | None, ComplianceMemory]:
    """Offer and draw [A] as far as they say something of the limit, and the memory that knows what offers are worth."""
    offered, state = seen.offered, seen.state
    since_s = _overdraw_since_s(past, limit) + tuning.ANSWER_S / 2
    shows_a = offered.current_a if seen.is_recent(offered.reported_s, since_s) else None
    drawn = seen.draw_a if seen.is_recent(seen.now_s - state.draw_age_s, since_s) else None
    if state.status is Status.SUSPENDED_CAR:
        # What is on offer to a car that wants nothing is no harm, and some chargers take it back by themselves.
        shows_a = None
    if shows_a is not None and drawn is not None:
        keeps_to_limit = tuning.DRAWS_A < drawn < limit.current_a + tuning.TOLERANCE_A
        if keeps_to_limit and shows_a >= limit.current_a + tuning.TOLERANCE_A:
            # A car that keeps to a limit which is not what the charger says it offers: that says nothing of ours.
            past = replace(past, evidence=replace(past.evidence, offer_is_mute=True))
    return None if past.evidence.offer_is_mute else shows_a, drawn, past


def _deviating(seen: Observation, past: ComplianceMemory, limit: Limit, deviation: Deviation) -> ComplianceMemory:
    """The memory of a limit that is not followed; one that has had its time counts."""
    since_s = _overdraw_since_s(past, limit)
    # Where a new limit came before the last could be judged, that of before counts on.
    ripe_s = limit.sent_s if limit.first_s <= since_s else max(since_s, past.judged_s)
    counts = limit.sent_s > past.judged_s and seen.now_s - ripe_s >= tuning.ANSWER_S
    return replace(
        past,
        deviation=deviation,
        deviates_since_s=seen.now_s if past.deviates_since_s is None else past.deviates_since_s,
        deviated_s=seen.now_s,
        unfollowed=past.unfollowed + counts,
        judged_s=limit.sent_s if counts else past.judged_s,
    )


def _with_own_limit(seen: Observation, past: ComplianceMemory) -> ComplianceMemory:
    """Of a charger that does follow limits, and stays below a higher one: that is all it gives."""
    stays = past.deviates_since_s is not None and seen.now_s - past.deviates_since_s >= tuning.LASTING_S
    can_tell = past.evidence.has_followed and not past.evidence.offer_is_mute and seen.offered.current_a is not None
    if not stays or not can_tell or past.deviation is not Deviation.UNDER or past.is_at_safe:
        return past
    evidence = replace(past.evidence, own_limit_a=seen.offered.current_a)
    return replace(past.moved(ComplianceEvent.OWN_LIMIT), deviates_since_s=None, unfollowed=0, evidence=evidence)


def _is_at_safe(seen: Observation, memory: OcppMemory, limit: Limit, past: ComplianceMemory) -> bool:
    """Whether the charger shows the safe limit although another was commanded."""
    shows_a, safe_a = seen.offered.current_a, seen.load.failsafe_a
    has_safe = memory.safe_form is not None or not limit.form.has_safe_below
    differs = has_safe and abs(limit.current_a - safe_a) >= tuning.TOLERANCE_A
    if shows_a is None or past.evidence.offer_is_mute or not differs:
        return False
    return abs(shows_a - safe_a) < tuning.TOLERANCE_A


def _moved(seen: Observation, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """The memory in the state that a limit which is not followed leads to."""
    if past.deviates_since_s is None:
        return past
    if past.state is Compliance.CONFIRMED and seen.now_s >= limit.until_s:
        return past  # the limit has ended as it should
    if past.state is Compliance.CONFIRMED and past.is_at_safe and has_other_kind(seen.form, past):
        return after_early_end(past.moved(ComplianceEvent.ENDED_EARLY))
    return past.moved(ComplianceEvent.DEVIATED)


def _with_overdraw(past: ComplianceMemory, limit: Limit, draw_a: float) -> ComplianceMemory:
    """The memory of a draw that stays above what is told: a new limit is no reason to begin again with watching."""
    above = past.overdraw
    highest_a = max(above.commanded_a, limit.current_a)
    if above.since_s is not None and draw_a > highest_a + tuning.TOLERANCE_A:
        return replace(past, overdraw=replace(above, commanded_a=highest_a))
    if draw_a > limit.current_a + tuning.TOLERANCE_A:
        return replace(past, overdraw=Overdraw(limit.first_s, limit.current_a))
    return replace(past, overdraw=replace(above, since_s=None))


def _overdraw_since_s(past: ComplianceMemory, limit: Limit) -> float:
    """Since when there are limits that should be seen [s]."""
    since_s = past.overdraw.since_s
    return limit.first_s if since_s is None else min(limit.first_s, since_s)


def _moves_to(before_a: float | None, limit: Limit, offered: Offered) -> bool:
    """Whether what it says it offers has just gone to what it was told: then limits do reach it."""
    shows_a = offered.current_a
    if shows_a is None or before_a is None or offered.reported_s <= limit.first_s:
        return False
    return abs(shows_a - limit.current_a) < tuning.TOLERANCE_A and abs(before_a - limit.current_a) >= tuning.TOLERANCE_A


def _has_met(evidence: Evidence, limit: Limit, has_a: float | None) -> Evidence:
    """With what it does now: once a car's own most may be what it was told, with two currents it is led by them."""
    if limit.current_a <= 0 or has_a is None or abs(has_a - limit.current_a) > tuning.TOLERANCE_A:
        return evidence
    other = evidence.followed_a is not None and abs(limit.current_a - evidence.followed_a) > tuning.CLEARLY_A
    return replace(evidence, followed_a=limit.current_a, follows_two=evidence.follows_two or other)


def _with_dips(seen: Observation, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """Of a charger that does not say what it offers: a draw that falls to the safe limit until it is renewed."""
    dips = _next_dips(seen, past.dips, limit)
    if dips.count < tuning.NO_CHANCE_TIMES:
        return replace(past, dips=dips)
    return after_early_end(replace(past, dips=replace(dips, count=0)))


def _next_dips(seen: Observation, dips: Dips, limit: Limit) -> Dips:
    safe_a, draw_a, now_s = seen.load.failsafe_a, seen.draw_a, seen.now_s
    is_high = draw_a > safe_a + tuning.CLEARLY_A
    if dips.fell_s is None:
        was_high = min(dips.last_draw_a, limit.current_a) > safe_a + tuning.CLEARLY_A
        falls = was_high and abs(draw_a - safe_a) <= tuning.TOLERANCE_A
        has_settled = now_s - limit.first_s > tuning.ANSWER_S and now_s < limit.until_s
        return replace(dips, fell_s=now_s) if falls and has_settled else dips
    if is_high:
        return replace(dips, fell_s=None, count=dips.count + (limit.sent_s > dips.fell_s))
    return replace(dips, fell_s=None) if now_s - dips.fell_s > tuning.SILENT_S else dips
