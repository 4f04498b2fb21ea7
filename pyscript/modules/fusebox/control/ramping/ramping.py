"""Allocation + memory -> setpoints + memory: cut now, raise later. Pure; `docs/timing.md` explains.

A cut leaves in the same step, to the full amount. A raise obeys one rule: under every ceiling it must fit with every
other load counted at the larger of what it draws and what it is set to, in the worst room of the last window.
"""

from __future__ import annotations

from collections.abc import Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Hold
from ...model.electrics import DUST, floor_to_step
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ...model.messages.message import Value, message
from ...model.records import fast_replace
from ...model.site import Distribution
from ...model.snapshot import LoadState, Snapshot, min_current_a
from ..data_quality import DataQuality
from ..estimators.compliance import still_offered_a
from ..limits.headroom import Headroom
from ..limits.load_envelope import may_leap
from ..limits.sustained_headroom import sustained_ceilings
from ..remember import count_pauses, remember_load
from ..step_context import RampStep, Setpoint, Shares, Situation
from ..target import failsafe_current_a
from .counted import CountedAmps
from .margin import loads_held_within_margin, room_time_to_undo_cut_s, undoes_small_cut
from .verdicts import Verdicts, raise_obstacle
from .without_offer import zero_offers_of_switching_loads


def ramp_setpoints(observed: Situation, shares: Shares) -> RampStep:
    """Return each load's setpoint [A] and updated memory: first all cuts in full, then raises in order of service.

    Not cut are loads of which only a margin is exceeded; old readings lower loads further. A raise needs lasting room
    next to all other loads at their draw or setpoint, and leaves room for starts that come before it; one with an
    obstacle is not made, and the setpoint says why. Loads that switch phases get 0 A (in the phase switches returned).
    """
    site, snapshot, memory = observed.site, observed.snapshot, observed.memory
    ceilings, demands, allocation, quality = (
        shares.rooms.lasting,
        shares.demands,
        shares.allocation,
        observed.data_quality,
    )
    now_s = snapshot.now_s
    loads = site.by_name
    grids = {load.name: _device_steps(load, snapshot) for load in site.loads}
    targets_a = {
        d.load: _round_down_to_steps(min(allocation[d.load].amps, d.most_now_a), d, grids[d.load]) for d in demands
    }
    held_within_margin = loads_held_within_margin(shares.rooms.expected, demands, memory, targets_a)
    setpoints = {}
    # All cuts first: the rule for raises counts every other load at what it is set to now.
    for demand in demands:
        name = demand.load
        set_a = memory.loads[name].setpoint_a
        lowered_a = set_a if name in held_within_margin else min(set_a, targets_a[name])
        setpoint = _limit_by_data_quality(loads[name], snapshot.loads.get(name), lowered_a, quality[name])
        setpoints[name] = Setpoint(demand.min_a) if demand.runs_on and setpoint.amps <= 0 else setpoint
    offered_a = {
        name: still_offered_a(snapshot.loads.get(name), memory.loads[name], setpoint.amps, now_s)
        for name, setpoint in setpoints.items()
    }
    counted: CountedAmps | None = None
    waiting = [d for d in demands if _reserves_start(d, memory, ceilings, now_s)]
    verdicts: dict[float, Verdicts] = {}
    for demand in demands:
        name = demand.load
        load, past, target_a, before = loads[name], memory.loads[name], targets_a[name], setpoints[name]
        # A current sent to a slow device stays for a while, so its room has to. So does the room for a raise back to
        # a current that noise has just been enough to cut: otherwise both would follow each other every few seconds.
        slow_s = 0.0 if load.can.in_watts else tuning.SLACK_RATIO * load.min_write_s
        if undoes_small_cut(past, target_a, grids[name][0]) and not load.can.in_watts:
            slow_s = max(slow_s, room_time_to_undo_cut_s(ceilings, name))
        if slow_s not in verdicts:
            lasting = sustained_ceilings(ceilings, memory, now_s, slow_s) if slow_s > 0 else ceilings
            verdicts[slow_s] = Verdicts(lasting, memory.headroom, now_s)
        verdict = verdicts[slow_s]
        stop = raise_obstacle(load, verdict, memory.loads[name], quality[name], snapshot)
        if stop:
            setpoints[name] = fast_replace(before, why=stop, may_raise=False)
        elif target_a > past.setpoint_a:
            if counted is None:
                counted = CountedAmps(ceilings, demands, {n: max(setpoints[n].amps, offered_a[n]) for n in offered_a})
            headroom = counted.headroom_without(name, verdict.ceilings, starts=before.amps <= 0)
            step_a = max(tuning.RAISE_STEP_A, grids[name][0])
            leap_a = min(target_a, _leap_a(load, snapshot, past, headroom))
            # A load that comes in pieces of a known rating does not ramp: no measurement could contradict the rating.
            next_a = target_a if demand.piece_a > 0 else min(target_a, max(past.setpoint_a + step_a, leap_a))
            setpoint = _raise_setpoint(demand, past, next_a, headroom, grids[name], now_s)
            if not load.can.in_watts and _is_small_and_soon(setpoint, past, now_s):
                setpoint = Setpoint(past.setpoint_a)
            if past.setpoint_a <= 0 < setpoint.amps < leap_a:
                setpoint = Setpoint(_round_down_to_steps(min(leap_a, headroom.available_a(name)), demand, grids[name]))
            if waiting and setpoint.amps > (past.setpoint_a if past.setpoint_a > 0 else demand.min_a):
                first = [d for d in waiting if d.load != name and _minimum_comes_first(d, demand, site.distribution)]
                setpoint = _leave_room_for_starts(setpoint, demand, past, headroom, first, grids[name])
            setpoints[name] = setpoint
        waits = setpoints[name].amps <= 0 < target_a and quality[name] is DataQuality.GOOD
        if waits and _may_stay_on(past, snapshot.loads.get(name), verdict.ceilings_of(name)):
            setpoints[name] = Setpoint(demand.min_a)
        if counted is not None and setpoints[name].amps != before.amps:
            counted.set_current(name, max(setpoints[name].amps, offered_a[name]))
    after = {}
    for demand in demands:
        name, past = demand.load, memory.loads[demand.load]
        after[name] = remember_load(loads[name], snapshot, past, demand, setpoints[name].amps, allocation[name])
    loads_now = count_pauses(memory.loads, after, snapshot)
    return zero_offers_of_switching_loads(observed, shares, RampStep(setpoints, loads_now, shares.phase_switches))


