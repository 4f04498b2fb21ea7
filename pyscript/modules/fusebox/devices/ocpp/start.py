"""A session that has to begin: told to, and told again; one that only a reset lets begin is reset."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.durations import backoff_s
from ...model.snapshot import Status
from ..driver import ServiceCall, switch_call, switch_state
from .context import StepContext
from .memory import OcppMemory
from .recovery import is_left_alone, pressed

STARTABLE = frozenset({Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.CHARGING})
"""A car is there, and a session may begin."""


def started(context: StepContext, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """A session that has to begin: a car is there, it may charge, and nobody has started it."""
    state, now_s, commanded = context.state, context.now_s, memory.commanded
    if state.on and not _is_off(context, memory):
        return [], replace(memory, starts=0)
    may = state.status in STARTABLE and context.aim.setpoint_a > 0 and commanded is not None and commanded.current_a > 0
    wait_s = backoff_s(tuning.OCPP_START_AGAIN_S, memory.starts - 1, tuning.OCPP_START_LONGEST_S)
    rest_s = wait_s if memory.starts else 0.0
    if state.on is None or not may or is_left_alone(memory) or now_s - memory.started_s < rest_s:
        return [], memory
    press = context.press() if memory.starts >= tuning.OCPP_START_TIMES and context.quirks.restarts_by_reset else None
    if press is not None and now_s - memory.recovery.pressed_s >= tuning.OCPP_PRESS_AGAIN_S:
        recovery = pressed(memory.recovery, now_s)
        return [press], replace(memory, starts=0, commanded=None, safe_form=None, recovery=recovery)
    switch = context.entity("switch")
    if switch is None:
        return [], memory
    return [switch_call(switch, True)], replace(memory, starts=memory.starts + 1, started_s=now_s)


def _is_off(context: StepContext, memory: OcppMemory) -> bool:
    """Whether the switch says off of a car that does not charge although it may: its status may be an old one."""
    switch, commanded = context.entity("switch"), memory.commanded
    waits = commanded is not None and commanded.current_a > 0 and context.now_s - commanded.first_s >= tuning.OCPP_OFF_S
    still = context.state.status in (Status.PAUSED, Status.SUSPENDED_CAR)
    return waits and still and switch is not None and switch_state(context.view, switch) is False
