"""Why a load that is off may not start yet: rules in the order in which they are evaluated. And why one may not run.

The latter are messages that count in any mode: no grid, not usable, stopped by its user or a limit.
"""

from __future__ import annotations

from ...model.decision import Demand, Hold
from ...model.electrics import DUST, number_text
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import LoadState, Status
from ..limits import fuse_budget
from ..limits.island import needs_grid
from ..limits.load_envelope import off_time_after_stop_s, would_stop_again_soon
from .hold import HoldContext, HoldRule


def hold_off_while_start_forbidden(context: HoldContext) -> Demand | None:
    """Hold an on/off load off while its appliance forbids a start, as for a tank of unknown temperature; else None."""
    need = context.past.switched.need
    if not context.load.on_off or need is None or not need.no_start_reason:
        return None
    return fast_replace(context.demand, hold=Hold.OFF, reason=need.no_start_reason)


def hold_off_after_grid_return(context: HoldContext) -> Demand | None:
    """Hold a load off for `pause_s` after the grid has returned, because everything in the house starts then.

    None if the grid was never gone, and while it is for a load that may run without it.
    """
    return context.hold_off_until(context.island_s + context.load.pause_s, "grid_is_back")


def hold_off_for_minimum_time(context: HoldContext) -> Demand | None:
    """Hold an on/off load off for `min_off_s` after its last switching, as starts wear it; None for any other.

    The time doubles with its starts of the last hour where an energy limit stopped it. None once that time has passed.
    """
    load, past, now_s = context.load, context.past, context.now_s
    if not load.on_off:
        return None
    by_energy_limit = context.is_paused and context.is_paused_by_energy_limit
    off_s = off_time_after_stop_s(load, past.timing.starts_s, now_s) if by_energy_limit else load.min_off_s
    until_s = past.timing.switched_s + off_s
    if off_s <= load.min_off_s:
        return context.hold_off_until(until_s, "minimum_off_time", min_off_s=load.min_off_s)
    return context.hold_off_until(until_s, "minimum_off_time_doubled", limit=past.patience.paused_by)


def hold_off_after_daily_starts(context: HoldContext) -> Demand | None:
    """Hold an on/off load off once it has started `max_starts_per_day` times since local midnight, else None.

    None without such a limit, and for any other load.
    """
    load = context.load
    if not load.on_off or load.max_starts_per_day is None:
        return None
    started = context.past.timing.starts_since(context.day_began_s)
    if started < load.max_starts_per_day:
        return None
    return context.hold_off("started_once_today" if started == 1 else "starts_used_up", starts=started)


def hold_off_until_fuse_cools(context: HoldContext) -> Demand | None:
    """Hold a paused charger off until the exhausted fuses above it have recovered.

    None for a load on or off, for a charger that was not paused, and where a fuse exports so much that the start lowers
    its current.
    """
    if context.load.on_off or not context.is_paused:
        return None
    hot = {name for name, fuse in context.demand.exhausted_fuses.items() if not fuse_budget.has_recovered(fuse)}
    for fuse in context.over:
        if fuse.name in hot and fuse.weights[context.load.name] * context.demand.min_a >= 2 * fuse.exported_a:
            return context.hold_off("fuse_cools_down", limit=fuse.name)
    return None


def hold_off_during_pause(context: HoldContext) -> Demand | None:
    """Hold a paused charger off until it has been paused, and its minimum has fitted, for `pause_s`.

    Cars give up after many pauses. Where a limit on energy paused it, only the length of the pause counts, because that
    limit is computed to the end of its window. While the minimum does not fit, the message has no time. None for an
    on/off load, without a pause, and once the limit that paused it is no longer in CONFIG.
    """
    load, past, now_s = context.load, context.past, context.now_s
    if load.on_off or not context.is_paused or context.is_released:
        return None
    fits = context.demand.fits
    fits_since_s = past.patience.fits_since_s if fits and past.patience.fits_since_s is not None else now_s
    if fits and context.is_paused_by_energy_limit:
        fits_since_s = now_s - load.pause_s
    by = {"limit": past.patience.paused_by} if past.patience.paused_by else {}
    if not fits and load.pause_s > 0:
        pause = f"{number_text(load.pause_s)} s" if load.pause_s % 60 else f"{number_text(load.pause_s / 60)} min"
        code = "paused_by_until_it_fits" if by else "paused_until_it_fits"
        return context.hold_off(code, pause=pause, **by, **context.minimum)
    until_s = max(past.patience.paused_s, fits_since_s) + load.pause_s
    return context.hold_off_until(until_s, "paused_by_until" if by else "paused_until", **by)


def hold_off_if_stopping_soon(context: HoldContext) -> Demand | None:
    """Hold a load off where a limit on energy would soon have to stop it again (`would_stop_again_soon`), else None.

    Also None for a load whose own energy budget is short: that already keeps it off.
    """
    for ceiling in context.over if context.demand.budget_ok else ():
        running_a = sum(ceiling.weights[name] * a for name, a in context.running.items() if name in ceiling.weights)
        if would_stop_again_soon(ceiling, context.load, context.demand.min_a, running_a):
            return context.hold_off("would_soon_stop", limit=ceiling.name)
    return None


HOLDS_OFF: tuple[HoldRule, ...] = (
    hold_off_while_start_forbidden,
    hold_off_after_grid_return,
    hold_off_for_minimum_time,
    hold_off_after_daily_starts,
    hold_off_until_fuse_cools,
    hold_off_during_pause,
    hold_off_if_stopping_soon,
)


def refusal_message(site: Site, load: Load, state: LoadState, past: LoadMemory, min_a: float) -> str:
    """Return why a load may not run now in any mode, "" where it may; `min_a` is its minimum [A].

    In this order: no grid, not usable, stopped by its user, stopped at its session's limit. That limit does not concern
    the modes `boost` and `off`.
    """
    if needs_grid(site, load):
        return message("grid_is_gone")
    stopped = "" if load.stopped is None or load.mode in (Mode.BOOST, Mode.OFF) else load.stopped
    return _unusable_message(state) or _manual_stop_message(load, state, past, min_a) or stopped


def _manual_stop_message(load: Load, state: LoadState, past: LoadMemory, min_a: float) -> str:
    """Return the message for a load that its user switched off or set below its minimum `min_a` [A]; "" for neither.

    A limit counts only while the current that the device displays is a setting (`offer_is_set`). A load in watts
    below its minimum counts as switched off.
    """
    if past.manual.off:
        return message("off_by_hand")
    limit_a = past.manual.limit_a
    if limit_a is None or limit_a + DUST >= min_a or not state.offer_is_set:
        return ""
    code = "off_by_hand" if load.can.in_watts else "set_below_minimum_by_hand"
    return message(code, limit_a=limit_a, min_a=min_a)


def _unusable_message(state: LoadState) -> str:
    """Return the message for why a load can use no power now, "" when it can.

    In this order: unavailable, fault, full, not allowed to charge (while a car is there), no car. The device's own
    reason replaces the last three.
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
