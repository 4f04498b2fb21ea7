"""What a load's draw sensor says, in amps on each of its phases."""

from __future__ import annotations

from collections.abc import Mapping

from ..electrics import PerPhase, Phase, amps
from ..readings import CURRENT_UNITS, POWER_UNITS, View
from ..site import Load


def draw_entities(draw: object) -> tuple[str, ...]:
    """The entity ids of a `draw` value: one for all phases, or one a phase."""
    if isinstance(draw, str):
        return (draw,)
    return tuple(str(entity) for entity in draw.values()) if isinstance(draw, Mapping) else ()


def read_draw(view: View, load: Load, draw: object, voltage_v: float) -> PerPhase:
    """Amps a phase; None where nothing measures. One sensor counts on all of the load's phases.

    A draw is never negative here: a charger's sensor that dips below zero is noise.
    """
    if isinstance(draw, str):
        return PerPhase.each(load.phases, _amps(view, draw, voltage_v, len(load.phases)))
    if isinstance(draw, Mapping):
        return PerPhase.of({phase: _one(view, draw, phase, voltage_v) for phase in load.phases})
    return PerPhase()


def _one(view: View, draw: Mapping[object, object], phase: Phase, voltage_v: float) -> float | None:
    entity = draw.get(phase.name, draw.get(phase))
    return _amps(view, entity, voltage_v, 1) if isinstance(entity, str) else None


def _amps(view: View, entity: str, voltage_v: float, phase_count: int) -> float | None:
    number = view.number(entity)
    if number is None:
        return None
    unit = view.unit(entity)
    if unit in POWER_UNITS:
        return max(amps(number * POWER_UNITS[unit], voltage_v, phase_count), 0.0)
    return max(number * CURRENT_UNITS.get(unit, 1.0), 0.0)
