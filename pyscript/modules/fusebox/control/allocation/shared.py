"""Who may have how much: what everybody could use, under what lasts, and who waits for whom."""

from __future__ import annotations

from ..demand.demands import demands_of
from ..limits.sustained_headroom import forecast_ceilings, sustained_ceilings
from ..step_context import Limits, Observed, Shares
from .admission import admitted
from .budget_hold import Instant


def shared(seen: Observed, limits: Limits) -> Shares:
    """The shares of all loads, and what limits them."""
    site, memory, now_s = seen.site, seen.memory, seen.now_s
    demands = demands_of(site, seen.snapshot, memory, limits.ceilings)
    ceilings = forecast_ceilings(site, limits.ceilings, demands, memory, now_s)
    sustained = sustained_ceilings(ceilings, memory, now_s)
    loads = {load.name: load for load in site.loads}
    instant = Instant(loads, site.distribution, ceilings, sustained, memory, now_s)
    demands, allocation = admitted(instant, demands)
    return Shares(ceilings, sustained, demands, allocation)
