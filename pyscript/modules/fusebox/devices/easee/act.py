"""Commands to an Easee charger: its limit, renewed before it expires, and a pause when it ignores 0 A."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ... import tuning
from ...model.durations import MINUTES_AN_HOUR, NEVER_S
from ...model.electrics import DUST, MIN_CHARGE_A
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import Aim, ServiceCall


@dataclass(frozen=True, slots=True)
class EaseeMemory:
    """What was sent to an Easee charger, and when; times are in seconds since 1970."""

    amps: int | None = None
    """The limit last sent [A], None before the first."""
    told_s: float = NEVER_S
    """When the limit was last sent."""
    since_s: float = NEVER_S
    """Since when it is that limit."""
    lasts_s: float = 0.0
    """How long the limit last sent is valid [s]."""
    failed_s: float = NEVER_S
    """When the cloud last rejected a limit."""
    paused_s: float = NEVER_S
    """When it was paused beyond its limit, never while it is not."""
    asked_s: float = NEVER_S
    """When a pause or its end was last requested."""
    restart: bool = False
    """Whether a person wants the charger restarted."""


def next_calls(
    load: Load, view: View, state: LoadState, aim: Aim, past: EaseeMemory | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], EaseeMemory]:
    """Return the calls of this step, in order, and the memory that records them; none while unavailable.

    A requested restart is the only call of its step.
    """
    memory = past or EaseeMemory()
    if not state.available:
        return (), memory
    calls: list[ServiceCall] = []
    if memory.restart:
        return (_link_call(load, "restart"),), replace(memory, restart=False)
    limit, memory = _limit_if_due(load, state, aim, memory, view.now_s)
    calls += limit
    pause, memory = _pause_or_resume(load, state, aim, memory, view.now_s)
    return (*calls, *pause), memory


def _limit_if_due(
    load: Load, state: LoadState, aim: Aim, memory: EaseeMemory, now_s: float
) -> tuple[list[ServiceCall], EaseeMemory]:
    """Return the call that sets or renews the limit, if one is due, and the memory that records it.

    Due are a commanded current, rounded down to whole amps, another limit than the last, and a renewal before it ends.
    """
    minutes = _limit_duration_min(load, state)
    asked_a = None if aim.command is None else aim.command.current_a
    wanted = _limit_to_renew_a(state, aim, memory) if asked_a is None else math.floor(asked_a + DUST)
    if asked_a is None and wanted == memory.amps and not _is_renewal_due(memory, minutes, now_s):
        return [], memory
    urgent = aim.command is not None and aim.command.urgent
    device = load.device
    lines = len(load.phases) if aim.lines_told is None else aim.lines_told
    call = _link_call(
        load, "limit", site=device["site"], circuit_id=device["circuit_id"], amps=wanted, phases=lines,
        minutes=minutes, urgent=urgent,
    )  # fmt: skip
    since_s = memory.since_s if memory.amps == wanted else now_s
    return [call], replace(memory, amps=wanted, told_s=now_s, since_s=since_s, lasts_s=60.0 * minutes)


def _limit_to_renew_a(state: LoadState, aim: Aim, memory: EaseeMemory) -> int:
    """Return the limit for a renewal [A]: the last one; at first the setpoint, or the minimum for an arriving car.

    During a fault the limit is at most the minimum charging current, because no decision is made then.
    """
    if memory.amps is None:
        return math.floor(aim.setpoint_a + DUST) if state.can_use_power else int(MIN_CHARGE_A)
    return min(memory.amps, int(MIN_CHARGE_A)) if state.status is Status.FAULT else memory.amps


def _is_renewal_due(memory: EaseeMemory, minutes: int, now_s: float) -> bool:
    """Return whether the limit is to be sent again: it has half expired, failed some time ago, or lasts too long."""
    if memory.lasts_s > 60.0 * minutes:
        return True
    if memory.failed_s >= memory.told_s:
        return not 0 <= now_s - memory.failed_s < tuning.RETRY_S
    return not 0 <= now_s - memory.told_s < memory.lasts_s / 2


def _limit_duration_min(load: Load, state: LoadState) -> int:
    """Return after how many minutes a limit expires; an hour at least while no car can charge."""
    own = int(load.number("ttl_min"))
    return own if state.can_use_power else max(own, MINUTES_AN_HOUR)


def _pause_or_resume(
    load: Load, state: LoadState, aim: Aim, memory: EaseeMemory, now_s: float
) -> tuple[list[ServiceCall], EaseeMemory]:
    """Return the call that pauses a charger which ignores 0 A, or resumes it once it may charge; and the memory.

    It is paused after `LASTING_S`, sooner over a fuse, and asked again after `SILENT_S`. Only a pause of ours is
    resumed.
    """
    draw_a = max((a for a in state.draw_a if a is not None), default=0.0)
    waits = 0 <= now_s - memory.asked_s < tuning.SILENT_S
    if aim.setpoint_a <= 0:
        ignores_s = tuning.FOLLOW_LATEST_S if aim.over_fuse else tuning.LASTING_S
        ignores = memory.amps == 0 and now_s - memory.since_s >= ignores_s and draw_a > tuning.DRAWS_A
        if not ignores or waits:
            return [], memory
        return [_link_call(load, "pause", urgent=True)], replace(memory, paused_s=now_s, asked_s=now_s)
    if memory.paused_s == NEVER_S:
        return [], memory
    if state.status is Status.CHARGING or not state.can_use_power:
        return [], replace(memory, paused_s=NEVER_S)
    if waits and memory.asked_s != memory.paused_s:
        return [], memory
    return [_link_call(load, "resume")], replace(memory, asked_s=now_s)


def _link_call(load: Load, service: str, **data: object) -> ServiceCall:
    """Return the call of a service of Easee's link for this charger."""
    return ServiceCall("easee", service, {"charger": load.device["charger"], **data})
