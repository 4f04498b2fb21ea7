"""SG-Ready heat pumps: blocked while they do not fit, recommended or forced to run by a surplus. Pure.

They have four states, set by two relays: may run, should run, must run, or may not; never a power. A heat pump stays in
each state for a dwell time, and is blocked for a limited part of the day only. Other loads by signal are treated alike:
"relays" then means what displays their state, such as a thermostat's set point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ... import tuning
from ...model.appliance_memory import BLOCK, FORCE, NORMAL, RECOMMEND, ApplianceNeed, PumpMemory
from ...model.ceiling import Budget, Ceiling
from ...model.data_quality import DataQuality
from ...model.decision import Hold
from ...model.durations import HOUR_S, since
from ...model.electrics import watts
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.local_day import clock_text_rounded_up
from ...model.messages.message import message
from ...model.meter_memory import FuseMemory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.snapshot import LoadState, Snapshot
from ..estimators.usage import with_measured_rating
from ..limits import fuse_budget
from ..limits.energy_budgets import budget_size
from ..limits.island import BATTERY_CAUSE, INVERTER_CAUSE, needs_grid
from ..limits.tariff_limit import DIMMED
from ..modes import MODES
from ..step_context import RampResult, Setpoint, Shares, Situation

LEVELS = (NORMAL, RECOMMEND, FORCE)
"""States by level of surplus, lowest first."""


def update_pump_memory(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """Return the memory of a heat pump updated from what its relays display, with what it needs now and its setpoint.

    Without readable relays only the need is updated. A relay state set by hand is adopted as if commanded, and stays
    for its dwell time; a room stays recommended. None is adopted while unknown commands of before may still arrive,
    such as one that was overtaken. The setpoint is 0 A while it is blocked, is to be blocked or should be off, else a
    token current, or its maximum if its draw is measured.
    """
    now_s = snapshot.now_s
    pump = past.switched.pump or PumpMemory()
    displayed = state.sg
    # A room that displays, though recommended, a set point of neither signal has a person's, after a restart: its
    # thermostat has no fourth state, and its driver reports no other change of this kind.
    is_own_set_point = not load.can.heat_pump and (pump.commanded, displayed) == (RECOMMEND, NORMAL)
    if displayed is not None:
        if displayed == pump.commanded:
            pump = replace(pump, reached=True)
        elif past.manual.sent_before is None if load.can.heat_pump else state.overtaken:
            pump = replace(pump, reached=False)
        elif pump.commanded is None or (pump.reached and not is_own_set_point):
            # It had reached its state and was then set otherwise by hand: that state is kept for its dwell time.
            pump = replace(pump, commanded=displayed, commanded_s=now_s)
        pump = pump.record_block(displayed == BLOCK, now_s)
    need = _compute_pump_need(load, state, pump, snapshot)
    past = replace_within(past, "switched", pump=pump, need=need)
    if displayed is None:
        return past
    rated_a = with_measured_rating(load, past).max_a
    # A pump that should be blocked but has dead relays still runs, so other loads make way for it.
    setpoint_a = 0.0 if BLOCK in (displayed, pump.commanded) or not need.wants else need.amps or rated_a
    return replace_if_changed(past, setpoint_a=setpoint_a)


def _compute_pump_need(load: Load, state: LoadState, pump: PumpMemory, snapshot: Snapshot) -> ApplianceNeed:
    """Return what a heat pump needs now: it always wants power, as in `standard`, except in mode `off`.

    A pump that may run counts with a token current where its draw is not measured, or where it draws nothing and others
    may use its rating until it does. `no_start_reason` and `no_stop_reason`: why its block or normal state cannot end.
    """
    if load.mode is Mode.OFF:
        return ApplianceNeed(str(Mode.OFF), False, message("pump_off" if load.can.heat_pump else "mode_off"))
    now_s, draw_a = snapshot.now_s, state.draw_a.highest
    counts = draw_a is not None and (draw_a > tuning.DRAWS_A or not load.lends_rating)
    amps = None if counts or BLOCK in (state.sg, pump.commanded) else tuning.PUMP_TOKEN_A
    is_used_up = pump.commanded == NORMAL and not _may_block(load, pump, now_s)
    dwell_s, most_min = load.number("dwell_s"), load.number("max_block_s") / 60
    no_start, no_stop = "", message("pump_block_used_up", most_min=most_min) if is_used_up else ""
    reason, has_time = _relay_state_message(load, pump, snapshot), _may_block(load, pump, now_s, by_price=True)
    if pump.commanded == BLOCK:
        until_s = pump.commanded_s + dwell_s
        no_start = _message_until("pump_stays_blocked", until_s, snapshot, dwell_min=dwell_s / 60)
        no_start = no_start or ("" if _may_raise_state(pump, now_s) else reason)
    if load.signal is not None and pump.commanded == BLOCK and _may_block_by_price(load, pump, now_s):
        reason, no_start = "", _message_until("pump_blocked_by_price", load.signal.until_s, snapshot)
    elif pump.commanded == NORMAL and _state_by_price(load, now_s) == BLOCK and not has_time:
        reason = no_stop or message("pump_block_used_up", most_min=most_min, kept_min=most_min / 2)
    return ApplianceNeed(str(Mode.STANDARD), True, reason, amps=amps, no_start_reason=no_start, no_stop_reason=no_stop)


def _relay_state_message(load: Load, pump: PumpMemory, snapshot: Snapshot) -> str:
    """Return the message for the relay state last commanded, "" for the normal state where no price would block it."""
    if pump.commanded == BLOCK:
        return message("pump_blocked", blocked_min=round(pump.blocked_time_s(snapshot.now_s) / 60))
    price = _state_by_price(load, snapshot.now_s)
    if pump.commanded in (None, NORMAL):
        return _message_until("pump_runs_after_block", pump.runs_until_s, snapshot) if price == BLOCK else ""
    if pump.level >= LEVELS.index(pump.commanded):
        return message("pump_recommended" if pump.commanded == RECOMMEND else "pump_forced")
    if load.signal is not None and pump.commanded == price:
        return _message_until("pump_recommended_by_price", load.signal.until_s, snapshot)
    dwell_s = load.number("dwell_s")
    code = "pump_stays_forced" if pump.commanded == FORCE else "pump_stays_recommended"
    return _message_until(code, pump.commanded_s + dwell_s, snapshot, dwell_min=dwell_s / 60)


def _message_until(code: str, until_s: float, snapshot: Snapshot, **values: float) -> str:
    """Return a message with the time `until_s` [s since 1970] in it, "" once that has passed."""
    until = clock_text_rounded_up(until_s, snapshot.day_began_s)
    return message(code, until=until, **values) if until_s > snapshot.now_s else ""


def _state_by_price(load: Load, now_s: float) -> str:
    """Return the relay state that the price signal requests now, "" for none."""
    return "" if load.signal is None or now_s >= load.signal.until_s else load.signal.state


def _may_block_by_price(load: Load, pump: PumpMemory, now_s: float) -> bool:
    """Return whether the price may block the heat pump now, or keep it blocked.

    Not with a surplus, not for longer than `PRICE_BLOCK_S`, and only when it has run as long as its last block of any
    cause: the house gets cold by all.
    """
    if _state_by_price(load, now_s) != BLOCK or pump.level > 0:
        return False
    if pump.block_s is not None:
        return now_s - pump.block_s < tuning.PRICE_BLOCK_S and _block_left_s(load, pump, now_s, by_price=True) > 0
    return now_s >= pump.runs_until_s and _may_block(load, pump, now_s, by_price=True)


def choose_relay_states(observed: Situation, shares: Shares, ramped: RampResult) -> RampResult:
    """Return the setpoints, 0 A while blocked, and the memories with the relay state that each heat pump should be in.

    While the grid is gone one that needs it is blocked at once. Relays that cannot be read get no new state, except for
    fail-safe. The setpoint in a heat pump's memory stays as it was, because it follows what the relays display.
    """
    site, snapshot, before = observed.site, observed.snapshot, observed.memory.loads
    surplus_w = _surplus_left_w(observed, shares)
    found, setpoints, now_s = dict(ramped.loads), dict(ramped.setpoints), snapshot.now_s
    for load in site.loads:
        past = before[load.name]
        pump = past.switched.pump
        if not load.can.takes_sg_state or pump is None or pump.commanded is None:
            continue
        pump = _update_surplus_level(load, pump, surplus_w.get(load.name, 0.0), now_s)
        state, quality = snapshot.state_of(load.name), observed.data_quality[load.name]
        if state.sg is None:
            quality = max(quality, DataQuality.STALE)
        if needs_grid(site, load) and load.mode is not Mode.OFF:
            # Its compressor has stopped already: neither its minimum times nor those of a block count.
            pump = _set_state(pump, BLOCK, now_s)
        else:
            pump = _choose_relay_state(load, pump, quality, observed, shares, ramped)
        if pump.commanded == BLOCK:
            setpoints[load.name] = Setpoint(0.0)
        after = replace_within(ramped.loads[load.name], "patience", paused_s=past.patience.paused_s)
        timing = fast_replace(past.timing, admitted_s=after.timing.admitted_s)
        switched = fast_replace(past.switched, pump=pump)
        found[load.name] = fast_replace(after, setpoint_a=past.setpoint_a, timing=timing, switched=switched)
    return RampResult(setpoints, found, ramped.phase_switches)


def _find_overload(load: Load, ceilings: Iterable[Ceiling], fuses: Mapping[str, FuseMemory]) -> tuple[bool, bool]:
    """Return whether anything above a heat pump is overloaded, and whether a block may not wait for `IGNORES_S`.

    Overloaded is a fuse, inverter, battery or dimming, which is expected within minutes, with more than its rating. A
    block may not wait where such a fuse is exhausted, nor for an inverter: that switches off within seconds, and the
    house is dark. `fuses`: name of a fuse's ceiling -> its memory.
    """
    over = [c for c in ceilings if c.known and c.overdrawn and c.stops(load.name)]
    causes = {c.cause for c in over if c.fuse is None}
    over_fuse = [c.name for c in over if c.fuse is not None]
    is_urgent = any(fuse_budget.is_exhausted(fuses[name]) for name in over_fuse) or INVERTER_CAUSE in causes
    return bool(over_fuse) or is_urgent or BATTERY_CAUSE in causes or DIMMED in [c.name for c in over], is_urgent


def _choose_relay_state(
    load: Load, pump: PumpMemory, quality: DataQuality, observed: Situation, shares: Shares, ramped: RampResult
) -> PumpMemory:
    """Return the memory with the relay state that the heat pump should be in now; dwell time and starts per hour count.

    Normal in mode `off`, in fail-safe and when its block is used up, unless the grid has just returned; unchanged while
    readings are not good. Blocked once it has not fitted for `IGNORES_S` (at once where that is urgent; normal where no
    block time is left), else by price; otherwise as the surplus and the price recommend, but normal where it does not
    fit. One that is only held on until it is blocked does not fit.
    """
    demand, now_s = next(d for d in shares.demands if d.load == load.name), observed.now_s
    fits = shares.allocation[load.name].amps > 0 and (demand.fits or demand.hold is not Hold.ON)
    is_overloaded, is_urgent = _find_overload(load, shares.limits.ceilings, observed.memory.fuses)
    rests = not load.island and now_s - observed.memory.island_s < load.pause_s
    has_dwelt = now_s - pump.commanded_s >= load.number("dwell_s")
    clear = quality is DataQuality.GOOD
    pump = replace(pump, short_s=since(pump.short_s, clear and not fits, now_s))
    used_up = pump.commanded == BLOCK and _block_left_s(load, pump, now_s) <= 0 and not rests
    if quality is DataQuality.FAILSAFE or load.mode is Mode.OFF or used_up:
        return _set_state(pump, NORMAL, now_s)
    if not clear:
        return pump
    if pump.commanded == BLOCK:
        return _set_state(pump, NORMAL, now_s) if fits and ramped.setpoints[load.name].amps > 0 else pump
    lasts = pump.short_s is not None and now_s - pump.short_s >= tuning.IGNORES_S
    if (lasts and (has_dwelt or is_overloaded)) or (pump.short_s is not None and is_urgent):
        pump = replace(pump, overload_s=now_s // HOUR_S * HOUR_S) if is_overloaded else pump
        return _set_state(pump, BLOCK if _may_block(load, pump, now_s) else NORMAL, now_s)
    if has_dwelt and _may_block_by_price(load, pump, now_s):
        return _set_state(pump, BLOCK, now_s)
    level = max(pump.level, LEVELS.index(RECOMMEND)) if _state_by_price(load, now_s) == RECOMMEND else pump.level
    state = LEVELS[level] if fits else NORMAL
    higher = LEVELS.index(state) > LEVELS.index(pump.commanded)
    if state == pump.commanded or not has_dwelt or (higher and not _may_raise_state(pump, now_s)):
        return pump
    return _set_state(pump, state, now_s)


def _may_block(load: Load, pump: PumpMemory, now_s: float, by_price: bool = False) -> bool:
    """Return whether the rest of the day's block time (see `_block_left_s`) is long enough for another block."""
    left_s = _block_left_s(load, pump, now_s, by_price)
    return left_s > 0 and left_s >= min(load.number("dwell_s"), load.number("max_block_s"))


