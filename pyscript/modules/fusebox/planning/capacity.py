"""The power that wires leave for plans: fuses less their margin, contract and unbalance, less the house load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.electrics import Phase
from ..model.site import MAIN, Site
from .need import Limit

PhasePowers = Mapping[Phase, Sequence[float]]
"""Phase -> power drawn by everything that is not planned, for each slot [kW]; a cautious estimate."""
UNLIMITED_KW = 1000.0
"""The power where nothing is limited [kW]: more than any house draws."""


def wire_limits(
    site: Site, owners: Mapping[str, str], house_load_kw: Mapping[str, PhasePowers], walls_s: Sequence[float]
) -> tuple[Limit, ...]:
    """Return the limits on the needs by fuses (less the margin) and contract, less the house load [kW in each slot].

    A need counts in equal parts on its load's phases; a fuse limits the loads on and below its circuit, the contract
    all loads together. `owners`: need -> load. `house_load_kw`: circuit -> phase -> power in each slot that is not
    planned; a circuit without its own meter has none. `walls_s`: the wall time of each slot's start. Wires without a
    need have no limit.
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
            fuse_kws = [(circuit.fuse_a - site.margin_a) * site.voltage_v / 1000] * len(walls_s)
            taken = house_load_kw.get(circuit.name, {}).get(phase, ())
            if weights:
                found.append(Limit(f"{circuit.name} {phase.name}", weights, _subtract(fuse_kws, taken)))
    if site.max_import_w is not None and shares:
        house = house_load_kw.get(MAIN, {})
        every = [sum(kws) for kws in zip(*(house[phase] for phase in site.phases if phase in house), strict=True)]
        weights = dict.fromkeys(shares, 1.0)
        found.append(Limit("contract", weights, _subtract(_contract_kws(site, walls_s), every)))
    return tuple(found)


def unbalance_limits(site: Site, owners: Mapping[str, str], most_a: float, slots: int) -> tuple[Limit, ...]:
    """Return for each phase the limit `most_a` [A] on what loads that do not use all phases may add there together.

    A load counts in equal parts on its phases; what the house draws is not counted. None for a phase without such a
    load.
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


def _contract_kws(site: Site, walls_s: Sequence[float]) -> list[float]:
    """Return the contract's import limit in each slot [kW], `UNLIMITED_KW` in slots without one."""
    limits_w = [site.import_limit_w(wall_s) for wall_s in walls_s]
    return [UNLIMITED_KW if limit_w is None else limit_w / 1000 for limit_w in limits_w]


def _subtract(kws: Sequence[float], house_load_kw: Sequence[float]) -> tuple[float, ...]:
    """Return the power of each slot less its house load, at least 0 [kW]; slots beyond the known load have none."""
    taken = [*house_load_kw, *([0.0] * len(kws))]
    return tuple(max(kw - each, 0.0) for kw, each in zip(kws, taken, strict=False))
