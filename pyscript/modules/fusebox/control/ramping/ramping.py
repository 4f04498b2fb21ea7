"""Allocation + memory -> setpoints + memory: cut now, raise later. Pure; `docs/timing.md` explains.

A cut leaves in the same step, to the full amount. A raise obeys one rule: under every ceiling it must fit with every
other load counted at the larger of what it draws and what it is set to, in the worst room of the last window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.demand import Demand, Hold
from ...model.electrics import DUST, floor_to_step
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Distribution
from ...model.snapshot import LoadState, Snapshot, min_current_a
from ..data_quality import DataQuality
from ..estimators.compliance import may_follow_yet, still_offered_a
from ..estimators.counters import counted
from ..estimators.late_readings import is_echoing
from ..limits.headroom import Headroom
from ..limits.sustained_headroom import sustained_ceilings
from ..raise_step import raise_step_a
from ..remember import remembered
from ..step_context import Ramped, Seen, Setpoint, Shares
from ..target import failsafe_a

AWAITS_READING = "rises with the next meter reading"
"""Nothing is raised on a picture that has been acted on already: the next one may show the kettle."""

LIMITS = ("site.", "tariff.target_kw:", "tariff.minimum_kw:", "tariff.night_factor:")
"""Whose live values are limits of every load."""

BLIND_WORDS = {
    DataQuality.MISSING: "not raised: a meter reading is missing",
    DataQuality.STALE: "at its minimum at most: a meter reading is late",
    DataQuality.FAILSAFE: "fail-safe: a meter is silent or stuck",
}


def ramped(seen: Seen, shares: Shares) -> Ramped:
    """Setpoints under the room that lasts, and what is remembered of each load."""
    site, snapshot, memory = seen.site, seen.snapshot, seen.memory
    ceilings, demands, allocation, quality = shares.sustained, shares.demands, shares.allocation, seen.data_quality
    now_s = snapshot.now_s
    loads = {load.name: load for load in site.loads}
    grids = {load.name: _grid_of(load, snapshot) for load in site.loads}
    targets_a = {d.load: _on_grid(allocation[d.load].amps, d, grids[d.load]) for d in demands}
    setpoints = {}
    # All cuts first: the rule for raises counts every other load at what it is set to now.
    for demand in demands:
        name = demand.load
        lowered_a = min(memory.loads[name].setpoint_a, targets_a[name])
        setpoint = _seen_safely(loads[name], snapshot.loads.get(name), lowered_a, quality[name])
        setpoints[name] = Setpoint(demand.min_a) if demand.runs_on and setpoint.amps <= 0 else setpoint
    offered_a = {
        name: still_offered_a(snapshot.loads.get(name), memory.loads[name], setpoint.amps, now_s)
        for name, setpoint in setpoints.items()
    }
    waiting = [d for d in demands if _reserves_start(d, memory, ceilings, now_s)]
    for demand in demands:
        load, past, target_a = loads[demand.load], memory.loads[demand.load], targets_a[demand.load]
        # What a slow device is told now stays for a while: its room has to.
        slow_s = tuning.RAISE_SLOW_DEVICE_FACTOR * load.min_write_s
        beneath = sustained_ceilings(ceilings, memory, now_s, slow_s) if slow_s > 0 else ceilings
        over = [c for c in beneath if c.stops(demand.load)]
        stop = _no_raise(load, over, memory, quality[demand.load], snapshot)
        if stop:
            setpoints[demand.load] = fast_replace(setpoints[demand.load], why=stop, may_raise=False)
        elif target_a > past.setpoint_a:
            headroom = _beside_others(demand, demands, beneath, setpoints, offered_a)
            step_a = max(raise_step_a(load.min_write_s, snapshot.allowance is not None), grids[demand.load][0])
            # What comes in pieces of a known rating does not ramp: nothing is left to be contradicted.
            next_a = target_a if demand.piece_a > 0 else min(target_a, past.setpoint_a + step_a)
            setpoint = _raised(demand, past, next_a, headroom, grids[demand.load], now_s)
            if waiting and setpoint.amps > past.setpoint_a > 0:
                before = [d for d in waiting if _is_before(d, demand, site.distribution)]
                setpoint = _beside_reserved(setpoint, demand, past, headroom, before, grids[demand.load])
            setpoints[demand.load] = setpoint
        waits = setpoints[load.name].amps <= 0 < target_a and quality[load.name] is DataQuality.GOOD
        if waits and _may_stay_on(past, snapshot.loads.get(load.name), over):
            setpoints[load.name] = Setpoint(demand.min_a)
    after = {}
    for demand in demands:
        name, past = demand.load, memory.loads[demand.load]
        after[name] = remembered(loads[name], snapshot, past, demand, setpoints[name].amps, allocation[name])
    return Ramped(setpoints, counted(memory.loads, after, snapshot))


def _grid_of(load: Load, snapshot: Snapshot) -> tuple[float, float]:
    """The step of the currents that a device can be set to, and where they begin [A]."""
    state = snapshot.loads.get(load.name)
    if state is None or load.on_off or load.step_a > (state.device_step_a or 0.0):
        return load.step_a, 0.0
    return state.device_step_a or 0.0, state.device_min_a or 0.0


def _on_grid(share_a: float, demand: Demand, grid: tuple[float, float]) -> float:
    """The share on the device's steps, never below its minimum while it has one."""
    if share_a <= 0:
        return 0.0
    if share_a + DUST >= demand.max_a and demand.max_a == demand.min_a:
        return demand.max_a
    return max(floor_to_step(share_a, *grid), demand.min_a)


