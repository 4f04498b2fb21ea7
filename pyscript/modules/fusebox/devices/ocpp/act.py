"""The commands to a charge point in one step: query, safe profile, limit, renewal, and starting a session."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import backoff_s
from ...model.records import fast_replace
from ...model.snapshot import Status
from ..driver import Aim, Calls, Contact, ServiceCall
from .configuration import STACK_KEY, request_settings_if_due
from .memory import FOR_EVER_S, OcppMemory, SentLimit
from .observation import QUIET
from .profiles import limit_profile, safe_profile
from .recovery import (
    is_left_alone,
    memory_after_press,
    next_recovery_step,
    should_reset_stuck_charger,
    start_session_if_due,
    wake_car_if_asleep,
)
from .states import Car, ComplianceEvent
from .step import IN_OTHER_UNIT, LIMIT, SAFE, UNITS, Step, build_step


def limit_call_if_due(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the call that sets the limit, if one is due, and the memory that records it.

    A limit is due when commanded and not followed already, and when the last one is in another form, has failed, is
    ignored or expires soon. Another current or form is judged anew. A car that does not start first gets 0 A for a
    moment.
    """
    was_waking, now_s = memory.car.state is Car.WAKING, step.now_s
    memory = wake_car_if_asleep(step, memory)
    if memory.car.state is Car.WAKING and not was_waking:
        return [_limit_call(step, 0.0)], memory
    current_a = _current_due_a(step, memory)
    if current_a is None:
        return [], memory
    commanded, again = memory.commanded, _is_in_force(step, memory, current_a)
    first_s = commanded.first_s if again and commanded is not None else now_s
    until_s = FOR_EVER_S if step.form.kind == "endless" else now_s + step.lease_s
    is_new = commanded is None or commanded.form.unit != step.form.unit
    limit = SentLimit(current_a, step.form, first_s, now_s, until_s, _other_unit_until_s(step, commanded, current_a))
    compliance = memory.compliance if again else memory.compliance.after_event(ComplianceEvent.OUTDATED)
    if is_new and not step.form.has_safe_below:
        memory = fast_replace(memory, fallback_sent_s=now_s)
    return [_limit_call(step, current_a)], fast_replace(memory, commanded=limit, compliance=compliance)


def _other_unit_until_s(step: Step, before: SentLimit | None, current_a: float) -> float | None:
    """Return when the limit before expires [s since 1970], if it is this current in the other unit.

    None where it has had its time: then it was not followed.
    """
    if before is None or before.current_a != current_a:
        return None
    if before.form.unit == step.form.unit:
        return before.other_unit_until_s
    return before.until_s if step.now_s - before.first_s < tuning.ANSWER_S else None


def _limit_call(step: Step, current_a: float) -> ServiceCall:
    """Return the call that sets a limit [A] for the lease time."""
    profile = limit_profile(step.form, step.connector, current_a, step.now_s, step.lease_s)
    return step.send_profile_call(profile, LIMIT)


def _current_due_a(step: Step, memory: OcppMemory) -> float | None:
    """Return the current to send now [A]; None when nothing is due.

    A commanded one first. Otherwise the last limit is repeated where that is due, or the setpoint if it is lower: a
    renewal never raises. Nothing while an answer is awaited or the charger is left alone.
    """
    commanded, commanded_a, setpoint_a = memory.commanded, step.commanded_a, step.aim.setpoint_a
    is_waking = memory.car.state is Car.WAKING
    if commanded_a is not None and not is_waking and not _need_not_be_sent(step, memory, commanded_a):
        return commanded_a
    if _waits_for_answer(step, memory) or _is_busy(step, memory) or is_left_alone(memory):
        return None
    if not step.state.can_use_power:
        return _current_without_car_a(step, memory)
    if commanded is None:
        return setpoint_a
    is_due = (
        commanded.form != step.form
        or (memory.acknowledged != commanded and step.now_s - commanded.sent_s >= _retry_pause_s(step, memory.failures))
        or commanded.until_s - step.now_s <= step.lease_s - step.renewed_s
        or _repeats_first_limit(step, memory)
        # Ignored for the first time, before another form of profile is tried.
        or (memory.compliance.unfollowed == 1 and memory.compliance.judged_s == commanded.sent_s)
        or _may_be_replaced(step, memory)
    )
    same_a = setpoint_a if setpoint_a < commanded.current_a - tuning.SHOWN_SAME_A else commanded.current_a
    return same_a if is_due else None


