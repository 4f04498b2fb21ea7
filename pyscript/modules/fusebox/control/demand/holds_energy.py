"""Hold rules for what changes by itself: energy that comes and goes, and room that the house takes back.

They are evaluated once the shares are known.
"""

from __future__ import annotations

from ... import tuning
from ...model.messages.message import message
from .hold import Held, HoldContext, later, on, runs


def energy_comes_back(context: HoldContext) -> Held | None:
    """Keep a running load on for `stop_after_s` after its budget stopped covering its minimum: clouds pass."""
    demand, load, now_s = context.demand, context.load, context.now_s
    if context.energy is None or demand.budget_ok or demand.hold is not None or not demand.fits:
        return None
    if not runs(demand, context.past):
        return None
    since_s = context.past.patience.budget_short_since_s
    left_s = (now_s if since_s is None else since_s) + load.stop_after_s - now_s
    if left_s <= 0:
        return None
    energy = context.energy.energy
    until = context.clock(now_s + left_s)
    if context.squeezed:
        return on(message("kept_while_others_go_first", energy=energy, until=until))
    if load.on_off:
        return on(message("kept_without_energy", energy=energy, until=until))
    return on(message("held_without_energy", min_a=demand.min_a, energy=energy, until=until))


def energy_lasts(context: HoldContext) -> Held | None:
    """Delay a start until the budget has covered the minimum for `start_after_s`, longer after recent stops."""
    past, now_s = context.past, context.now_s
    if context.energy is None or context.demand.hold is not None:
        return None
    since_s = now_s if past.patience.budget_ok_since_s is None else past.patience.budget_ok_since_s
    stops = sum(now_s - stop_s < tuning.FORGET_S for stop_s in past.patience.budget_stops_s)
    longer = 2 ** min(max(stops - 1, 0), tuning.KNOWN_TIMES)
    left_s = since_s + context.load.start_after_s * longer - now_s
    if left_s <= 0:
        return None
    energy, until = context.energy.energy, context.clock(now_s + left_s)
    if stops <= 1:
        return later(message("energy_must_last", energy=energy, until=until))
    window_min = tuning.FORGET_S / 60
    return later(message("energy_must_last_longer", energy=energy, until=until, stops=stops, window_min=window_min))


def room_lasts(context: HoldContext) -> Held | None:
    """Delay a start until the minimum has fitted for `HEADROOM_WATCH_S`, as a cycling hob takes its room back."""
    past, now_s, watch_s = context.past, context.now_s, tuning.HEADROOM_WATCH_S
    fits_since_s = now_s if past.patience.fits_since_s is None else past.patience.fits_since_s
    if past.setpoint_a > 0 or now_s - fits_since_s >= watch_s:
        return None
    return later(message("room_must_last", watch_s=watch_s))
