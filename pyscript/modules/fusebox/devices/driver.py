"""What a driver is: how a load type is read from entities, and how a command becomes service calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.appliance_memory import NEW_SWITCHED, SwitchedMemory
from ..model.decision import Command
from ..model.load import Load
from ..model.readings import View
from ..model.snapshot import LoadState


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """One Home Assistant service call; `asks`: whether its response is wanted.

    `subject`: which of several things that one service does for a load: that one works says nothing of another.
    """

    domain: str
    service: str
    data: Mapping[str, object]
    asks: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a service call of the time `made_s`: its response, or why it failed, "" when it did not."""

    call: ServiceCall
    made_s: float
    response: object = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a load is to do now: the setpoint that is in force [A], and the command for it, if one is due.

    `over_fuse`: whether a fuse above it carries more than its rating. `switched`: what a load that is only on or off
    needs beyond that. `lines`: how many of its phases it uses, by the meter; None while that is not known.
    """

    setpoint_a: float
    command: Command | None = None
    over_fuse: bool = False
    switched: SwitchedMemory = NEW_SWITCHED
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceSession:
    """For a device that has to be kept in touch with: what was told it ends by itself, or has to be asked and verified.

    All three are pure. What they remember of a load is theirs alone: a frozen value, kept over reloads of the scripts.
    The first to be called with `None` for it begins anew. Floats are the phase voltage [V].

    `observe`: the state as `read` made it, with what is remembered, and the memory with what is seen; the answers are
    those that have come since. It runs in every step, before anything is decided.
    `act`: the calls to make now, in order, and the memory that knows of them; in every step, after the decision, but
    never in a dry run. It makes the calls for commands too.
    `reset`: the memory of a device that a person wants to be reset; ValueError with the reason when it cannot be.
    """

    observe: Callable[[Load, View, LoadState, Any, tuple[Answer, ...], float], tuple[LoadState, Any]]
    act: Callable[[Load, View, LoadState, Aim, Any, float], tuple[tuple[ServiceCall, ...], Any]]
    reset: Callable[[Load, View, LoadState, Any], Any] | None = None


def no_calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """For a driver whose session makes all calls."""
    return ()


@dataclass(frozen=True, slots=True)
class Driver:
    """One load type. All are pure; the view is the only way in, service calls the only way out.

    `entities`: what to watch for a load. `read`: what its entities say; the float is the phase voltage [V].
    `calls`: what to call for a command, in order. `session`: for devices that have to be kept in touch with.
    """

    entities: Callable[[Load], tuple[str, ...]]
    read: Callable[[Load, View, float], LoadState]
    calls: Callable[[Load, Command], tuple[ServiceCall, ...]]
    session: DeviceSession | None = None


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


MANY_WAYS_ON = ("climate", "water_heater")
"""Domains whose entities show how they are on: `heat`, `auto`, `eco`."""


def switch_state(view: View, entity: str) -> bool | None:
    """Whether a switch is on; None when it is unknown."""
    word = view.word(entity)
    if word is not None and entity.split(".")[0] in MANY_WAYS_ON:
        return word.lower() != "off"
    return None if word is None else {"on": True, "off": False}.get(word.lower())
