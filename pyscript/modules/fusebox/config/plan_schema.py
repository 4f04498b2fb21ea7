"""The keys of plans, of cars, of prices, and of forecasts of sun and house."""

from __future__ import annotations

from collections.abc import Mapping

import voluptuous as vol

from ..model.load_plan import LoadPlan, PriceHours
from ..model.messages.message import message, with_frame
from ..model.numbers import number_of
from ..model.price_sources import PRICE_SERVICES
from ..model.vehicle import GUEST, Guest, Vehicle
from .domains import ANY, SET_BY_HAND, WORD, YES_NO, domain_of
from .entities import entity
from .fields import (
    REQUIRED,
    Check,
    Field,
    either,
    list_of,
    map_of,
    optional,
    optional_section,
    section,
    value_or_entity,
)
from .site_schema import check_load_name
from .texts import one_of, text
from .times import DEPARTURE, allow_time_table
from .tree import Keys, has_mistake, invalid, is_entity, mistake, quote_value
from .values import AWAITED, keys_of_record, number

PLAN = section(LoadPlan, ready_by=optional(value_or_entity(DEPARTURE, None)), **keys_of_record(LoadPlan))
PRICE_HOURS = section(PriceHours, **keys_of_record(PriceHours))
CAR_AMOUNTS, SWITCHED_AMOUNTS = ("energy_kwh", "soc_target_pct"), ("energy_kwh", "hours")
"""The keys for the amount in a plan of a charger, and of a switched load."""
CARS_ONLY = ("soc_target_pct", "min_soc_pct")

VEHICLE_KEYS = {
    "soc_pct": optional(entity("sensor.car_battery_level")),
    **keys_of_record(Vehicle, "capacity_kwh", "efficiency"),
}


def plan_key(amounts: tuple[str, ...]) -> Field:
    """Return the key `plan` of a load whose amount is given by one of these keys."""
    return optional(lambda value: _check_plan(value, amounts), PLAN)


def check_price_hours(value: object) -> Keys:
    """Return the checked plan of a load that is only signalled: the hours a day in which prices steer it.

    Raises `vol.Invalid` if it has none.
    """
    tree = PRICE_HOURS(value)
    if not any(tree.values()):
        raise invalid("price_hours_empty", example="{'recommend_hours': 4, 'block_hours': 2}")
    return tree


def plan_from_service(fields: Mapping[str, object], *, is_car: bool) -> dict[str, object]:
    """Return the checked plan in the fields of a service call.

    `ready_by` may also be a date, and a number may be a text. Raises `vol.Invalid` for an entity and for a wrong number
    of amounts; other mistakes are a `Mistake` at their key.
    """
    plain = {key: _number_if_text(key, value) for key, value in fields.items()}
    ready_by = plain.get("ready_by")
    date = DEPARTURE.read(ready_by) if isinstance(ready_by, str) else None
    tree = _check_plan(
        {**plain, "ready_by": "00:00"} if date is not None else plain, CAR_AMOUNTS if is_car else SWITCHED_AMOUNTS
    )
    return tree if date is None else {**tree, "ready_by": date}


def _number_if_text(key: str, value: object) -> object:
    """Return a service field, a number in a text as a number (not in `ready_by` and `finish`).

    Raises `vol.Invalid` for an entity.
    """
    if is_entity(value):
        raise vol.Invalid(with_frame(message("value_is_entity", value=quote_value(value)), "path", key))
    number = number_of(value) if isinstance(value, str) and key not in ("ready_by", "finish") else None
    return value if number is None else number


def _check_plan(value: object, amounts: tuple[str, ...]) -> Keys:
    """Return a checked plan: a time and exactly one of the `amounts`, or a price limit alone.

    Raises `vol.Invalid` for no amount and for two. A `Mistake` for a key that belongs to another kind of load (hours
    for a car, a state of charge for others), a missing time, and an amount without one.
    """
    tree, known = PLAN(value), " or ".join(amounts)
    is_car = amounts == CAR_AMOUNTS
    foreign, code = (("hours",), "cars_have_no_hours") if is_car else (CARS_ONLY, "only_cars_have_soc")
    for key in foreign:
        if tree[key] is not None:
            tree[key] = mistake(code, known=known)
    given = [key for key in amounts if tree[key] is not None]
    if tree["ready_by"] is None:
        if tree["max_price"] is None:
            tree["ready_by"] = mistake("ready_by_required")
        for key in given if tree["max_price"] is not None else ():
            tree[key] = mistake("amount_needs_ready_by")
    elif not given and not has_mistake(tree):
        raise invalid("plan_without_amount", known=known)
    if len(given) == len(amounts):
        raise invalid("plan_of_two_amounts", known=" and ".join(amounts))
    return tree


