"""Builds the site from the checked values of all keys; there are no mistakes left at this point."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import Any

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Circuit, Tariff
from ..model.load import Load
from ..model.load_plan import Vehicle
from ..model.site import MAIN, Site
from .load_schemas import LOADS
from .phase_switching import switching_of
from .wiring import Values, Wired, Wires, wire_loads

EMPTY_SITE = Site(voltage_v=NOMINAL_V, phases=(), circuits=(Circuit(MAIN, MIN_CHARGE_A),), loads=())
"""The site of a CONFIG without one."""


def _own(record: type[Any], values: Values) -> dict[str, Any]:
    """Return the values that are fields of a record."""
    return {each.name: values[each.name] for each in fields(record) if each.name in values}


def build_site(config: Values) -> Site:
    """Return the site of a CONFIG that has one. Live currents are limited to their fuses."""
    site, tariff = config["site"], config["tariff"]
    wires = Wires.of(site)
    made = {
        "phases": tuple(site["grid"]),
        "circuits": wires.sorted(),
        "loads": tuple(
            _load(load, place)
            for place, load in enumerate(
                wire_loads(config, wires, tuple(phase.name for phase in site["grid"])), start=1
            )
        ),
        "tariff": None if tariff is None else Tariff(**tariff),
        "discovery_prefix": None if site["mqtt"] is None else site["mqtt"]["prefix"],
    }
    return Site(**{**_own(Site, site), **made})


def _load(load: Wired, place: int) -> Load:
    """Return a load: values with the name of a field go there, all others to its `device`."""
    node, phases, kind = load.node, tuple(Phase[name] for name in load.phases), LOADS[load.node["type"]]
    values = {**node, **kind.follows(load)}
    own, vehicle = _own(Load, values), _own(Vehicle, values)
    made = {
        "name": load.name,
        "phases": phases,
        "priority": place if node["priority"] is None else node["priority"],
        "vehicle": Vehicle(**vehicle),
        "switching": switching_of(node, phases, kind.phases_come_back),
        "device": MappingProxyType({key: each for key, each in values.items() if key not in own | vehicle}),
    }
    return Load(**{**own, **made})
