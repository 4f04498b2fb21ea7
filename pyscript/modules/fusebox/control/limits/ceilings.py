"""Site + snapshot -> every ceiling in force, each with its cause, and the memory that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ...model.ceiling import Ceiling
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ..estimators.usage_cap import with_watched_offers
from ..step_context import Limits, Observed
from . import fuse_budget
from .energy_budgets import budgets_in_force
from .flows import Flows, flows_of, with_supply
from .fuses import fuse_name, fuses_in_force
from .headroom import CeilingIndex, Ceilings
from .imbalance import imbalance_in_force
from .import_limit import contract_ceilings
from .supply import Supply
from .sustained_headroom import with_watched_headroom
from .tariff_limit import tariff_in_force, with_observed_house


class Source(NamedTuple):
    """One kind of limit other than a fuse."""

    applies: Callable[[Site], bool]
    """Whether the site has such a limit."""
    ceilings: Callable[[Flows], Iterable[Ceiling]]
    """Returns the ceilings in force now."""
    observe: Callable[[Flows], Memory] | None = None
    """Returns the updated memory; None where no memory is needed.

    Also called where the limit does not apply, to forget.
    """


SOURCES = (
    Source(lambda site: site.max_import_w is not None, contract_ceilings),
    Source(lambda site: site.imbalance_max_a is not None, imbalance_in_force),
    Source(lambda site: site.tariff is not None, tariff_in_force, with_observed_house),
    Source(lambda site: site.has_generation, budgets_in_force),
)
"""In the order in which their ceilings follow the fuses."""


class InForce(NamedTuple):
    """Every ceiling, the supply (None where the site generates nothing), and the memory of the house load."""

    ceilings: Ceilings
    supply: Supply | None
    memory: Memory


def ceilings_in_force(site: Site, snapshot: Snapshot, memory: Memory) -> InForce:
    """Return the ceilings of all fuses and phases, root first, then of contract, imbalance, tariff and budgets.

    The house load is computed when a meter reports and held until its next report: a draw of now subtracted from a
    reading half a minute old would show room that does not exist.
    """
    flows = flows_of(site, snapshot, memory)
    found, house_load = fuses_in_force(flows)
    flows = with_supply(flows, {phase: c for phase in site.phases for c in found if c.name == fuse_name(MAIN, phase)})
    flows = flows._replace(memory=fast_replace(memory, house_load=house_load))
    for source in SOURCES:
        if source.observe is not None:
            flows = flows._replace(memory=source.observe(flows))
        if source.applies(site):
            found += source.ceilings(flows)
    return InForce(Ceilings.of(found, None if flows.parts else _index_of(site, found)), flows.supply, flows.memory)


def _index_of(site: Site, ceilings: Sequence[Ceiling]) -> CeilingIndex:
    """Return which loads are under each ceiling, cached on the site by the ceilings' names.

    Ceilings whose weights change from step to step (imbalance, wires without a meter) are cached by their weights too.
    """
    shape = tuple([(c.name, c.binds, tuple(c.weights.items()) if c.against or not c.metered else ()) for c in ceilings])
    found: CeilingIndex | None = site.derived.get(shape)
    if found is None:
        found = site.derived[shape] = CeilingIndex(ceilings)
    return found


def limit_loads(seen: Observed) -> tuple[Observed, Limits]:
    """Return the instant with memory updated from the ceilings (fuses, headroom, unused offers), and the limits."""
    site, snapshot = seen.site, seen.snapshot
    ceilings, supply, memory = ceilings_in_force(site, snapshot, seen.memory)
    loads = with_watched_offers(site, snapshot, memory.loads, ceilings)
    fuses = fuse_budget.warm_fuses(site, snapshot, loads, ceilings, memory.fuses)
    memory = with_watched_headroom(ceilings, snapshot, fast_replace(memory, loads=loads, fuses=fuses))
    return fast_replace(seen, memory=memory), Limits(ceilings, supply)
