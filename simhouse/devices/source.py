"""A measured quantity as CONFIG names it: an entity id, or a dict with `entity`, `unit` and `invert`."""

from collections.abc import Iterator, Mapping
from typing import Any

from .entities import State, in_unit, sensor, usual_unit

ADDRESSED = "huawei"
"""Stands for an entity where the scripts ask the inverter itself."""


def entity_in(entry: Any) -> str | None:
    """The entity that an entry of CONFIG names; None without one."""
    named = entry.get("entity") if isinstance(entry, dict) else entry
    return named if isinstance(named, str) and named != ADDRESSED else None


def by_phase(entry: Any) -> Mapping[str, Any]:
    """Phase -> its entry, of a draw that is measured on each phase; empty for any other."""
    is_by_phase = isinstance(entry, dict) and all(str(key).upper().startswith("L") for key in entry)
    return entry if is_by_phase else {}


def entities_in(entry: Any) -> Iterator[str]:
    """Every entity of an entry, measured on each phase or on all."""
    for each in [*by_phase(entry).values()] or [entry]:
        entity = entity_in(each)
        if entity is not None:
            yield entity


def unit_of(entry: Any, units: Mapping[str, str], usual: str | None = None) -> str:
    """The unit in which an entry's entity reports: as CONFIG, `units` or its name say, else the `usual` one."""
    stated = entry.get("unit") if isinstance(entry, dict) else None
    entity = str(entity_in(entry))
    return stated or units.get(entity) or usual or usual_unit(entity)


def shown(entry: Any, power_w: float, unit: str, voltage_v: float) -> dict[str, State]:
    """The state of an entry's entity for this power [W]; nothing where it names none."""
    entity = entity_in(entry)
    if entity is None:
        return {}
    is_turned = isinstance(entry, dict) and entry.get("invert") is True
    has_unit = not (isinstance(entry, dict) and entry.get("unit"))
    return {entity: sensor(in_unit(-power_w if is_turned else power_w, unit, voltage_v), unit, has_unit)}
