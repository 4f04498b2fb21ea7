"""Site + Snapshot -> every ceiling in force, each with the reason that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from .blind import Sight, sight_of
from .decision import NEVER_S, Ceiling, Memory
from .draws import Draws, draws_of
from .electrics import Phase
from .site import MAIN, Circuit, Load, Site
from .snapshot import NEVER, Reading, Snapshot


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[Ceiling, ...]:
    """The fuses of all circuits on all phases, root first, then the contract's import limit.

    What others use is worked out when a meter reports and held until it reports again: a draw of now less a meter of
    half a minute ago would be room that is not there.
    """
    draws = draws_of(site, snapshot, memory.loads)
    found = []
    for circuit in site.circuits:
        loads = site.loads_below(circuit.name)
        for phase in site.phases:
            here = [load for load in loads if phase in load.phases]
            if here or phase in circuit.grid:
                found.append(_fuse(site, snapshot, memory, circuit, phase, here, draws))
    if site.max_import_w is not None:
        main = {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)}
        found += _contract(site, snapshot, site.max_import_w, draws, main)
    return tuple(found)


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
        reading = _grid(snapshot, circuit.name, phase)
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


def _contract(
    site: Site,
    snapshot: Snapshot,
    max_import_w: float,
    draws: Mapping[str, Draws],
    main: Mapping[Phase, Ceiling],
) -> Iterator[Ceiling]:
    """The limit on import. A meter that does not net its phases bills import on one although another exports.

    The sum of what is imported on each phase is the largest sum over any choice of phases: so there the limit is one
    ceiling for every choice, which is exact; where nothing is exported, the choice of all phases is that one.
    """
    limit_a = max_import_w / site.voltage_v
    for phases in _choices(site):
        drawn_a = {
            load.name: sum(draws[load.name].ours[phase] or 0.0 for phase in phases)
            for load in site.loads
            if any(phase in phases for phase in load.phases)
        }
        used_a = sum(main[phase].used_a for phase in phases)
        flow_a = sum(_flow_a(main[phase], _grid(snapshot, MAIN, phase)) for phase in phases)
        every = len(phases) == len(site.phases)
        name = "contract" if every else "contract " + " ".join(phase.name for phase in phases)
        yield Ceiling(
            name=name,
            reason=f"{name}: {used_a * site.voltage_v:.0f} W used by others of {max_import_w:g} W",
            room_a=limit_a - used_a,
            weights={
                load.name: float(sum(phase in phases for phase in load.phases))
                for load in site.loads
                if load.name in drawn_a
            },
            drawn_a=drawn_a,
            used_a=used_a,
            flow_a=flow_a,
            rating_a=limit_a,
            known=all(main[phase].known for phase in phases),
            reported_s=max(main[phase].reported_s for phase in phases),
        )


def _flow_a(fuse: Ceiling, reading: Reading) -> float:
    """What flows in on a phase, signed [A]; what our loads draw where the meter never told a number."""
    return fuse.flow_a if reading.last is None else reading.last


def _choices(site: Site) -> Iterator[tuple[Phase, ...]]:
    yield site.phases
    if site.netting != "sum" and site.has_generation:
        for count in range(1, len(site.phases)):
            yield from combinations(site.phases, count)


def _grid(snapshot: Snapshot, circuit: str, phase: Phase) -> Reading:
    return snapshot.grid_a.get(circuit, {}).get(phase, NEVER)