SUN_SERVICES = ("forecast_solar.get_forecast",)


def _price_source_check(services: tuple[str, ...], example: str) -> Check:
    """Return the check for an entity with prices or a forecast in its attributes, or a service with a response."""
    keys = section(
        service=Field(one_of(services, "a service that is known here"), hint=f"such as {services[0]!r}"),
        area=optional(text("the bidding zone or home, such as 'NL'")),
        config_entry=optional(text("the id that Home Assistant's service page shows in its YAML")),
    )
    return either(dict, keys, entity(example, ANY))


_PRICE = number(REQUIRED, "", -1e6, 1e6)
_PRICES_OF = _price_source_check(tuple(PRICE_SERVICES), "sensor.nordpool_kwh_nl_eur_3_10_0")


def _check_export_price(value: object) -> object:
    """Return a checked source of export prices, or a fixed price that may depend on the time.

    A dict without `hours` and `else`, and an entity other than a helper set by hand, is a source.
    """
    is_source = isinstance(value, dict) and not value.keys() & {"hours", "else"}
    if isinstance(value, str):
        is_source = domain_of(value) not in SET_BY_HAND
    return _PRICES_OF(value) if is_source else allow_time_table(_PRICE).check(value)


PRICES = section(
    **{
        "import": optional(_PRICES_OF),
        "export": optional(_check_export_price),
        "add": allow_time_table(number(0, "", -1e6, 1e6, live=AWAITED)),
        "factor": allow_time_table(number(1, "", 0, 1e6, live=AWAITED)),
        "fixed": optional(allow_time_table(_PRICE).check),
    }
)


LEARNT = "learnt"
_HOUSE_W = number(500, "W", 0, 100_000)


def _check_house_load(value: object) -> object:
    """Return the checked house load of the forecast: `learnt`, a number [W] or an entity.

    Raises `vol.Invalid` for anything else.
    """
    if value == LEARNT:
        return value
    if isinstance(value, str) and "." not in value:
        raise invalid("house_not_known", value)
    return _HOUSE_W.check(value)


FORECAST = section(
    solar=optional(_price_source_check(SUN_SERVICES, "sensor.solcast_pv_forecast_forecast_today")),
    house=Field(_check_house_load, LEARNT),
)


ANY_ONE = "any"
"""Stands for all cars in a charger's `vehicles`."""
RESERVED = (GUEST, ANY_ONE, "automatic", "nobody", "none", "unknown", "unavailable")
"""Words that mean something else where a car is named."""


def _check_car_name(value: object) -> object:
    """Return the checked name of a car; raises `vol.Invalid` for a reserved one, or one that a load could not have."""
    if value in RESERVED:
        raise invalid("vehicle_name_taken", value)
    return check_load_name(value)


VEHICLE = section(
    Vehicle,
    **VEHICLE_KEYS,
    plugged=optional(entity("binary_sensor.ioniq_plugged", YES_NO)),
    tags=Field(list_of(text("a tag such as '04A1B2'"), example="['04A1B2']"), ()),
    **keys_of_record(Vehicle, "phases", "max_a", "min_soc_pct"),
    plan=plan_key(CAR_AMOUNTS),
)
VEHICLES = optional_section(map_of(VEHICLE, name=_check_car_name, example="{'ioniq': ...}"))

GUEST_TERMS = section(Guest, **keys_of_record(Guest), plan=plan_key(CAR_AMOUNTS))


def _check_vehicles(value: object) -> object:
    """Return the checked names of a charger's cars: a tuple, or "any".

    Raises `vol.Invalid` for anything but a list, or for a name that it has twice.
    """
    if value == ANY_ONE:
        return value
    if isinstance(value, str):
        raise invalid("value_not_list", value, example=f"[{quote_value(value)}], or '{ANY_ONE}'")
    return list_of(text("a name in vehicles"), example="['ioniq']", twice="vehicle_named_twice")(value)


CHARGER_KEYS = {
    "vehicles": Field(_check_vehicles, ()),
    "vehicle": optional(entity("input_select.garage_car", WORD)),
    "tag": optional(entity("sensor.garage_tag", ANY)),
    "guest": optional(GUEST_TERMS),
}
"""The keys of a charger that several cars use."""
