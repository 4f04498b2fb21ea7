"""Setpoints + snapshot -> only the commands that change something, and what was sent, for verification.

The device is believed, not the command: what it is seen at is compared with what it should be at, each step anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .decision import Command
from .electrics import floor_to_step
from .memory import LoadMemory
from .site import Load, Site
from .smoothing import Setpoint
from .snapshot import LoadState, Snapshot, Status, least_a

RESEND_S = 10.0
"""A device that does not show a command after this long gets it again."""

SAME_A = 0.05
"""Currents this close are the same: devices round what they are told."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a device should be at; None leaves it alone."""

    current_a: float | None = None
    on: bool | None = None


def commands_for(
    site: Site,
    snapshot: Snapshot,
    setpoints: Mapping[str, Setpoint],
    remembered: Mapping[str, LoadMemory],
) -> tuple[tuple[Command, ...], Mapping[str, LoadMemory]]:
    """Commands in the order to send them, cuts first, and the memories that know of them."""
    commands, after = [], dict(remembered)
    for load in site.loads:
        state = snapshot.loads.get(load.name)
        if state is None or not state.available:
            continue
        setpoint, past = setpoints[load.name], _acknowledged(remembered[load.name], state)
        after[load.name] = past
        wanted = _difference(state, past, _aim(load, state, setpoint.amps), setpoint.may_raise)
        command = _due(load, past, wanted, state, snapshot.now_s)
        if command is None:
            continue
        commands.append(command)
        after[load.name] = replace(
            past,
            sent_a=past.sent_a if command.current_a is None else command.current_a,
            sent_on=past.sent_on if command.on is None else command.on,
            sent_s=snapshot.now_s,
            told=(*past.told, (snapshot.now_s, command.current_a, command.on)),
        )
    commands.sort(key=lambda command: not command.urgent)
    return tuple(commands), after


def _aim(load: Load, state: LoadState, setpoint_a: float) -> _Aim:
    if load.on_off:
        return _Aim(on=setpoint_a > 0)
    lowest_a, base_a, grain_a = least_a(load, state), state.floor_a or 0.0, state.grain_a or 0.0
    if setpoint_a > 0:
        return _Aim(floor_to_step(setpoint_a, grain_a, base_a), True if state.switched else None)
    if state.status is Status.FAULT:
        return _Aim()
    # Whatever starts next starts at the minimum: a car that is plugged in does not jump to yesterday's current.
    parked_a = None if state.offer_a is None else min(state.offer_a, lowest_a)
    if not state.takes_part:
        return _Aim(parked_a)
    if state.switched:
        return _Aim(parked_a, False)
    # Without a switch only a number that goes down to nothing can pause it; between that and 6 A no car is defined.
    return _Aim(parked_a if base_a > 0 else 0.0)


def _difference(state: LoadState, past: LoadMemory, aim: _Aim, may_raise: bool) -> _Aim:
    """What of the aim the device does not show yet, less what would raise it now.

    A raise that was sent and is not shown yet may still arrive: it has to be taken back as if it had.
    """
    current_a, on, shown_a = aim.current_a, aim.on, state.offer_a
    if current_a is not None and shown_a is not None:
        if past.sent_a is not None and past.sent_a > current_a + SAME_A:
            current_a = current_a if may_raise else min(current_a, shown_a)
        elif abs(current_a - shown_a) < SAME_A or (current_a > shown_a and not may_raise):
            current_a = None
    elif not may_raise:
        current_a = None
    if on is not None:
        shown_so = state.on is on and past.sent_on in (None, on)
        if shown_so or (on and not may_raise):
            on = None
    return _Aim(current_a, on)


def _due(load: Load, past: LoadMemory, wanted: _Aim, state: LoadState, now_s: float) -> Command | None:
    """The command for it, unless the same was sent a moment ago or the device may not be written to yet."""
    since_s, interval_s = now_s - past.sent_s, _min_write_s(load)
    could_a = max(state.offer_a or 0.0, past.sent_a or 0.0)
    urgent = wanted.on is False or (wanted.on is None and wanted.current_a is not None and wanted.current_a < could_a)
    # A cut that has not arrived is repeated soon; a raise leaves a slow device its time.
    under_way = since_s < (RESEND_S if urgent else max(RESEND_S, interval_s))
    current_a = None if under_way and wanted.current_a == past.sent_a else wanted.current_a
    on = None if under_way and wanted.on is past.sent_on else wanted.on
    if (current_a is None and on is None) or (not urgent and since_s < interval_s):
        return None
    return Command(load.name, current_a, on, urgent)


def _acknowledged(past: LoadMemory, state: LoadState) -> LoadMemory:
    """The memory without the part of the last command that the device shows: should it move away again, that is new."""
    arrived_a = past.sent_a is not None and state.offer_a is not None and abs(past.sent_a - state.offer_a) < SAME_A
    arrived_on = past.sent_on is not None and past.sent_on is state.on
    if not arrived_a and not arrived_on:
        return past
    return replace(past, sent_a=None if arrived_a else past.sent_a, sent_on=None if arrived_on else past.sent_on)


def _min_write_s(load: Load) -> float:
    value = load.device.get("min_write_s")
    return float(value) if isinstance(value, int | float) else 0.0
