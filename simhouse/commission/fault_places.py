"""Look up a fault's place in CONFIG; a wrong place is reported with the possible ones."""

from collections.abc import Collection, Mapping
from typing import Any

MAIN = "main"


class WrongFault(ValueError):
    """A fault that cannot be planted here, in a sentence."""


def phase(config: Mapping[str, Any], name: str) -> str:
    """Return a phase of the main meter; WrongFault for any other."""
    return _known_name(name, config["site"]["grid"], "phase")


def phases(config: Mapping[str, Any], names: str) -> list[str]:
    """Return phases of the house from text such as `L1+L2`."""
    return [phase(config, name) for name in names.split("+")]


def circuit(config: Mapping[str, Any], name: str) -> str:
    """Return a circuit of the house; WrongFault for any other."""
    return _known_name(name, [MAIN, *(config["site"].get("circuits") or {})], "circuit")


def load(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return CONFIG's entry of a load; WrongFault for an unknown one."""
    loads: Mapping[str, Mapping[str, Any]] = config.get("loads") or {}
    return loads[_known_name(name, loads, "load")]


def charger_entry(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return CONFIG's entry of a charger that is set by a number; WrongFault for another load."""
    found = load(config, name)
    if found["type"] not in ("number", "wallbox"):
        raise WrongFault(f"{name} is not a charger of type number or wallbox. Remedy: choose another load.")
    return found


def sensor_of_load(config: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Return the key and the entity of a load's own sensor; WrongFault without one."""
    found = load(config, name)
    keys = [key for key in ("power", "draw") if found.get(key)]
    if not keys:
        raise WrongFault(f"{name} has no sensor of its own. Remedy: choose another load.")
    return keys[0], single_entity(found[keys[0]])


def single_entity(entry: str | Mapping[str, Any]) -> str:
    """Return the single entity of a sensor's entry; WrongFault for a meter of two entities."""
    found = entry if isinstance(entry, str) else entry.get("entity")
    if not isinstance(found, str):
        raise WrongFault("a meter of two entities has no such fault here. Remedy: choose another one.")
    return found


def parse_amount(text: str, unit: str, least: float, most: float) -> float:
    """Return a number within these limits; WrongFault for any other text."""
    try:
        value = float(text)
    except ValueError:
        value = None
    if value is None or not least <= value <= most:
        raise WrongFault(f"{text!r} is not a number of {unit}. Remedy: {least:g} to {most:g}.")
    return value


def _known_name(name: str, known: Collection[str], what: str) -> str:
    if name not in known:
        meant = f"one of {', '.join(known)}" if known else "name one in CONFIG first"
        raise WrongFault(f"there is no {what} {name!r}. Remedy: {meant}.")
    return name
