"""What a charge point is told now: asked, made safe, limited, renewed, and started where a session has to begin."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState
from ..driver import Aim, ServiceCall
from .answers import SLOTS_KEY, STACK_KEY, UNIT_KEY
from .context import StepContext
from .limits import limited, made_safe
from .memory import OcppMemory
from .observation import QUIET
from .recovery import is_stuck, pressed, recovered, with_time
from .start import started
from .strategy import form_of, is_unit_open, quirks_seen


def act(
    load: Load, view: View, state: LoadState, aim: Aim, past: OcppMemory | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], OcppMemory]:
    """The calls of this step, in order, and the memory that knows of them."""
    memory = past or OcppMemory()
    memory = replace(memory, phases=replace(memory.phases, metered=aim.lines))
    if not state.available:
        return (), memory
    memory = replace(memory, recovery=with_time(memory.recovery, view.now_s))
    quirks = quirks_seen(load, view)
    form, unit_is_open = form_of(load, memory, quirks), is_unit_open(load, memory, quirks)
    context = StepContext(load, view, state, aim, form, quirks, unit_is_open, voltage_v)
    if state.status in QUIET:
        return _revived(context, memory)
    # A cut goes first; else nothing is allowed before there is something to fall back to.
    # A safe limit that was refused holds no other back: what stands behind a call that fails is not sent.
    hurries = memory.safe_failures > 0 or (aim.command is not None and aim.command.urgent)
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
    return (press,), replace(memory, commanded=None, safe_form=None, recovery=recovery)


def _ask(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """What it can do; once for each connection, and again where no answer came."""
    asked = memory.configuration
    if asked.times >= tuning.OCPP_ASK_TIMES or context.now_s - asked.at_s < tuning.OCPP_ASK_AGAIN_S:
        return [], memory
    keys = [UNIT_KEY] if context.unit_is_open else []
    keys += [STACK_KEY] if asked.most_stack is None else []
    keys += [SLOTS_KEY] if asked.slots is None else []
    asked = replace(asked, times=asked.times + 1, at_s=context.now_s, open=bool(keys), last=keys[-1] if keys else "")
    return [context.call("get_configuration", ocpp_key=key) for key in keys], replace(memory, configuration=asked)
