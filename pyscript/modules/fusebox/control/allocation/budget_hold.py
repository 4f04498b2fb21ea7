"""Holds for energy budgets (sun, excess, tariff), derived from the shares. Pure.

They say which load waits for energy before it starts, and which runs on without it for a while. A load that gets
nothing because other loads are served first is treated like one under a cloud: it stops with the same patience. A load
that would get nothing has not begun to wait for its start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf
from typing import Any

from ... import tuning
from ...model.ceiling import Budget, Ceiling
from ...model.decision import Allocation, Demand, Demands, Hold, MinimumSource, Share
from ...model.durations import NEVER_S
from ...model.electrics import DUST
from ...model.records import fast_replace, record
from ..demand.hold import HoldContext, HoldRule, is_running
from ..demand.holds_by_shares import delay_until_energy_lasts, hold_until_energy_returns
from ..limits.headroom import Ceilings, Headroom
from ..step_context import CeilingPair, Situation
from .allocation import allocate
from .distributions import LimitedBy

Energies = Mapping[str, Ceiling]
"""Load -> the limit on energy that its minimum depends on."""


@record
class ShareInputs:
    """The inputs from which the shares of one step are computed."""

    observed: Situation
    ceilings: CeilingPair
    blind: Collection[str]
    """The loads with a limit that is not measured, which cannot be raised now."""

    def allocate(self, ceilings: Ceilings, demands: Demands) -> Allocation:
        """Return load name -> its share under these ceilings, by the site's distribution."""
        return allocate(ceilings, demands, self.observed.site.distribution)

    def apply_hold(self, rule: HoldRule, demand: Demand, energy: Ceiling | None = None, **of_rule: Any) -> Demand:
        """Return the demand with the hold and reason of a rule; unchanged where that does not apply.

        `energy`: the limit on energy that its minimum needs. `of_rule`: fields of `HoldContext` for this rule only.
        Whether it tests for hidden sun, or is to stop for it, comes from the memory.
        """
        observed, memory = self.observed, self.observed.memory
        hidden, headroom, now_s = memory.hidden_sun, memory.headroom, observed.now_s
        over = self.ceilings.expected.over(demand.load)
        is_solar = energy is not None and energy.budget is Budget.SOLAR
        seen_s = [now_s if demand.load in self.blind else headroom[c.name].since_s for c in over]
        context = HoldContext(
            demand,
            observed.site.by_name[demand.load],
            memory.loads[demand.load],
            now_s,
            day_began_s=observed.snapshot.day_began_s,
            energy=energy,
            tests_sun=hidden is not None and hidden.load == demand.load,
            gains_nothing=hidden is not None and (hidden.stops == demand.load or (is_solar and hidden.is_too_costly)),
            too_costly_s=hidden.predicted_too_costly_s if hidden is not None and is_solar else inf,
            measured_since_s=max(seen_s, default=NEVER_S),
            **of_rule,
        )
        return rule(context) or demand

    def is_running(self, demand: Demand) -> bool:
        """Return whether a load has a demand above 0 and a setpoint above 0."""
        return is_running(demand, self.observed.memory.loads[demand.load])

    def is_overdue(self, load: str) -> bool:
        """Return whether a load that is not `blind` has had a share for `SLOWEST_S` and has not started."""
        since_s, _ = self.observed.memory.loads[load].timing.admitted_s
        waits = since_s is not None and self.observed.now_s - since_s >= tuning.SLOWEST_S
        return waits and load not in self.blind


