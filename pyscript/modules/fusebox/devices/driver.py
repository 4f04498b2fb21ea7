"""The interface of a driver: read a load type's entities, draw and counter, and turn a command into service calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..config.domains import THERMOSTATS, domain_of
from ..model.appliance_memory import NEW_SWITCHED, SwitchedMemory
from ..model.decision import Command
from ..model.durations import NEVER_S
from ..model.electrics import PerPhase
from ..model.equipment import Source
from ..model.load import Load
from ..model.messages.message import with_frame
from ..model.numbers import number_of
from ..model.readings import View, amps_in_unit, number_problem, source_unit
from ..model.snapshot import LoadState, Status
from ..model.units import AMPS, ENERGY_UNITS, POWER, stated_unit_problem, unit_problem


def read_counter_kwh(view: View, entity: str | None) -> float | None:
    """Return what a counter shows [kWh]; None without a counter, while unknown, or when its unit is not an energy."""
    return number_of(view.measured(entity, ENERGY_UNITS))


def configured_counter_kwh(load: Load, view: View) -> float | None:
    """Return the reading of a load's `energy` counter [kWh]; None without one, while unknown, or in another unit."""
    return read_counter_kwh(view, entity_of(load, "energy"))


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A Home Assistant service call."""

    domain: str
    """The domain of the service."""
    service: str
    """Its name."""
    data: Mapping[str, object]
    """The data of the call."""
    returns_response: bool = False
    """Whether it is called for its response."""
    subject: str = ""
    """Which of several things the service does for a load: one may succeed while another fails."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a service call."""

    call: ServiceCall
    """Which one."""
    made_s: float
    """When the call was made [s since 1970]."""
    response: object = None
    """The call's response, where one was requested."""
    error: str = ""
    """Why it failed, "" where it did not."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a load should do now."""

    setpoint_a: float
    """The setpoint that is in force [A]."""
    command: Command | None = None
    """The command for it, None where none is due."""
    over_fuse: bool = False
    """Whether a fuse above it carries more than its rating."""
    switched: SwitchedMemory = NEW_SWITCHED
    """What a load that is only on or off needs in addition."""
    phase_count: int | None = None
    """How many of its phases it uses, by the meter; None while that is unknown."""
    commanded_phase_count: int | None = None
    """How many phases it should use, None when its phases are not switched or their number is not yet known."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One step with a load's device: the entities, and the state that they show."""

    load: Load
    view: View
    state: LoadState
    voltage_v: float
    """Of a phase [V]."""


Calls = tuple[ServiceCall, ...]
"""Service calls, in order."""


@dataclass(frozen=True, slots=True)
class DeviceSession:
    """For a device that needs repeated contact: its commands expire, or it has to be queried and verified.

    All functions are pure. Their memory of a load is private to them: a frozen value, kept over reloads of the scripts.
    """

    new_memory: Callable[[], Any]
    """Return the memory of a new load."""
    observe: Callable[[Contact, Any, tuple[Answer, ...]], tuple[LoadState, Any]]
    """Return the state from `read` completed from memory, and the memory; the answers are those since the last step.

    It runs in every step, before any decision.
    """
    act: Callable[[Contact, Any, Aim], tuple[Calls, Any]]
    """Return the calls to make now, in order, and the memory that records them; also makes the calls for commands.

    It runs in every step, after the decision, but never in a dry run.
    """
    reset: Callable[[Contact, Any], Any] | None = None
    """Return the memory for a device that a person wants to reset; ValueError with the reason if it cannot be."""
    stopped_s: Callable[[Any], float] = lambda memory: NEVER_S
    """Return when Fusebox stopped the charging session at the device, to begin it again; never while it has not.

    It is stored, because after a restart nothing else tells such a session from one that a user has stopped.
    """
    with_stop: Callable[[Any, float], Any] = lambda memory, stopped_s: memory
    """Return a new memory with a stop from before a restart."""
    device_keys: tuple[str, ...] = ()
    """The keys in CONFIG that identify the device: only a change of one of them drops its memory; empty: of any key."""
    repeats: bool = True
    """Whether it repeats by itself whatever its device does not follow."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One load type. All functions are pure: the view is the only input, service calls the only output."""

    entities: Callable[[Load], tuple[str, ...]]
    """Return the entities to watch for a load; the first identifies its device."""
    read: Callable[[Load, View, float], LoadState]
    """Return the load's state from its entities; the float is the phase voltage [V]."""
    calls: Callable[[Load, Command], tuple[ServiceCall, ...]] = lambda load, command: ()
    """Return the service calls for a command, in order; none where its session makes all calls."""
    session: DeviceSession | None = None
    """For a device that needs repeated contact, None for any other."""
    boosted: Callable[[LoadState], bool | None] | None = None
    """Whether a boost goes on, None when unknown; a change from True to False ends the boost.

    Without this function the load cannot be boosted.
    """
    counter: Callable[[Load, View], float | None] = configured_counter_kwh
    """Return what the load's own energy counter shows [kWh], None without one or while unknown."""


