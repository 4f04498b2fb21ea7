"""What a charge point has on offer, and how many phases share a limit in watts."""

from __future__ import annotations

import math

from ... import tuning
from ...model.load import Load
from ...model.records import fast_replace
from ...model.snapshot import LoadState, Status
from .memory import Deviation, OcppMemory, OfferSource, PhasesUsed
from .states import Car
from .step import Step

QUIET = frozenset({Status.FAULT, Status.FULL})
"""Nothing is sent to a charger in one of these: it would refuse, and some get stuck."""


def limit_in_force_a(load: Load, memory: OcppMemory, now_s: float) -> float | None:
    """Return the limit that applies at the charger [A]: the last one it accepted, `failsafe_a` once that has expired.

    Also `failsafe_a` where it has accepted only the safe limit; None where it has accepted neither.
    """
    if memory.acknowledged is not None and now_s < memory.acknowledged.until_s:
        return memory.acknowledged.current_a
    return load.failsafe_a if memory.acknowledged is not None or memory.safe_form is not None else None


def offer_doubtful_since_s(step: Step, memory: OcppMemory) -> float | None:
    """Return the reconnect [s] since which its reported offer may be an older one; None when it is trusted.

    The integration keeps entities over a lost connection, and repeats the old values until the next meter values.
    """
    back_s, offered_a = memory.back_s, step.offered.current_a
    force_a = limit_in_force_a(step.load, memory, step.now_s)
    if back_s is None or step.now_s - back_s > tuning.SLOWEST_S:
        return None
    agrees = offered_a is not None and force_a is not None and abs(offered_a - force_a) < tuning.TOLERANCE_A
    return None if agrees and memory.acknowledged == memory.commanded else back_s


def current_on_offer(step: Step, memory: OcppMemory) -> tuple[OfferSource, float | None]:
    """Return the current on offer [A, None if unknown] and its source.

    The charger's report during a session, unless it is not believed; else what it accepted. 0 A with a fault or a
    finished session and while it is paused; the one sent while its car is woken. For a charger without any command yet
    its car's draw, None without one.
    """
    load, state, draw_a, now_s = step.load, step.state, step.draw_a, step.now_s
    force_a, commanded = limit_in_force_a(load, memory, now_s), memory.commanded
    lapsed = memory.acknowledged is not None and now_s >= memory.acknowledged.until_s
    if state.status in QUIET:
        return OfferSource.NOTHING, 0.0
    if memory.car.state is Car.WAKING and commanded is not None:
        return OfferSource.COMMANDED, commanded.current_a
    if not step.runs:
        return OfferSource.COMMANDED, force_a
    if force_a == 0 and draw_a <= tuning.DRAWS_A and state.status is not Status.CHARGING:
        return OfferSource.PAUSED, 0.0
    is_believed = not (lapsed or memory.compliance.evidence.offer_is_meaningless or memory.back_s is not None)
    if step.offered.current_a is not None and is_believed:
        # Home Assistant may have displayed an older limit until now, and a charger with a wrong clock falls back at
        # once: until it has followed a limit of ours, the fail-safe is in force.
        is_safe = abs(step.offered.current_a - load.failsafe_a) <= tuning.TOLERANCE_A
        is_commanded = force_a is not None and abs(force_a - load.failsafe_a) <= tuning.TOLERANCE_A
        has_limit = memory.acknowledged is not None
        is_ours = not is_safe or (has_limit and (is_commanded or memory.compliance.evidence.has_followed))
        return OfferSource.SHOWN if is_ours else OfferSource.LAPSED, step.offered.current_a
    if force_a is not None:
        return OfferSource.LAPSED if lapsed else OfferSource.COMMANDED, force_a
    return OfferSource.DRAWN, math.ceil(draw_a * 10) / 10 if draw_a > tuning.DRAWS_A else None


def update_phases_sharing_limit(state: LoadState, memory: OcppMemory, now_s: float) -> PhasesUsed:
    """Return how many phases share a limit in watts: all, until a car on fewer draws more than its limit on one.

    Then the charger counts only those in use; all again when it offers nothing at all. A single
    sensor is no evidence, unless a second one or the house's meter shows how many draw.
    """
    past, limit = memory.phases, memory.commanded
    if past.count is not None and memory.compliance.deviation is Deviation.NOTHING:
        return PhasesUsed()
    drawn_a = [a for a in state.draw_a if a is not None]
    using = sum(a > tuning.DRAWS_A for a in drawn_a)
    if past.drew_s is None and using:
        past = fast_replace(past, drew_s=now_s)
    if state.single_a is not None and state.phases_drawing is None and past.metered == 1:
        drawn_a, using = [state.single_a], int(state.single_a > tuning.DRAWS_A)
    elif state.single_a is not None and state.phases_drawing is None:
        return past
    if not using:
        return past
    if using != past.drawing:
        return fast_replace(past, drawing=using, since_s=now_s)
    if limit is None or now_s - max(past.since_s, limit.first_s) < tuning.MOMENT_S:
        return past
    if now_s - state.draw_age_s < limit.first_s + tuning.MOMENT_S / 2:
        return past  # measured before it could have followed
    if past.count is not None and using > past.count:
        return fast_replace(past, count=using)
    most_a = limit.current_a + tuning.TOLERANCE_A
    too_much = limit.form.unit == "W" and limit.current_a > 0 and max(drawn_a) > most_a
    return fast_replace(past, count=using) if too_much and using < limit.form.phases else past


def may_all_go_to_one_phase(step: Step, memory: OcppMemory) -> bool:
    """Return whether a limit in watts might all go to one phase, because only the car's total power is known.

    Until it is known how many phases share it: for `SILENT_S` of draw without a house meter that shows it.
    """
    known, now_s = memory.phases, step.now_s
    is_shared = step.form.unit == "W" and len(step.load.phases) > 1 and step.state.is_power
    if not is_shared or known.count is not None:
        return False
    if known.metered is None:
        return known.drew_s is None or now_s - known.drew_s < tuning.SILENT_S
    # A car on one phase shows soon whether the charger counts only that phase.
    return known.metered == 1 and (known.drawing is None or now_s - known.since_s < tuning.ANSWER_S)
