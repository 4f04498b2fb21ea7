"""What the scripts hand to native code: pyscript's own functions, as values; the only way to Home Assistant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.readings import GetState


@dataclass(frozen=True)
class Ports:
    """pyscript's `state.get`, `state.set`, `state.delete`, `state.persist`, `state.names`, `service.call` and
    `event.fire`.

    `get` raises NameError for a missing entity; all but the first three are coroutines; `call` raises KeyError
    for a service that does not exist.
    """

    get: GetState
    set: Callable[..., None]
    delete: Callable[[str], None]
    persist: Callable[..., Awaitable[None]]
    names: Callable[[], Awaitable[list[str]]]
    call: Callable[..., Awaitable[Any]]
    fire: Callable[..., Awaitable[None]]


def attributes_of(ports: Ports, entity: str) -> Mapping[str, Any]:
    """An entity's attributes; empty when there is no such entity."""
    try:
        seen = ports.get(entity)
    except NameError:
        return {}
    return dict(vars(seen))