def until_unplugged(state: LoadState) -> bool | None:
    """Return whether a charger's boost goes on: while its car is plugged in. None when that is unknown."""
    if not state.available or state.status is Status.UNKNOWN:
        return None
    return state.status is not Status.UNPLUGGED


def entity_of(load: Load, key: str) -> str | None:
    """Return the entity id under one of the load's keys, None without one."""
    value = load.device.get(key)
    return value if isinstance(value, str) else None


def named_entities(load: Load, *keys: str) -> tuple[str, ...]:
    """Return the entity ids under those of the keys that are set."""
    found = (entity_of(load, key) for key in keys)
    return tuple(entity for entity in found if entity is not None)


def watching(*keys: str, draw: str) -> Callable[[Load], tuple[str, ...]]:
    """Return a driver's `entities`: those under these keys of a load, and the sensors under its key `draw`."""
    return lambda load: named_entities(load, *keys) + draw_entities(load.device.get(draw))


def switch_call(entity: str, on: bool) -> ServiceCall:
    """Return the call that turns an entity on or off in its own domain: a switch, light or input boolean."""
    return ServiceCall(domain_of(entity), "turn_on" if on else "turn_off", {"entity_id": entity})


def is_select(entity: str) -> bool:
    """Return whether an entity is a select, set to one of its options."""
    return domain_of(entity) in ("select", "input_select")


def set_value_or_option_call(entity: str, value: object) -> ServiceCall:
    """Return the call that sets an entity in its own domain: to an option of a select, otherwise to a number."""
    if is_select(entity):
        return ServiceCall(domain_of(entity), "select_option", {"entity_id": entity, "option": value})
    return ServiceCall(domain_of(entity), "set_value", {"entity_id": entity, "value": value})


def switch_state(view: View, entity: str | None) -> bool | None:
    """Return whether a switch is on; None when unknown, and without a switch.

    Each state of a thermostat but "off" is on.
    """
    word = view.word(entity)
    if entity is None or word is None:
        return None
    return word.lower() != "off" if domain_of(entity) in THERMOSTATS else {"on": True, "off": False}.get(word.lower())


def draw_entities(draw: object) -> tuple[str, ...]:
    """Return the entity ids of a `draw` or `power` value: one source for all phases, or one a phase."""
    sources = draw.values() if isinstance(draw, Mapping) else (draw,)
    return tuple(entity for source in sources if isinstance(source, Source) for entity in source.entities)


