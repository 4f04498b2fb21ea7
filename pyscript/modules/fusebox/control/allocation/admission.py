"""The share of each load, with the holds that protect running loads. Pure.

No load is cut or stopped for one that starts, unless the starting minimum has fitted for a while.
A hob that pauses leaves headroom for a start, and its next burst takes that headroom back. The load that had made way
would have been cut for nothing, and a car that is stopped has to wait before it may go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model.data_quality import DataQuality
from ...model.decision import Allocation, Demand, Demands, Hold
from ...model.electrics import DUST
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Distribution
from ..demand.demands import compute_demands
from ..demand.holds_by_shares import delay_if_others_lose_more, delay_until_headroom_lasts
from ..limits.sustained_headroom import forecast_ceilings, settled_ceilings, sustained_ceilings
from ..step_context import CeilingPair, Limits, Shares, Situation
from .budget_hold import ShareInputs, allocate_with_budget_holds
from .distributions import HELD_OFF
from .phase_allocation import decide_phase_switch


def allocate_with_all_holds(inputs: ShareInputs, demands: tuple[Demand, ...]) -> tuple[tuple[Demand, ...], Allocation]:
    """Return the demands with every hold applied, and the share of each load.

    Under `optimized`, loads that cost the loads before them more than they gain are held back first. If no load is cut
    then, that is the result. A start that would cut a running load waits until its minimum has fitted for
    `HEADROOM_WATCH_S`, if a load that would be cut then gets more. Where a load would be stopped although its minimum
    fits, the other loads get only headroom that has lasted, if the stopped load then gets more.
    """
    memory = inputs.observed.memory
    found, shares = allocate_with_budget_holds(inputs, demands)
    if inputs.observed.site.distribution is Distribution.OPTIMIZED:
        in_turn = _hold_back_costly_loads(inputs, demands, found, shares)
        if in_turn != demands:
            demands = in_turn
            found, shares = allocate_with_budget_holds(inputs, demands)
    cut = [d.load for d in found if _is_cut(d, shares, memory)]
    if not cut:
        return found, shares
    starting = {d.load for d in found if shares[d.load].amps > 0}
    calm = tuple(inputs.apply_hold(delay_until_headroom_lasts, d) if d.load in starting else d for d in demands)
    if calm != demands:
        spared, other = allocate_with_budget_holds(inputs, calm)
        if _any_gets_more(cut, shares, other):
            demands, found, shares = calm, spared, other
    stopped = [d.load for d in found if d.load in cut and d.fits and shares[d.load].amps <= 0]
    if stopped:
        # Its minimum fits, so the other loads only want more than they have: the headroom for that has to last as well.
        settled = settled_ceilings(inputs.ceilings.expected, memory, inputs.observed.now_s)
        ceilings = fast_replace(inputs.ceilings, lasting=settled)
        spared, other = allocate_with_budget_holds(replace(inputs, ceilings=ceilings), demands)
        if _any_gets_more(stopped, shares, other):
            return spared, other
    return found, shares


def _any_gets_more(loads: Sequence[str], shares: Allocation, other: Allocation) -> bool:
    """Return whether any of `loads` gets more in `other` than in `shares`."""
    return any(other[load].amps > shares[load].amps + DUST for load in loads)


def _is_cut(demand: Demand, shares: Allocation, memory: Memory) -> bool:
    """Return whether a load that has a demand and is not held off gets less than its present setpoint."""
    setpoint_a = memory.loads[demand.load].setpoint_a
    return demand.max_a > 0 and demand.hold not in HELD_OFF and shares[demand.load].amps + DUST < setpoint_a


def share_out_current(observed: Situation, limits: Limits) -> Shares:
    """Return each load's demand and share, the capacities they come from, and the phase switches: at most one begins.

    The capacities are the ceilings less what appliances are expected to take again; the lasting ones are the lowest of
    these within the time that headroom is watched.
    """
    site, memory, now_s = observed.site, observed.memory, observed.now_s
    demands = compute_demands(site, observed.snapshot, memory, limits.ceilings)
    expected = forecast_ceilings(site, limits.ceilings, demands, memory, now_s)
    ceilings = CeilingPair(expected, sustained_ceilings(expected, memory, now_s))
    blind = {name for name, quality in observed.data_quality.items() if quality is not DataQuality.GOOD}
    blind |= {name for c in limits.ceilings if not c.known for name in c.weights if c.stops(name)}
    inputs = ShareInputs(observed, ceilings, blind)
    demands, allocation = allocate_with_all_holds(inputs, demands)
    return decide_phase_switch(inputs, Shares(limits, ceilings, demands, allocation, memory.phase_switches))


def _hold_back_costly_loads(
    inputs: ShareInputs, demands: tuple[Demand, ...], found: Demands, shares: Allocation
) -> tuple[Demand, ...]:
    """Return the demands with a hold on each load that costs the loads before it more than it gains, under `optimized`.

    A load on one phase lowers a three-phase load before it by the same amps on each of its phases: what counts is the
    sum of amps over phases. Loads with a share are judged, the last in order first. Each that costs more is marked
    (`costs_others`); the hold is left out for one held on, and where no load before it could get more than its minimum.
    `found` and `shares` are the result of `allocate_with_budget_holds` for `demands`.
    """
    current = list(found)
    after = {demand.load: demand for demand in demands}
    with_all = inputs.allocate(inputs.ceilings.lasting, current)
    for place in range(len(current) - 1, 0, -1):
        demand = current[place]
        if demand.hold not in (None, Hold.ON) or shares[demand.load].amps <= 0:
            continue
        name, losers = demand.load, _loads_losing_to(inputs, current, place, with_all)
        if losers:
            after[name] = fast_replace(after[name], costs_others=True)
        # As soon as no load is left that could lose anything, it waits for none.
        if demand.hold is None and any(before.max_a > before.min_a for before in current[:place]):
            after[name] = inputs.apply_hold(delay_if_others_lose_more, after[name], losers=losers)
            if after[name].hold is not None:
                current[place] = after[name]
                with_all = inputs.allocate(inputs.ceilings.lasting, current)
    return tuple(after.values())


def _loads_losing_to(inputs: ShareInputs, demands: Demands, place: int, with_it: Allocation) -> Sequence[str]:
    """Return the loads of its group before `demands[place]` that lose amps to it in the lasting headroom.

    Empty unless they lose more together than that load gets [A, summed over phases]. `with_it`: the shares of all.
    """
    demand, group = demands[place], demands[place].group
    before = [d for d in demands[:place] if d.group is None or group is None or d.group.name == group.name]
    if all(with_it[d.load].amps >= d.max_a for d in before):
        return ()
    without = [*demands[:place], fast_replace(demand, hold=Hold.LATER), *demands[place + 1 :]]
    alone = inputs.allocate(inputs.ceilings.lasting, without)
    phases = {name: len(load.phases) for name, load in inputs.observed.site.by_name.items()}
    lost_a = {d.load: phases[d.load] * (alone[d.load].amps - with_it[d.load].amps) for d in before}
    if sum(lost_a.values()) <= phases[demand.load] * with_it[demand.load].amps + DUST:
        return ()
    return [name for name, amps in lost_a.items() if amps > DUST]
