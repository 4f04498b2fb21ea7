"""Why a load that is off may not start yet. Rules in the order in which they are asked."""

from __future__ import annotations

from ...model.ceiling import Ceiling
from ..limits import fuse_budget
from ..limits.load_envelope import begins_in_vain, rest_s
from .hold import Held, HoldContext, Rule, off, off_until


def device_waits(context: HoldContext) -> Held | None:
    """Its own kind says that it may not start yet: a tank of which nobody knows the temperature."""
    need = context.past.switched.need
    return off(need.waits) if context.load.on_off and need is not None and need.waits else None


def minimum_off_time(context: HoldContext) -> Held | None:
    """Compressors and relays wear with each start; one that a spent window has stopped rests for longer each time."""
    load, past, now_s = context.load, context.past, context.now_s
    if not load.on_off:
        return None
    spent = context.paused and any(c.bears_s is not None and c.name == past.patience.paused_by for c in context.over)
    off_s = rest_s(load, past.timing.starts_s, now_s) if spent else load.min_off_s
    longer = "" if off_s <= load.min_off_s else f", longer after several stops by {past.patience.paused_by}"
    return off_until(
        context, past.timing.switched_s + off_s, "stays off until", f": it rests after a stop (min_off_s){longer}"
    )


def starts_a_day(context: HoldContext) -> Held | None:
    """Its user has bounded how often it starts."""
    load = context.load
    if not load.on_off or load.max_starts_per_day is None:
        return None
    started = sum(1 for s in context.past.timing.starts_s if s >= context.day_began_s)
    if started < load.max_starts_per_day:
        return None
    return off(f"has started {'once' if started == 1 else f'{started} times'} today")


def fuse_cools_down(context: HoldContext) -> Held | None:
    """Hold a load that an exhausted fuse has paused until that fuse has recovered, unless its start cools the fuse."""
    if context.load.on_off or not context.paused:
        return None
    hot = {name for name, fuse in context.demand.exhausted_fuses.items() if not fuse_budget.recovered(fuse)}
    held_by = next((c.name for c in context.over if c.name in hot and not _cools(c, context)), None)
    return None if held_by is None else off(f"paused until {held_by} has cooled down")


def _cools(fuse: Ceiling, context: HoldContext) -> bool:
    """Whether less would flow through a fuse, in or out, with the load at its minimum: while power is exported."""
    return fuse.weights[context.load.name] * context.demand.min_a < 2 * fuse.exported_a


def pause(context: HoldContext) -> Held | None:
    """Cars give up after many pauses: one that is paused stays so, until its minimum has fitted for as long."""
    load, past, now_s = context.load, context.past, context.now_s
    if load.on_off or not context.paused or context.is_released:
        return None
    fits = context.demand.fits
    fits_since_s = past.patience.fits_since_s if fits and past.patience.fits_since_s is not None else now_s
    if fits and any(c.bears_s is not None and c.name == past.patience.paused_by for c in context.over):
        fits_since_s = now_s - load.pause_s  # what such a limit leaves has been thought through to its end
    by = f" by {past.patience.paused_by}" if past.patience.paused_by else ""
    if not fits and load.pause_s > 0:
        return off(f"paused{by} until its minimum has fitted for {load.pause_s / 60:.3g} min")
    return off_until(context, max(past.patience.paused_s, fits_since_s) + load.pause_s, f"paused{by} until at least")


def would_soon_stop(context: HoldContext) -> Held | None:
    """Nothing begins in a window that would have to stop it again soon."""
    for ceiling in context.over:
        running_a = sum(ceiling.weights[name] * a for name, a in context.running.items() if name in ceiling.weights)
        if begins_in_vain(ceiling, context.load, context.demand.min_a, running_a):
            return off(f"waits: {ceiling.name} would soon stop it again")
    return None


HOLDS_OFF: tuple[Rule, ...] = (
    device_waits,
    minimum_off_time,
    starts_a_day,
    fuse_cools_down,
    pause,
    would_soon_stop,
)