def _block_left_s(load: Load, pump: PumpMemory, now_s: float, by_price: bool = False) -> float:
    """Return what is left of the day's block time [s]; a price may use half of it if an overload needed it lately."""
    parts = 2 if by_price and now_s - pump.overload_s < tuning.PUMP_OVERLOAD_S else 1
    return load.number("max_block_s") / parts - pump.blocked_time_s(now_s)


def _may_raise_state(pump: PumpMemory, now_s: float) -> bool:
    """Return whether its relays were raised fewer than `PUMP_MOST_STARTS` times in the last hour."""
    return sum(now_s - s < HOUR_S for s in pump.calls_s) < tuning.PUMP_MOST_STARTS


def _set_state(pump: PumpMemory, state: str, now_s: float) -> PumpMemory:
    """Return the memory with a new relay state to command from now on, not reached yet; unchanged for the present one.

    A higher state is added to the calls of the last hour (`calls_s`), whose number is limited.
    """
    if state == pump.commanded:
        return pump
    order = (BLOCK, *LEVELS)
    calls_s = tuple(s for s in pump.calls_s if now_s - s < HOUR_S)
    if order.index(state) > order.index(pump.commanded or NORMAL):
        calls_s = (*calls_s, now_s)
    return replace(pump, commanded=state, commanded_s=now_s, reached=False, calls_s=calls_s, short_s=None)


