"""What flows now, as every source of ceilings is given it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.memory import Memory
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..estimators.draws import Drawn, Draws, draws_of
from ..estimators.rated_power import parts_used
from .battery import lifted_a
from .supply import Supply, supply_of


class Flows(NamedTuple):
    """The instant, what every load draws, and what that makes of the main fuse and of own production."""

    site: Site
    snapshot: Snapshot
    memory: Memory
    draws: Mapping[str, Draws]
    """By load."""
    drawn: Drawn
    """The same over choices of phases."""
    main: Mapping[Phase, Ceiling] = MappingProxyType({})
    """The ceilings of the main fuse, by phase."""
    supply: Supply | None = None
    """What the site's own production leaves, None where nothing generates."""
    parts: Mapping[str, float] = MappingProxyType({})
    """By load that takes less than its rating from an energy budget: what part of it, 0 to 1."""


def flows_of(site: Site, snapshot: Snapshot, memory: Memory) -> Flows:
    """The flows as far as the loads show them."""
    draws = draws_of(site, snapshot, memory.loads, lifted_a(site, memory.battery))
    return Flows(site, snapshot, memory, draws, Drawn(site, draws))


def with_supply(flows: Flows, main: Mapping[Phase, Ceiling]) -> Flows:
    """The flows with the main fuse's ceilings, and with what they make of own production."""
    site, snapshot, memory = flows.site, flows.snapshot, flows.memory
    if not site.has_generation:
        return flows._replace(main=main)
    supply = supply_of(site, snapshot, memory.battery, main, flows.drawn)
    return flows._replace(main=main, supply=supply, parts=parts_used(site.loads, memory.loads, snapshot.now_s))
