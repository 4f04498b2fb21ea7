"""The results of all stages of a step -> one decision, whose explanation is computed only on request."""

from __future__ import annotations

from ..model.decision import Command, Decision, Words
from ..model.records import fast_replace
from ..model.site import Site
from ..model.snapshot import Snapshot
from .diagnostics.wiring import update_wiring_evidence
from .estimators.group_energy import update_groups
from .explain import explain_loads
from .hidden_sun import update_hidden_sun
from .limits.battery import battery_problems
from .limits.supply import supply_problems, unused_production_w
from .site_reason import site_state_and_reason
from .step_context import Limits, Observed, Ramped, Shares


def build_decision(
    observed: Observed, limits: Limits, shares: Shares, ramped: Ramped, commands: tuple[Command, ...]
) -> Decision:
    """Return the decision: commands, memory, ceilings, shares, surplus [W], problems and the function that explains.

    The problems are those of the batteries, or without any those of the supply sensors, and stuck meters.
    """
    site, snapshot, supply = observed.site, observed.snapshot, limits.supply
    doubts = battery_problems(observed.site, observed.memory.batteries) or supply_problems(site, snapshot, supply)
    hidden_sun = update_hidden_sun(observed, limits, shares, ramped)
    memory = fast_replace(
        observed.memory,
        loads=ramped.loads,
        phase_switches=ramped.phase_switches,
        hidden_sun=hidden_sun,
        groups=update_groups(site, snapshot, observed.memory.groups),
    )

    def explain() -> Words:
        notes = explain_loads(observed, shares, ramped.setpoints)
        return Words(notes, *site_state_and_reason(site, snapshot, limits.ceilings, notes, observed.data_quality))

    surplus_w = unused_production_w(site, supply)
    return Decision(
        commands, memory, limits.ceilings, shares.allocation, surplus_w, (*doubts, *observed.stuck), explain
    )


def add_wiring_problems(decision: Decision, installed: Site, reported: Snapshot) -> Decision:
    """Return the decision with the problems of wiring that differs from CONFIG, from the meters as reported.

    Unchanged while the grid is gone.
    """
    if installed.island:
        return decision
    memory = update_wiring_evidence(installed, reported, decision.memory)
    return fast_replace(decision, memory=memory, problems=(*decision.problems, *memory.wiring_problems))
