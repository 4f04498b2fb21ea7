"""Hold rules for what changes by itself: energy that comes and goes, and room that the house takes back.

They are evaluated once the shares are known.
"""

from __future__ import annotations

from ... import tuning
from ...model.messages.message import message
from .hold import HoldContext, HoldResult, delay_start, hold_on, is_running


def hold_until_energy_returns(context: HoldContext) -> HoldResult | None:
    """Hold a running load on for `stop_after_s` from when its energy budget fell short of its minimum, as clouds pass.

    On hidden sun it stops earlier, when the grid has paid enough for that.
    None after that time, where no budget is short, where it does not fit under the fuses, and for a load that is off,
    held by another rule, or gains nothing from waiting (`gains_nothing`).
    """
    demand, load, now_s = context.demand, context.load, context.now_s
    if context.energy is None or demand.budget_ok or demand.hold is not None or not demand.fits:
        return None
    if not is_running(demand, context.past) or context.gains_nothing:
        return None
    since_s = context.past.patience.budget_short_since_s
    left_s = min((now_s if since_s is None else since_s) + load.stop_after_s, context.too_costly_s) - now_s
    if left_s <= 0:
        return None
    energy = context.energy.energy
    until = context.clock_text(now_s + left_s)
    if context.squeezed:
        return hold_on(message("kept_while_others_go_first", energy=energy, until=until))
    if load.is_switched:
        return hold_on(message("kept_without_energy", energy=energy, until=until))
    return hold_on(message("held_without_energy", min_a=demand.min_a, energy=energy, until=until))


def delay_until_energy_lasts(context: HoldContext) -> HoldResult | None:
    """Delay a start until the budget has covered the minimum for `start_after_s`; None once it has.

    The time doubles with each stop for lack of energy in the last `FORGET_S` but the first, up to `KNOWN_TIMES` times.
    None without a budget, and for a load that another rule holds or that tests for hidden sun.
    """
    past, now_s = context.past, context.now_s
    if context.energy is None or context.demand.hold is not None or context.tests_sun:
        return None
    since_s = now_s if past.patience.budget_ok_since_s is None else past.patience.budget_ok_since_s
    stops = sum(now_s - stop_s < tuning.FORGET_S for stop_s in past.patience.budget_stops_s)
    longer = 2 ** min(max(stops - 1, 0), tuning.KNOWN_TIMES)
    left_s = since_s + context.load.start_after_s * longer - now_s
    if left_s <= 0:
        return None
    energy, until = context.energy.energy, context.clock_text(now_s + left_s)
    if stops <= 1:
        return delay_start(message("energy_must_last", energy=energy, until=until))
    window_min = tuning.FORGET_S / 60
    return delay_start(
        message("energy_must_last_longer", energy=energy, until=until, stops=stops, window_min=window_min)
    )


def delay_until_room_lasts(context: HoldContext) -> HoldResult | None:
    """Delay a start until the minimum has fitted for `HEADROOM_WATCH_S`, as a cycling hob takes its room back.

    None once it has, and for a load whose setpoint is above 0.
    """
    past, now_s, watch_s = context.past, context.now_s, tuning.HEADROOM_WATCH_S
    fits_since_s = now_s if past.patience.fits_since_s is None else past.patience.fits_since_s
    if past.setpoint_a > 0 or now_s - fits_since_s >= watch_s:
        return None
    return delay_start(message("room_must_last", watch_s=watch_s, **context.minimum))
