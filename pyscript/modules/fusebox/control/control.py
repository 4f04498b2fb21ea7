"""One step of control: (site, snapshot, memory) -> decision. Pure; start reading here."""

from __future__ import annotations

from ..model.decision import Decision
from ..model.memory import Memory
from ..model.site import Site
from ..model.snapshot import Snapshot
from .allocation.admission import shared
from .commands import commands_for
from .decide import decided, with_wiring
from .demand.sg_ready import signalled
from .limits.ceilings import limited
from .observe import observe
from .ramping.ramping import ramped


def step(site: Site, snapshot: Snapshot, memory: Memory) -> Decision:
    """Return the decision (commands, memory, explanation) for one snapshot. `snapshot.now_s` is the only clock."""
    seen, limits = limited(observe(site, snapshot, memory))
    shares = shared(seen, limits)
    setpoints = signalled(seen, limits, shares, ramped(seen, shares))
    commands, setpoints = commands_for(seen, limits, shares, setpoints)
    return with_wiring(decided(seen, limits, shares, setpoints, commands), site, snapshot)
