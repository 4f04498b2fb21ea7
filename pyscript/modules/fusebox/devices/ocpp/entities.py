"""The entities that the OCPP integration creates for a charge point."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...model.equipment import Source
from ...model.load import Load
from ...model.readings import View
from ...model.site import slug
from ..driver import draw_entities, read_counter_kwh

OF_CONNECTOR: Mapping[str, str] = {
    "status": "sensor.{}_status_connector",
    "switch": "switch.{}_charge_control",
    "current": "number.{}_maximum_current",
    "draw": "sensor.{}_current_import",
    **{f"draw_{line}": f"sensor.{{}}_current_import_{line}" for line in ("l1", "l2", "l3")},
    "power": "sensor.{}_power_active_import",
    "offered": "sensor.{}_current_offered",
    "power_offered": "sensor.{}_power_offered",
    "transaction_id": "sensor.{}_transaction_id",
    "energy": "sensor.{}_energy_active_import_register",
    "voltage": "sensor.{}_voltage",
}
"""One for each connector; a charge point with a single one has them without its number."""

OF_CHARGER: Mapping[str, str] = {
    "reset": "button.{}_reset",
    "charger_status": "sensor.{}_status",
    **{key: f"sensor.{{}}_{key}" for key in ("id", "vendor", "model", "reconnects")},
}
"""One for the whole charge point."""

WATCHED = (*(key for key in OF_CONNECTOR if key not in ("transaction_id", "energy", "voltage")), "reconnects")


def charger_name(load: Load) -> str:
    """Return the charge point's name from CONFIG."""
    return str(load.device["charger"])


def connector_number(load: Load) -> int:
    """Return the number of the load's connector, 1 by default."""
    number = load.device.get("connector")
    return number if isinstance(number, int) else 1


def possible_entities(load: Load, key: str) -> tuple[str, ...]:
    """Return the possible ids of the entity with this key: those that CONFIG names, else the integration's.

    A charger's entity has one name; a connector's has its number in it, and for connector 1 also the name without it.
    """
    named = load.device.get(key)
    if isinstance(named, Source):
        return named.entities
    if isinstance(named, str) and "." in named:
        return (named,)
    return _usual_entities(key, charger_name(load), connector_number(load))


@cache
def _usual_entities(key: str, charger: str, connector: int) -> tuple[str, ...]:
    """Return the possible ids that the integration gives the entity with this key."""
    name = slug(charger)
    if key in OF_CHARGER:
        return (OF_CHARGER[key].format(name),)
    numbered = OF_CONNECTOR[key].format(f"{name}_connector_{connector}")
    return (numbered, OF_CONNECTOR[key].format(name)) if connector == 1 else (numbered,)


def existing_entity(load: Load, key: str, view: View) -> str | None:
    """Return the entity id that exists, preferably one with a value; None when there is none.

    A charge point that was given more connectors leaves its old entities behind, unavailable.
    """
    there = [each for each in possible_entities(load, key) if view.raw(each) is not None]
    return next((each for each in there if view.word(each) is not None), there[0] if there else None)


def energy_counter_kwh(load: Load, view: View) -> float | None:
    """Return what the charger's energy counter shows [kWh]; None without one or while unknown."""
    return read_counter_kwh(view, existing_entity(load, "energy", view))


def integration_id(load: Load, view: View) -> str:
    """Return the integration's id of the charger: CONFIG's name in the charger's own spelling, as written if unknown.

    The spelling matters: for a name that does not match exactly, the integration uses the first charger that it has.
    """
    written, own = charger_name(load), view.word(existing_entity(load, "id", view))
    return own if own is not None and slug(own) == slug(written) else written


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return every entity whose change matters, each once: the charger's, and those of the draw in CONFIG."""
    draw = load.device.get("draw")
    own = draw_entities(draw) if isinstance(draw, Mapping) else ()
    keys = [key for key in WATCHED if not (own and key == "draw")]
    return tuple(dict.fromkeys((*(each for key in keys for each in possible_entities(load, key)), *own)))
