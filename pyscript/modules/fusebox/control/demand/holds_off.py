"""Why a load that is off may not start yet. Rules in the order in which they are evaluated."""

from __future__ import annotations

from ...model.ceiling import Ceiling
from ...model.messages.message import message
from ..limits import fuse_budget
from ..limits.load_envelope import begins_in_vain, rest_s
from .hold import Held, HoldContext, Rule, off, off_until


def device_waits(context: HoldContext) -> Held | None:
    """Hold a switched load off while its kind forbids a start, such as a tank of unknown temperature."""
    need = context.past.switched.need
    return off(need.waits) if context.load.on_off and need is not None and need.waits else None


def minimum_off_time(context: HoldContext) -> Held | None:
    """Hold a switched load off for `min_off_s`, as starts wear it; longer each time a used-up window stopped it."""
    load, past, now_s = context.load, context.past, context.now_s
    if not load.on_off:
        return None
    spent = context.paused and any(c.bears_s is not None and c.name == past.patience.paused_by for c in context.over)
    off_s = rest_s(load, past.timing.starts_s, now_s) if spent else load.min_off_s
    until_s = past.timing.switched_s + off_s
    if off_s <= load.min_off_s:
        return off_until(context, until_s, "minimum_off_time")
    return off_until(context, until_s, "minimum_off_time_doubled", limit=past.patience.paused_by)


def starts_a_day(context: HoldContext) -> Held | None:
    """Hold a switched load off once it has started `max_starts_per_day` times today."""
    load = context.load
    if not load.on_off or load.max_starts_per_day is None:
        return None
    started = sum(1 for s in context.past.timing.starts_s if s >= context.day_began_s)
    if started < load.max_starts_per_day:
        return None
    return off(message("started_once_today") if started == 1 else message("starts_used_up", starts=started))


def fuse_cools_down(context: HoldContext) -> Held | None:
    """Hold a load that an exhausted fuse has paused until that fuse has recovered, unless its start cools the fuse."""
    if context.load.on_off or not context.paused:
        return None
    hot = {name for name, fuse in context.demand.exhausted_fuses.items() if not fuse_budget.has_recovered(fuse)}
    held_by = next((c.name for c in context.over if c.name in hot and not _cools(c, context)), None)
    return None if held_by is None else off(message("fuse_cools_down", limit=held_by))


def _cools(fuse: Ceiling, context: HoldContext) -> bool:
    """Return whether less current would flow through a fuse with the load at its minimum, because power is exported."""
    return fuse.weights[context.load.name] * context.demand.min_a < 2 * fuse.exported_a


def pause(context: HoldContext) -> Held | None:
    """Hold a paused charger off until its minimum has fitted for `pause_s`, because cars give up after many pauses."""
    load, past, now_s = context.load, context.past, context.now_s
    if load.on_off or not context.paused or context.is_released:
        return None
    fits = context.demand.fits
    fits_since_s = past.patience.fits_since_s if fits and past.patience.fits_since_s is not None else now_s
    if fits and any(c.bears_s is not None and c.name == past.patience.paused_by for c in context.over):
        fits_since_s = now_s - load.pause_s  # such a limit is computed to the end of its window
    by = past.patience.paused_by
    if not fits and load.pause_s > 0:
        pause_min = load.pause_s / 60
        if not by:
            return off(message("paused_until_it_fits", pause_min=pause_min))
        return off(message("paused_by_until_it_fits", limit=by, pause_min=pause_min))
    until_s = max(past.patience.paused_s, fits_since_s) + load.pause_s
    return (
        off_until(context, until_s, "paused_by_until", limit=by) if by else off_until(context, until_s, "paused_until")
    )


def would_soon_stop(context: HoldContext) -> Held | None:
    """Hold a load off where a tariff window would soon have to stop it again."""
    for ceiling in context.over:
        running_a = sum(ceiling.weights[name] * a for name, a in context.running.items() if name in ceiling.weights)
        if begins_in_vain(ceiling, context.load, context.demand.min_a, running_a):
            return off(message("would_soon_stop", limit=ceiling.name))
    return None


HOLDS_OFF: tuple[Rule, ...] = (
    device_waits,
    minimum_off_time,
    starts_a_day,
    fuse_cools_down,
    pause,
    would_soon_stop,
)
