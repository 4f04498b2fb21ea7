"""What a device's own energy counter says [kWh]."""

from __future__ import annotations

from ..model.load import Load
from ..model.readings import ENERGY_UNITS, View


def counter_kwh(view: View, entity: str | None) -> float | None:
    """What a counter shows; None where there is none, where that is unknown, or of no unit of energy."""
    number = None if entity is None else view.number(entity)
    factor = None if number is None or entity is None else ENERGY_UNITS.get(view.unit(entity))
    return None if number is None or factor is None else number * factor


def named_counter(load: Load, view: View) -> float | None:
    """That of the counter which CONFIG names."""
    entity = load.device.get("energy")
    return counter_kwh(view, entity) if isinstance(entity, str) else None
