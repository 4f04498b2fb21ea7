"""Judge whether a charge point follows its limit, by its reported offer and its car's draw; and what to try if not."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import DUST_S, since
from ...model.snapshot import Status
from .draw import NO_OFFER
from .memory import NO_OVERDRAW, ComplianceMemory, Deviation, Dips, Evidence, Limit, OcppMemory, Overdraw, ProfilesTried
from .profiles import ProfileForm
from .states import Compliance, ComplianceEvent
from .step import UNITS, Step, says_room


def verified(seen: Step, memory: OcppMemory) -> ComplianceMemory:
    """Return the memory of how the charger follows, with what is seen now and what is tried next."""
    past, limit = memory.compliance, memory.commanded
    if seen.state.status is Status.UNPLUGGED:
        return _with_new_car(past, seen.form)
    if limit is None or memory.acknowledged != limit or not seen.runs:
        return _unjudged(seen, memory)
    past = _watched(seen, past, limit)
    if seen.now_s - _overdraw_since_s(past, limit) < tuning.ANSWER_S:
        return past
    if seen.now_s - limit.first_s < tuning.ANSWER_S:
        # What it reports to offer may be of the limit before; that it draws more than any of them is plain.
        seen = replace(seen, offered=NO_OFFER)
    past = _with_own_limit(seen, _judged(seen, past, limit, says_room(seen.load, memory)))
    past = replace(past, is_at_safe=_is_at_safe(seen, memory, limit, past))
    past = _moved(seen, past, limit)
    tried = next_tried(past, seen, says_room(seen.load, memory))
    if tried is None or past.unfollowed < tuning.NO_CHANCE_TIMES:
        return past
    if tried.unit_changes > past.tried.unit_changes and not seen.unit_is_open:
        past = replace(past, judged_s=seen.now_s - DUST_S)  # the next limit has its own time
    return _tries(past, tried)


def _with_new_car(past: ComplianceMemory, form: ProfileForm) -> ComplianceMemory:
    """Return what holds for every car.

    A limit without an end is for one session: that those with an end did not last may have been a bad hour.
    """
    tried = past.tried
    kinds = tried.kind_changes - (form.kind == "endless" and tried.kind_changes > 0)
    return ComplianceMemory(
        tried=replace(tried, kind_changes=kinds, endless_failed=False),
        evidence=Evidence(offer_is_mute=past.evidence.offer_is_mute),
    )


def _unjudged(seen: Step, memory: OcppMemory) -> ComplianceMemory:
    """Return the memory where nothing can show: no session is on, or the limit has not left yet."""
    past, limit, above = memory.compliance, memory.commanded, memory.compliance.overdraw
    past = past.moved(ComplianceEvent.NOT_JUDGED)
    is_sent = limit is not None and not memory.failures and seen.runs
    if limit is not None and is_sent and above.goes_on(seen.draw_a, limit.current_a):
        return replace(past, overdraw=above.beyond(limit.current_a))
    return replace(
        past,
        deviates_since_s=None,
        is_at_safe=False,
        at_safe_since_s=past.at_safe_since_s if seen.runs else None,
        overdraw=above if above.goes_on(seen.draw_a) else NO_OVERDRAW,
        dips=replace(past.dips, fell_s=None),
    )


def _watched(seen: Step, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """Return the memory with what is followed from step to step."""
    offered, draw_a, above, evidence = seen.offered, seen.draw_a, past.overdraw, past.evidence
    if above.goes_on(draw_a, limit.current_a):
        # A new limit is no reason to begin again with watching.
        above = above.beyond(limit.current_a)
    else:
        is_over = draw_a > limit.current_a + tuning.TOLERANCE_A
        above = Overdraw(limit.first_s, limit.current_a) if is_over else NO_OVERDRAW
    if offered.current_a is None or evidence.offer_is_mute:
        past = _count_dips_and_try_next_kind(seen, past, limit)
        evidence = past.evidence
    if offered.reported_s > limit.first_s and _just_reached(past.last_offered_a, offered.current_a, limit.current_a):
        evidence = _has_met(seen, replace(evidence, has_followed=True), limit, offered.current_a)
        # Nor is it chance that a reported offer goes to a limit.
        is_led = evidence.follows_two or evidence.followed_a == limit.current_a
        evidence = replace(evidence, offer_is_mute=False, follows_two=is_led)
    dips = replace(past.dips, last_draw_a=draw_a)
    return replace(past, overdraw=above, last_offered_a=offered.current_a, dips=dips, evidence=evidence)


def _judged(seen: Step, past: ComplianceMemory, limit: Limit, has_room: bool | None) -> ComplianceMemory:
    """Return what offer and draw say of the limit that was commanded."""
    shows_a, drawn_a, past = _shown(seen, past, limit)
    past = _with_draw_at_safe(seen, past, limit, shows_a, drawn_a)
    if _stays_at_safe(seen, past) and next_tried(past, seen, has_room) is not None:
        return _deviating(seen, past, limit, Deviation.UNDER)
    paused = limit.current_a <= 0 and seen.state.status is not Status.CHARGING
    most_a = limit.current_a + tuning.TOLERANCE_A
    over = (drawn_a or 0.0) > most_a or (not paused and (shows_a or 0.0) > most_a)
    if over or (shows_a is not None and shows_a < limit.current_a - tuning.TOLERANCE_A):
        below = Deviation.NOTHING if shows_a is not None and shows_a <= 0 else Deviation.UNDER
        return _deviating(seen, past, limit, Deviation.OVER if over else below)
    if shows_a is not None or (drawn_a is not None and (drawn_a > tuning.DRAWS_A or limit.current_a <= 0)):
        evidence = replace(past.evidence, has_followed=True)
        return replace(
            past.moved(ComplianceEvent.FOLLOWED),
            deviation=Deviation.NONE,
            deviates_since_s=None,
            unfollowed=0,
            evidence=_has_met(seen, evidence, limit, shows_a if shows_a is not None else drawn_a),
        )
    if past.deviates_since_s is None:
        return past
    forgotten = seen.state.status is Status.SUSPENDED_CAR or seen.now_s - past.deviated_s > tuning.SILENT_S
    return replace(past.moved(ComplianceEvent.FELL_SILENT), deviates_since_s=None) if forgotten else past


def _shown(seen: Step, past: ComplianceMemory, limit: Limit) -> tuple[float | None, float | None, ComplianceMemory]:
    """Return offer and draw [A] as far as they say something of the limit, and the memory of what offers are worth."""
    state, since_s = seen.state, _overdraw_since_s(past, limit) + tuning.ANSWER_S / 2
    shows_a = seen.offered.current_a if seen.is_recent(seen.offered.reported_s, since_s) else None
    drawn_a = seen.draw_a if seen.is_recent(seen.now_s - state.draw_age_s, since_s) else None
    if state.status is Status.SUSPENDED_CAR:
        # What is on offer to a car that wants nothing is no harm, and some chargers take it back by themselves.
        shows_a = None
    most_a = limit.current_a + tuning.TOLERANCE_A
    if shows_a is not None and drawn_a is not None and tuning.DRAWS_A < drawn_a < most_a <= shows_a:
        # A car that keeps to a limit which is not what the charger reports: that report says nothing of our limits.
        past = replace(past, evidence=replace(past.evidence, offer_is_mute=True))
    return None if past.evidence.offer_is_mute else shows_a, drawn_a, past


def _deviating(seen: Step, past: ComplianceMemory, limit: Limit, deviation: Deviation) -> ComplianceMemory:
    """Return the memory of a limit that is not followed; one that has had its time counts."""
    since_s = _overdraw_since_s(past, limit)
    # Where a new limit came before the last could be judged, the time of that one counts on.
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


def _with_own_limit(seen: Step, past: ComplianceMemory) -> ComplianceMemory:
    """Return the memory with the charger's own limit: it follows limits but stays below a higher one for long."""
    stays = past.deviates_since_s is not None and seen.now_s - past.deviates_since_s >= tuning.LASTING_S
    can_tell = past.evidence.has_followed and not past.evidence.offer_is_mute and seen.offered.current_a is not None
    if not stays or not can_tell or past.deviation is not Deviation.UNDER or past.is_at_safe:
        return past
    evidence = replace(past.evidence, own_limit_a=seen.offered.current_a)
    return replace(past.moved(ComplianceEvent.OWN_LIMIT), deviates_since_s=None, unfollowed=0, evidence=evidence)


