"""Site + Snapshot -> every ceiling in force, each with the reason that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .blind import Sight, sight_of
from .contract import contract_in_force
from .decision import Ceiling
from .draws import Drawn, Draws, draws_of
from .electrics import Phase
from .energy.budgets import budgets_in_force
from .energy.delivery import lifted_a
from .energy.supply import Supply, supply_of
from .house_memory import HouseMemory
from .late_meter import Shown, shown_a
from .learnt.rating import parts_used
from .memory import NEVER_S, Memory
from .records import copied
from .rooms import Ceilings
from .served import served_modes
from .site import MAIN, Circuit, Site
from .snapshot import NEVER, Reading, Snapshot
from .tariff.ceiling import tariff_in_force, watched_house


def ceilings_in_force(
    site: Site, snapshot: Snapshot, memory: Memory
) -> tuple[Ceilings, Supply | None, HouseMemory | None]:
    """The fuses of all circuits on all phases, root first, then the contract's import limit, the tariff, the budgets.

    Also what the site's own production leaves, None where nothing generates, and what is remembered of the house. What
    others use is worked out when a meter reports and held until it reports again: a draw of now less a meter of half a
    minute ago would be room that is not there.
    """
    draws = draws_of(site, snapshot, memory.loads, lifted_a(site, memory.battery))
    drawn = Drawn(site, draws)
    found = []
    for circuit in site.circuits:
        for phase in site.phases:
            weights = site.behind[circuit.name, phase]
            if weights or phase in circuit.grid:
                found.append(_fuse(site, snapshot, memory, circuit, phase, weights, draws, drawn))
    main = {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)}
    supply = supply_of(site, snapshot, memory.battery, main, drawn) if site.has_generation else None
    if site.max_import_w is not None:
        found += contract_in_force(site, snapshot, site.max_import_w, drawn, main, supply)
    house = watched_house(site, memory.house, main, snapshot.now_s)
    found += tariff_in_force(site, snapshot, memory.loads, house, drawn, main)
    if supply is not None:
        parts = parts_used(site.loads, memory.loads, snapshot.now_s)
        modes = served_modes(site.loads, memory.loads)
        found += [_as_used(c, parts) for c in budgets_in_force(site, snapshot, supply, memory.battery, drawn, modes)]
    return Ceilings.of(found), supply, house


def _as_used(budget: Ceiling, parts: Mapping[str, float]) -> Ceiling:
    """The budget from which a load takes only what it is known to use of its rating."""
    if not parts:
        return budget
    return copied(budget, weights={name: weight * parts.get(name, 1.0) for name, weight in budget.weights.items()})


METERED = "{used_a:z.0f} A used by others, {rating_a:g} A fuse"
UNMETERED = "{rating_a:g} A fuse"


@cache
def fuse_name(circuit: str, phase: Phase) -> str:
    """The name of a fuse's ceiling on one phase, as status entities show it."""
    return f"{circuit} {phase.name}"


def _fuse(
    site: Site,
    snapshot: Snapshot,
    memory: Memory,
    circuit: Circuit,
    phase: Phase,
    weights: Mapping[str, float],
    draws: Mapping[str, Draws],
    drawn: Drawn,
) -> Ceiling:
    on_phase_a = drawn.on((phase,))
    drawn_a = on_phase_a if len(weights) == len(on_phase_a) else {name: on_phase_a[name] for name in weights}
    ours_a = sum(drawn_a.values())
    name = fuse_name(circuit.name, phase)
    limit_a = circuit.fuse_a - site.margin_a
    if phase in circuit.grid:
        reading = snapshot.grid_a.get(circuit.name, {}).get(phase, NEVER)
        known, reported_s = sight_of(site, reading) is Sight.CLEAR, snapshot.now_s - reading.age_s
        seen_s, used_a, doubt_a = memory.others.get(name, (NEVER_S, 0.0, 0.0))
        if reported_s > seen_s or reading.last is None:
            shown = shown_a(site, snapshot, memory.loads, drawn_a, reported_s)
            used_a, doubt_a = _used(site, reading, shown, used_a if seen_s > NEVER_S else None)
        # A fuse warms up from what flows out as well as from what flows in.
        flow_a = used_a + ours_a if reading.last is None else abs(reading.last)
    else:
        # Without a meter of its own a circuit is taken to feed nothing but the loads that are named on it.
        known, reported_s = True, snapshot.now_s
        flow_a = sum(draws[name].seen[phase] or 0.0 for name in weights)
        used_a, doubt_a = flow_a - ours_a, 0.0
    return Ceiling(
        name=name,
        wording=METERED if phase in circuit.grid else UNMETERED,
        room_a=limit_a - used_a,
        weights=weights,
        drawn_a=drawn_a,
        used_a=used_a,
        doubt_a=doubt_a,
        flow_a=flow_a,
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        known=known,
        metered=phase in circuit.grid,
        reported_s=reported_s,
        voltage_v=site.voltage_v,
    )


def _used(site: Site, reading: Reading, shown: Shown, before_a: float | None) -> tuple[float, float]:
    """What others use on a phase, and how much more of the reading may be theirs [A].

    A meter that never told a number leaves only the wire's own rating to go by. As far as it is not known what our
    loads draw in this reading, others use what they used before; but a relay that says it is off may still feed what
    it did, so for a raise all that is not surely ours is theirs.
    """
    if reading.last is None:
        return 0.0, 0.0
    used_a = reading.last - shown.least_a
    if before_a is not None:
        used_a = min(max(before_a, reading.last - shown.most_a), used_a)
    # Where nothing generates, a house cannot use less than nothing: then a load draws less than it was counted with.
    used_a = used_a if site.has_generation else max(used_a, 0.0)
    return used_a, max(reading.last - shown.surely_a - used_a, 0.0)
