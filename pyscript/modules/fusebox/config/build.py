"""Builds the site from the checked values of all keys; there are no mistakes left at this point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Battery, Circuit, Tariff
from ..model.load import STOP_KEYS, Load
from ..model.site import MAIN, Site
from ..model.vehicle import NO_TERMS, Vehicle
from .load_schemas import LOADS
from .phase_switching import phase_switching_from_keys
from .plan_schema import ANY_ONE, VEHICLE_KEYS
from .tree import as_tuple
from .wiring import Values, WiredLoad, Wires, main_meters, parts_at, wire_loads

EMPTY_SITE = Site(voltage_v=NOMINAL_V, phases=(), circuits=(Circuit(MAIN, MIN_CHARGE_A),), loads=())
"""The site of a CONFIG without one."""


def _values_of_fields(record: type[Any], values: Values) -> dict[str, Any]:
    """Return those of these values whose names are fields of a record."""
    return {each.name: values[each.name] for each in fields(record) if each.init and each.name in values}


def build_site(config: Values, *, is_measured: bool = False) -> Site:
    """Return the site of a CONFIG that has one. Live currents are limited to their fuses.

    `is_measured`: whether an entity gives the voltage; watts are then converted by the nominal one. A load without a
    priority gets its position in CONFIG.
    """
    site, tariff = config["site"], config["tariff"]
    wires, phases = Wires.of(config), tuple(main_meters(config))
    made = {
        "phases": phases,
        "circuits": wires.parents_first(),
        "loads": tuple(
            _build_load(load, place)
            for place, load in enumerate(
                wire_loads(config, wires, tuple(phase.name for phase in phases), is_measured=is_measured), start=1
            )
        ),
        "inverters": as_tuple(site["inverter"]),
        "batteries": tuple(replace(battery, place=path) for path, battery in parts_at(site, "battery", Battery)),
        "vehicles": _name_vehicles(config["vehicles"]),
        "has_grid": site["grid"] is not None,
        "tariff": None if tariff is None else Tariff(**tariff),
        "discovery_prefix": None if site["mqtt"] is None else site["mqtt"]["prefix"],
    }
    return Site(**{**_values_of_fields(Site, site), **made})


def _name_vehicles(cars: Values) -> Mapping[str, Vehicle]:
    """Return name -> `Vehicle`, with the name filled in."""
    return MappingProxyType({name: replace(car, name=name) for name, car in cars.items()})


def _build_load(load: WiredLoad, place: int) -> Load:
    """Return a `Load` from a checked load. `place`: its position in CONFIG, its priority where it names none.

    A value becomes the field of `Load` with its name, a key of the car (`VEHICLE_KEYS`) one of `vehicle`, and any other
    an entry of `device`. A stop limit of 0 counts as none; `vehicles` "any" means all cars of CONFIG.
    """
    node, phases, kind = load.node, tuple(Phase[name] for name in load.phases), LOADS[load.node["type"]]
    values = {**node, **kind.follows(load)}
    own, vehicle = _values_of_fields(Load, values), {key: values[key] for key in VEHICLE_KEYS if key in values}
    named = values.get("vehicles") or ()
    made = {
        "name": load.name,
        "phases": phases,
        "priority": place if node["priority"] is None else node["priority"],
        "vehicle": Vehicle(**vehicle),
        "guest": values.get("guest") or NO_TERMS,
        "vehicles": tuple(load.config["vehicles"]) if named == ANY_ONE else named,
        "switching": phase_switching_from_keys(node, phases, kind.phases_come_back),
        "device": MappingProxyType({key: each for key, each in values.items() if key not in own | vehicle}),
    }
    # 0, such as of a helper that was never set, is no limit.
    no_stop = dict.fromkeys(key for key in STOP_KEYS if own.get(key) == 0)
    return Load(**{**own, **no_stop, **made})
