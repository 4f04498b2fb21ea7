"""The power that wires leave for plans: fuses less their margin, contract and unbalance, less the house load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.electrics import Phase
from ..model.site import MAIN, Site
from .need import Limit

PhasePowers = Mapping[Phase, Sequence[float]]
"""Phase -> power drawn by everything that is not planned, for each slot [kW]; a cautious estimate."""


def wire_limits(
    site: Site, owners: Mapping[str, str], house_load_kw: Mapping[str, PhasePowers], slots: int
) -> tuple[Limit, ...]:
    """Return the limits on the needs by fuses (less the margin) and contract, less the house load [kW in each slot].

    `owners`: need -> load. `house_load_kw`: circuit -> phase -> power in each slot that is not planned; a circuit
    without its own meter has none. Wires without a need have no limit.
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
            taken = house_load_kw.get(circuit.name, {}).get(phase, ())
            if weights:
                found.append(Limit(f"{circuit.name} {phase.name}", weights, _subtract(fuse_kw, taken, slots)))
    if site.max_import_w is not None and shares:
        house = house_load_kw.get(MAIN, {})
        every = [sum(kws) for kws in zip(*(house[phase] for phase in site.phases if phase in house), strict=True)]
        weights = dict.fromkeys(shares, 1.0)
        found.append(Limit("contract", weights, _subtract(site.max_import_w / 1000, every, slots)))
    return tuple(found)


def unbalance_limits(site: Site, owners: Mapping[str, str], most_a: float, slots: int) -> tuple[Limit, ...]:
    """Return for each phase the limit `most_a` [A] on what loads that do not use all phases may add there together.

    None for a phase without such a load.
    """
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


def _subtract(kw: float, house_load_kw: Sequence[float], slots: int) -> tuple[float, ...]:
    """Return a power less the house load of each slot, at least 0 [kW]; slots beyond the known load have none."""
    taken = [*house_load_kw, *([0.0] * slots)][:slots]
    return tuple(max(kw - each, 0.0) for each in taken)