def allocate_steadily(inputs: ShareInputs, demands: Demands) -> Allocation:
    """Return load -> its share of the expected headroom, at most its setpoint or its share of the lasting headroom.

    The higher of the two counts, for a running load at least its minimum. Otherwise a load that waits for its raise
    would take amps from the other loads each time a pulsing hob pauses, and give them back a second later. Only the
    latter counts under a ceiling of a load whose start is overdue: the setpoints may keep it from starting for good. A
    running load that is `blind` gets at most its setpoint: it cannot be raised now. A load that gets less than it can
    use, though nothing limits it, is limited by what limits it in the lasting headroom.
    """
    lasting, loads = inputs.ceilings.lasting, inputs.observed.memory.loads
    could = inputs.allocate(lasting, demands)
    overdue = [d.load for d in demands if could[d.load].amps > 0 and inputs.is_overdue(d.load)]
    makes_way = {name for load in overdue for ceiling in lasting.over(load) for name in ceiling.weights}
    capped = []
    for demand in demands:
        setpoint_a, could_a = loads[demand.load].setpoint_a, could[demand.load].amps
        if setpoint_a > 0 and demand.load in inputs.blind:
            could_a = min(setpoint_a, could_a)
        kept_a = 0.0 if demand.load in makes_way else setpoint_a
        most_a = max(kept_a, could_a, demand.min_a if setpoint_a > 0 else 0.0)
        capped.append(demand if demand.max_a <= most_a else fast_replace(demand, max_a=most_a))
    shares = inputs.allocate(inputs.ceilings.expected, capped)
    all_a = {demand.load: demand.max_a for demand in demands}
    return {
        load: share if share.limited_by or share.amps >= all_a[load] else Share(share.amps, could[load].limited_by)
        for load, share in shares.items()
    }


def allocate_with_budget_holds(inputs: ShareInputs, demands: Demands) -> tuple[tuple[Demand, ...], Allocation]:
    """Return the demands with the holds for energy budgets applied, and the share of each load.

    A start waits for lasting energy; a running load that lacks energy, also because others use it up, is held on for a
    while. A load that lacks energy for its minimum gets 0 A, limited by its budget. Where a load is held on, running
    loads before it under a common ceiling are held on too. Recently stopped loads go behind running ones that need
    less.
    """
    expected = inputs.ceilings.expected
    headroom = Headroom(expected)
    energies = {demand.load: energy for demand in demands if (energy := _energy_of_minimum(expected, demand))}
    deferred = _defer_recently_stopped(inputs, demands, energies)
    found, budget_short = _delay_starts_for_energy(inputs, deferred, energies)
    shares, squeezed = None, set[str]()
    if any(_may_be_squeezed_out(inputs, demand) for demand in found if demand.load in energies):
        shares = allocate_steadily(inputs, found)
        squeezed = _loads_squeezed_out(inputs, found, shares)
    while True:
        before = found
        # A load that is held on may take the energy of another load: then that load is short of energy too.
        found = [fast_replace(d, budget_ok=False) if d.load in squeezed else d for d in found]
        found = [
            d
            if d.budget_ok or not inputs.is_running(d)
            else inputs.apply_hold(hold_until_energy_returns, d, energies.get(d.load), squeezed=d.load in squeezed)
            for d in found
        ]
        found = _hold_on_earlier_loads(inputs, found, headroom)
        if shares is None or any(now is not then for now, then in zip(found, before, strict=True)):
            shares = allocate_steadily(inputs, found)
            squeezed = _loads_squeezed_out(inputs, found, shares)
        if not squeezed:
            lacking = {name: Share(0.0, limited_by) for name, limited_by in budget_short.items()}
            return tuple(found), {**shares, **lacking}


def _energy_of_minimum(ceilings: Ceilings, demand: Demand) -> Ceiling | None:
    """Return the limit on energy that a load's minimum depends on: of its mode, else one that stops all loads.

    None where it needs no budget, and for a load without a demand. A minimum that may come from the grid needs only the
    latter.
    """
    if demand.max_a <= 0:
        return None
    of_all = None
    for ceiling in ceilings.over(demand.load):
        if ceiling.budget is not None and ceiling.binds is None:
            of_all = of_all or ceiling
        elif ceiling.budget is not None and demand.minimum_source is not MinimumSource.GRID:
            return ceiling
    return of_all


def _defer_recently_stopped(inputs: ShareInputs, demands: Demands, energies: Energies) -> list[Demand]:
    """Return the demands with loads stopped in the last `FORGET_S` placed after running loads that need less energy.

    What counts is the minimum summed over phases. Only loads with a budget change places; the others stay in order of
    service.
    """
    found, running = list(demands), [d for d in demands if d.load in energies and inputs.is_running(d)]
    for demand in demands:
        stopped_s = inputs.observed.now_s - inputs.observed.memory.loads[demand.load].patience.paused_s
        if demand.load not in energies or inputs.is_running(demand) or stopped_s >= tuning.FORGET_S:
            continue
        need_a = _minimum_a(inputs, demand)
        smaller = [found.index(other) for other in running if _minimum_a(inputs, other) + DUST < need_a]
        if smaller and max(smaller) > (place := found.index(demand)):
            found.insert(max(smaller), found.pop(place))
    return found


