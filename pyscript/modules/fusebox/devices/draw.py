"""What a load's draw sensor says, in amps on each of its phases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.electrics import PerPhase, Phase, amps
from ..model.equipment import Source
from ..model.load import Load
from ..model.readings import CURRENT_UNITS, POWER_UNITS, View, number_problem, unit_problem


def draw_entities(draw: object) -> tuple[str, ...]:
    """The entity ids of a `draw` or `power` value: one source for all phases, or one a phase."""
    sources = draw.values() if isinstance(draw, Mapping) else (draw,)
    return tuple(entity for source in sources if isinstance(source, Source) for entity in source.entities)


def read_draw(view: View, load: Load, draw: object, voltage_v: float) -> PerPhase:
    """Amps a phase; None where nothing measures. One sensor counts on all of the load's phases.

    A draw is never negative here: a charger's sensor that dips below zero is noise.
    """
    if isinstance(draw, Source):
        return PerPhase.each(load.phases, source_amps(view, draw, voltage_v, len(load.phases)))
    if isinstance(draw, Mapping):
        return PerPhase.of({phase: _one(view, draw, phase, voltage_v) for phase in load.phases})
    return PerPhase()


def single_draw(view: View, load: Load, draw: object, voltage_v: float) -> tuple[float | None, bool]:
    """What one sensor for several phases would mean on one of them [A], and whether it is a power, which they share."""
    if not isinstance(draw, Source) or draw.entity is None or len(load.phases) == 1:
        return None, False
    return source_amps(view, draw, voltage_v, 1), unit_of(view, draw) in POWER_UNITS


def draw_age_s(view: View, draw: object) -> float:
    """Time since the oldest of the draw's entities reported [s]; 0 where nothing measures."""
    reported = [raw.last_reported.timestamp() for raw in map(view.raw, draw_entities(draw)) if raw is not None]
    return max((view.now_s - reported_s for reported_s in reported), default=0.0)


def draw_problems(view: View, load: Load) -> Iterator[str]:
    """A sentence for each sensor of a draw that measures none: it counts for nothing, and nothing else would show."""
    for key in ("draw", "power"):
        draw = load.device.get(key)
        for source in draw.values() if isinstance(draw, Mapping) else (draw,):
            if isinstance(source, Source) and source.entity is not None and view.word(source.entity) is not None:
                unit = unit_of(view, source)
                if view.number(source.entity) is None:
                    yield f"loads.{load.name}.{key}: {number_problem(source.entity, view.word(source.entity))}"
                elif unit not in CURRENT_UNITS and unit not in POWER_UNITS:
                    yield f"loads.{load.name}.{key}: {unit_problem(source.entity, unit)}"


def _one(view: View, draw: Mapping[object, object], phase: Phase, voltage_v: float) -> float | None:
    source = draw.get(phase, draw.get(phase.name))
    return source_amps(view, source, voltage_v, 1) if isinstance(source, Source) else None


def source_amps(view: View, source: Source, voltage_v: float, phase_count: int) -> float | None:
    """What one entity says, on each of the phases that share it [A]; None when that is nothing."""
    number = None if source.entity is None else view.number(source.entity)
    if number is None or source.entity is None:
        return None
    unit = unit_of(view, source)
    signed = -number if source.invert else number
    if unit in POWER_UNITS:
        return max(amps(signed * POWER_UNITS[unit], voltage_v, phase_count), 0.0)
    # Without a known unit it is no measurement: watts taken for amps would make room that is not there.
    return max(signed * CURRENT_UNITS[unit], 0.0) if unit in CURRENT_UNITS else None


def unit_of(view: View, source: Source) -> str:
    """In lower case; CONFIG's comes before the entity's own."""
    return (source.unit or view.unit(source.entity or "")).strip().lower()
