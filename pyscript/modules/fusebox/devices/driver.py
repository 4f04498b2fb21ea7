"""What a driver is: how a load type is read from entities, its draw too, and how a command becomes service calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.appliance_memory import NEW_SWITCHED, SwitchedMemory
from ..model.decision import Command
from ..model.electrics import PerPhase, Phase
from ..model.equipment import Source
from ..model.load import Load
from ..model.readings import View, amps_of, number_problem, unit_of
from ..model.snapshot import LoadState, Status
from ..model.units import AMPS, POWER, stated_unit_problem, unit_problem
from .counter import named_counter


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """One Home Assistant service call."""

    domain: str
    """Of the service."""
    service: str
    """Its name."""
    data: Mapping[str, object]
    """What it is given."""
    asks: bool = False
    """Whether its response is wanted."""
    subject: str = ""
    """Which of several things that one service does for a load: that one works says nothing of another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a service call."""

    call: ServiceCall
    """Which one."""
    made_s: float
    """When it was made [s since 1970]."""
    response: object = None
    """What came back, where it was asked for."""
    error: str = ""
    """Why it failed, "" where it did not."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a load is to do now."""

    setpoint_a: float
    """The setpoint that is in force [A]."""
    command: Command | None = None
    """The command for it, None where none is due."""
    over_fuse: bool = False
    """Whether a fuse above it carries more than its rating."""
    switched: SwitchedMemory = NEW_SWITCHED
    """What a load that is only on or off needs beyond that."""
    lines: int | None = None
    """How many of its phases it uses, by the meter; None while that is not known."""
    lines_told: int | None = None
    """How many of them it is to use, None where nobody switches them, or nothing has told yet on how many it is."""


@dataclass(frozen=True, slots=True)
class DeviceSession:
    """For a device that has to be kept in touch with: what was told it ends by itself, or has to be asked and verified.

    All three are pure. What they remember of a load is theirs alone: a frozen value, kept over reloads of the scripts.
    The first to be called with `None` for it begins anew. Floats are the phase voltage [V].
    """

    observe: Callable[[Load, View, LoadState, Any, tuple[Answer, ...], float], tuple[LoadState, Any]]
    """The state as `read` made it, with what is remembered, and the memory with what is seen; the answers are those
    that have come since. It runs in every step, before anything is decided."""
    act: Callable[[Load, View, LoadState, Aim, Any, float], tuple[tuple[ServiceCall, ...], Any]]
    """The calls to make now, in order, and the memory that knows of them; in every step, after the decision, but never
    in a dry run. It makes the calls for commands too."""
    reset: Callable[[Load, View, LoadState, Any], Any] | None = None
    """The memory of a device that a person wants to be reset; ValueError with the reason when it cannot be."""


def no_calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """For a driver whose session makes all calls."""
    return ()


@dataclass(frozen=True, slots=True)
class Driver:
    """One load type. All are pure; the view is the only way in, service calls the only way out."""

    entities: Callable[[Load], tuple[str, ...]]
    """What to watch for a load."""
    read: Callable[[Load, View, float], LoadState]
    """What its entities say; the float is the phase voltage [V]."""
    calls: Callable[[Load, Command], tuple[ServiceCall, ...]]
    """What to call for a command, in order."""
    session: DeviceSession | None = None
    """For a device that has to be kept in touch with, None for any other."""
    boosted: Callable[[LoadState], bool | None] | None = None
    """Whether a boost is under way, None when nobody knows: once it was and is not any longer, it is over.

    Without it the load cannot be boosted."""
    counter: Callable[[Load, View], float | None] = named_counter
    """What its own energy counter shows [kWh], None where it has none or that is unknown."""


def until_unplugged(state: LoadState) -> bool | None:
    """A charger's boost lasts while its car is plugged in."""
    if not state.available or state.status is Status.UNKNOWN:
        return None
    return state.status is not Status.UNPLUGGED


