"""A measured quantity in CONFIG: an entity id, or a dict with `entity`, `unit` and `invert`."""

from collections.abc import Iterator, Mapping
from typing import Any

from .entities import State, in_unit, sensor, unit_in_any_case, usual_unit

ADDRESSED = "huawei"
"""Used in place of an entity for values that the scripts read from the inverter."""


def as_list(entry: Any) -> list[Any]:
    """Return the parts of CONFIG that may be one or a list; empty for none."""
    return list(entry) if isinstance(entry, list | tuple) else [entry] if entry else []


def entity_in(entry: Any) -> str | None:
    """Return the entity of a CONFIG entry, None without one."""
    named = entry.get("entity") if isinstance(entry, dict) else entry
    return named if isinstance(named, str) and named != ADDRESSED else None


def by_phase(entry: Any) -> Mapping[str, Any]:
    """Return phase -> entry of a draw that is measured on each phase; empty for any other entry."""
    is_by_phase = isinstance(entry, dict) and all(str(key).upper().startswith("L") for key in entry)
    return entry if is_by_phase else {}


def entities_in(entry: Any) -> Iterator[str]:
    """Yield every entity of an entry, measured on each phase or on all."""
    for each in [*by_phase(entry).values()] or [entry]:
        entity = entity_in(each)
        if entity is not None:
            yield entity


def source_unit(entry: Any, units: Mapping[str, str], usual: str | None = None) -> str:
    """Return the unit of an entry's entity: from CONFIG, `units`, the `usual` unit or the entity's name."""
    stated = entry.get("unit") if isinstance(entry, dict) else None
    entity = str(entity_in(entry))
    return unit_in_any_case(stated or units.get(entity) or usual or usual_unit(entity))


def draw_states(
    entry: Any, drawn_w: Mapping[str, float], units: Mapping[str, str], voltage_v: float, usual: str | None = None
) -> dict[str, State]:
    """Return the states of a draw's entities; `drawn_w`: the power on each phase [W]. `usual`: see `source_unit`.

    A single entity shows the highest phase in amps, the sum of all in watts.
    """
    found: dict[str, State] = {}
    for phase, each in by_phase(entry).items():
        found |= source_states(each, drawn_w.get(phase, 0.0), source_unit(each, units), voltage_v)
    if found:
        return found
    unit = source_unit(entry, units, usual)
    return source_states(entry, (max if unit in ("A", "mA") else sum)(drawn_w.values()), unit, voltage_v)


def source_states(entry: Any, power_w: float, unit: str, voltage_v: float) -> dict[str, State]:
    """Return the state of an entry's entity at this power [W]; empty if it names none."""
    entity = entity_in(entry)
    if entity is None:
        return {}
    is_turned = isinstance(entry, dict) and entry.get("invert") is True
    has_unit = not (isinstance(entry, dict) and entry.get("unit"))
    return {entity: sensor(in_unit(-power_w if is_turned else power_w, unit, voltage_v), unit, has_unit)}
