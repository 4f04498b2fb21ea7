"""What a charge point is told now: asked, made safe, limited, renewed, and started where a session has to begin."""

from __future__ import annotations

from dataclasses import replace

from ...model.backoff import backoff_s
from ...model.readings import View
from ...model.site import Load
from ...model.snapshot import LoadState, Status
from ..driver import Aim, ServiceCall, switch_call, switch_state
from .answers import SLOTS_KEY, STACK_KEY, UNIT_KEY, lasting_s
from .context import LIMIT, SAFE, StepContext
from .memory import Limit, OcppMemory
from .profiles import limit_profile, safe_profile
from .recovery import PRESS_AGAIN_S, is_left_alone, is_stuck, recovered, woken
from .strategy import form_of, quirks_seen, unit_is_open

ASK_TIMES, ASK_AGAIN_S = 3, 60.0
"""A question without an answer is put so often, so long apart; then the charger is taken to have none."""

ANSWERS_S = 3.0
"""What is not urgent waits so long for the answer: it would be told twice."""

FAILED_AGAIN_S, LONGEST_FAILED_S = 10.0, 80.0
"""What was not taken is sent again after so long, each time after twice as long [s]."""

RENEWED_AT = 0.5
"""A limit is renewed when this much of its lease is over: one renewal may get lost."""

BUSY_S = 35.0
"""While a call is not answered nothing is added to it but commands; the integration waits no longer than this."""

SAME_A = 0.05

START_AGAIN_S, LONGEST_START_S = 30.0, 300.0
"""A session that does not begin is asked for again after the first, then after twice the time, up to the second."""

QUIET = frozenset({Status.FAULT, Status.FULL})
"""Nothing is sent to a charger in one of these: it would refuse, and some get stuck."""

OFF_S = 10.0
START_TIMES = 3
"""After so many a person is told."""

STARTABLE = frozenset({Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.CHARGING})