def _seen_safely(load: Load, state: LoadState | None, lowered_a: float, quality: DataQuality) -> Setpoint:
    """What blindness leaves of a setpoint: it lowers, never raises; not below what the device can be set to."""
    min_a = load.min_a if state is None else min_current_a(load, state)
    if quality is DataQuality.FAILSAFE:
        return Setpoint(min(lowered_a, failsafe_a(load, min_a)))
    if quality is DataQuality.STALE and not load.is_switched:
        return Setpoint(min(lowered_a, min_a))
    return Setpoint(lowered_a)


def _no_raise(load: Load, over: Sequence[Ceiling], memory: Memory, quality: DataQuality, snapshot: Snapshot) -> str:
    """Why nothing under these ceilings may go up now, "" when it may."""
    for text in snapshot.unsettled:
        if text.startswith((*LIMITS, f"loads.{load.name}.")):
            return f"not raised: {text}"
    if quality is not DataQuality.GOOD:
        return BLIND_WORDS[quality]
    for ceiling in over:
        if not ceiling.known:
            return f"not raised: {ceiling.name} is not fully measured"
        if ceiling.overdrawn and ceiling.bears_s is None:
            return f"not raised: {ceiling.name} is over its limit"
        watched_s = snapshot.now_s - memory.headroom[ceiling.name].since_s
        if watched_s < tuning.HEADROOM_WATCH_S:
            return f"{ceiling.name} is watched for {tuning.HEADROOM_WATCH_S:.0f} s before anything rises"
    if snapshot.now_s - memory.loads[load.name].sent_s < load.min_write_s:
        return f"rises with its next command: it is told something every {load.min_write_s:.0f} s"
    state = snapshot.loads.get(load.name)
    past = memory.loads[load.name]
    if state is not None and (may_follow_yet(state, past, snapshot.now_s) or is_echoing(load, state, past, snapshot)):
        return "rises again when the meter must have seen its last raise"
    metered = [c for c in over if c.metered]
    if over and not any(memory.headroom[c.name].fresh for c in metered):
        return AWAITS_READING
    # One phase may be silent for a while among others that report: its last picture bears one raise, not a ladder.
    if any(c.reported_s <= memory.loads[load.name].raised_s for c in metered):
        return AWAITS_READING
    return ""