def _device_steps(load: Load, snapshot: Snapshot) -> tuple[float, float]:
    """Return the step of the currents that a device accepts, and the current that the steps start from [A].

    The device's own step, from its minimum; CONFIG's step from 0 where that is coarser, and for an on/off load.
    """
    state = snapshot.loads.get(load.name)
    if state is None or load.on_off or load.step_a > (state.device_step_a or 0.0):
        return load.step_a, 0.0
    return state.device_step_a or 0.0, state.device_min_a or 0.0


def _round_down_to_steps(share_a: float, demand: Demand, grid: tuple[float, float]) -> float:
    """Return a share rounded down to the device's steps, never below the demand's minimum; 0 stays 0 [A].

    A demand with one current only is not rounded.
    """
    if share_a <= 0:
        return 0.0
    if share_a + DUST >= demand.max_a and demand.max_a == demand.min_a:
        return demand.max_a
    return max(floor_to_step(share_a, *grid), demand.min_a)


def _limit_by_data_quality(load: Load, state: LoadState | None, lowered_a: float, quality: DataQuality) -> Setpoint:
    """Return `lowered_a` as the setpoint, limited by the age of the readings: where stale, a charger to its minimum.

    So is a load in watts. In fail-safe every load has at most its fail-safe current. Never above `lowered_a` [A].
    """
    if quality < DataQuality.STALE:
        return Setpoint(lowered_a)
    min_a = load.min_a if state is None else min_current_a(load, state)
    if quality is DataQuality.FAILSAFE:
        return Setpoint(min(lowered_a, failsafe_current_a(load, min_a)))
    if quality is DataQuality.STALE and load.is_modulated:
        return Setpoint(min(lowered_a, min_a))
    return Setpoint(lowered_a)


def _may_stay_on(past: LoadMemory, state: LoadState | None, over: Sequence[Ceiling]) -> bool:
    """Return whether a car just plugged into a charger that is still on may start at once.

    It may while all ceilings `over` it are measured and none is exceeded: switching off and on would only wear it.
    """
    is_on = state is not None and state.on is True and past.vacant
    return is_on and all(c.known and not c.exceeded for c in over)


def _raise_setpoint(
    demand: Demand,
    past: LoadMemory,
    most_a: float,
    headroom: Headroom,
    grid: tuple[float, float],
    now_s: float,
) -> Setpoint:
    """Return the next setpoint of a load that is to rise: at most `most_a` [A], or its minimum where it was off.

    It stays at its setpoint where `headroom` is short (with a message) or its last raise is within `RAISE_EVERY_S`.
    """
    short = headroom.ceilings_below_minimum(demand)
    if short:
        return _await_lasting_room(past, short)
    if past.setpoint_a <= 0:
        return Setpoint(demand.min_a)
    if now_s - past.timing.raised_s < tuning.RAISE_EVERY_S:
        return Setpoint(past.setpoint_a)
    requested_a = min(most_a, max(headroom.available_a(demand.load), demand.min_a))
    next_a = _round_down_to_steps(requested_a, demand, grid)
    if next_a > past.setpoint_a:
        return Setpoint(next_a)
    return _await_lasting_room(past, headroom.saturated_ceilings(demand.load))


