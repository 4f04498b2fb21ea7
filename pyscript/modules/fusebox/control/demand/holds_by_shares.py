"""Hold rules that are evaluated once the shares are known.

For what changes by itself: energy that comes and goes, and headroom that the house takes back. And under `optimized`,
for a charger that would take more from the loads before it than it would get. A car on one phase that holds down a car
on three is the usual case. Both cannot charge well at once, so they take turns: the later one waits for two hours at
most, and may then charge for as long. With a cycling house load (an oven) the answer changes back and forth, so what
counts is how much longer it costs the others than not.
"""

from __future__ import annotations

from ... import tuning
from ...model.decision import Demand, Hold
from ...model.load import Mode
from ...model.load_memory import TurnMemory
from ...model.records import replace_if_changed
from .hold import HoldContext, is_running


def hold_until_energy_returns(context: HoldContext) -> Demand | None:
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
    left_s = min(load.stop_after_s - context.budget_short_s, context.too_costly_s - now_s)
    if left_s <= 0:
        return None
    code = "kept_without_energy" if load.is_switched else "held_without_energy"
    if context.squeezed:
        code = "kept_while_others_go_first"
    until = context.clock_text(now_s + left_s)
    return context.hold_on(code, energy=context.energy.energy, until=until, **context.minimum)


def delay_until_energy_lasts(context: HoldContext) -> Demand | None:
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
    code, energy = "energy_must_last" if stops <= 1 else "energy_must_last_longer", context.energy.energy
    until, window_min = context.clock_text(now_s + left_s), tuning.FORGET_S / 60
    return context.delay_start(code, energy=energy, until=until, stops=stops, window_min=window_min)


def delay_until_headroom_lasts(context: HoldContext) -> Demand | None:
    """Delay a start until the minimum has fitted for `HEADROOM_WATCH_S`, as a cycling hob takes its headroom back.

    That time begins anew while a limit is not measured. None once it has passed, and for a load whose setpoint is above
    0.
    """
    past, now_s, watch_s = context.past, context.now_s, tuning.HEADROOM_WATCH_S
    fits_since_s = now_s if past.patience.fits_since_s is None else past.patience.fits_since_s
    if past.setpoint_a > 0 or now_s - max(fits_since_s, context.measured_since_s) >= watch_s:
        return None
    return context.delay_start("room_must_last", watch_s=watch_s, **context.minimum)


def delay_if_others_lose_more(context: HoldContext) -> Demand | None:
    """Delay a charger while loads before it would lose more to it than it gets; None where it need not wait.

    A charger that is off waits at once, and starts when its balance is 0 or after the longest wait; a running one makes
    way when the balance is full. A load with a plan or in `boost` has a deadline, and a switched load has no lower
    step: these never wait, nor does a load that is held already.
    """
    load, turn, now_s = context.load, context.past.patience.turn, context.now_s
    if context.demand.hold is not None or load.is_switched or load.plan is not None or load.mode is Mode.BOOST:
        return None
    since_s = now_s if turn.waits_since_s is None else turn.waits_since_s
    if now_s - since_s >= tuning.TURN_S:
        return None
    balance_s = net_time_at_cost_s(turn, now_s)
    if is_running(context.demand, context.past) and balance_s < tuning.TURN_CHANGES_S:
        return None
    if context.losers:
        losers, latest = " and ".join(context.losers), context.clock_text(since_s + tuning.TURN_S)
        return context.delay_start("waits_its_turn", until=latest, losers=losers)
    if turn.waits_since_s is None or balance_s <= 0 or is_running(context.demand, context.past):
        return None
    starts = context.clock_text(min(now_s + balance_s, since_s + tuning.TURN_S))
    return context.delay_start("turn_starts_at", until=starts)


def net_time_at_cost_s(turn: TurnMemory, now_s: float) -> float:
    """Return for how much longer a load has cost others more than it gains than not [s], 0 to `TURN_CHANGES_S`."""
    passed_s = now_s - turn.since_s if turn.costs else turn.since_s - now_s
    return min(max(turn.balance_s + passed_s, 0.0), tuning.TURN_CHANGES_S)


def update_turn(past: TurnMemory, demand: Demand, now_s: float) -> TurnMemory:
    """Return the turn memory after a step. A wait begins, with a full balance, when the load is first delayed.

    It ends when the load's own turn, as long as the longest wait (`TURN_S`), is over. Without a demand the memory is
    dropped once its balance is down to 0: a car that is reported unplugged for a moment keeps its turn.
    """
    waits_since_s, balance_s = past.waits_since_s, net_time_at_cost_s(past, now_s)
    if demand.max_a <= 0 and balance_s <= 0:
        return TurnMemory()
    if waits_since_s is not None and now_s - waits_since_s >= 2 * tuning.TURN_S:
        waits_since_s = None
    if waits_since_s is None and demand.costs_others and demand.hold is Hold.LATER:
        waits_since_s, balance_s = now_s, tuning.TURN_CHANGES_S
    elif demand.costs_others is past.costs:
        return replace_if_changed(past, waits_since_s=waits_since_s)
    return TurnMemory(demand.costs_others, now_s, balance_s, waits_since_s)