def _may_stay_on(past: LoadMemory, state: LoadState | None, over: Sequence[Ceiling]) -> bool:
    """Whether a car that has just come, to a charger that is on, may begin: to switch off and on again wears it out."""
    is_on = state is not None and state.on is True and past.vacant
    return is_on and all(c.known and not c.exceeded for c in over)


def _beside_others(
    demand: Demand,
    demands: Sequence[Demand],
    ceilings: Sequence[Ceiling],
    setpoints: Mapping[str, Setpoint],
    offered_a: Mapping[str, float],
) -> Headroom:
    """What is left for a load when every other counts at the most of what it draws, is set to and still offers.

    For a start, those that need no sun have only their minimum of it: so have the minimums been admitted.
    """
    starts = setpoints[demand.load].amps <= 0
    headroom = Headroom(ceilings)
    for other in demands:
        if other.load != demand.load:
            most_a = max(setpoints[other.load].amps, offered_a[other.load])
            headroom.count(other.load, most_a, other.min_a if starts else float("inf"))
    return headroom


def _raised(
    demand: Demand,
    past: LoadMemory,
    most_a: float,
    headroom: Headroom,
    grid: tuple[float, float],
    now_s: float,
) -> Setpoint:
    """A step up to so much at most [A], or a start at the minimum, as far as the rule goes."""
    stay = Setpoint(past.setpoint_a, "waits for room that lasts")
    if headroom.blocking(demand):
        return stay
    if past.setpoint_a <= 0:
        return Setpoint(demand.min_a)
    if now_s - past.raised_s < tuning.RAISE_EVERY_S:
        return fast_replace(stay, why="")
    wish_a = min(most_a, max(headroom.available(demand.load), demand.min_a))
    next_a = _on_grid(wish_a, demand, grid)
    if (
        0 < next_a - past.setpoint_a < tuning.SMALL_RAISE_A - DUST
        and now_s - past.raised_s < tuning.SMALL_RAISE_EVERY_S
    ):
        return fast_replace(stay, why="")
    return Setpoint(next_a) if next_a > past.setpoint_a else stay


def _reserves_start(demand: Demand, memory: Memory, ceilings: Sequence[Ceiling], now_s: float) -> bool:
    """Whether a load that is off has had a share a moment ago, which others are not to take before it starts."""
    past = memory.loads[demand.load]
    if past.setpoint_a > 0 or demand.max_a <= 0 or demand.hold is Hold.OFF:
        return False
    meters = [memory.cycles[c.name].every_s for c in ceilings if demand.load in c.weights and c.name in memory.cycles]
    return now_s - past.admitted_s <= max(
        tuning.START_RESERVED_S, tuning.START_RESERVED_READINGS * max(meters, default=0.0)
    )


def _is_before(other: Demand, demand: Demand, distribution: Distribution) -> bool:
    """Whether the minimum of another load comes before more than its minimum for this one."""
    if other.rank[0] != demand.rank[0] or distribution is Distribution.STRICT:
        return other.rank < demand.rank
    return True


def _beside_reserved(
    setpoint: Setpoint,
    demand: Demand,
    past: LoadMemory,
    headroom: Headroom,
    waiting: Sequence[Demand],
    grid: tuple[float, float],
) -> Setpoint:
    """The raise as far as it leaves their minimum to those that are about to start; `headroom` is used up by it."""
    mine = headroom.touched(demand.load)
    beside = [other for other in waiting if mine & headroom.touched(other.load)]
    for other in beside:
        headroom.take(other.load, other.min_a)
    most_a = _on_grid(max(headroom.available(demand.load), demand.min_a), demand, grid)
    if setpoint.amps <= most_a:
        return setpoint
    why = f"leaves room for {', '.join(other.load for other in beside)} to start"
    return Setpoint(max(most_a, past.setpoint_a), why)
