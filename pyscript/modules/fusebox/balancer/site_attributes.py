"""Attributes that describe the installation: fuses, circuits and loads, for cards that draw the house."""

from __future__ import annotations

from collections.abc import Sequence

from ..config.read_config import allowed_modes
from ..model.ceiling import Ceiling
from ..model.load import Load, Mode
from ..model.numbers import rounded
from ..model.own_entities import load_entity
from ..model.site import MAIN, Site
from ..model.snapshot import Snapshot
from .boosts import has_boost_rule


def phase_name(fuse: Ceiling) -> str:
    """Return the name of the phase of a fuse's ceiling."""
    return fuse.name.split()[-1]


def fuse_attributes(site: Site, ceilings: Sequence[Ceiling]) -> dict[str, object]:
    """Return the attributes of the main fuse, its circuits, and the loads' entities in CONFIG's order."""
    return {
        "voltage_v": site.voltage_v,
        "fuse_a": site.circuit(MAIN).fuse_a,
        "circuits": {
            circuit.name: {
                "fuse_a": circuit.fuse_a,
                "parent": circuit.parent,
                "flow_a": {phase_name(c): round(c.flow_a, 1) for c in ceilings if c.fuse == circuit.name and c.known},
            }
            for circuit in site.circuits
            if circuit.name != MAIN
        },
        "loads": [load_entity(load.name) for load in site.loads],
    }


def mean_soc_pct(site: Site, snapshot: Snapshot) -> float | None:
    """Return the mean state of charge of the batteries [%], weighted by capacity if all are known.

    None if one charge is unknown, and without a battery.
    """
    known = [snapshot.battery(at).soc_pct.value for at in range(len(site.batteries))]
    sizes = [battery.orders.capacity_kwh for battery in site.batteries]
    weights = [1.0 if None in sizes else size or 0.0 for size in sizes]
    both = [(soc_pct, weight) for soc_pct, weight in zip(known, weights, strict=False) if soc_pct is not None]
    if not both or len(both) < len(known):
        return None
    return sum(soc_pct * weight for soc_pct, weight in both) / sum(weight for _, weight in both)


def batteries_attribute(snapshot: Snapshot) -> dict[str, object]:
    """Return the charge and power of each of several batteries as an attribute; empty for one."""
    if len(snapshot.batteries) < 2:
        return {}
    both = [(each.soc_pct.value, each.charge_w.value) for each in snapshot.batteries]
    return {"batteries": [{"soc_pct": rounded(soc_pct), "charge_w": rounded(charge_w)} for soc_pct, charge_w in both]}


def highest_max_a(site: Site, load: Load, device_max_a: float | None) -> float:
    """Return the highest value that `max_a` of a charger may be set to [A]: the lowest of its fuses and its device.

    The device's maximum counts as no lower than the load's `min_a`; None for none.
    """
    fuses_a = [circuit.fuse_a for circuit in site.above(load.circuit)]
    return min([*fuses_a, *([] if device_max_a is None else [max(device_max_a, load.min_a)])])


def wiring_attributes(load: Load) -> dict[str, object]:
    """Return the attributes of a load's type and wiring, and the modes that it can be set to."""
    return {
        "type": load.type,
        "circuit": load.circuit,
        "phases": [phase.name for phase in load.phases],
        "modes": list(allowed_modes(load.type)),
        **({"boosted": load.mode is Mode.BOOST} if has_boost_rule(load) else {}),
    }


def current_range_attributes(site: Site, load: Load, device_max_a: float | None) -> dict[str, object]:
    """Return the attributes of a load's range of currents, and the highest `max_a` that can be set.

    Empty for switched loads and for those that discharge.
    """
    if load.is_switched or load.can.discharges:
        return {}
    return {"min_a": load.min_a, "max_a": load.user_max_a, "highest_a": highest_max_a(site, load, device_max_a)}
