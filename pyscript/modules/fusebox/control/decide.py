"""The results of all stages of a step -> one decision, whose explanation is computed only on request."""

from __future__ import annotations

from ..model.decision import Command, Decision, Words
from ..model.records import fast_replace
from ..model.site import Site
from ..model.snapshot import Snapshot
from .diagnostics.wiring import with_watched_wiring
from .explain import notes_of
from .limits.battery import battery_problems
from .limits.supply import supply_problems, surplus_of
from .site_reason import site_words
from .step_context import Limits, Observed, Ramped, Shares


def decide(seen: Observed, limits: Limits, shares: Shares, ramped: Ramped, commands: tuple[Command, ...]) -> Decision:
    """Return the decision: commands, memory, ceilings, shares, surplus [W], problems and the function that explains."""
    site, snapshot, supply = seen.site, seen.snapshot, limits.supply
    doubts = battery_problems(seen.memory.battery) or supply_problems(site, snapshot, supply)
    memory = fast_replace(seen.memory, loads=ramped.loads, phase_switches=ramped.phase_switches)

    def explain() -> Words:
        notes = notes_of(seen, shares, ramped.setpoints)
        return Words(notes, *site_words(site, snapshot, limits.ceilings, notes, seen.data_quality))

    surplus_w = surplus_of(site, supply)
    return Decision(commands, memory, limits.ceilings, shares.allocation, surplus_w, (*doubts, *seen.stuck), explain)


def with_wiring(decision: Decision, installed: Site, photograph: Snapshot) -> Decision:
    """Return the decision with the problems of wiring that differs from CONFIG, from the meters as reported."""
    memory = with_watched_wiring(installed, photograph, decision.memory)
    return fast_replace(decision, memory=memory, problems=(*decision.problems, *memory.wiring_problems))