def _await_lasting_room(past: LoadMemory, short: Sequence[Ceiling]) -> Setpoint:
    """Return the setpoint unchanged, with the message that room has not lasted; it names the first of `short`."""
    values: dict[str, Value] = {"most_s": tuning.SLOWEST_S}
    if short:
        values["limit"] = short[0].name
    if short and short[0].fuse is not None:
        values["rating_a"] = short[0].rating_a
    return Setpoint(past.setpoint_a, message("room_not_lasting", **values))


def _is_small_and_soon(setpoint: Setpoint, past: LoadMemory, now_s: float) -> bool:
    """Return whether a running load would rise by less than 1 A within `SMALL_RAISE_EVERY_S` of its last raise."""
    more_a = setpoint.amps - past.setpoint_a
    is_small = past.setpoint_a > 0 and 0 < more_a < tuning.TOLERANCE_A - DUST
    return is_small and now_s - past.timing.raised_s < tuning.SMALL_RAISE_EVERY_S


def _leap_a(load: Load, snapshot: Snapshot, past: LoadMemory, headroom: Headroom) -> float:
    """Return the current that one command may reach [A]: the maximum of a load in watts, else `highest_raise_a`."""
    if load.can.in_watts:
        return load.max_a
    return highest_raise_a(load, snapshot.loads.get(load.name), past.setpoint_a, headroom)


def _reserves_start(demand: Demand, memory: Memory, ceilings: Sequence[Ceiling], now_s: float) -> bool:
    """Return whether a load that is off was admitted within `LASTING_S`, so that other loads leave room for its start.

    Longer where a meter reports seldom. Not without a demand or while it is held off.
    """
    past = memory.loads[demand.load]
    if past.setpoint_a > 0 or demand.max_a <= 0 or demand.hold is Hold.OFF:
        return False
    meters = [memory.cycles[c.name].every_s for c in ceilings if demand.load in c.weights and c.name in memory.cycles]
    # A meter that averages reports the cut that made room one reading later, and then the room has to last for one.
    readings_s = tuning.KNOWN_TIMES * max(meters, default=0.0)
    return now_s - past.timing.admitted_s <= max(tuning.LASTING_S, readings_s)


def _minimum_comes_first(other: Demand, demand: Demand, distribution: Distribution) -> bool:
    """Return whether the minimum of `other` comes before anything above the minimum of this load.

    In `strict` and between modes of another urgency only if `other` is served first; otherwise always.
    """
    if other.rank[0] != demand.rank[0] or distribution is Distribution.STRICT:
        return other.rank < demand.rank
    return True


def _leave_room_for_starts(
    setpoint: Setpoint,
    demand: Demand,
    past: LoadMemory,
    headroom: Headroom,
    waiting: Sequence[Demand],
    grid: tuple[float, float],
) -> Setpoint:
    """Return the raise reduced so that the loads in `waiting` can still start, never below the load's setpoint.

    Subtracts the minimums of those that share a ceiling with it from `headroom`. A reduced raise has a message.
    """
    mine = headroom.used_places(demand.load)
    starting = [other for other in waiting if mine & headroom.used_places(other.load)]
    for other in starting:
        headroom.take(other.load, other.min_a)
    most_a = _round_down_to_steps(max(headroom.available_a(demand.load), demand.min_a), demand, grid)
    if setpoint.amps <= most_a:
        return setpoint
    why = message("leaves_room_to_start", loads=", ".join(other.load for other in starting))
    return Setpoint(max(most_a, past.setpoint_a), why)


def highest_raise_a(load: Load, state: LoadState | None, setpoint_a: float, headroom: Headroom) -> float:
    """Return the highest current that one command may set [A], 0.0 where only the usual step applies.

    Only for a charger that may leap (`may_leap`) under a limit with a window: until its next command the window would
    go unused, and the rest of the window compensates for a current that was too high. Of what the other ceilings leave
    above the setpoint only `TARIFF_LEAP_SHARE` is used, for measurement errors.
    """
    ceilings = headroom.ceilings_and_room(load.name)
    if state is None or not may_leap(load, state) or all(c.ends_in_s == float("inf") for c, _ in ceilings):
        return 0.0
    other_a = [left_a / c.weights[load.name] for c, left_a in ceilings if c.ends_in_s == float("inf")]
    return setpoint_a + tuning.TARIFF_LEAP_SHARE * max(min(other_a, default=0.0) - setpoint_a, 0.0)
