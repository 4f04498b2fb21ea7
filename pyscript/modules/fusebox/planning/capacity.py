"""The power that wires leave for plans: fuses less their margin, contract and unbalance, less the house load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.electrics import Phase
from ..model.site import MAIN, Site
from .need import Limit

Others = Mapping[Phase, Sequence[float]]
"""Phase -> power drawn by everything that is not planned, for each slot [kW]; a cautious estimate."""


def limits(site: Site, owners: Mapping[str, str], others: Mapping[str, Others], slots: int) -> tuple[Limit, ...]:
    """Return the limits on the needs by fuses and contract. `owners`: need -> load.

    `others`: circuit -> power that is not planned; nothing is known for a circuit without its own meter.
    """
    shares = {
        need: {phase: 1 / len(load.phases) for phase in load.phases}
        for need, owner in owners.items()
        for load in site.loads
        if load.name == owner
    }
    found = []
    for circuit in site.circuits:
        below = {load.name for load in site.loads_below(circuit.name)}
        for phase in site.phases:
            weights = {need: on[phase] for need, on in shares.items() if owners[need] in below and phase in on}
            fuse_kw = (circuit.fuse_a - site.margin_a) * site.voltage_v / 1000
            taken = others.get(circuit.name, {}).get(phase, ())
            if weights:
                found.append(Limit(f"{circuit.name} {phase.name}", weights, _less(fuse_kw, taken, slots)))
    if site.max_import_w is not None and shares:
        house = others.get(MAIN, {})
        every = [sum(kws) for kws in zip(*(house[phase] for phase in site.phases if phase in house), strict=True)]
        weights = dict.fromkeys(shares, 1.0)
        found.append(Limit("contract", weights, _less(site.max_import_w / 1000, every, slots)))
    return tuple(found)


def unbalance(site: Site, owners: Mapping[str, str], most_a: float, slots: int) -> tuple[Limit, ...]:
    """Return the limits on how much our own loads may add to one phase only: loads that do not use all phases."""
    found = []
    for phase in site.phases:
        weights = {
            need: 1 / len(load.phases)
            for need, owner in owners.items()
            for load in site.loads
            if load.name == owner and phase in load.phases and len(load.phases) < len(site.phases)
        }
        if weights:
            room = (most_a * site.voltage_v / 1000,) * slots
            found.append(Limit(f"unbalance {phase.name}", weights, room))
    return tuple(found)


def _less(kw: float, others: Sequence[float], slots: int) -> tuple[float, ...]:
    """Return a power less what others take in each slot, at least 0 [kW]."""
    taken = [*others, *([0.0] * slots)][:slots]
    return tuple(max(kw - each, 0.0) for each in taken)
