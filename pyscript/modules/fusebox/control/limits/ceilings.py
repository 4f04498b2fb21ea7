"""Site + snapshot -> every ceiling in force, each with its cause, and the memory that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ...model.ceiling import Ceiling
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot, min_current_a
from ..estimators.usage import update_unused_offers
from ..step_context import Limits, Situation
from . import fuse_budget
from .energy_budgets import budget_ceilings
from .flows import Flows, compute_flows, with_supply
from .fuses import fuse_ceilings, fuse_name
from .headroom import CeilingIndex, Ceilings
from .import_limit import contract_ceilings, imbalance_ceilings
from .island import island_ceilings, island_house_load
from .supply import Supply
from .sustained_headroom import update_headroom_memory
from .tariff_limit import tariff_ceilings, update_house_memory

SOURCES: Sequence[Callable[[Flows], Iterable[Ceiling]]] = (
    contract_ceilings,
    island_ceilings,
    imbalance_ceilings,
    tariff_ceilings,
    budget_ceilings,
)
"""Each returns the ceilings of one kind that are in force now, none where the site has no such limit.

In the order in which they follow the fuses.
"""


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[Ceilings, Supply | None, Memory]:
    """Return the ceilings of all fuses and phases, root first, then of contract, island, imbalance, tariff and budgets.

    Also the supply (None where the site generates nothing), and the memory updated with the house load, per fuse and
    for a tariff. The house load is computed when a meter reports and held until its next report: subtracting a present
    draw from an old reading would invent headroom.
    """
    flows = compute_flows(site, snapshot, memory)
    found, house_load = fuse_ceilings(flows)
    flows = with_supply(flows, {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)})
    house = update_house_memory(flows)
    house_load = {**house_load, **island_house_load(flows)}
    flows = flows._replace(memory=fast_replace(memory, house_load=house_load, house=house))
    for source in SOURCES:
        found += source(flows)
    index = None if flows.parts or flows.expected else _cached_index(site, found)
    return Ceilings.with_index(found, index), flows.supply, flows.memory


def _cached_index(site: Site, ceilings: Sequence[Ceiling]) -> CeilingIndex:
    """Return which loads are under each ceiling, cached on the site by the ceilings' names.

    Ceilings whose weights change from step to step (imbalance, wires without a meter) are cached by their weights too.
    """
    shape = tuple([(c.name, c.binds, tuple(c.weights.items()) if c.against or not c.metered else ()) for c in ceilings])
    return site.derive(shape, lambda: CeilingIndex(ceilings))


def compute_limits(observed: Situation) -> tuple[Situation, Limits]:
    """Return the limits in force, and the observation with its memory updated by them.

    That memory is of the house load, unused offers, the fuses' warmth and the headroom; setpoints stay as they are.
    """
    site, snapshot = observed.site, observed.snapshot
    ceilings, supply, memory = ceilings_in_force(site, snapshot, observed.memory)
    memory = fast_replace(memory, loads=update_unused_offers(site, snapshot, memory.loads, ceilings))
    ceilings = _without_lenders(site, snapshot, memory, ceilings)
    memory = fuse_budget.update_fuses(site, snapshot, memory, ceilings)
    memory = update_headroom_memory(ceilings, snapshot, memory)
    return fast_replace(observed, memory=memory), Limits(ceilings, supply)


def _without_lenders(site: Site, snapshot: Snapshot, memory: Memory, ceilings: Ceilings) -> Ceilings:
    """Return the ceilings without the loads that lend their minimum: they use nothing of them.

    Only under a measured ceiling that has headroom for that minimum, as otherwise the load itself could not have it.
    """
    lenders = [load for load in site.loads if memory.loads[load.name].response.unused_offer.lends]
    if not lenders:
        return ceilings
    minimums_a = {load.name: min_current_a(load, snapshot.state_of(load.name)) for load in lenders}
    return Ceilings.with_index(_without(ceiling, minimums_a) for ceiling in ceilings)


def _without(ceiling: Ceiling, minimums_a: Mapping[str, float]) -> Ceiling:
    """Return the ceiling without those of these loads whose minimum alone [A] fits under it; they draw nothing."""
    weights = ceiling.weights
    left_out = {name for name, a in minimums_a.items() if name in weights and weights[name] * a <= ceiling.headroom_a}
    if not left_out or not ceiling.known or not ceiling.metered:
        return ceiling
    kept = {name: weight for name, weight in weights.items() if name not in left_out}
    drawn_a = {name: a for name, a in ceiling.drawn_a.items() if name not in left_out}
    return fast_replace(ceiling, weights=kept, drawn_a=drawn_a)
