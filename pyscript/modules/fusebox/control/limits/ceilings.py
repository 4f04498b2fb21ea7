"""Site + Snapshot -> every ceiling in force, each with the reason that a person reads, and what knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.equipment import Circuit
from ...model.memory import Memory
from ...model.others_memory import NOTHING_SEEN, HouseMemory, OthersMemory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Reading, Snapshot
from ..data_quality import DataQuality, quality_of
from ..estimators.draws import Drawn, Draws, draws_of
from ..estimators.late_readings import LateLoad, late_loads, shown_a
from ..estimators.rated_power import parts_used
from ..estimators.usage_cap import with_watched_offers
from ..modes.served import served_modes
from ..step_context import Limits, Observed
from . import fuse_budget
from .battery import lifted_a
from .energy_budgets import budgets_in_force
from .headroom import CeilingIndex, Ceilings
from .imbalance import imbalance_in_force
from .import_limit import contract_in_force
from .others import Teller, is_doubted, no_less, others_seen, own_draw_on, tellers, with_watched_sun
from .supply import Supply, given_a, supply_of
from .sustained_headroom import with_watched_headroom
from .tariff_limit import tariff_in_force, watched_house
from .unmetered import metered_below, unmetered_flow


class _Now(NamedTuple):
    """All that a fuse's ceiling is made of."""

    site: Site
    snapshot: Snapshot
    memory: Memory
    draws: Mapping[str, Draws]
    drawn: Drawn
    late: Sequence[LateLoad]
    tellers: Sequence[Teller]


class InForce(NamedTuple):
    """Every ceiling; what the site's own production leaves, None where nothing generates; what to remember of others.

    `house`: all of them together, for a tariff; `others`: those under each metered fuse.
    """

    ceilings: Ceilings
    supply: Supply | None
    house: HouseMemory | None
    others: Mapping[str, OthersMemory]


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Memory) -> InForce:
    """The fuses of all circuits on all phases, root first, then contract, imbalance, tariff and budgets.

    What others use is worked out when a meter reports and held until it reports again: a draw of now less a meter of
    half a minute ago would be room that is not there.
    """
    draws = draws_of(site, snapshot, memory.loads, lifted_a(site, memory.battery))
    drawn = Drawn(site, draws)
    late = late_loads(site, snapshot, memory.loads)
    now = _Now(site, snapshot, memory, draws, drawn, late, tellers(site, snapshot, memory))
    found, others = _fuses(now)
    main = {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)}
    supply = supply_of(site, snapshot, memory.battery, main, drawn) if site.has_generation else None
    if site.max_import_w is not None:
        found += contract_in_force(site, snapshot, site.max_import_w, drawn, main, supply)
    if site.imbalance_max_a is not None:
        found += imbalance_in_force(site, snapshot, memory, drawn, site.imbalance_max_a)
    house = watched_house(site, memory.house, main, snapshot.now_s)
    found += tariff_in_force(site, snapshot, memory.loads, house, drawn, main)
    parts = {} if supply is None else parts_used(site.loads, memory.loads, snapshot.now_s)
    if supply is not None:
        modes = served_modes(site.loads, memory.loads)
        found += [_as_used(c, parts) for c in budgets_in_force(site, snapshot, supply, memory.battery, drawn, modes)]
    return InForce(Ceilings.of(found, None if parts else _index_of(site, found)), supply, house, others)


def _index_of(site: Site, ceilings: Sequence[Ceiling]) -> CeilingIndex:
    """The loads under each ceiling, looked up by the ceilings' names while loads take what they are wired to take.

    Ceilings whose weights change from step to step (imbalance, wires without a meter) are looked up by these too.
    """
    shape = tuple([(c.name, c.binds, tuple(c.weights.items()) if c.against or not c.metered else ()) for c in ceilings])
    found: CeilingIndex | None = site.derived.get(shape)
    if found is None:
        found = site.derived[shape] = CeilingIndex(ceilings)
    return found


def _as_used(budget: Ceiling, parts: Mapping[str, float]) -> Ceiling:
    """The budget from which a load takes only what it is known to use of its rating."""
    if not parts:
        return budget
    return fast_replace(
        budget, weights={name: weight * parts.get(name, 1.0) for name, weight in budget.weights.items()}
    )


METERED = "{used_a:z.0f} A used by others, {rating_a} A fuse"
UNMETERED = "{rating_a} A fuse"


@cache
def fuse_name(circuit: str, phase: Phase) -> str:
    """The name of a fuse's ceiling on one phase, as status entities show it."""
    return f"{circuit} {phase.name}"


class _Wire(NamedTuple):
    """What a fuse's ceiling needs of one phase of its circuit; the fields are those of `Ceiling`."""

    wording: str
    weights: Mapping[str, float]
    drawn_a: Mapping[str, float]
    used_a: float
    uncertainty_a: float
    flow_a: float
    known: bool
    reported_s: float
    exported_a: float = 0.0


