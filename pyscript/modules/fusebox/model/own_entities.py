"""The status entities that Fusebox creates, and the load names that would clash with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

LOAD_ENTITIES = "sensor.fusebox_"
"""Prefix of the entity of each load."""

SITE_NAME = "site"
"""What stands for the site in place of a load's name; no load may be called so."""
SITE_ENTITY = f"{LOAD_ENTITIES}{SITE_NAME}"
PEAK_ENTITY = f"{LOAD_ENTITIES}peak"
DIMMINGS_ENTITY = f"{LOAD_ENTITIES}dimmings"
PRICES_ENTITY = f"{LOAD_ENTITIES}prices"
COMMISSIONING_ENTITY = f"{LOAD_ENTITIES}commissioning"

_OWN = (SITE_ENTITY, PEAK_ENTITY, DIMMINGS_ENTITY, PRICES_ENTITY, COMMISSIONING_ENTITY)
RESERVED_NAMES = tuple(entity.removeprefix(LOAD_ENTITIES) for entity in _OWN)
"""Names that no load may have."""

POWER, ENERGY = "power", "energy"
"""Quantities that have an entity of their own for each load."""

AMPS: Mapping[str, object] = {"unit_of_measurement": "A", "device_class": "current", "state_class": "measurement"}
WATTS: Mapping[str, object] = {"unit_of_measurement": "W", "device_class": "power", "state_class": "measurement"}
KWH: Mapping[str, object] = {"unit_of_measurement": "kWh", "device_class": "energy", "state_class": "total_increasing"}
"""Attributes that tell Home Assistant the unit and class of a number."""


def appearance(name: str, icon: str) -> dict[str, str]:
    """Return the name and icon of an entity as attributes."""
    return {"friendly_name": name, "icon": icon}


def load_entity(load: str, quantity: str = "") -> str:
    """Return the id of a load's entity, or of the entity of one of its quantities."""
    return f"{LOAD_ENTITIES}{load}_{quantity}" if quantity else f"{LOAD_ENTITIES}{load}"


def owner_of_entity(name: str, loads: Collection[str]) -> tuple[str, str] | None:
    """Return the other load and quantity whose entity a load of this name would replace; None for no clash.

    A name clashes if it is that of one of `loads` followed by `_power` or `_energy`.
    """
    owner, _, quantity = name.rpartition("_")
    return (owner, quantity) if quantity in (POWER, ENERGY) and owner in loads else None
