"""The messages for why a load may not run, whatever its mode: no grid, not usable, stopped by its user or a limit."""

from __future__ import annotations

from ...model.electrics import DUST
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.site import Site
from ...model.snapshot import LoadState, Status
from ..limits.island import needs_grid


def manual_stop_message(state: LoadState, past: LoadMemory, min_a: float) -> str:
    """Return the message for a load that its user switched off or set below its minimum; "" for neither.

    A limit counts only while the device's current can be set.
    """
    if past.manual.off:
        return message("off_by_hand")
    limit_a = past.manual.limit_a
    if limit_a is None or limit_a + DUST >= min_a or not state.offer_is_set:
        return ""
    return message("set_below_minimum_by_hand", limit_a=limit_a, min_a=min_a)


def grid_gone_message(site: Site, load: Load) -> str:
    """Return the message of a load that may not run without the grid, "" where it may, or the grid is there."""
    return message("grid_is_gone") if needs_grid(site, load) else ""


def session_stop_message(load: Load) -> str:
    """Return the message of the limit at which a load's session was stopped, "" where none was.

    Also "" in the modes `boost` and `off`, which that limit does not concern.
    """
    return "" if load.stopped is None or load.mode in (Mode.BOOST, Mode.OFF) else load.stopped


def unusable_message(state: LoadState) -> str:
    """Return the message for why a load can use no power now (unavailable, fault, full, no car), "" when it can.

    The device's own reason comes before "not allowed" and "no car".
    """
    if not state.available:
        return message("unavailable")
    if state.status is Status.FAULT:
        return message("device_fault")
    if state.status is Status.FULL:
        return state.idle_reason or message("car_full")
    if state.can_use_power:
        return ""
    if state.idle_reason:
        return state.idle_reason
    idle = state.status in (Status.CONNECTED, Status.CHARGING, Status.PAUSED)
    return message("not_allowed_to_charge") if idle else message("no_car")
