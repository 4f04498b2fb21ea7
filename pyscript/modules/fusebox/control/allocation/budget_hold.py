"""Holds for energy budgets (sun, excess, tariff), derived from the shares. Pure.

They say which load waits for energy before it starts, and which runs on without it for a while. A load that gets
nothing because other loads are served first is treated like one under a cloud: it stops with the same patience. A load
that would get nothing has not begun to wait for its start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ... import tuning
from ...model.ceiling import Budget, Ceiling
from ...model.decision import Allocation, Demand, Hold, MinimumSource, Share
from ...model.electrics import DUST
from ...model.load import Load
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Distribution
from ..demand.hold import HoldContext, runs, with_hold
from ..demand.holds_energy import energy_comes_back, energy_lasts
from ..limits.headroom import Headroom
from ..step_context import Rooms
from .allocation import allocate, allocate_steadily

Energies = Mapping[str, Budget]
"""Load -> the budget that its minimum depends on."""


@dataclass(frozen=True, slots=True)
class Instant:
    """What the shares of one instant are computed from."""

    loads: Mapping[str, Load]
    """Load name -> load."""

    distribution: Distribution
    rooms: Rooms

    memory: Memory
    now_s: float
    """The time of the step [s since 1970]."""
    day_began_s: float = float("-inf")
    """The last local midnight [s since 1970]."""

    def allocated(self, demands: Sequence[Demand]) -> Allocation:
        """Return the shares of the expected room; no load rises above its setpoint and what the lasting room allows."""
        return allocate_steadily(self.rooms.expected, self.rooms.lasting, demands, self.memory, self.distribution)

    def context(
        self, demand: Demand, energy: Budget | None = None, squeezed: bool = False, losers: Sequence[str] = ()
    ) -> HoldContext:
        """Return what the hold rules need to know about the load of `demand`."""
        load, past = self.loads[demand.load], self.memory.loads[demand.load]
        return HoldContext(
            demand,
            load,
            past,
            self.now_s,
            day_began_s=self.day_began_s,
            energy=energy,
            squeezed=squeezed,
            losers=losers,
        )

    def runs(self, demand: Demand) -> bool:
        """Return whether a load that could use power is on."""
        return runs(demand, self.memory.loads[demand.load])


def shares_of(instant: Instant, demands: Sequence[Demand]) -> tuple[tuple[Demand, ...], Allocation]:
    """Return the demands with the holds for energy budgets applied, and the share of each load."""
    headroom = Headroom(instant.rooms.expected)
    energies = {demand.load: energy for demand in demands if (energy := _energy_of(headroom, demand))}
    if not energies:
        found = _beside_held(instant, demands, headroom)
        return tuple(found), instant.allocated(found)
    found, budget_short = _waiting(instant, _by_turns(instant, demands, energies), energies)
    shares = instant.allocated(found)
    squeezed = _squeezed(instant, found, shares)
    while True:
        before = found
        # A load that is held on may take the energy of another load: then that load is short of energy too.
        found = [fast_replace(d, budget_ok=False) if d.load in squeezed else d for d in found]
        found = [
            d
            if d.budget_ok
            else with_hold((energy_comes_back,), instant.context(d, energies.get(d.load), d.load in squeezed))
            for d in found
        ]
        found = _beside_held(instant, found, headroom)
        if any(now is not then for now, then in zip(found, before, strict=True)):
            shares = instant.allocated(found)
            squeezed = _squeezed(instant, found, shares)
        if not squeezed:
            return tuple(found), {
                **shares,
                **{name: Share(0.0, limited_by) for name, limited_by in budget_short.items()},
            }


def _energy_of(headroom: Headroom, demand: Demand) -> Budget | None:
    """Return the budget that a load's minimum depends on: its mode's, else one that binds all loads; None for none."""
    if demand.max_a <= 0:
        return None
    of_all = None
    for ceiling in headroom.over(demand.load):
        if ceiling.binds is None:
            of_all = of_all or ceiling.budget
        elif ceiling.budget is not None and demand.minimum_source is not MinimumSource.GRID:
            return ceiling.budget
    return of_all


def _by_turns(instant: Instant, demands: Sequence[Demand], energies: Energies) -> list[Demand]:
    """Return the demands in order of service, but a recently stopped load after running loads that need less energy."""
    found = list(demands)
    for demand in demands:
        stopped_s = instant.now_s - instant.memory.loads[demand.load].patience.paused_s
        if demand.load not in energies or instant.runs(demand) or stopped_s >= tuning.FORGET_S:
            continue
        need_a = _minimum_a(instant, demand)
        smaller = [
            place
            for place, other in enumerate(found)
            if other.load in energies and instant.runs(other) and _minimum_a(instant, other) + DUST < need_a
        ]
        place = found.index(demand)
        if smaller and smaller[-1] > place:
            found.insert(smaller[-1], found.pop(place))
    return found


def _minimum_a(instant: Instant, demand: Demand) -> float:
    """Return the minimum of a load, summed over its phases [A]."""
    return demand.min_a * len(instant.loads[demand.load].phases)


def _waiting(
    instant: Instant, demands: Sequence[Demand], energies: Energies
) -> tuple[Sequence[Demand], Mapping[str, tuple[Ceiling, ...]]]:
    """Return the demands with holds on loads waiting for lasting energy, and load -> the budgets short for its minimum.

    A load is short of energy where it gets nothing together with all waiting loads, and nothing without them either.
    """
    hopeful = {d.load: d for d in demands if d.load in energies and not instant.runs(d) and d.budget_ok}
    if not hopeful:
        return demands, {}
    ceilings, distribution = instant.rooms.expected, instant.distribution
    held_off = [
        with_hold((energy_lasts,), instant.context(d, energies[d.load])) if d.load in hopeful else d for d in demands
    ]
    free = [fast_replace(d, hold=None) if d.load in hopeful else d for d in demands]
    # One allocation with all waiting loads settles most of them; a load that gets nothing in it is allocated alone.
    together = allocate(ceilings, free, distribution)
    budget_short = {}
    for place, demand in enumerate(free):
        if demand.load in hopeful and _is_short_of_energy(together[demand.load]):
            alone = [*held_off[:place], demand, *held_off[place + 1 :]]
            share = allocate(ceilings, alone, distribution)[demand.load]
            if _is_short_of_energy(share):
                budget_short[demand.load] = share.limited_by
    found = [_without_energy(hopeful[d.load]) if d.load in budget_short else d for d in held_off]
    return found, budget_short


def _without_energy(demand: Demand) -> Demand:
    """Return the demand held off without a reason of its own: its reason comes from the ceilings that limit it."""
    return fast_replace(demand, budget_ok=False, hold=demand.hold or Hold.LATER)


def _is_short_of_energy(share: Share) -> bool:
    """Return whether a load gets nothing and a budget is among the ceilings that limit it."""
    return share.amps <= 0 and any(c.budget is not None for c in share.limited_by)


def _squeezed(instant: Instant, demands: Sequence[Demand], shares: Allocation) -> set[str]:
    """Return the running loads that get nothing although the fuses allow it, because other loads use the energy."""
    return {
        d.load
        for d in demands
        if d.hold is None and d.budget_ok and d.fits and instant.runs(d) and _only_lacks_energy(shares[d.load])
    }


def _only_lacks_energy(share: Share) -> bool:
    """Return whether a load gets nothing and only budgets limit it."""
    return _is_short_of_energy(share) and all(c.budget is not None for c in share.limited_by)


def _beside_held(instant: Instant, demands: Sequence[Demand], headroom: Headroom) -> Sequence[Demand]:
    """Return the demands with running loads held on where a load served later is held on under a common ceiling.

    Loads held on get their minimum first. Otherwise the last load in order would keep its minimum and the first would
    be switched off.
    """
    if all(demand.hold is not Hold.ON for demand in demands):
        return demands
    found: list[Demand] = []
    under: set[int] = set()
    for demand in reversed(demands):
        mine = headroom.touched(demand.load)
        if demand.hold is None and instant.runs(demand) and demand.fits and demand.budget_ok and mine & under:
            demand = fast_replace(demand, hold=Hold.ON)
        if demand.hold is Hold.ON:
            under |= mine
        found.append(demand)
    return found[::-1]