def _current_without_car_a(step: Step, memory: OcppMemory) -> float | None:
    """Return the current to send while no car is connected [A]; None for nothing.

    It is the fail-safe current when no safe profile lies below the limit and the limit needs renewing.
    """
    limit = memory.commanded
    is_in_place = limit is not None and step.now_s - limit.sent_s < tuning.SAFE_RENEWED_S
    is_in_place = is_in_place and not _may_be_replaced(step, memory)
    return None if step.form.has_safe_below or is_in_place else step.load.failsafe_a


def _retry_pause_s(step: Step, failures: int) -> float:
    """Return the waiting time before a failed limit is repeated [s], at most the interval of renewals.

    Once its lease has ended, the charger may be lower than necessary.
    """
    return backoff_s(tuning.RETRY_S, failures - 1, step.renewed_s)


def _may_be_replaced(step: Step, memory: OcppMemory) -> bool:
    """Return whether the limit that the charger falls back to may have been replaced by a limit in the other unit."""
    limit = memory.commanded
    return limit is not None and not step.form.has_safe_below and memory.other_sent_s > limit.sent_s


def _repeats_first_limit(step: Step, memory: OcppMemory) -> bool:
    """Return whether to repeat the first limit after a pause, to a charger of a make that may have missed it.

    Once, after the make's `again_s`, while that limit is still the last one sent.
    """
    limit, again_s, car = memory.commanded, step.quirks.again_s, memory.car
    if again_s is None or limit is None or limit.current_a <= 0 or limit.sent_s != limit.first_s:
        return False
    is_first = car.state is Car.RESUMED and car.since_s == limit.first_s
    return is_first and step.now_s - limit.first_s >= again_s


def _need_not_be_sent(step: Step, memory: OcppMemory, current_a: float) -> bool:
    """Return whether a limit is in force and the charger follows it or has had no time to, so it is not sent again."""
    limit = memory.commanded
    is_new = limit is not None and step.now_s - limit.sent_s < tuning.ANSWER_S
    return _is_in_force(step, memory, current_a) and (is_new or memory.compliance.deviates_since_s is None)


def _is_in_force(step: Step, memory: OcppMemory, current_a: float) -> bool:
    """Return whether this current, in this form, is the last limit sent and acknowledged."""
    limit = memory.commanded
    known = (None if limit is None else (limit.current_a, limit.form)) == (current_a, step.form)
    return known and memory.acknowledged == limit


