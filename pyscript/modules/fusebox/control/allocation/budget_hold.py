"""Who waits for energy, and who runs on without it for a while, judged by what the shares leave each load. Pure.

A load that gets nothing because others are served first is in the same shade as under a cloud: it stops with the same
patience. And one that would get nothing has not begun to wait for its start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ... import tuning
from ...model.decision import Allocation, Budget, Ceiling, Demand, Hold, MinimumSource, Share
from ...model.memory import LoadMemory, Memory
from ...model.records import fast_replace
from ...model.site import Load, Site
from ..demand.countdown import tens
from ..demand.demands import held
from ..limits.headroom import Ceilings, Headroom
from .allocation import allocate, allocate_steadily

Energies = Mapping[str, Budget]
"""Load -> the budget that may keep it from its minimum."""


def shares_of(
    site: Site, ceilings: Ceilings, lasting: Ceilings, demands: Sequence[Demand], memory: Memory, now_s: float
) -> tuple[tuple[Demand, ...], Allocation]:
    """The demands with the patience of the budgets, and everybody's share."""
    rooms = Headroom(ceilings)
    energies = {demand.load: asks[0] for demand in demands if (asks := _asks(rooms, demand))}
    if not energies:
        found = _beside_held(demands, memory, rooms)
        return tuple(found), allocate_steadily(ceilings, lasting, found, memory, site.distribution)
    loads = {load.name: load for load in site.loads}
    served = _by_turns(demands, loads, memory, energies, now_s)
    found, budget_short = _waiting(site, ceilings, served, loads, memory, energies, now_s)
    shares = allocate_steadily(ceilings, lasting, found, memory, site.distribution)
    squeezed = _squeezed(found, shares, memory)
    while True:
        # Whoever is kept on may keep what another one has had: then that one is in the shade too.
        found = [fast_replace(d, budget_ok=False) if d.load in squeezed else d for d in found]
        found = [_patient(d, loads[d.load], memory, energies, squeezed, now_s) for d in found]
        found = _beside_held(found, memory, rooms)
        shares = allocate_steadily(ceilings, lasting, found, memory, site.distribution)
        squeezed = _squeezed(found, shares, memory)
        if not squeezed:
            return tuple(found), {**shares, **{name: Share(0.0, binding) for name, binding in budget_short.items()}}


def _asks(rooms: Headroom, demand: Demand) -> list[Budget]:
    """The budgets without which the load has no minimum, that of its mode first."""
    if demand.max_a <= 0:
        return []
    over = [c for c in rooms.over(demand.load) if c.binds is None or demand.minimum_source is not MinimumSource.GRID]
    return [c.budget for c in sorted(over, key=lambda c: c.binds is None) if c.budget is not None]


def _runs(demand: Demand, memory: Memory) -> bool:
    return demand.max_a > 0 and memory.loads[demand.load].setpoint_a > 0


def _by_turns(
    demands: Sequence[Demand], loads: Mapping[str, Load], memory: Memory, energies: Energies, now_s: float
) -> list[Demand]:
    """In order of service; but one that was stopped a while ago comes after those that run and need less energy."""
    found = list(demands)
    for demand in demands:
        stopped_s = now_s - memory.loads[demand.load].paused_s
        if demand.load not in energies or _runs(demand, memory) or stopped_s >= tuning.BUDGET_TURN_S:
            continue
        need_a = _need_a(demand, loads)
        smaller = [
            place
            for place, other in enumerate(found)
            if other.load in energies and _runs(other, memory) and _need_a(other, loads) + tuning.DUST < need_a
        ]
        place = found.index(demand)
        if smaller and smaller[-1] > place:
            found.insert(smaller[-1], found.pop(place))
    return found


def _need_a(demand: Demand, loads: Mapping[str, Load]) -> float:
    return demand.min_a * len(loads[demand.load].phases)


