"""Read a device's own energy counter [kWh]."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.load import Load
from ..model.messages.message import with_frame
from ..model.numbers import number_of
from ..model.readings import View, number_problem
from ..model.units import ENERGY, ENERGY_UNITS, other_unit_problem


def read_counter_kwh(view: View, entity: str | None) -> float | None:
    """Return what a counter shows [kWh]; None without a counter, while unknown, or when its unit is not an energy."""
    return number_of(view.measured(entity, ENERGY_UNITS))


def configured_counter_kwh(load: Load, view: View) -> float | None:
    """Return what the counter that CONFIG names shows [kWh]; None without one or while unknown."""
    entity = load.device.get("energy")
    return read_counter_kwh(view, entity) if isinstance(entity, str) else None


def counter_problems(view: View, load: Load) -> Iterator[str]:
    """Yield a message when the counter that CONFIG names shows no number or another unit; none while it is unknown."""
    entity = load.device.get("energy")
    word = view.word(entity) if isinstance(entity, str) else None
    if word is None or not isinstance(entity, str):
        return
    place, unit = f"loads.{load.name}.energy", view.shown_unit(entity)
    if view.number(entity) is None:
        yield with_frame(number_problem(entity, word), "path", place)
    elif not ENERGY.fits(unit):
        yield with_frame(other_unit_problem(entity, unit, ENERGY), "path", place)
