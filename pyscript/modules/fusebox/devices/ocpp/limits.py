"""Which limit is sent now: a new one, the same before it ends or when it was not taken, and the safe one below."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import backoff_s
from ..driver import ServiceCall
from .answers import lasting_s
from .car import with_waking
from .context import LIMIT, SAFE, StepContext
from .memory import Limit, OcppMemory
from .profiles import limit_profile, safe_profile
from .recovery import is_left_alone
from .states import Car, ComplianceEvent


def limited(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The limit that is due: a new one, the same in a better way, or once more before it ends."""
    was_waking, now_s = memory.car.state is Car.WAKING, context.now_s
    memory = with_waking(context, memory)
    if memory.car.state is Car.WAKING and not was_waking:
        return [_leased(context, 0.0)], memory
    current_a = _due_a(context, memory)
    if current_a is None:
        return [], memory
    commanded, again = memory.commanded, _is_in_force(context, memory, current_a)
    first_s = commanded.first_s if again and commanded is not None else now_s
    limit = Limit(current_a, context.form, first_s, now_s, lasting_s(context.form.kind, now_s, context.lease_s))
    compliance = memory.compliance if again else memory.compliance.moved(ComplianceEvent.NEW_LIMIT)
    return [_leased(context, current_a)], replace(memory, commanded=limit, compliance=compliance)


def _leased(context: StepContext, current_a: float) -> ServiceCall:
    profile = limit_profile(context.form, context.connector, current_a, context.now_s, context.lease_s)
    return context.send(profile, LIMIT)


def _due_a(context: StepContext, memory: OcppMemory) -> float | None:
    """The current to send now [A]; None when nothing is due."""
    commanded, now_s, command = memory.commanded, context.now_s, context.aim.command
    asked_a = None if command is None else command.current_a
    if asked_a is not None and memory.car.state is not Car.WAKING and not _is_repeated(context, memory, asked_a):
        return asked_a
    waits = _waits_for_answer(context, memory) or _is_busy(memory, now_s) or is_left_alone(memory)
    if waits or not context.state.can_use_power:
        return None
    setpoint_a = context.aim.setpoint_a
    if commanded is None:
        return setpoint_a
    same_a = setpoint_a if setpoint_a < commanded.current_a - tuning.SHOWN_SAME_A else commanded.current_a
    if commanded.form != context.form or _has_failed(memory, now_s):
        return same_a
    over = commanded.until_s - now_s <= context.lease_s * (1 - tuning.RENEWED_AT_SHARE)
    return same_a if over or _is_told_twice(context, memory) or _was_ignored(memory) else None


def _has_failed(memory: OcppMemory, now_s: float) -> bool:
    """Whether the last limit did not arrive, and it is time to send it again."""
    limit, wait_s = memory.commanded, _again_s(memory.failures)
    return limit is not None and memory.acknowledged != limit and now_s - limit.sent_s >= wait_s


def _again_s(failures: int) -> float:
    return backoff_s(tuning.OCPP_RETRY_S, failures - 1, tuning.OCPP_RETRY_LONGEST_S)


def _was_ignored(memory: OcppMemory) -> bool:
    """Whether a limit is to be told once more at once: whoever ignores it then as well needs another way."""
    seen = memory.compliance
    return seen.unfollowed == 1 and memory.commanded is not None and seen.judged_s == memory.commanded.sent_s


def _is_told_twice(context: StepContext, memory: OcppMemory) -> bool:
    """Whether the first limit after a pause is to be sent once more, to a charger that may have missed it."""
    limit, again_s, car = memory.commanded, context.quirks.again_s, memory.car
    if again_s is None or limit is None or limit.current_a <= 0 or limit.sent_s != limit.first_s:
        return False
    is_first = car.state is Car.RESUMED and car.since_s == limit.first_s
    return is_first and context.now_s - limit.first_s >= again_s


def _is_repeated(context: StepContext, memory: OcppMemory, current_a: float) -> bool:
    """Whether this was told and taken, and nothing says that it is not followed: then the next renewal will do."""
    return _is_in_force(context, memory, current_a) and memory.compliance.deviates_since_s is None


def _is_in_force(context: StepContext, memory: OcppMemory, current_a: float) -> bool:
    """Whether just this was the last that was told and taken."""
    limit = memory.commanded
    if limit is None or memory.acknowledged != limit:
        return False
    return limit.current_a == current_a and limit.form == context.form


def made_safe(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The safe limit under all others, once after each connection and whenever it or the form has changed."""
    form, now_s = replace(context.form, kind="endless"), context.now_s
    safe_a = context.load.failsafe_a
    lies_there = memory.safe_form == form and memory.safe_a == safe_a
    if not form.has_safe_below or lies_there or now_s - memory.safe_sent_s < _again_s(memory.safe_failures):
        return [], memory
    if _waits_for_answer(context, memory) or is_left_alone(memory):
        return [], memory
    memory = replace(memory, safe_form=form, safe_a=safe_a, safe_sent_s=now_s)
    return [context.send(safe_profile(form, context.connector), SAFE)], memory


def _waits_for_answer(context: StepContext, memory: OcppMemory) -> bool:
    asked = memory.configuration
    return context.unit_is_open and asked.open and context.now_s - asked.at_s < tuning.OCPP_ANSWERS_S


def _is_busy(memory: OcppMemory, now_s: float) -> bool:
    return memory.unanswered_s is not None and now_s - memory.unanswered_s < tuning.OCPP_BUSY_S
