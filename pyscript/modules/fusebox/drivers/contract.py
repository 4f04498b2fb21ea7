"""What a driver is: how a load type is read from entities, and how a command becomes service calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..decision import Command
from ..readings import View
from ..site import Load
from ..snapshot import LoadState


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """One Home Assistant service call."""

    domain: str
    service: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Driver:
    """One load type. All three are pure; the view is the only way in, service calls the only way out.

    `entities`: what to watch for a load. `read`: what its entities say; the float is the phase voltage [V].
    `calls`: what to call for a command, in order.
    """

    entities: Callable[[Load], tuple[str, ...]]
    read: Callable[[Load, View, float], LoadState]
    calls: Callable[[Load, Command], tuple[ServiceCall, ...]]


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


def switch_state(view: View, entity: str) -> bool | None:
    """Whether a switch is on; None when it is unknown."""
    word = view.word(entity)
    return None if word is None else {"on": True, "off": False}.get(word.lower())
