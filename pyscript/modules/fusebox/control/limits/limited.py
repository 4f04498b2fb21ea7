"""What may flow now, and the memory that knows it: ceilings, the warmth of fuses, and the room of the last minutes."""

from __future__ import annotations

from ...model.records import fast_replace
from ..estimators.usage_cap import with_watched_offers
from ..step_context import Limits, Observed
from . import fuse_budget
from .ceilings import ceilings_in_force
from .sustained_headroom import with_watched_headroom


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