def _minimum_a(inputs: ShareInputs, demand: Demand) -> float:
    """Return the minimum of a load, summed over its phases [A]."""
    return demand.min_a * len(inputs.observed.site.by_name[demand.load].phases)


def _delay_starts_for_energy(inputs: ShareInputs, demands: Demands, energies: Energies) -> tuple[Demands, LimitedBy]:
    """Return the demands with the starts held off that wait for lasting energy, and load -> budgets it lacks.

    Only waiting loads of `energies` that have enough energy so far. A load lacks energy where it gets nothing if all
    waiting loads may start, and nothing if it alone may; then it is held off as well.
    """
    hopeful = {d.load: d for d in demands if d.load in energies and not inputs.is_running(d) and d.budget_ok}
    if not hopeful:
        return demands, {}
    held_off = [
        inputs.apply_hold(delay_until_energy_lasts, d, energies[d.load]) if d.load in hopeful else d for d in demands
    ]
    free = [fast_replace(d, hold=None) if d.load in hopeful else d for d in demands]
    # One allocation with all waiting loads settles most of them; a load that gets nothing in it is allocated alone.
    together = inputs.allocate(inputs.ceilings.expected, free)
    budget_short: LimitedBy = {}
    for place, demand in enumerate(free):
        if demand.load in hopeful and is_short_of_energy(together[demand.load]):
            alone = [*held_off[:place], demand, *held_off[place + 1 :]]
            share = inputs.allocate(inputs.ceilings.expected, alone)[demand.load]
            if is_short_of_energy(share):
                budget_short[demand.load] = share.limited_by
    # A load short of energy keeps its hold and reason; without a hold, the ceilings that limit it give the reason.
    lacking = {n: fast_replace(hopeful[n], budget_ok=False, hold=hopeful[n].hold or Hold.LATER) for n in budget_short}
    return [lacking.get(d.load, d) for d in held_off], budget_short


def is_short_of_energy(share: Share) -> bool:
    """Return whether a load gets nothing and a budget is among the ceilings that limit it."""
    return share.amps <= 0 and any(c.budget is not None for c in share.limited_by)


def _loads_squeezed_out(inputs: ShareInputs, demands: Demands, shares: Allocation) -> set[str]:
    """Return the running loads that get nothing only because other loads use up the energy budget."""
    lacking = [d.load for d in demands if _may_be_squeezed_out(inputs, d) and is_short_of_energy(shares[d.load])]
    return {name for name in lacking if all(c.budget is not None for c in shares[name].limited_by)}


def _may_be_squeezed_out(inputs: ShareInputs, demand: Demand) -> bool:
    """Return whether a load runs without a hold and its own minimum fits and has energy."""
    return demand.hold is None and demand.minimum_fits and inputs.is_running(demand)


def _hold_on_earlier_loads(inputs: ShareInputs, demands: Demands, headroom: Headroom) -> Demands:
    """Return the demands with running loads held on where a load served later is held on under a common ceiling.

    Only loads that fit and have energy, and are not held already. Loads held on get their minimum first. Otherwise the
    last load in order would keep its minimum and the first would be switched off. It is not held on where it may have
    to stop for a waiting load served before it.
    """
    if all(demand.hold is not Hold.ON for demand in demands):
        return demands
    found: list[Demand] = []
    under: set[int] = set()
    may_start = [set[int]()]
    """Place in the order -> the ceilings under which a load served before it may start."""
    for demand in demands:
        starts = demand.hold is None and demand.max_a > 0 and demand.minimum_fits and not inputs.is_running(demand)
        may_start.append(may_start[-1] | headroom.used_places(demand.load) if starts else may_start[-1])
    for demand, claimed in zip(reversed(demands), reversed(may_start[:-1]), strict=True):
        mine = headroom.used_places(demand.load)
        is_free = demand.hold is None and inputs.is_running(demand) and demand.minimum_fits
        if is_free and mine & under and not mine & claimed:
            demand = fast_replace(demand, hold=Hold.ON)
        if demand.hold is Hold.ON:
            under |= mine
        found.append(demand)
    return found[::-1]
