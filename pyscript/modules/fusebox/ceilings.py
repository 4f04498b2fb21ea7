"""Site + Snapshot -> every ceiling in force, each with the reason that a person reads."""

from __future__ import annotations

from collections.abc import Mapping

from .blind import Sight, sight_of
from .budgets import budgets_in_force
from .contract import contract_in_force
from .decision import NEVER_S, Ceiling, Memory
from .draws import Draws, draws_of
from .electrics import Phase
from .site import MAIN, Circuit, Load, Site
from .snapshot import NEVER, Reading, Snapshot
from .supply import Supply, supply_of


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[tuple[Ceiling, ...], Supply | None]:
    """The fuses of all circuits on all phases, root first, then the contract's import limit, then the energy budgets.

    Also what the site's own production leaves, None where nothing generates. What others use is worked out when a meter
    reports and held until it reports again: a draw of now less a meter of half a minute ago would be room that is not
    there.
    """
    draws = draws_of(site, snapshot, memory.loads)
    found = []
    for circuit in site.circuits:
        loads = site.loads_below(circuit.name)
        for phase in site.phases:
            here = [load for load in loads if phase in load.phases]
            if here or phase in circuit.grid:
                found.append(_fuse(site, snapshot, memory, circuit, phase, here, draws))
    main = {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)}
    supply = supply_of(site, snapshot, memory.battery, main, draws) if site.has_generation else None
    if site.max_import_w is not None:
        found += contract_in_force(site, snapshot, site.max_import_w, draws, main, supply)
    if supply is not None:
        found += budgets_in_force(site, snapshot, supply, memory.battery, draws)
    return tuple(found), supply


def fuse_name(circuit: str, phase: Phase) -> str:
    """The name of a fuse's ceiling on one phase, as status entities show it."""
    return f"{circuit} {phase.name}"


def _fuse(
    site: Site,
    snapshot: Snapshot,
    memory: Memory,
    circuit: Circuit,
    phase: Phase,
    loads: list[Load],
    draws: Mapping[str, Draws],
) -> Ceiling:
    drawn_a = {load.name: draws[load.name].ours[phase] or 0.0 for load in loads}
    name = fuse_name(circuit.name, phase)
    limit_a = circuit.fuse_a - site.margin_a
    if phase in circuit.grid:
        reading = snapshot.grid_a.get(circuit.name, {}).get(phase, NEVER)
        known, reported_s = sight_of(site, reading) is Sight.CLEAR, snapshot.now_s - reading.age_s
        seen_s, used_a = memory.others.get(name, (NEVER_S, 0.0))
        if reported_s > seen_s or reading.last is None:
            used_a = _used(site, reading, sum(drawn_a.values()))
        # A fuse warms up from what flows out as well as from what flows in.
        flow_a = used_a + sum(drawn_a.values()) if reading.last is None else abs(reading.last)
    else:
        # Without a meter of its own a circuit is taken to feed nothing but the loads that are named on it.
        known, reported_s = True, snapshot.now_s
        flow_a = sum(draws[load.name].seen[phase] or 0.0 for load in loads)
        used_a = flow_a - sum(drawn_a.values())
    used = f"{used_a:.1f} A used by others, " if phase in circuit.grid else ""
    return Ceiling(
        name=name,
        reason=f"{name}: {used}{circuit.fuse_a:g} A fuse",
        room_a=limit_a - used_a,
        weights=dict.fromkeys(drawn_a, 1.0),
        drawn_a=drawn_a,
        used_a=used_a,
        flow_a=flow_a,
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        known=known,
        reported_s=reported_s,
    )


def _used(site: Site, reading: Reading, drawn_a: float) -> float:
    """What others use on a phase [A]. A meter that never told a number leaves only the wire's own rating to go by."""
    if reading.last is None:
        return 0.0
    used_a = reading.last - drawn_a
    # Where nothing generates, a house cannot use less than nothing: then a load draws less than it was counted with.
    return used_a if site.has_generation else max(used_a, 0.0)
