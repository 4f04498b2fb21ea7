"""Start and stop of servers and connections across reloads, with an owner for each.

pyscript may run the old script's shutdown after the new script's startup has begun. So every start first closes what
ran before, under one lock, and a stop by anyone but the present owner does nothing. Home Assistant does not wait for
shutdown triggers when it stops; so a listener for its stop event closes everything that is left.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any, Protocol, TypeVar

from .log_throttle import LOG
from .store import STORE


class Resource(Protocol):
    """A server or a connection: started once, stopped once."""

    async def start(self) -> None:
        """Open it; raises OSError when that is impossible."""

    async def stop(self) -> None:
        """Close it; returns when it is closed."""


AnyResource = TypeVar("AnyResource", bound=Resource)


def _lock() -> asyncio.Lock:
    """Return the lock of the running event loop; it is in the store because it has to survive reloads."""
    loop = asyncio.get_running_loop()
    if STORE.get("lifecycle_loop") is not loop:
        STORE["lifecycle_loop"], STORE["lifecycle_lock"] = loop, asyncio.Lock()
    lock: asyncio.Lock = STORE["lifecycle_lock"]
    return lock


def _owned_resources() -> dict[str, tuple[object, Resource]]:
    """Return key -> (owner, resource) of everything that runs."""
    owned: dict[str, tuple[object, Resource]] = STORE.setdefault("lifecycle_owned", {})
    return owned


async def start(key: str, owner: object, resource: AnyResource) -> AnyResource:
    """Stop what runs under `key`, then start and return a resource of `owner`.

    Raises what the new one's `start` raises; then nothing runs under `key`.
    """
    _register_stop()
    async with _lock():
        await _stop_resource(key)
        await resource.start()
        _owned_resources()[key] = (owner, resource)
        return resource


async def stop(key: str, owner: object = None) -> bool:
    """Stop the resource under `key`, and return True; return False and leave it running if it is not of `owner`.

    `owner` None: stop it, whoever owns it.
    """
    async with _lock():
        is_meant = owner is None or (key in _owned_resources() and _owned_resources()[key][0] is owner)
        if is_meant:
            await _stop_resource(key)
        return is_meant


async def stop_all_of(owner: object) -> None:
    """Stop everything that is of this owner."""
    for key in list(_owned_resources()):
        await stop(key, owner)


async def stop_all(*_event: object) -> None:
    """Stop everything, the last started first; called when Home Assistant stops."""
    async with _lock():
        while _owned_resources():
            await _stop_resource(next(reversed(_owned_resources())))


async def _stop_resource(key: str) -> None:
    """Stop what runs under `key`, if anything does.

    A failure to close is logged and does not prevent the next start.
    """
    _, resource = _owned_resources().pop(key, (None, None))
    try:
        if resource is not None:
            await resource.stop()
    except Exception:
        LOG.exception("%s did not close cleanly", key)


def _register_stop() -> None:
    """Register `stop_all` to be called, and awaited, when Home Assistant or the embedded host stops; once a loop."""
    loop = asyncio.get_running_loop()
    host: Any = sys.modules.get("_simhouse_host")
    core: Any = sys.modules.get("homeassistant.core")
    if STORE.get("stop_registered") is loop or (host is None and core is None):
        return
    if host is not None:
        host.add_stop_callback(_stop_all_by_newest_version)
    else:
        core.async_get_hass().bus.async_listen_once("homeassistant_stop", _stop_all_by_newest_version)
    STORE["stop_registered"] = loop


async def _stop_all_by_newest_version(*_event: object) -> None:
    """Call `stop_all` of the newest version of this package, because this function may be of an older one."""
    newest: Any = sys.modules.get(__name__)
    await (newest.stop_all() if newest is not None else stop_all())