def _is_at_safe(seen: Step, memory: OcppMemory, limit: Limit, past: ComplianceMemory) -> bool:
    """Whether the charger shows the safe limit although another was commanded."""
    shows_a, safe_a = seen.offered.current_a, seen.load.failsafe_a
    has_safe = memory.safe_form is not None or not limit.form.has_safe_below
    if _stays_at_safe(seen, past):
        return past.deviates_since_s is not None
    if shows_a is None or past.evidence.offer_is_mute or not has_safe:
        return False
    return abs(shows_a - safe_a) < tuning.TOLERANCE_A <= abs(limit.current_a - safe_a)


def _moved(seen: Step, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """Return the memory in the state that a limit which is not followed leads to; unchanged if it had ended."""
    if past.deviates_since_s is None:
        return past
    if past.state is Compliance.CONFIRMED and seen.now_s >= limit.until_s:
        return past  # the limit has ended as it should
    if past.state is Compliance.CONFIRMED and past.is_at_safe and _has_other_kind(seen.form, past):
        return _tries(past.moved(ComplianceEvent.ENDED_EARLY), _with_next_kind(past.tried))
    return past.moved(ComplianceEvent.DEVIATED)


def _overdraw_since_s(past: ComplianceMemory, limit: Limit) -> float:
    """Return since when limits should have taken effect [s since 1970]."""
    since_s = past.overdraw.since_s
    return limit.first_s if since_s is None else min(limit.first_s, since_s)


def _just_reached(before_a: float | None, now_a: float | None, limit_a: float) -> bool:
    """Whether the reported offer has just moved to the limit, which proves that limits reach the charger."""
    if before_a is None or now_a is None:
        return False
    return abs(now_a - limit_a) < tuning.TOLERANCE_A <= abs(before_a - limit_a)


def _has_met(seen: Step, evidence: Evidence, limit: Limit, has_a: float | None) -> Evidence:
    """Return the evidence, with the limit if the charger's current matches it.

    One current that is as commanded may be the most that its car takes; with two of them it is led by the limits. The
    safe current is no evidence, because it may also mean that all limits have ended.
    """
    is_safe = abs(limit.current_a - seen.load.failsafe_a) <= tuning.TOLERANCE_A
    if is_safe or limit.current_a <= 0 or has_a is None or abs(has_a - limit.current_a) > tuning.TOLERANCE_A:
        return evidence
    other = evidence.followed_a is not None and abs(limit.current_a - evidence.followed_a) > tuning.CLEARLY_A
    return replace(evidence, followed_a=limit.current_a, follows_two=evidence.follows_two or other)


def _count_dips_and_try_next_kind(seen: Step, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """Count dips of the draw to the safe limit, without a reported offer; many of them try the next kind of profile."""
    dips = _next_dips(seen, past.dips, limit)
    if dips.count < tuning.NO_CHANCE_TIMES:
        return replace(past, dips=dips)
    return _tries(replace(past, dips=replace(dips, count=0)), _with_next_kind(past.tried))


def _next_dips(seen: Step, dips: Dips, limit: Limit) -> Dips:
    safe_a, draw_a, now_s = seen.load.failsafe_a, seen.draw_a, seen.now_s
    clearly_a = safe_a + tuning.CLEARLY_A
    if dips.fell_s is None:
        falls = min(dips.last_draw_a, limit.current_a) > clearly_a and abs(draw_a - safe_a) <= tuning.TOLERANCE_A
        has_settled = now_s - limit.first_s > tuning.ANSWER_S and now_s < limit.until_s
        return replace(dips, fell_s=now_s) if falls and has_settled else dips
    if draw_a > clearly_a:
        return replace(dips, fell_s=None, count=dips.count + (limit.sent_s > dips.fell_s))
    return replace(dips, fell_s=None) if now_s - dips.fell_s > tuning.SILENT_S else dips


def _with_draw_at_safe(
    seen: Step, past: ComplianceMemory, limit: Limit, shows_a: float | None, drawn_a: float | None
) -> ComplianceMemory:
    """Return the memory with since when the draw suggests that no limit but the safe one is in force.

    The car draws about that current and never drew more, or the charger pauses by itself where that current is 0 A.
    """
    safe_a, evidence, now_s = seen.load.failsafe_a, past.evidence, seen.now_s
    if drawn_a is not None and now_s - seen.state.draw_age_s >= limit.first_s + tuning.ANSWER_S:
        evidence = replace(evidence, most_drawn_a=max(evidence.most_drawn_a, drawn_a))
    if safe_a <= 0:
        is_low = seen.state.status is Status.PAUSED and evidence.most_drawn_a <= tuning.DRAWS_A
    elif drawn_a is None:
        is_low = past.at_safe_since_s is not None
    else:
        is_low = max(abs(drawn_a - safe_a), evidence.most_drawn_a - safe_a) <= tuning.TOLERANCE_A
    is_low = is_low and shows_a is None and limit.current_a > safe_a + tuning.CLEARLY_A
    return replace(past, evidence=evidence, at_safe_since_s=since(past.at_safe_since_s, is_low, now_s))


def _stays_at_safe(seen: Step, past: ComplianceMemory) -> bool:
    """Whether the draw has matched the safe limit for long."""
    return past.at_safe_since_s is not None and seen.now_s - past.at_safe_since_s >= tuning.LASTING_S


def next_tried(past: ComplianceMemory, seen: Step, has_room: bool | None) -> ProfilesTried | None:
    """Return what to try with a charger that does not follow limits of this form: the first that fits, None without.

    `has_room`: whether it has room for two profiles, None where it does not say.
    """
    tried, evidence, form, by_draw = past.tried, past.evidence, seen.form, past.at_safe_since_s is not None
    if form.kind == "endless" and tried.kind_changes > 0 and not evidence.has_followed:
        # It was not the end of its limits that kept it: those that end are the better ones.
        return replace(tried, kind_changes=0, endless_failed=True)
    # What limits did in this unit says nothing of how they end in the other.
    other_unit = None
    if tried.unit_changes < len(UNITS) and not (evidence.has_followed and evidence.follows_two):
        # Of a charger that has stated its unit the kinds are not tried again in the other: a fault would be named late.
        other_unit = ProfilesTried(tried.unit_changes + 1, 0, not seen.unit_is_open, tried.replaces_safe)
    if other_unit is not None and seen.unit_is_open:
        return other_unit
    if past.is_at_safe or by_draw:
        may_lack_room = (form.kind == "relative" or by_draw) and form.has_safe_below and has_room is None
        if may_lack_room or (form.is_alone and not form.replaces_safe):
            # It took the safe limit, and may have had no room for the other.
            return replace(tried, kind_changes=0, replaces_safe=True)
        # A car that takes no more by itself draws so little too: that is no ground for a limit without an end.
        if _has_other_kind(form, past):
            return _with_next_kind(tried)
    # A single report of a slow meter is no reason to doubt what the charger has stated.
    since_s = past.deviates_since_s
    lasts = _stays_at_safe(seen, past) or (since_s is not None and seen.now_s - since_s >= tuning.LASTING_S)
    return other_unit if seen.unit_may_be_wrong and lasts else None


def _with_next_kind(tried: ProfilesTried) -> ProfilesTried:
    """Return what has been tried, with the next kind of profile for a charger whose limits end before their lease."""
    return replace(tried, kind_changes=tried.kind_changes + 1)


def _has_other_kind(form: ProfileForm, past: ComplianceMemory) -> bool:
    """Whether there is another kind of profile whose limits may not end early."""
    return form.kind != "endless" and not past.tried.endless_failed and past.at_safe_since_s is None


def _tries(past: ComplianceMemory, tried: ProfilesTried) -> ComplianceMemory:
    """Return the memory of a charger with which another form is tried: what others have shown may not hold for it."""
    evidence = past.evidence
    if tried.kind_changes > past.tried.kind_changes:
        evidence = replace(evidence, has_followed=False)
    if tried.unit_changes > past.tried.unit_changes:
        evidence = replace(evidence, followed_a=None, follows_two=False)
    return replace(past, tried=tried, unfollowed=0, at_safe_since_s=None, evidence=evidence)