def entity_of(load: Load, key: str) -> str | None:
    """The entity id under one of the load's own keys, None when it has none."""
    value = load.device.get(key)
    return value if isinstance(value, str) else None


def named_entities(load: Load, *keys: str) -> tuple[str, ...]:
    """The entity ids under those keys that are set."""
    found = (entity_of(load, key) for key in keys)
    return tuple(entity for entity in found if entity is not None)


def switch_call(entity: str, on: bool) -> ServiceCall:
    """Turn an entity on or off in its own domain: switches, lights and input booleans alike."""
    return ServiceCall(entity.split(".")[0], "turn_on" if on else "turn_off", {"entity_id": entity})


def is_list(entity: str) -> bool:
    """Whether an entity is set to one of some options."""
    return entity.split(".")[0] in ("select", "input_select")


def set_call(entity: str, value: object) -> ServiceCall:
    """Set an entity to a value in its own domain: an option of a list, else a number."""
    if is_list(entity):
        return ServiceCall(entity.split(".")[0], "select_option", {"entity_id": entity, "option": value})
    return ServiceCall(entity.split(".")[0], "set_value", {"entity_id": entity, "value": value})


MANY_WAYS_ON = ("climate", "water_heater")
"""Domains whose entities show how they are on: `heat`, `auto`, `eco`."""


def switch_state(view: View, entity: str) -> bool | None:
    """Whether a switch is on; None when it is unknown."""
    word = view.word(entity)
    if word is not None and entity.split(".")[0] in MANY_WAYS_ON:
        return word.lower() != "off"
    return None if word is None else {"on": True, "off": False}.get(word.lower())


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
    return source_amps(view, draw, voltage_v, 1), POWER.fits(unit_of(view, draw, draw.entity) or "")


def draw_age_s(view: View, draw: object) -> float:
    """Time since the oldest of the draw's entities reported [s]; 0 where nothing measures."""
    reported = [raw.last_reported.timestamp() for raw in map(view.raw, draw_entities(draw)) if raw is not None]
    return max((view.now_s - reported_s for reported_s in reported), default=0.0)


def draw_problems(view: View, load: Load) -> Iterator[str]:
    """A sentence for each sensor of a load that measures no draw: it counts for nothing, and nothing else would show.

    A load without a draw key has none.
    """
    for key in ("draw", "power", "offered"):
        draw = load.device.get(key)
        for source in draw.values() if isinstance(draw, Mapping) else (draw,):
            if isinstance(source, Source) and source.entity is not None and view.word(source.entity) is not None:
                problem = _draw_problem(view, source, source.entity)
                if problem:
                    yield f"loads.{load.name}.{key}: {problem}"


def _draw_problem(view: View, source: Source, entity: str) -> str:
    unit = unit_of(view, source, entity)
    if view.number(entity) is None:
        return number_problem(entity, view.word(entity))
    if unit is None:
        return stated_unit_problem(entity, source.unit or "", view.shown_unit(entity))
    return "" if AMPS.fits(unit) or POWER.fits(unit) else unit_problem(entity, unit)


def _one(view: View, draw: Mapping[object, object], phase: Phase, voltage_v: float) -> float | None:
    source = draw.get(phase, draw.get(phase.name))
    return source_amps(view, source, voltage_v, 1) if isinstance(source, Source) else None


def source_amps(view: View, source: Source, voltage_v: float, phase_count: int) -> float | None:
    """What one entity says, on each of the phases that share it [A]; None when that is nothing."""
    number = None if source.entity is None else view.number(source.entity)
    if number is None or source.entity is None:
        return None
    # Without a known unit it is no measurement: watts taken for amps would make room that is not there.
    signed = -number if source.invert else number
    current_a = amps_of(signed, unit_of(view, source, source.entity) or "", voltage_v, phase_count)
    return None if current_a is None else max(current_a, 0.0)
