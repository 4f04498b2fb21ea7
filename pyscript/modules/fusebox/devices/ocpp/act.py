"""What a charge point is told now: asked, made safe, limited, renewed, and started where a session has to begin."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import backoff_s
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import Aim, ServiceCall
from .answers import SLOTS_KEY, STACK_KEY, SWITCH_KEY, UNIT_KEY
from .entities import LIMIT, SAFE, StepContext
from .memory import FOR_EVER_S, Limit, OcppMemory
from .observation import QUIET
from .profiles import limit_profile, safe_profile
from .recovery import is_left_alone, is_stuck, pressed, recovered, started, with_waking
from .states import Car, ComplianceEvent
from .strategy import form_of, is_unit_open, quirks_seen


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
    until_s = FOR_EVER_S if context.form.kind == "endless" else now_s + context.lease_s
    limit = Limit(current_a, context.form, first_s, now_s, until_s)
    compliance = memory.compliance if again else memory.compliance.moved(ComplianceEvent.NEW_LIMIT)
    return [_leased(context, current_a)], replace(memory, commanded=limit, compliance=compliance)


def _leased(context: StepContext, current_a: float) -> ServiceCall:
    profile = limit_profile(context.form, context.connector, current_a, context.now_s, context.lease_s)
    return context.send(profile, LIMIT)


def _due_a(context: StepContext, memory: OcppMemory) -> float | None:
    """The current to send now [A]; None when nothing is due."""
    commanded, command = memory.commanded, context.aim.command
    asked_a = None if command is None else command.current_a
    if asked_a is not None and memory.car.state is not Car.WAKING and not _is_repeated(context, memory, asked_a):
        return asked_a
    if _waits_for_answer(context, memory) or _is_busy(context, memory) or is_left_alone(memory):
        return None
    if not context.state.can_use_power:
        return _without_car_a(context, memory)
    setpoint_a = context.aim.setpoint_a
    if commanded is None:
        return setpoint_a
    same_a = setpoint_a if setpoint_a < commanded.current_a - tuning.SHOWN_SAME_A else commanded.current_a
    if commanded.form != context.form or _has_failed(context, memory):
        return same_a
    over = commanded.until_s - context.now_s <= context.lease_s - _renewed_s(context)
    return same_a if over or _is_told_twice(context, memory) or _was_ignored(memory) else None


def _without_car_a(context: StepContext, memory: OcppMemory) -> float | None:
    """The current to send while no car is there [A]: where no safe profile lies below, the limit stands in for it."""
    limit = memory.commanded
    lies_there = limit is not None and context.now_s - limit.sent_s < tuning.SAFE_RENEWED_S
    return None if context.form.has_safe_below or lies_there else context.load.failsafe_a


def _has_failed(context: StepContext, memory: OcppMemory) -> bool:
    """Whether the last limit did not arrive, and it is time to send it again."""
    limit, wait_s = memory.commanded, _again_s(context, memory.failures)
    return limit is not None and memory.acknowledged != limit and context.now_s - limit.sent_s >= wait_s


def _again_s(context: StepContext, failures: int) -> float:
    """As seldom as a renewal and no more: at the end of its lease the charger may be lower than it need be."""
    return backoff_s(tuning.RETRY_S, failures - 1, _renewed_s(context))


def _renewed_s(context: StepContext) -> float:
    """How long after it was sent a limit is renewed [s]."""
    return context.lease_s / 2


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
    """Whether this was told and taken, and is followed or has had no time to be: then the next renewal will do."""
    limit = memory.commanded
    is_new = limit is not None and context.now_s - limit.sent_s < tuning.ANSWER_S
    return _is_in_force(context, memory, current_a) and (is_new or memory.compliance.deviates_since_s is None)


def _is_in_force(context: StepContext, memory: OcppMemory, current_a: float) -> bool:
    """Whether just this was the last that was told and taken."""
    limit = memory.commanded
    if limit is None or memory.acknowledged != limit:
        return False
    return limit.current_a == current_a and limit.form == context.form


def made_safe(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The safe limit under all others: after each connection, in each session, whenever it or the form has changed.

    A restart that nothing shows may have lost it: it is renewed from time to time, more often while a car is connected.
    """
    form, now_s = replace(context.form, kind="endless"), context.now_s
    safe_a = context.load.failsafe_a
    lies_there = memory.safe_form == form and memory.safe_a == safe_a
    lies_there = lies_there and now_s - memory.safe_sent_s < _safe_renewed_s(context)
    if not form.has_safe_below or lies_there or now_s - memory.safe_sent_s < _again_s(context, memory.safe_failures):
        return [], memory
    command = context.aim.command
    # A command is not held back by a question: then the safe profile goes before it in the form of the best guess.
    commands = command is not None and command.current_a is not None
    if is_left_alone(memory) or (not commands and _waits_for_answer(context, memory)):
        return [], memory
    memory = replace(memory, safe_form=form, safe_a=safe_a, safe_sent_s=now_s)
    return [context.send(safe_profile(form, context.connector), SAFE)], memory


