"""pyscript's own functions, passed to native code as values; its only access to Home Assistant."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .. import tuning
from ..model.readings import GetState
from .log_throttle import exception_text


@dataclass(frozen=True)
class Ports:
    """pyscript's functions `state.get`, `.set`, `.delete`, `.persist`, `.names`, `service.call` and `event.fire`.

    `get` raises NameError for a missing entity; all but the first three are coroutines; `call` raises KeyError for a
    service that does not exist.
    """

    get: GetState
    set: Callable[..., None]
    delete: Callable[[str], None]
    persist: Callable[..., Awaitable[None]]
    names: Callable[[], Awaitable[list[str]]]
    call: Callable[..., Awaitable[Any]]
    fire: Callable[..., Awaitable[None]]


def in_own_context(ports: Ports) -> Ports:
    """Return the ports with a new context for each state written and event fired; unchanged outside Home Assistant.

    Otherwise pyscript passes on the context of the trigger, and Home Assistant's logbook names the trigger as the cause
    of each.
    """
    core: Any = sys.modules.get("homeassistant.core")
    if core is None:
        return ports

    def write(*args: Any, **data: Any) -> None:
        ports.set(*args, context=core.Context(), **data)

    async def fire(*args: Any, **data: Any) -> None:
        await ports.fire(*args, context=core.Context(), **data)

    return replace(ports, set=write, fire=fire)


async def await_answer(call: Awaitable[object]) -> tuple[object, str]:
    """Await a service call for at most half a minute.

    Return its response and "", or None and what was raised, on one line.
    """
    try:
        async with asyncio.timeout(tuning.IGNORES_S):
            return await call, ""
    except Exception as error:  # whatever an integration may raise
        is_silent = isinstance(error, TimeoutError) and not str(error)
        return None, "it does not answer" if is_silent else exception_text(error)


async def call_error(ports: Ports, domain: str, service: str, data: Mapping[str, object]) -> str:
    """Call a service and wait for at most half a minute; return why it failed, "" for success."""
    return (await await_answer(ports.call(domain, service, blocking=True, **data)))[1]


@dataclass(frozen=True)
class EntityState:
    """The state of an entity, None where there is no such entity, and its attributes."""

    state: str | None
    attributes: Mapping[str, Any]


def present_state(ports: Ports, entity: str) -> EntityState:
    """Return the present state and attributes of an entity; state None and no attributes if it does not exist."""
    try:
        state = ports.get(entity)
    except NameError:
        return EntityState(None, {})
    return EntityState(str(state), dict(vars(state)))


def entity_attributes(ports: Ports, entity: str) -> Mapping[str, Any]:
    """Return an entity's attributes; empty when there is no such entity."""
    return present_state(ports, entity).attributes