def _waiting(
    site: Site,
    ceilings: Ceilings,
    demands: Sequence[Demand],
    loads: Mapping[str, Load],
    memory: Memory,
    energies: Energies,
    now_s: float,
) -> tuple[Sequence[Demand], Mapping[str, tuple[Ceiling, ...]]]:
    """The demands with those held off that wait for lasting energy; and what keeps it from those that it passes by."""
    hopeful = {d.load: d for d in demands if d.load in energies and not _runs(d, memory) and d.budget_ok}
    if not hopeful:
        return demands, {}
    held_off = [
        _in_the_sun(d, loads[d.load], memory.loads[d.load], now_s, energies[d.load]) if d.load in hopeful else d
        for d in demands
    ]
    free = [fast_replace(d, hold=None) if d.load in hopeful else d for d in demands]
    # Beside all others that hope it is soon told for most; who gets nothing so is asked by itself.
    together = allocate(ceilings, free, site.distribution)
    budget_short = {}
    for place, demand in enumerate(free):
        if demand.load in hopeful and _lacks_energy(together[demand.load]):
            alone = [*held_off[:place], demand, *held_off[place + 1 :]]
            share = allocate(ceilings, alone, site.distribution)[demand.load]
            if _lacks_energy(share):
                budget_short[demand.load] = share.binding
    found = [_unlit(hopeful[d.load]) if d.load in budget_short else d for d in held_off]
    return found, budget_short


def _unlit(demand: Demand) -> Demand:
    """Held off without a word of its own: what binds it says what it waits for."""
    return fast_replace(demand, budget_ok=False, hold=demand.hold or Hold.LATER)


def _lacks_energy(share: Share) -> bool:
    return share.amps <= 0 and any(c.budget is not None for c in share.binding)


def _squeezed(demands: Sequence[Demand], shares: Allocation, memory: Memory) -> set[str]:
    """Those that run and get nothing, although the wires would bear them, because others have the energy."""
    return {
        d.load
        for d in demands
        if d.hold is None and d.budget_ok and d.fits and _runs(d, memory) and _only_lacks_energy(shares[d.load])
    }


def _only_lacks_energy(share: Share) -> bool:
    return _lacks_energy(share) and all(c.budget is not None for c in share.binding)


def _patient(
    demand: Demand, load: Load, memory: Memory, energies: Energies, squeezed: Collection[str], now_s: float
) -> Demand:
    """Held on if it runs and its budget no longer holds its minimum: clouds pass."""
    if demand.budget_ok or demand.hold is not None or not demand.fits or not _runs(demand, memory):
        return demand
    since_s = memory.loads[demand.load].budget_short_since_s
    rest_s = (now_s if since_s is None else since_s) + load.stop_after_s - now_s
    if rest_s <= 0:
        return demand
    energy = energies[demand.load].energy
    if demand.load in squeezed:
        why = f"kept on although the {energy} goes to others before it"
    elif load.on_off:
        why = f"kept on without enough {energy}"
    else:
        why = f"held at {demand.min_a:g} A without enough {energy}"
    return held(demand, Hold.ON, f"{why}, stops in {tens(rest_s)} s")


def _in_the_sun(demand: Demand, load: Load, past: LoadMemory, now_s: float, energy: Budget) -> Demand:
    """Held off until its budget has held its minimum for long enough."""
    budget_ok_since_s = now_s if past.budget_ok_since_s is None else past.budget_ok_since_s
    stops = sum(now_s - stop_s < tuning.CHANGEABLE_SUN_S for stop_s in past.budget_stops_s)
    longer = tuning.CHANGEABLE_SUN_FACTOR ** min(max(stops - 1, 0), tuning.CHANGEABLE_SUN_TIMES)
    rest_s = budget_ok_since_s + load.start_after_s * longer - now_s
    if rest_s <= 0 or demand.hold is not None:
        return demand
    why = f"enough {energy.energy}, starts in {tens(rest_s)} s if it lasts"
    if stops > 1:
        why += f"; it was stopped for want of it {stops} times in the last {tuning.CHANGEABLE_SUN_S / 60:.0f} minutes"
    return held(demand, Hold.LATER, why)


def _beside_held(demands: Sequence[Demand], memory: Memory, rooms: Headroom) -> Sequence[Demand]:
    """A running load keeps its minimum when one that is served after it is held on under the same ceiling.

    Held-on loads get their minimum first: without this the last in order would be held and the first switched off.
    """
    if all(demand.hold is not Hold.ON for demand in demands):
        return demands
    found: list[Demand] = []
    under: set[int] = set()
    for demand in reversed(demands):
        mine = rooms.touched(demand.load)
        if demand.hold is None and _runs(demand, memory) and demand.fits and demand.budget_ok and mine & under:
            demand = fast_replace(demand, hold=Hold.ON)
        if demand.hold is Hold.ON:
            under |= mine
        found.append(demand)
    return found[::-1]