def _safe_renewed_s(context: StepContext) -> float:
    """Return how long after it was sent the safe profile is renewed [s]; an unknown status may be a car."""
    is_vacant = context.state.status is Status.UNPLUGGED
    return tuning.SAFE_RENEWED_S if is_vacant else tuning.SAFE_RENEWED_WITH_CAR_S


def _waits_for_answer(context: StepContext, memory: OcppMemory) -> bool:
    """Whether an answer may still come that decides the first profile: on a reconnect the last form is a good guess."""
    asked, is_first = memory.configuration, memory.acknowledged is None
    return (context.unit_is_open or is_first) and asked.open and context.now_s - asked.at_s < tuning.MOMENT_S


def _is_busy(context: StepContext, memory: OcppMemory) -> bool:
    """Whether a call is not answered yet; a renewal does not wait for one that never will be."""
    return memory.unanswered_s is not None and context.now_s - memory.unanswered_s < _renewed_s(context)


def act(
    load: Load, view: View, state: LoadState, aim: Aim, past: OcppMemory | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """The calls of this step, in order, and the memory that knows of them."""
    memory = past or OcppMemory()
    memory = replace(memory, phases=replace(memory.phases, metered=aim.lines), lines_told=aim.lines_told)
    if not state.available and memory.lost_s is None:
        return (), memory
    quirks = quirks_seen(load, view)
    form, unit_is_open = form_of(load, memory, quirks), is_unit_open(load, memory, quirks)
    context = StepContext(load, view, state, aim, form, quirks, unit_is_open, voltage_v)
    if not state.available:
        return _asked_back(context, memory)
    if state.status in QUIET:
        return _revived(context, memory)
    # Nothing is allowed before there is something to fall back to. A cut goes before a renewal of the safe profile, but
    # after its first: a charge point with room for one keeps that one, and the safe profile is a cut itself.
    # A safe profile that could not be sent holds no limit back: what stands behind a call that fails is not sent.
    is_cut = aim.command is not None and aim.command.urgent
    hurries = memory.safe_failures > 0 or (is_cut and memory.safe_form is not None)
    parts = (limited, made_safe) if hurries else (made_safe, limited)
    # Whether an answer is awaited is known before anything is told; but nothing waits behind a question.
    questions, memory = _ask(context, memory)
    calls: list[ServiceCall] = []
    for part in (recovered, *parts, started):
        made, memory = part(context, memory)
        calls += made
    calls += questions
    if any(call.service in ("set_charge_rate", "clear_profile") for call in calls):
        memory = replace(memory, unanswered_s=context.now_s)
    return tuple(calls), memory


def _revived(context: StepContext, memory: OcppMemory) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """A charger that takes nothing can only be reset: by a person's wish, or because we have brought it there."""
    stuck = is_stuck(context, memory)
    press = context.press() if memory.recovery.reset_requested or stuck else None
    if press is None:
        return (), memory
    presses = memory.recovery.presses + stuck
    recovery = replace(pressed(memory.recovery, context.now_s), reset_requested=False, presses=presses)
    compliance = memory.compliance.moved(ComplianceEvent.CLEARED)
    return (press,), replace(memory, commanded=None, safe_form=None, recovery=recovery, compliance=compliance)


def _asked_back(context: StepContext, memory: OcppMemory) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """Ask a lost charge point for a setting from time to time: an answer shows before any report that it is back."""
    if context.now_s - memory.asked_back_s < tuning.RETRY_S:
        return (), memory
    return (context.call("get_configuration", ocpp_key=STACK_KEY),), replace(memory, asked_back_s=context.now_s)


def _ask(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """What it can do; once for each connection, and again where no answer came."""
    asked = memory.configuration
    wait_s = backoff_s(tuning.RETRY_S, asked.times, tuning.RETRY_LONGEST_S) if asked.times else 0.0
    if asked.times >= tuning.UNRESPONSIVE_TIMES or context.now_s - asked.at_s < wait_s:
        return [], memory
    keys = [UNIT_KEY] if context.unit_is_open else []
    keys += [STACK_KEY] if asked.most_stack is None else []
    keys += [SWITCH_KEY] if context.load.switching is not None and asked.switches is None else []
    keys += [SLOTS_KEY] if asked.slots is None else []
    asked = replace(asked, times=asked.times + 1, at_s=context.now_s, open=bool(keys), last=keys[-1] if keys else "")
    return [context.call("get_configuration", ocpp_key=key) for key in keys], replace(memory, configuration=asked)