def safe_limit_call_if_due(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the call that sets the safe limit below all others, or none, and the memory that records it.

    It is due after each connection, in each session, whenever it or the form has changed, and from time to time, more
    often with a car: a restart that nothing reports may have lost it. A failed one is repeated after a growing pause.
    Never in a form without a limit below others, while a charger is left alone, or while it awaits an answer that
    decides the form, unless a limit is commanded at the same time.
    """
    form, safe_a, sent_s = replace(step.form, kind="endless"), step.load.failsafe_a, step.now_s - memory.safe_sent_s
    # An unknown status may be a car.
    is_vacant = step.state.status is Status.UNPLUGGED
    renewed_s = tuning.SAFE_RENEWED_S if is_vacant else tuning.SAFE_RENEWED_WITH_CAR_S
    is_replaced = memory.other_sent_s > memory.safe_sent_s
    is_unchanged = memory.safe_form == form and memory.safe_a == safe_a
    is_in_place = is_unchanged and sent_s < renewed_s and not is_replaced
    awaits_retry = memory.safe_failures > 0 and sent_s < _retry_pause_s(step, memory.safe_failures)
    if not form.has_safe_below or is_in_place or awaits_retry:
        return [], memory
    # A command does not wait for an answer: the safe profile precedes it in the most likely form.
    if is_left_alone(memory) or (step.commanded_a is None and _waits_for_answer(step, memory)):
        return [], memory
    first_s = memory.fallback_sent_s if is_unchanged else step.now_s
    memory = fast_replace(memory, safe_form=form, safe_a=safe_a, safe_sent_s=step.now_s, fallback_sent_s=first_s)
    return [step.send_profile_call(safe_profile(form, step.connector), SAFE)], memory


def send_safe_limit_in_other_unit(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the call that sets the safe current in the other unit, where the unit in use may be wrong, and the memory.

    Once after each safe profile; no call after a failed one, while an answer is awaited, or while the charger is left
    alone. A charger that takes only the other one would keep any current without Home Assistant. In a charger that
    takes both it replaces the right one, which is then sent again. It is sent alone: what follows a refused call is not
    sent.
    """
    is_due = step.unit_may_be_wrong and memory.other_sent_s < memory.fallback_sent_s and not is_left_alone(memory)
    # A failed limit from before a reconnect is not sent again.
    is_failing = memory.safe_failures > 0 or (memory.failures > 0 and memory.commanded is not None)
    if not is_due or is_failing or _is_busy(step, memory) or _waits_for_answer(step, memory):
        return [], memory
    form = replace(step.form, unit=UNITS[UNITS.index(step.form.unit) - 1])
    if form.has_safe_below:
        profile = safe_profile(form, step.connector)
    else:
        profile = limit_profile(form, step.connector, step.load.failsafe_a, step.now_s, step.lease_s)
    return [step.send_profile_call(profile, IN_OTHER_UNIT)], fast_replace(memory, other_sent_s=step.now_s)


def _waits_for_answer(step: Step, memory: OcppMemory) -> bool:
    """Return whether an answer may still come that decides the form of the first profile.

    Not after a reconnect, where the last form is a good guess.
    """
    known, is_first = memory.configuration, memory.acknowledged is None
    is_awaited = known.awaited != "" and step.now_s - known.questions.sent_s < tuning.MOMENT_S
    return is_awaited and (step.unit_is_open or is_first)


def _is_busy(step: Step, memory: OcppMemory) -> bool:
    """Return whether a call is unanswered; one that is never answered delays a renewal no longer than its interval."""
    return memory.unanswered_s is not None and step.now_s - memory.unanswered_s < step.renewed_s


def next_calls(contact: Contact, memory: OcppMemory, aim: Aim) -> tuple[Calls, OcppMemory]:
    """Return the calls of this step, in order, and the memory that records them and the phases measured and commanded.

    A recovery step, the limits, a start of the session, questions; only without any of these the safe current in the
    other unit. No limit precedes the first safe profile, except after a failed one. A charger that is away gets no
    calls, a lost one is only queried, and one in a state that accepts no commands is at most reset.
    """
    phases, state = fast_replace(memory.phases, metered=aim.phase_count), contact.state
    memory = fast_replace(memory, phases=phases, commanded_phase_count=aim.commanded_phase_count)
    if not state.available and memory.lost_s is None:
        return (), memory
    step = build_step(contact, memory, aim)
    if not state.available:
        return _query_lost_charger(step, memory)
    if state.status in QUIET:
        return _reset_stuck_charger(step, memory)
    # No current is allowed before a safe profile exists. A cut goes before a renewal of the safe profile, but
    # after its first: a charge point that stores only one keeps that one, and the safe profile is a cut itself.
    # A safe profile that could not be sent holds no limit back: what stands behind a call that fails is not sent.
    is_cut = aim.command is not None and aim.command.urgent
    hurries = memory.safe_failures > 0 or (is_cut and memory.safe_form is not None)
    parts = (limit_call_if_due, safe_limit_call_if_due) if hurries else (safe_limit_call_if_due, limit_call_if_due)
    # Made first, because the form of a limit depends on whether an answer is awaited; sent last, as no command waits.
    questions, memory = request_settings_if_due(step, memory)
    calls: list[ServiceCall] = []
    for part in (next_recovery_step, *parts, start_session_if_due):
        made, memory = part(step, memory)
        calls += made
    calls += questions
    if not calls:
        calls, memory = send_safe_limit_in_other_unit(step, memory)
    if any(call.service in ("set_charge_rate", "clear_profile") for call in calls):
        memory = fast_replace(memory, unanswered_s=step.now_s)
    return tuple(calls), memory


def _reset_stuck_charger(step: Step, memory: OcppMemory) -> tuple[Calls, OcppMemory]:
    """Return a reset call for a charger whose state accepts no commands, if requested or if Fusebox caused the state.

    Otherwise, and without a button to press, none.
    """
    stuck = should_reset_stuck_charger(step, memory)
    press = step.reset_button_call() if memory.recovery.reset_requested or stuck else None
    if press is None:
        return (), memory
    presses = memory.recovery.presses + stuck
    return (press,), memory_after_press(memory, step.now_s, reset_requested=False, presses=presses)


def _query_lost_charger(step: Step, memory: OcppMemory) -> tuple[Calls, OcppMemory]:
    """Return a query to a lost charge point every `RETRY_S`: its answer reveals a reconnect before any report does."""
    if step.now_s - memory.queried_s < tuning.RETRY_S:
        return (), memory
    return (step.call("get_configuration", ocpp_key=STACK_KEY),), fast_replace(memory, queried_s=step.now_s)