def _fuses(now: _Now) -> tuple[list[Ceiling], dict[str, OthersMemory]]:
    """The fuses of all circuits and phases, and what to remember of others under those that have a meter."""
    site, others = now.site, {}
    places = [(c, p) for c in site.circuits for p in site.phases if site.behind[c.name, p] or p in c.grid]
    wires: dict[tuple[str, Phase], _Wire] = {}
    for circuit, phase in places:
        if phase in circuit.grid:
            wires[circuit.name, phase], others[fuse_name(circuit.name, phase)] = _metered(now, circuit, phase)
    for circuit, phase in places:
        if phase not in circuit.grid:
            wires[circuit.name, phase] = _unmetered(now, circuit, phase, wires)
    return [_fuse(site, circuit, phase, wires[circuit.name, phase]) for circuit, phase in places], others


def _metered(now: _Now, circuit: Circuit, phase: Phase) -> tuple[_Wire, OthersMemory]:
    """One phase of a circuit that has a meter there, and what to remember of others on it."""
    site, snapshot = now.site, now.snapshot
    weights, on_phase_a = site.behind[circuit.name, phase], now.drawn.on((phase,))
    drawn_a = on_phase_a if len(weights) == len(on_phase_a) else {name: on_phase_a[name] for name in weights}
    reading = snapshot.grid_a.get(circuit.name, {}).get(phase, NEVER)
    others, counted = _others(now, circuit, phase, reading, drawn_a)
    # A fuse warms up from what flows out as well as from what flows in.
    flow_a = counted.used_a + sum(drawn_a.values()) if reading.last is None else abs(reading.last)
    wire = _Wire(
        wording=METERED,
        weights=weights,
        drawn_a=drawn_a,
        used_a=counted.used_a,
        uncertainty_a=counted.uncertainty_a,
        flow_a=flow_a,
        known=quality_of(site, reading) is DataQuality.GOOD,
        reported_s=snapshot.now_s - reading.age_s,
        exported_a=max(-(reading.last or 0.0), 0.0),
    )
    return wire, others


def _unmetered(now: _Now, circuit: Circuit, phase: Phase, wires: Mapping[tuple[str, Phase], _Wire]) -> _Wire:
    """One phase of a circuit without a meter there; `wires` holds those that have one."""
    site, wire = now.site, (circuit.name, phase)
    below = [wires[name, phase] for name in metered_below(site, *wire)]
    house_a = sum(max(each.used_a, 0.0) for each in below)
    flow = unmetered_flow(site, now.snapshot, now.memory.loads, now.draws, wire)
    used_a = flow.reserved_a + house_a
    return _Wire(
        wording=flow.words + (METERED if below else UNMETERED),
        weights=flow.weights,
        drawn_a=flow.drawn_a,
        used_a=used_a,
        uncertainty_a=sum(each.uncertainty_a for each in below),
        flow_a=used_a + sum(flow.drawn_a.values()),
        known=all(each.known for each in below),
        reported_s=now.snapshot.now_s,
    )


def _fuse(site: Site, circuit: Circuit, phase: Phase, wire: _Wire) -> Ceiling:
    """The ceiling of a circuit's fuse on one phase."""
    return Ceiling(
        name=fuse_name(circuit.name, phase),
        room_a=circuit.fuse_a - site.margin_a - wire.used_a,
        margin_a=site.margin_a,
        phases=(phase,),
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        metered=phase in circuit.grid,
        voltage_v=site.voltage_v,
        **wire._asdict(),
    )


def _others(
    now: _Now, circuit: Circuit, phase: Phase, reading: Reading, drawn_a: Mapping[str, float]
) -> tuple[OthersMemory, OthersMemory]:
    """What is remembered of others on a wire, and what they count with now."""
    site, snapshot, memory = now.site, now.snapshot, now.memory
    past, reported_s = memory.others.get(fuse_name(circuit.name, phase), NOTHING_SEEN), snapshot.now_s - reading.age_s
    own = own_draw_on(phase, now.tellers, drawn_a, reported_s)
    if reported_s > past.reported_s or reading.last is None:
        shown = shown_a(now.late, drawn_a, reported_s, snapshot.now_s)
        past = others_seen(past, reading, reported_s, own, shown)
    gives_a = given_a(site, snapshot, memory.battery, phase)
    if gives_a is not None:
        past = with_watched_sun(past, reading, own, gives_a, snapshot.now_s)
    return past, past if is_doubted(past, snapshot.now_s) else no_less(past, reading, own, gives_a)


def limited(seen: Observed) -> tuple[Observed, Limits]:
    """The instant with what its limits show, and the limits."""
    site, snapshot, memory = seen.site, seen.snapshot, seen.memory
    ceilings, supply, house, others = ceilings_in_force(site, snapshot, memory)
    loads = with_watched_offers(site, snapshot, memory.loads, ceilings)
    memory = fast_replace(
        memory,
        loads=loads,
        fuses=fuse_budget.warmed(site, snapshot, loads, ceilings, memory.fuses),
        others=others,
        house=house,
    )
    memory = with_watched_headroom(ceilings, snapshot, memory)
    return fast_replace(seen, memory=memory), Limits(ceilings, supply)
