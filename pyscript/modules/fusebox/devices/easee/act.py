"""What an Easee charger is told now: its limit, in time before that ends, and a pause where 0 A is ignored."""

from __future__ import annotations

import math
from dataclasses import replace

from ... import tuning
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import Aim, ServiceCall
from .memory import Kept


def act(
    load: Load, view: View, state: LoadState, aim: Aim, past: Kept | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], Kept]:
    """The calls of this step, in order, and the memory that knows of them."""
    kept = past or Kept()
    if not state.available:
        return (), kept
    calls: list[ServiceCall] = []
    if kept.restart:
        return (_call(load, "restart"),), replace(kept, restart=False)
    limit, kept = _limit(load, state, aim, kept, view.now_s)
    calls += limit
    pause, kept = _pause(load, state, aim, kept, view.now_s)
    return (*calls, *pause), kept


def _limit(load: Load, state: LoadState, aim: Aim, kept: Kept, now_s: float) -> tuple[list[ServiceCall], Kept]:
    minutes = _minutes(load, state)
    asked_a = None if aim.command is None else aim.command.current_a
    wanted = _wanted(state, aim, kept) if asked_a is None else math.floor(asked_a + tuning.DUST)
    if asked_a is None and wanted == kept.amps and not _is_due(kept, minutes, now_s):
        return [], kept
    urgent = aim.command is not None and aim.command.urgent
    device = load.device
    call = _call(
        load, "limit", site=device["site"], circuit_id=device["circuit_id"], amps=wanted, phases=len(load.phases),
        minutes=minutes, urgent=urgent,
    )  # fmt: skip
    since_s = kept.since_s if kept.amps == wanted else now_s
    return [call], replace(kept, amps=wanted, told_s=now_s, since_s=since_s, lasts_s=60.0 * minutes)


def _wanted(state: LoadState, aim: Aim, kept: Kept) -> int:
    """What a renewal says: what was told last; at first what it should be at, or a start for a car that comes. While it
    reports a fault nobody decides about it: it is told no more than a start."""
    if kept.amps is None:
        return math.floor(aim.setpoint_a + tuning.DUST) if state.can_use_power else tuning.EASEE_PARKED_A
    return min(kept.amps, tuning.EASEE_PARKED_A) if state.status is Status.FAULT else kept.amps


def _is_due(kept: Kept, minutes: int, now_s: float) -> bool:
    if kept.lasts_s > 60.0 * minutes:
        return True
    if kept.failed_s >= kept.told_s:
        return not 0 <= now_s - kept.failed_s < tuning.EASEE_RETRY_S
    return not 0 <= now_s - kept.told_s < kept.lasts_s * tuning.RENEWED_AT_SHARE


def _minutes(load: Load, state: LoadState) -> int:
    ttl = load.device["ttl_min"]
    own = int(ttl) if isinstance(ttl, int | float) else 1
    return own if state.can_use_power else max(own, tuning.EASEE_PARKED_MIN)


def _pause(load: Load, state: LoadState, aim: Aim, kept: Kept, now_s: float) -> tuple[list[ServiceCall], Kept]:
    """A pause by command for a charger that ignores 0 A, and its end when it may charge again."""
    draw_a = max((a for a in state.draw_a if a is not None), default=0.0)
    waits = 0 <= now_s - kept.asked_s < tuning.EASEE_PAUSE_AGAIN_S
    if aim.setpoint_a <= 0:
        ignores_s = tuning.EASEE_IGNORES_OVER_S if aim.over_fuse else tuning.EASEE_IGNORES_S
        ignores = kept.amps == 0 and now_s - kept.since_s >= ignores_s and draw_a > tuning.EASEE_IGNORES_A
        if not ignores or waits:
            return [], kept
        return [_call(load, "pause", urgent=True)], replace(kept, paused_s=now_s, asked_s=now_s)
    if kept.paused_s == NEVER_S:
        return [], kept
    if state.status is Status.CHARGING or not state.can_use_power:
        return [], replace(kept, paused_s=NEVER_S)
    if waits and kept.asked_s != kept.paused_s:
        return [], kept
    return [_call(load, "resume")], replace(kept, asked_s=now_s)


def _call(load: Load, service: str, **data: object) -> ServiceCall:
    return ServiceCall("easee", service, {"charger": load.device["charger"], **data})
