"""The keys of cars: the section `vehicles`, and what a charger that several cars use says of them."""

from __future__ import annotations

import voluptuous as vol

from ..model.electrics import Phase
from ..model.messages.message import message
from ..model.vehicle import GUEST, Guest, Vehicle
from .domains import ANY, WORD, YES_NO
from .entities import entity
from .fields import Field, list_of, map_of, optional, optional_section, section
from .plan_schema import CAR_AMOUNTS, VEHICLE_KEYS, plan_key
from .site_schema import check_load_name
from .texts import text
from .tree import Mistake, quote_value
from .values import keys_of_record, number

ANY_ONE = "any"
"""Stands for all cars in a charger's `vehicles`."""
RESERVED = (GUEST, ANY_ONE, "none", "unknown", "unavailable")
"""Words that mean something else where a car is named."""


def _check_name(value: object) -> object:
    """Return the checked name of a car; raises `vol.Invalid` for a reserved one, or one that a load could not have."""
    if value in RESERVED:
        raise vol.Invalid(message("vehicle_name_taken", value=quote_value(value)))
    return check_load_name(value)


def normalise_tag(tag: str) -> str:
    """Return a tag as it is compared: chargers write the same one with other separators, and in either case."""
    return "".join(letter for letter in tag.lower() if letter.isalnum())


VEHICLE = section(
    Vehicle,
    **VEHICLE_KEYS,
    plugged=optional(entity("binary_sensor.ioniq_plugged", YES_NO)),
    tags=Field(list_of(text("a tag such as '04A1B2'"), example="['04A1B2']"), ()),
    phases=number(None, "", 1, len(Phase), whole=True),
    **keys_of_record(Vehicle, "max_a", "min_soc_pct"),
    plan=plan_key(CAR_AMOUNTS),
)
VEHICLES = optional_section(map_of(VEHICLE, name=_check_name, what="'ioniq'"))

GUEST_TERMS = section(Guest, **keys_of_record(Guest), plan=plan_key(CAR_AMOUNTS))


def _check_vehicles(value: object) -> object:
    """Return the checked names of a charger's cars: a tuple, or "any".

    Raises `vol.Invalid` for anything but a list, or for a name that it has twice.
    """
    if value == ANY_ONE:
        return value
    if isinstance(value, str):
        raise vol.Invalid(
            message("value_not_list", value=quote_value(value), example=f"[{quote_value(value)}], or '{ANY_ONE}'")
        )
    names = list_of(text("a name in vehicles"), example="['ioniq']")(value)
    known = [name for name in names if not isinstance(name, Mistake)]
    if len(set(known)) < len(known):
        raise vol.Invalid(message("vehicle_named_twice"))
    return names


CHARGER_KEYS = {
    "vehicles": Field(_check_vehicles, ()),
    "vehicle": optional(entity("input_select.garage_car", WORD)),
    "tag": optional(entity("sensor.garage_tag", ANY)),
    "guest": optional(GUEST_TERMS),
}
"""The keys of a charger that several cars use."""
