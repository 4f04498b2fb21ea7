"""One step of control: (site, snapshot, memory) -> decision. Pure; start reading here."""

from __future__ import annotations

from ..model.decision import Decision
from ..model.memory import Memory
from ..model.site import Site
from ..model.snapshot import Snapshot
from .allocation.admission import share_out
from .commands import commands_for
from .decide import decide, with_wiring
from .demand.sg_ready import signal_heat_pumps
from .limits.ceilings import limit_loads
from .observe import observe
from .ramping.ramping import ramp


def step(site: Site, snapshot: Snapshot, memory: Memory) -> Decision:
    """Return the decision (commands, memory, explanation) for one snapshot. `snapshot.now_s` is the only clock."""
    seen, limits = limit_loads(observe(site, snapshot, memory))
    shares = share_out(seen, limits)
    setpoints = signal_heat_pumps(seen, limits, shares, ramp(seen, shares))
    commands, setpoints = commands_for(seen, limits, shares, setpoints)
    return with_wiring(decide(seen, limits, shares, setpoints, commands), site, snapshot)
