"""Judge whether a charge point follows its limit, by its reported offer and its car's draw."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import DUST_S, since
from ...model.records import fast_replace
from ...model.snapshot import Status
from .configuration import choose_next_form, has_other_kind, stays_at_safe, try_next_kind
from .draw import NO_OFFER, ReportedOffer
from .memory import (
    NO_OVERDRAW,
    ComplianceMemory,
    Deviation,
    Dips,
    Evidence,
    OcppMemory,
    Overdraw,
    ProfilesTried,
    SentLimit,
)
from .profiles import ProfileForm
from .states import Compliance, ComplianceEvent
from .step import Step, can_store_two


def update_compliance(step: Step, memory: OcppMemory) -> ComplianceMemory:
    """Return the memory of how the charger follows its limit, updated from this step, with what is tried next.

    Starts again when the car leaves. Not judged: a step without a session or an acknowledged limit, and the first
    `ANSWER_S` after the limit, or after the first of several that the draw has exceeded since. After `NO_CHANCE_TIMES`
    limits not followed, another form of profile is tried.
    """
    past, limit = memory.compliance, memory.commanded
    if step.state.status is Status.UNPLUGGED:
        return _reset_for_new_car(past, step.form)
    if limit is None or memory.acknowledged != limit or not step.runs:
        return _update_unjudged(step, memory)
    past = _update_observations(step, past, limit)
    if step.now_s - _limit_due_since_s(past, limit) < tuning.ANSWER_S:
        return past
    if step.now_s - limit.first_s < tuning.ANSWER_S:
        # Its offer may still be that of the limit before; only a draw above all of them is judged yet.
        step = replace(step, offered=NO_OFFER)
    past = _detect_own_limit(step, _judge_limit(step, past, limit, can_store_two(step.load, memory)))
    past = fast_replace(past, is_at_safe=_is_at_safe(step, memory, limit, past))
    past = _advance_state(step, past, limit)
    tried = choose_next_form(past, step, can_store_two(step.load, memory))
    if tried is None or past.unfollowed < tuning.NO_CHANCE_TIMES:
        return past
    if tried.unit_changes > past.tried.unit_changes and not step.unit_is_open:
        past = fast_replace(past, judged_s=step.now_s - DUST_S)  # the next limit has its own time
    return _start_trying(past, tried)


def _reset_for_new_car(past: ComplianceMemory, form: ProfileForm) -> ComplianceMemory:
    """Return what remains of the memory when the car is unplugged: the units and kinds of profile tried.

    The step to endless profiles is taken back. That the reported offer does not follow limits stays known.
    """
    tried = past.tried
    kinds = tried.kind_changes - (form.kind == "endless" and tried.kind_changes > 0)
    tried = fast_replace(tried, kind_changes=kinds, endless_failed=False)
    return ComplianceMemory(tried=tried, evidence=Evidence(offer_is_meaningless=past.evidence.offer_is_meaningless))


def _update_unjudged(step: Step, memory: OcppMemory) -> ComplianceMemory:
    """Return the compliance memory for a step without a session or an acknowledged limit: following is unproven again.

    The deviation, the stay at the safe limit and the dip end. A draw above every limit sent goes on counting as
    overdraw; while a limit has been sent and not failed, that is all that changes.
    """
    past, limit, above = memory.compliance, memory.commanded, memory.compliance.overdraw
    past = past.after_event(ComplianceEvent.OUTDATED)
    is_sent = limit is not None and not memory.failures and step.runs
    if limit is not None and is_sent and above.goes_on(step.draw_a, limit.current_a):
        return fast_replace(past, overdraw=above.with_command(limit.current_a))
    at_safe_since_s = past.at_safe_since_s if step.runs else None
    overdraw, dips = above if above.goes_on(step.draw_a) else NO_OVERDRAW, fast_replace(past.dips, fell_s=None)
    past = fast_replace(past, deviates_since_s=None, is_at_safe=False, at_safe_since_s=at_safe_since_s)
    return fast_replace(past, overdraw=overdraw, dips=dips)


def _update_observations(step: Step, past: ComplianceMemory, limit: SentLimit) -> ComplianceMemory:
    """Return the memory with overdraw, dips and reported offer of this step, whether or not it can be judged."""
    offered, draw_a, above, evidence = step.offered, step.draw_a, past.overdraw, past.evidence
    if above.goes_on(draw_a, limit.current_a):
        # A new limit does not restart the time of an overdraw.
        above = above.with_command(limit.current_a)
    else:
        is_over = draw_a > limit.current_a + tuning.TOLERANCE_A
        above = Overdraw(limit.first_s, limit.current_a) if is_over else NO_OVERDRAW
    if offered.current_a is None or evidence.offer_is_meaningless:
        past = _count_dips_and_try_next_kind(step, past, limit)
        evidence = past.evidence
    if _has_reached(past.last_offered_a, offered, limit):
        evidence = _add_evidence(step, fast_replace(evidence, has_followed=True), limit, offered.current_a)
        # A reported offer moves to a limit by no chance, so here one limit is enough.
        is_led = evidence.follows_two or evidence.followed_a == limit.current_a
        evidence = fast_replace(evidence, offer_is_meaningless=False, follows_two=is_led)
        if above.since_s is None:  # whoever changes it from now on is its user; what deviated before is over
            past = fast_replace(past.after_event(ComplianceEvent.FOLLOWED), deviates_since_s=None)
    dips = fast_replace(past.dips, last_draw_a=draw_a)
    return fast_replace(past, overdraw=above, last_offered_a=offered.current_a, dips=dips, evidence=evidence)


def _judge_limit(step: Step, past: ComplianceMemory, limit: SentLimit, can_store_two: bool | None) -> ComplianceMemory:
    """Return the memory after comparing the limit with the reported offer and the measured draw: followed or deviating.

    A draw below the limit is no deviation, as a car may take less. Without values that can be compared, a deviation is
    forgotten after `SILENT_S`. `can_store_two`: whether the charger can store two profiles, None where unknown.
    """
    offered_a, drawn_a, past = _judgeable_offer_and_draw(step, past, limit)
    past = _watch_draw_at_safe(step, past, limit, offered_a, drawn_a)
    if stays_at_safe(step, past) and choose_next_form(past, step, can_store_two) is not None:
        return _record_deviation(step, past, limit, Deviation.UNDER)
    paused = limit.current_a <= 0 and step.state.status is not Status.CHARGING
    most_a = limit.current_a + tuning.TOLERANCE_A
    over = (drawn_a or 0.0) > most_a or (not paused and (offered_a or 0.0) > most_a)
    if over or (offered_a is not None and offered_a < limit.current_a - tuning.TOLERANCE_A):
        below = Deviation.NOTHING if offered_a is not None and offered_a <= 0 else Deviation.UNDER
        return _record_deviation(step, past, limit, Deviation.OVER if over else below)
    if offered_a is not None or (drawn_a is not None and (drawn_a > tuning.DRAWS_A or limit.current_a <= 0)):
        evidence = fast_replace(past.evidence, has_followed=True)
        evidence = _add_evidence(step, evidence, limit, offered_a if offered_a is not None else drawn_a)
        past = past.after_event(ComplianceEvent.FOLLOWED).without_deviation()
        return fast_replace(past, deviation=Deviation.NONE, evidence=evidence)
    if past.deviates_since_s is None:
        return past
    forgotten = step.state.status is Status.SUSPENDED_CAR or step.now_s - past.deviated_s > tuning.SILENT_S
    return fast_replace(past, deviates_since_s=None) if forgotten else past


def _judgeable_offer_and_draw(
    step: Step, past: ComplianceMemory, limit: SentLimit
) -> tuple[float | None, float | None, ComplianceMemory]:
    """Return offer and draw [A] where they are recent enough to judge the limit, else None; and the memory.

    No offer to a car that has stopped by itself, nor from a charger whose report is found to follow other limits.
    """
    state, since_s = step.state, _limit_due_since_s(past, limit) + tuning.ANSWER_S / 2
    offered_a = step.offered.current_a if step.is_recent(step.offered.reported_s, since_s) else None
    drawn_a = state.draw_a.highest if step.is_recent(step.now_s - state.draw_age_s, since_s) else None
    if state.status is Status.SUSPENDED_CAR:
        # An offer to a car that needs nothing does no harm, and some chargers withdraw it by themselves.
        offered_a = None
    most_a = limit.current_a + tuning.TOLERANCE_A
    if offered_a is not None and drawn_a is not None and tuning.DRAWS_A < drawn_a < most_a <= offered_a:
        # The car obeys a limit that differs from the charger's report, so that report is no evidence about our limits.
        past = fast_replace(past, evidence=fast_replace(past.evidence, offer_is_meaningless=True))
    return None if past.evidence.offer_is_meaningless else offered_a, drawn_a, past


def _record_deviation(step: Step, past: ComplianceMemory, limit: SentLimit, deviation: Deviation) -> ComplianceMemory:
    """Return the memory of a limit that is not followed; it counts once per limit, after `ANSWER_S`."""
    since_s = _limit_due_since_s(past, limit)
    # If a new limit came before the last could be judged, the time since the last one counts.
    ripe_s = limit.sent_s if limit.first_s <= since_s else max(since_s, past.judged_s)
    if limit.sent_s > past.judged_s and step.now_s - ripe_s >= tuning.ANSWER_S:
        past = fast_replace(past, unfollowed=past.unfollowed + 1, judged_s=limit.sent_s)
    began_s = step.now_s if past.deviates_since_s is None else past.deviates_since_s
    return fast_replace(past, deviation=deviation, deviates_since_s=began_s, deviated_s=step.now_s)


def _detect_own_limit(step: Step, past: ComplianceMemory) -> ComplianceMemory:
    """Return the memory with the charger's own limit, where it follows limits but stays below a higher one for long.

    Unchanged otherwise, and where its report is missing, not believed, or the safe current.
    """
    stays = past.deviates_since_s is not None and step.now_s - past.deviates_since_s >= tuning.LASTING_S
    evidence = past.evidence
    can_tell = evidence.has_followed and not evidence.offer_is_meaningless and step.offered.current_a is not None
    if not stays or not can_tell or past.deviation is not Deviation.UNDER or past.is_at_safe:
        return past
    return fast_replace(past.without_deviation(), evidence=fast_replace(evidence, own_limit_a=step.offered.current_a))


def _is_at_safe(step: Step, memory: OcppMemory, limit: SentLimit, past: ComplianceMemory) -> bool:
    """Return whether the charger is at the safe limit although another was commanded, by its offer or by its draw.

    Only with a safe profile. By its draw where no offer is known to follow limits: it lasts below a higher limit, or is
    above a lower one and was never higher.
    """
    offered_a, safe_a, evidence = step.offered.current_a, step.load.failsafe_a, past.evidence
    has_safe = memory.safe_form is not None or not limit.form.has_safe_below
    if stays_at_safe(step, past):
        return past.deviates_since_s is not None
    if offered_a is None or evidence.offer_is_meaningless:
        is_over = limit.current_a + tuning.TOLERANCE_A < step.draw_a
        offered_a = step.draw_a if is_over and evidence.most_drawn_a <= safe_a + tuning.TOLERANCE_A else limit.current_a
    return has_safe and abs(offered_a - safe_a) < tuning.TOLERANCE_A <= abs(limit.current_a - safe_a)


def _advance_state(step: Step, past: ComplianceMemory, limit: SentLimit) -> ComplianceMemory:
    """Return the memory in the state that an ignored limit leads to, which may try the next kind of profile.

    Unchanged without a deviation, and for a confirmed limit that has ended as it should.
    """
    if past.deviates_since_s is None:
        return past
    if past.state is Compliance.CONFIRMED and step.now_s >= limit.until_s:
        return past  # the limit has ended as it should
    if past.state is Compliance.CONFIRMED and past.is_at_safe and has_other_kind(step.form, past):
        return _start_trying(past.after_event(ComplianceEvent.OUTDATED), try_next_kind(past.tried))
    return past.after_event(ComplianceEvent.DEVIATED)


def _limit_due_since_s(past: ComplianceMemory, limit: SentLimit) -> float:
    """Return since when limits should have taken effect [s since 1970]."""
    since_s = past.overdraw.since_s
    return limit.first_s if since_s is None else min(limit.first_s, since_s)


def _has_reached(before_a: float | None, offered: ReportedOffer, limit: SentLimit) -> bool:
    """Return whether a report after the limit shows that the offer has moved to it: limits reach the charger.

    After the same current in the other unit: whether it is still there when that has expired. False while unknown.
    """
    if offered.current_a is None or abs(offered.current_a - limit.current_a) >= tuning.TOLERANCE_A:
        return False
    if limit.other_unit_until_s is not None:
        return offered.reported_s > limit.other_unit_until_s
    has_moved = before_a is not None and abs(before_a - limit.current_a) >= tuning.TOLERANCE_A
    return has_moved and offered.reported_s > limit.first_s


def _add_evidence(step: Step, evidence: Evidence, limit: SentLimit, has_a: float | None) -> Evidence:
    """Return the evidence, with the limit added if the charger's current `has_a` matches it.

    The safe limit and 0 A prove nothing. One current that is as commanded may be the most that its car takes; with two
    of them it is led by the limits.
    """
    is_safe = abs(limit.current_a - step.load.failsafe_a) <= tuning.TOLERANCE_A
    if is_safe or limit.current_a <= 0 or has_a is None or abs(has_a - limit.current_a) > tuning.TOLERANCE_A:
        return evidence
    other = evidence.followed_a is not None and abs(limit.current_a - evidence.followed_a) > tuning.CLEARLY_A
    return fast_replace(evidence, followed_a=limit.current_a, follows_two=evidence.follows_two or other)


def _count_dips_and_try_next_kind(step: Step, past: ComplianceMemory, limit: SentLimit) -> ComplianceMemory:
    """Return the memory with dips of the draw to the safe limit counted.

    After `NO_CHANCE_TIMES` of them the next kind of profile is tried, and the count starts again.
    """
    dips = _update_dips(step, past.dips, limit)
    if dips.count < tuning.NO_CHANCE_TIMES:
        return fast_replace(past, dips=dips)
    return _start_trying(fast_replace(past, dips=fast_replace(dips, count=0)), try_next_kind(past.tried))


def _update_dips(step: Step, dips: Dips, limit: SentLimit) -> Dips:
    """Return the dips updated by this step's draw, if known. A dip: it falls to the safe limit under a higher one.

    It counts when the draw is back under the same limit, and is forgotten after `SILENT_S` at the safe one.
    """
    safe_a, draw_a, now_s = step.load.failsafe_a, step.state.draw_a.highest, step.now_s
    clearly_a = safe_a + tuning.CLEARLY_A
    if draw_a is None:
        return dips
    if dips.fell_s is None:
        falls = min(dips.last_draw_a, limit.current_a) > clearly_a and abs(draw_a - safe_a) <= tuning.TOLERANCE_A
        has_settled = now_s - limit.first_s > tuning.ANSWER_S and now_s < limit.until_s
        return fast_replace(dips, fell_s=now_s) if falls and has_settled else dips
    if draw_a > clearly_a:
        return fast_replace(dips, fell_s=None, count=dips.count + (limit.sent_s > dips.fell_s))
    return fast_replace(dips, fell_s=None) if now_s - dips.fell_s > tuning.SILENT_S else dips


def _watch_draw_at_safe(
    step: Step, past: ComplianceMemory, limit: SentLimit, offered_a: float | None, drawn_a: float | None
) -> ComplianceMemory:
    """Return the memory of since when the draw suggests that only the safe limit is in force.

    The car draws about that current and never drew more, or the charger pauses by itself where that current is 0 A.
    """
    safe_a, evidence, now_s = step.load.failsafe_a, past.evidence, step.now_s
    if drawn_a is not None and now_s - step.state.draw_age_s >= limit.first_s + tuning.ANSWER_S:
        evidence = fast_replace(evidence, most_drawn_a=max(evidence.most_drawn_a, drawn_a))
    if safe_a <= 0:
        is_low = step.state.status is Status.PAUSED and evidence.most_drawn_a <= tuning.DRAWS_A
    elif drawn_a is None:
        is_low = past.at_safe_since_s is not None
    else:
        is_low = max(abs(drawn_a - safe_a), evidence.most_drawn_a - safe_a) <= tuning.TOLERANCE_A
    is_low = is_low and offered_a is None and limit.current_a > safe_a + tuning.CLEARLY_A
    return fast_replace(past, evidence=evidence, at_safe_since_s=since(past.at_safe_since_s, is_low, now_s))


def _start_trying(past: ComplianceMemory, tried: ProfilesTried) -> ComplianceMemory:
    """Return the memory with another form to try, without the evidence and unfollowed limits of the form before."""
    evidence = past.evidence
    if tried.kind_changes > past.tried.kind_changes:
        evidence = fast_replace(evidence, has_followed=False)
    if tried.unit_changes > past.tried.unit_changes:
        evidence = fast_replace(evidence, followed_a=None, follows_two=False)
    return fast_replace(past, tried=tried, unfollowed=0, at_safe_since_s=None, evidence=evidence)
