"""What is followed from step to step: a draw that stays above, offers that move to a limit, draws that dip."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from .attempts import next_kind
from .compliance_memory import ComplianceMemory, Dips, Evidence, Overdraw
from .memory import Limit
from .observation import Observation, Offered


def with_overdraw(past: ComplianceMemory, limit: Limit, draw_a: float) -> ComplianceMemory:
    """The memory of a draw that stays above what is told: a new limit is no reason to begin again with watching."""
    above = past.overdraw
    highest_a = max(above.commanded_a, limit.current_a)
    if above.since_s is not None and draw_a > highest_a + tuning.OCPP_NEAR_A:
        return replace(past, overdraw=replace(above, commanded_a=highest_a))
    if draw_a > limit.current_a + tuning.OCPP_NEAR_A:
        return replace(past, overdraw=Overdraw(limit.first_s, limit.current_a))
    return replace(past, overdraw=replace(above, since_s=None))


def overdraw_since_s(past: ComplianceMemory, limit: Limit) -> float:
    """Since when there are limits that should be seen [s]."""
    since_s = past.overdraw.since_s
    return limit.first_s if since_s is None else min(limit.first_s, since_s)


def moves_to(before_a: float | None, limit: Limit, offered: Offered) -> bool:
    """Whether what it says it offers has just gone to what it was told: then limits do reach it."""
    shows_a = offered.current_a
    if shows_a is None or before_a is None or offered.reported_s <= limit.first_s:
        return False
    return abs(shows_a - limit.current_a) < tuning.OCPP_SAFE_A and abs(before_a - limit.current_a) >= tuning.OCPP_NEAR_A


def has_met(evidence: Evidence, limit: Limit, has_a: float | None) -> Evidence:
    """With what it does now: once a car's own most may be what it was told, with two currents it is led by them."""
    if limit.current_a <= 0 or has_a is None or abs(has_a - limit.current_a) > tuning.OCPP_NEAR_A:
        return evidence
    other = evidence.followed_a is not None and abs(limit.current_a - evidence.followed_a) > tuning.OCPP_CLEARLY_A
    return replace(evidence, followed_a=limit.current_a, follows_two=evidence.follows_two or other)


def with_dips(seen: Observation, past: ComplianceMemory, limit: Limit) -> ComplianceMemory:
    """Of a charger that does not say what it offers: a draw that falls to the safe limit until it is renewed."""
    dips = _next(seen, past.dips, limit)
    if dips.count < tuning.OCPP_DIPS:
        return replace(past, dips=dips)
    return replace(past, dips=replace(dips, count=0), tried=next_kind(past.tried))


def _next(seen: Observation, dips: Dips, limit: Limit) -> Dips:
    safe_a, draw_a, now_s = seen.load.failsafe_a, seen.draw_a, seen.now_s
    is_high = draw_a > safe_a + tuning.OCPP_CLEARLY_A
    if dips.fell_s is None:
        was_high = min(dips.last_draw_a, limit.current_a) > safe_a + tuning.OCPP_CLEARLY_A
        falls = was_high and abs(draw_a - safe_a) <= tuning.OCPP_NEAR_A
        has_settled = now_s - limit.first_s > tuning.OCPP_DIP_S and now_s < limit.until_s
        return replace(dips, fell_s=now_s) if falls and has_settled else dips
    is_renewed = limit.sent_s > dips.fell_s
    if is_high:
        return replace(dips, fell_s=None, count=dips.count + is_renewed)
    return replace(dips, fell_s=None) if is_renewed and now_s - limit.sent_s > tuning.OCPP_DIP_S else dips
