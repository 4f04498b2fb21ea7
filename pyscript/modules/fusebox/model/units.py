"""Units of measurement: which ones fit a quantity, by what factor, and what is wrong with one that does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .messages.message import message

CURRENT_UNITS = {"a": 1.0, "ma": 0.001}
POWER_UNITS = {"w": 1.0, "kw": 1000.0, "mw": 1_000_000.0, "milliw": 0.001, "va": 1.0, "kva": 1000.0}
ENERGY_UNITS = {"wh": 0.001, "kwh": 1.0, "mwh": 1000.0}
"""Normalized units -> factor to amps, watts or kilowatt-hours."""
CELSIUS_UNITS = ("°c", "c")
TEMPERATURE_UNITS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(CELSIUS_UNITS, (0.0, 1.0)),
    **dict.fromkeys(("°f", "f"), (32.0, 1.8)),
    **dict.fromkeys(("k", "°k"), (273.15, 1.0)),
}
"""Units in lower case -> what 0 °C is in them, and how many of their degrees make one kelvin."""

LIVE_UNITS: Mapping[str, tuple[str, ...]] = {
    "A": ("a",),
    "W": ("w", "va"),
    "kW": ("kw", "kva"),
    "V": ("v",),
    "kWh": ("kwh",),
    "%": ("%",),
    "C": CELSIUS_UNITS,
    "s": ("s", "sec", "seconds"),
    "min": ("min", "minutes"),
    "h": ("h", "hours"),
}
"""Unit of a key of CONFIG -> the units, in lower case, of an entity that may stand for its value."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What an entity has to measure: its units in lower case, and how a person writes them."""

    units: frozenset[str]
    written: str

    def fits(self, unit: str) -> bool:
        """Return whether a unit, in any case, is one of this quantity."""
        return normalize_unit(unit) in self.units


AMPS = Quantity(frozenset(CURRENT_UNITS), "A")
SETPOINT = Quantity(frozenset({"a", "amp", "amps", "ampere", "amperes"}), "A")
WATTS = Quantity(frozenset(LIVE_UNITS["W"]), "W")
POWER = Quantity(frozenset(POWER_UNITS), "W, kW")
ENERGY = Quantity(frozenset(ENERGY_UNITS), "Wh, kWh, MWh")
TEMPERATURE = Quantity(frozenset(TEMPERATURE_UNITS), "°C, °F, K")
PERCENT = Quantity(frozenset({"%"}), "%")


def normalize_unit(unit: str) -> str:
    """Return a unit in lower case without spaces around it, for comparison; mW, which is not MW, as milliw."""
    unit = unit.strip()
    return f"milli{unit[1:]}".lower() if unit.startswith("mW") else unit.lower()


def convert_unit(number: float, unit: str, units: Mapping[str, float]) -> float | None:
    """Convert a number to the base of these units; None if its unit is none of them."""
    factor = units.get(normalize_unit(unit))
    return None if factor is None else number * factor


def celsius(degrees: float, unit: str) -> float | None:
    """Return a temperature in °C, which is also assumed without a unit; None for a unit of another quantity."""
    zero, degree = TEMPERATURE_UNITS.get(normalize_unit(unit) or "c", (0.0, 0.0))
    return (degrees - zero) / degree if degree else None


def are_same_unit(one: str, other: str) -> bool:
    """Return whether two units are the same, in any case and spelling; W and VA are."""
    one, other = normalize_unit(one), normalize_unit(other)
    known = (CURRENT_UNITS, POWER_UNITS)
    return one == other or any(one in units and units[one] == units.get(other) for units in known)


def stated_unit_problem(entity: str, stated: str, own: str) -> str:
    """Return what is wrong when CONFIG states another unit than the entity's own."""
    return message("unit_contradicts", entity=entity, own_unit=own, unit=stated)


def other_unit_problem(entity: str, unit: str, quantity: Quantity) -> str:
    """Return what is wrong with an entity whose unit is of another quantity."""
    return message("unit_of_something_else", entity=entity, own_unit=unit, units=quantity.written)


def unit_problem(entity: str, unit: str) -> str:
    """Return what is wrong with a unit that is of neither a current nor a power, or with none (""), and what to do."""
    if unit:
        return message("unit_of_no_flow", entity=entity, own_unit=unit)
    return message("unit_missing", entity=entity, line=f"{{'entity': '{entity}', 'unit': 'W'}}")


def impossible_number_problem(entity: str, word: str | None, unit: str) -> str:
    """Return that an entity displays an impossible number. `word`: its state as text; `unit`: "" for none."""
    return message("impossible_number", entity=entity, text=f"{word} {unit}".strip())


def live_unit_fits(key_unit: str, unit: str) -> bool:
    """Return whether an entity in this unit may provide a CONFIG value in `key_unit`.

    True without a unit, and for a `key_unit` that is not in `LIVE_UNITS`.
    """
    fitting = LIVE_UNITS.get(key_unit)
    return fitting is None or not unit or normalize_unit(unit) in fitting
