"""One step of control: (site, snapshot, memory) -> decision. Pure; start reading here."""

from __future__ import annotations

from ..model.decision import Decision
from ..model.memory import Memory
from ..model.site import Site
from ..model.snapshot import Snapshot
from .allocation.admission import share_out_current
from .commands import build_commands
from .decide import build_decision
from .demand.sg_ready import choose_relay_states
from .limits.ceilings import compute_limits
from .observe import observe_step
from .ramping.ramping import ramp_setpoints


def step(site: Site, snapshot: Snapshot, memory: Memory) -> Decision:
    """Return the decision (commands, memory, explanation) for one snapshot. `snapshot.now_s` is the only clock."""
    observed, limits = compute_limits(observe_step(site, snapshot, memory))
    shares = share_out_current(observed, limits)
    ramped = ramp_setpoints(observed, shares)
    ramped = choose_relay_states(observed, shares, ramped)
    commands, ramped = build_commands(observed, shares, ramped)
    return build_decision(observed, shares, ramped, commands)