def act(
    load: Load, view: View, state: LoadState, aim: Aim, past: OcppMemory | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """The calls of this step, in order, and the memory that knows of them."""
    memory = past or OcppMemory()
    memory = replace(memory, phases=replace(memory.phases, metered=aim.lines))
    if not state.available:
        return (), memory
    quirks = quirks_seen(load, view)
    form, open_unit = form_of(load, memory, quirks), unit_is_open(load, memory, quirks)
    context = StepContext(load, view, state, aim, form, quirks, open_unit, voltage_v)
    if state.status in QUIET:
        return _revived(context, memory)
    # A cut goes first; else nothing is allowed before there is something to fall back to.
    # A safe limit that was refused holds no other back: what stands behind a call that fails is not sent.
    hurries = memory.safe_failures > 0 or (aim.command is not None and aim.command.urgent)
    parts = (_limit, _make_safe) if hurries else (_make_safe, _limit)
    # Whether an answer is awaited is known before anything is told; but nothing waits behind a question.
    questions, memory = _ask(context, memory)
    calls: list[ServiceCall] = []
    for part in (recovered, *parts, _start):
        made, memory = part(context, memory)
        calls += made
    calls += questions
    if any(call.service in ("set_charge_rate", "clear_profile") for call in calls):
        memory = replace(memory, unanswered_s=context.now_s)
    return tuple(calls), memory


def _revived(context: StepContext, memory: OcppMemory) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """A charger that takes nothing can only be reset: by a person's wish, or because we have brought it there."""
    stuck = is_stuck(context, memory)
    press = context.press() if memory.recovery.asked or stuck else None
    if press is None:
        return (), memory
    recovery = replace(memory.recovery, asked=False, pressed_s=context.now_s, presses=memory.recovery.presses + stuck)
    return (press,), replace(memory, commanded=None, safe_form=None, recovery=recovery)


def _ask(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """What it can do; once for each connection, and again where no answer came."""
    asked = memory.configuration
    if asked.times >= ASK_TIMES or context.now_s - asked.at_s < ASK_AGAIN_S:
        return [], memory
    keys = [UNIT_KEY] if context.open_unit else []
    keys += [STACK_KEY] if asked.most_stack is None else []
    keys += [SLOTS_KEY] if asked.slots is None else []
    asked = replace(asked, times=asked.times + 1, at_s=context.now_s, open=bool(keys), last=keys[-1] if keys else "")
    return [context.call("get_configuration", ocpp_key=key) for key in keys], replace(memory, configuration=asked)


def _limit(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The limit that is due: a new one, the same in a better way, or once more before it ends."""
    commanded, now_s = memory.commanded, context.now_s
    _, memory, dozes = woken(context, memory)
    if dozes:
        return [_leased(context, 0.0)], memory
    current_a = _due_a(context, memory)
    if current_a is None:
        return [], memory
    again = (
        commanded is not None
        and memory.acknowledged == commanded
        and commanded.current_a == current_a
        and commanded.form == context.form
    )
    first_s = commanded.first_s if again and commanded is not None else now_s
    limit = Limit(current_a, context.form, first_s, now_s, lasting_s(context.form.kind, now_s, context.lease_s))
    verified = memory.compliance if again else replace(memory.compliance, confirmed=False)
    return [_leased(context, current_a)], replace(memory, commanded=limit, compliance=verified)


def _leased(context: StepContext, current_a: float) -> ServiceCall:
    profile = limit_profile(context.form, context.connector, current_a, context.now_s, context.lease_s)
    return context.send(profile, LIMIT)


def _due_a(context: StepContext, memory: OcppMemory) -> float | None:
    """The current to send now [A]; None when nothing is due."""
    commanded, now_s, command = memory.commanded, context.now_s, context.aim.command
    asked_a = None if command is None else command.current_a
    if asked_a is not None and memory.recovery.dozed_s is None and not _is_repeated(context, memory, asked_a):
        return asked_a
    waits = _waits_for_answer(context, memory) or _is_busy(memory, now_s) or is_left_alone(memory, now_s)
    if waits or not context.state.can_use_power:
        return None
    setpoint_a = context.aim.setpoint_a
    if commanded is None:
        return setpoint_a
    same_a = setpoint_a if setpoint_a < commanded.current_a - SAME_A else commanded.current_a
    if commanded.form != context.form or _has_failed(memory, now_s):
        return same_a
    over = commanded.until_s - now_s <= context.lease_s * (1 - RENEWED_AT)
    return same_a if over or _is_told_twice(context, memory) or _was_ignored(memory) else None


def _has_failed(memory: OcppMemory, now_s: float) -> bool:
    """Whether the last limit did not arrive, and it is time to send it again."""
    wait_s = _again_s(memory.failures)
    return (
        memory.commanded is not None
        and memory.acknowledged != memory.commanded
        and now_s - memory.commanded.sent_s >= wait_s
    )


def _again_s(failures: int) -> float:
    return backoff_s(FAILED_AGAIN_S, failures - 1, LONGEST_FAILED_S)


def _was_ignored(memory: OcppMemory) -> bool:
    """Whether a limit is to be told once more at once: whoever ignores it then as well needs another way."""
    seen = memory.compliance
    return seen.unfollowed == 1 and memory.commanded is not None and seen.judged_s == memory.commanded.sent_s


def _is_told_twice(context: StepContext, memory: OcppMemory) -> bool:
    """Whether the first limit after a pause is to be sent once more, to a charger that may have missed it."""
    commanded, again_s = memory.commanded, context.quirks.again_s
    if again_s is None or commanded is None or commanded.current_a <= 0 or commanded.sent_s != commanded.first_s:
        return False
    return memory.recovery.resumed_s == commanded.first_s and context.now_s - commanded.first_s >= again_s


def _is_repeated(context: StepContext, memory: OcppMemory, current_a: float) -> bool:
    """Whether this was told and taken, and nothing says that it is not followed: then the next renewal will do."""
    commanded = memory.commanded
    same = (
        commanded is not None
        and memory.acknowledged == commanded
        and commanded.current_a == current_a
        and commanded.form == context.form
    )
    return same and memory.compliance.since_s is None


def _make_safe(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """The safe limit under all others, once after each connection and whenever it or the form has changed."""
    form, now_s = replace(context.form, kind="endless"), context.now_s
    safe_a = context.load.failsafe_a
    lies_there = memory.safe_form == form and memory.safe_a == safe_a
    if not form.has_safe_below or lies_there or now_s - memory.safe_sent_s < _again_s(memory.safe_failures):
        return [], memory
    if _waits_for_answer(context, memory) or is_left_alone(memory, now_s):
        return [], memory
    return [context.send(safe_profile(form, context.connector), SAFE)], replace(
        memory, safe_form=form, safe_a=safe_a, safe_sent_s=now_s
    )


def _start(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """A session that has to begin: a car is there, it may charge, and nobody has started it."""
    state, now_s, commanded = context.state, context.now_s, memory.commanded
    if state.on and not _is_off(context, memory):
        return [], replace(memory, starts=0)
    may = state.status in STARTABLE and context.aim.setpoint_a > 0 and commanded is not None and commanded.current_a > 0
    rest_s = backoff_s(START_AGAIN_S, memory.starts - 1, LONGEST_START_S) if memory.starts else 0.0
    if state.on is None or not may or is_left_alone(memory, now_s) or now_s - memory.started_s < rest_s:
        return [], memory
    press = context.press() if memory.starts >= START_TIMES and context.quirks.restarts_by_reset else None
    if press is not None and now_s - memory.recovery.pressed_s >= PRESS_AGAIN_S:
        recovery = replace(memory.recovery, pressed_s=now_s)
        return [press], replace(memory, starts=0, commanded=None, safe_form=None, recovery=recovery)
    switch = context.entity("switch")
    if switch is None:
        return [], memory
    return [switch_call(switch, True)], replace(memory, starts=memory.starts + 1, started_s=now_s)


def _is_off(context: StepContext, memory: OcppMemory) -> bool:
    """Whether the switch says off of a car that does not charge although it may: its status may be an old one."""
    switch, commanded = context.entity("switch"), memory.commanded
    waits = commanded is not None and commanded.current_a > 0 and context.now_s - commanded.first_s >= OFF_S
    still = context.state.status in (Status.PAUSED, Status.SUSPENDED_CAR)
    return waits and still and switch is not None and switch_state(context.view, switch) is False


def _waits_for_answer(context: StepContext, memory: OcppMemory) -> bool:
    return context.open_unit and memory.configuration.open and context.now_s - memory.configuration.at_s < ANSWERS_S


def _is_busy(memory: OcppMemory, now_s: float) -> bool:
    return memory.unanswered_s is not None and now_s - memory.unanswered_s < BUSY_S
