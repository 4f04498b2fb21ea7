"""Quantities as Home Assistant entities: unit, rounding, attributes."""

import re
from dataclasses import dataclass
from math import floor
from typing import Any

State = dict[str, Any]
DECIMALS = {"W": 0, "kW": 3, "A": 2, "mA": 0, "%": 1}
CURRENT_WORDS = re.compile(r"current|(?<![a-z])amp|_a_")
KILOWATT_WORDS = ("_kw",)


@dataclass(frozen=True)
class Call:
    """A service call made by the scripts, such as `number.set_value` for one entity."""

    service: str
    entity: str
    data: dict[str, Any]


def calls_in_reply(reply_calls: list[dict[str, Any]]) -> list[Call]:
    """Return the calls of a host's reply, one for each entity that a call names, or one without entity."""
    found = []
    for call in reply_calls:
        data = call.get("data") or {}
        entities = data.get("entity_id") or (data.get("target") or {}).get("entity_id") or ""
        for entity in [entities] if isinstance(entities, str) else entities:
            found.append(Call(call["service"], entity, data))
    return found


def usual_unit(entity: str) -> str:
    """Return the unit that an entity of this name usually has: A for a current, kW if the name contains it, otherwise
    W; a current power is a power."""
    name = entity.lower() + "_"
    if "power" not in name and CURRENT_WORDS.search(name):
        return "A"
    return "kW" if any(word in name for word in KILOWATT_WORDS) else "W"


def unit_in_any_case(text: str) -> str:
    """Return a unit as Home Assistant writes it; CONFIG may write it in any case."""
    return next((unit for unit in DECIMALS if unit.lower() == text.strip().lower()), text)


def in_unit(power_w: float, unit: str, voltage_v: float) -> float:
    """Return a power [W] converted to W, kW, A or mA at this voltage; ValueError for another unit."""
    if unit == "W":
        return power_w
    if unit == "kW":
        return power_w / 1000
    if unit == "A":
        return power_w / voltage_v
    if unit == "mA":
        return power_w / voltage_v * 1000
    raise ValueError(f"unit {unit!r} is not simulated: W, kW, A or mA")


def sensor(value: float | None, unit: str, with_unit: bool = True) -> State:
    """Return a measurement, rounded as its unit requires, as an entity state with state class and device class.

    None gives `unknown`; `with_unit=False` leaves the unit out.
    """
    attributes: dict[str, Any] = {"state_class": "measurement"}
    if with_unit:
        attributes["unit_of_measurement"] = unit
    kind = {"W": "power", "kW": "power", "A": "current", "mA": "current", "%": "battery"}.get(unit)
    if kind:
        attributes["device_class"] = kind
    return {"state": "unknown" if value is None else rounded(value, unit), "attributes": attributes}


def thermometer(entity: str, celsius: float) -> State:
    """Return the state of what shows a temperature: a sensor, or an attribute of a `climate` or `water_heater`."""
    text = f"{celsius:.1f}"
    if entity.startswith(("climate.", "water_heater.")):
        return {"state": text, "attributes": {"current_temperature": text}}
    return {"state": text, "attributes": {"unit_of_measurement": "°C", "device_class": "temperature"}}


def rounded(value: float, unit: str) -> str:
    """Return a value as text with the decimals that a meter of this unit shows."""
    text = f"{value:.{DECIMALS.get(unit, 2)}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def stepped_down(value: float, step: float) -> float:
    """Return a value rounded down to a multiple of a step, as a device does."""
    return round(floor(value / step + 1e-6) * step, 6)


def counter(kwh: float) -> State:
    """Return an energy counter as an entity state."""
    attributes = {"state_class": "total_increasing", "device_class": "energy", "unit_of_measurement": "kWh"}
    return {"state": f"{kwh:.3f}", "attributes": attributes}