def read_draw(view: View, load: Load, draw: object, voltage_v: float) -> PerPhase:
    """Return the draw of each phase [A]; None where nothing measures. One sensor counts on all of the load's phases.

    A power is shared by them, a current flows on each. Negative values count as 0: a charger's sensor below zero is
    noise.
    """
    if isinstance(draw, Source):
        return PerPhase.each(load.phases, positive_source_current_a(view, draw, voltage_v, len(load.phases)))
    if isinstance(draw, Mapping):
        own = [phase for phase in load.phases if phase in draw]
        return PerPhase.of({phase: positive_source_current_a(view, draw[phase], voltage_v, 1) for phase in own})
    return PerPhase()


def single_draw(view: View, load: Load, draw: object, voltage_v: float) -> tuple[float | None, bool]:
    """Return a single sensor's value as if one phase carried it all [A], and whether it is a power (shared by phases).

    (None, False) without such a sensor, or for a load on one phase.
    """
    if not isinstance(draw, Source) or draw.entity is None or len(load.phases) == 1:
        return None, False
    return positive_source_current_a(view, draw, voltage_v, 1), POWER.fits(source_unit(view, draw, draw.entity) or "")


def draw_age_s(view: View, draw: object) -> float:
    """Return the time since the oldest of the draw's entities reported [s]; 0 when nothing measures."""
    return max((view.now_s - view.reported_s(entity) for entity in draw_entities(draw)), default=0.0)


def draw_fields(view: View, load: Load, draw: object, voltage_v: float) -> Mapping[str, Any]:
    """Return the fields of a state that the sensors of a `draw` or `power` value measure.

    The draw of each phase [A], the value of a single sensor and whether that is a power, and its age; None if unknown.
    """
    single_a, is_power = single_draw(view, load, draw, voltage_v)
    draw_a, age_s = read_draw(view, load, draw, voltage_v), draw_age_s(view, draw)
    return {"draw_a": draw_a, "single_a": single_a, "is_power": is_power, "draw_age_s": age_s}


def appliance_state(load: Load, view: View, voltage_v: float, on: bool | None, **known: Any) -> LoadState:
    """Return the state of a plug, tank, heat pump or room, with its draw by its power sensor.

    It is unavailable while `on` is None. `known`: further fields of `LoadState`.
    """
    drawn = draw_fields(view, load, load.device.get("power"), voltage_v)
    return LoadState(on=on, status=Status.CONNECTED, available=on is not None, **known, **drawn)


def draw_problems(view: View, load: Load) -> Iterator[str]:
    """Yield a message for each of a load's sensors that does not measure a draw; none for one that is unknown.

    The keys draw, power and offered are checked.
    """
    for key in ("draw", "power", "offered"):
        draw = load.device.get(key)
        for source in draw.values() if isinstance(draw, Mapping) else (draw,):
            if isinstance(source, Source) and source.entity is not None and view.word(source.entity) is not None:
                problem = _draw_problem(view, source, source.entity)
                if problem:
                    yield with_frame(problem, "path", f"loads.{load.name}.{key}")


def _draw_problem(view: View, source: Source, entity: str) -> str:
    """Return the message why a sensor's value cannot be used as a draw, "" if it can."""
    unit = source_unit(view, source, entity)
    if view.number(entity) is None:
        return number_problem(entity, view.word(entity))
    if unit is None:
        return stated_unit_problem(entity, source.unit or "", view.shown_unit(entity))
    return "" if AMPS.fits(unit) or POWER.fits(unit) else unit_problem(entity, unit)


def positive_source_current_a(view: View, source: Source, voltage_v: float, phase_count: int) -> float | None:
    """Return one entity's value as the current on each of the phases that share it [A]; 0 for a negative one.

    `invert` is applied first. None while the value is unknown or without a known unit.
    """
    number = view.number(source.entity)
    if number is None or source.entity is None:
        return None
    # A value without a known unit is ignored: amps mistaken for watts would understate the draw.
    signed = -number if source.invert else number
    current_a = amps_in_unit(signed, source_unit(view, source, source.entity) or "", voltage_v, phase_count)
    return None if current_a is None else max(current_a, 0.0)