def _update_surplus_level(load: Load, pump: PumpMemory, surplus_w: float, now_s: float) -> PumpMemory:
    """Return the memory with the level that the surplus [W] justifies: how many of its CONFIG thresholds it reaches.

    0 is none, 1 recommend, 2 force. It changes once a surplus for a higher level has lasted for `start_after_s`, or for
    a lower one for `stop_after_s`; both waits end when the surplus fits the level again.
    """
    keys = [key for key in ("recommend_above_w", "force_above_w") if key in load.device]
    reached = sum(surplus_w >= load.number(key) for key in keys)
    richer_s = since(pump.richer_s, reached > pump.level, now_s)
    poorer_s = since(pump.poorer_s, reached < pump.level, now_s)
    rises = richer_s is not None and now_s - richer_s >= load.start_after_s
    if rises or (poorer_s is not None and now_s - poorer_s >= load.stop_after_s):
        return replace(pump, level=reached, richer_s=None, poorer_s=None)
    return replace(pump, richer_s=richer_s, poorer_s=poorer_s)


def _surplus_left_w(observed: Situation, shares: Shares) -> Mapping[str, float]:
    """Return heat pump -> the surplus that loads served before it leave for it [W], at least 0.

    In mode `excess` that of the excess budget, otherwise of the solar budget; loads on its phases reduce it there.
    Empty where the site generates nothing.
    """
    site, demands, allocation, supply = observed.site, shares.demands, shares.allocation, shares.limits.supply
    if supply is None:
        return {}
    ranks = {demand.load: demand.rank for demand in demands}
    found, loads = dict[str, float](), site.by_name
    for load in site.loads:
        if not load.can.takes_sg_state:
            continue
        name, mode = load.name, load.mode if load.mode is Mode.EXCESS else Mode.SOLAR_ONLY
        budget = Budget.EXCESS if mode is Mode.EXCESS else Budget.SOLAR
        (by_phase, total_a), _ = budget_size(site, observed.snapshot, supply, observed.memory, budget)
        mine = (MODES[mode].urgency, *ranks[name][1:])
        before = [loads[d.load] for d in demands if d.load != name and ranks[d.load] < mine]
        left_a = total_a - sum(allocation[each.name].amps * len(each.phases) for each in before)
        if by_phase:
            used_a = {p: sum(allocation[each.name].amps for each in before if p in each.phases) for p in load.phases}
            left_a = min(left_a, sum(max(by_phase.get(phase, 0.0) - a, 0.0) for phase, a in used_a.items()))
        found[name] = max(watts(left_a, site.voltage_v), 0.0)
    return found
