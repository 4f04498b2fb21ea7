"""The present currents, as input of every source of ceilings."""

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
from .battery import battery_current_a
from .supply import Supply, supply_of


class Flows(NamedTuple):
    """The instant, the draw of each load, and what follows from that for the main fuse and own production."""

    site: Site
    snapshot: Snapshot
    memory: Memory
    draws: Mapping[str, Draws]
    """Load name -> its draw."""
    drawn: Drawn
    """The draws of all loads, summed over chosen phases."""
    main: Mapping[Phase, Ceiling] = MappingProxyType({})
    """Phase -> the ceiling of the main fuse."""
    supply: Supply | None = None
    """What the site's own production leaves, None where the site generates nothing."""
    parts: Mapping[str, float] = MappingProxyType({})
    """Load -> share of its rating that it takes from an energy budget (0 to 1), for loads that use less than all."""


def flows_of(site: Site, snapshot: Snapshot, memory: Memory) -> Flows:
    """Return the flows with the loads' draws; main fuse and supply are added by `with_supply`."""
    draws = draws_of(site, snapshot, memory.loads, battery_current_a(site, memory.battery))
    return Flows(site, snapshot, memory, draws, Drawn(site, draws))


def with_supply(flows: Flows, main: Mapping[Phase, Ceiling]) -> Flows:
    """Return the flows with the main fuse's ceilings and the supply computed from them."""
    site, snapshot, memory = flows.site, flows.snapshot, flows.memory
    if not site.has_generation:
        return flows._replace(main=main)
    supply = supply_of(site, snapshot, memory.battery, main, flows.drawn)
    return flows._replace(main=main, supply=supply, parts=parts_used(site.loads, memory.loads, snapshot.now_s))
