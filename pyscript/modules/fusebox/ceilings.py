"""Site + Snapshot -> every ceiling in force, each with the reason that a person reads."""

from __future__ import annotations

from collections.abc import Mapping

from .decision import Ceiling, LoadMemory
from .draws import counted_draws
from .electrics import PerPhase, Phase
from .site import MAIN, Circuit, Load, Site
from .snapshot import NEVER, Reading, Snapshot


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Mapping[str, LoadMemory]) -> tuple[Ceiling, ...]:
    """The fuses of all circuits on all phases, root first, then the contract's import limit."""
    draws = counted_draws(site, snapshot, memory)
    found = []
    for circuit in site.circuits:
        loads = site.loads_below(circuit.name)
        for phase in site.phases:
            here = [load for load in loads if phase in load.phases]
            if here or phase in circuit.grid:
                found.append(_fuse(site, snapshot, circuit, phase, here, draws))
    if site.max_import_w is not None:
        found.append(_contract(site, snapshot, site.max_import_w, draws))
    return tuple(found)


def fuse_name(circuit: str, phase: Phase) -> str:
    """The name of a fuse's ceiling on one phase, as status entities show it."""
    return f"{circuit} {phase.name}"


def _fuse(
    site: Site, snapshot: Snapshot, circuit: Circuit, phase: Phase, loads: list[Load], draws: Mapping[str, PerPhase]
) -> Ceiling:
    drawn_a = {load.name: draws[load.name][phase] or 0.0 for load in loads}
    name = fuse_name(circuit.name, phase)
    limit_a = circuit.fuse_a - site.margin_a
    if phase not in circuit.grid:
        # Without a meter of its own a circuit is taken to feed nothing but the loads that are named on it.
        used_a, known, words = 0.0, True, f"{name}: {circuit.fuse_a:g} A fuse"
        flow_a, reported_s = sum(drawn_a.values()), snapshot.now_s
    else:
        reading = _grid(snapshot, circuit.name, phase)
        known, reported_s = reading.value is not None, snapshot.now_s - reading.age_s
        # A fuse warms up from what flows out as well as from what flows in.
        flow_a = limit_a if reading.last is None else abs(reading.last)
        used_a = _used(site, reading, drawn_a, limit_a)
        words = f"{name}: {used_a:.1f} A used by others, {circuit.fuse_a:g} A fuse"
    return Ceiling(
        name=name,
        reason=words,
        room_a=limit_a - used_a,
        weights=dict.fromkeys(drawn_a, 1.0),
        drawn_a=drawn_a,
        flow_a=flow_a,
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        known=known,
        reported_s=reported_s,
    )


def _used(site: Site, reading: Reading, drawn_a: Mapping[str, float], limit_a: float) -> float:
    """What others use on a phase [A]; a meter that never told a number counts as a full house."""
    if reading.last is None:
        return limit_a
    used_a = reading.last - sum(drawn_a.values())
    # Where nothing generates, a house cannot use less than nothing: then a load draws less than it was counted with.
    return used_a if site.has_generation else max(used_a, 0.0)


def _contract(site: Site, snapshot: Snapshot, max_import_w: float, draws: Mapping[str, PerPhase]) -> Ceiling:
    limit_a = max_import_w / site.voltage_v
    weights, drawn_a, used_a, known = {}, {}, 0.0, True
    for load in site.loads:
        weights[load.name] = float(len(load.phases))
        drawn_a[load.name] = sum(value or 0.0 for value in draws[load.name])
    for phase in site.phases:
        reading = _grid(snapshot, MAIN, phase)
        known = known and reading.value is not None
        on_phase = {name: draw[phase] or 0.0 for name, draw in draws.items()}
        others_a = _used(site, reading, on_phase, limit_a)
        # A meter that does not net its phases bills import on one although another exports.
        used_a += others_a if site.netting == "sum" else max(others_a, 0.0)
    return Ceiling(
        name="contract",
        reason=f"contract: {used_a * site.voltage_v:.0f} W used by others of {max_import_w:g} W",
        room_a=limit_a - used_a,
        weights=weights,
        drawn_a=drawn_a,
        flow_a=used_a + sum(drawn_a.values()),
        rating_a=limit_a,
        known=known,
    )


def _grid(snapshot: Snapshot, circuit: str, phase: Phase) -> Reading:
    return snapshot.grid_a.get(circuit, {}).get(phase, NEVER)
