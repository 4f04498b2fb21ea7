"""The loop of house and host: a second of physics, a line to the scripts, their calls back into the house."""

from collections.abc import Callable
from typing import Any, Protocol

from .house import House, Instant

Reply = dict[str, Any]
Watcher = Callable[[Instant, Reply], None]


class AnyHost(Protocol):
    """What answers a line: the embedded pyscript host, or a controller of a test."""

    async def line(self, message: dict[str, Any]) -> Reply:
        """Takes {"t", "states", "calls"}, gives {"t", "calls", "states", "responses"}."""


async def run(house: House, host: AnyHost, until_s: int, from_s: int = 0, watch: Watcher | None = None) -> None:
    """Runs seconds `from_s` up to `until_s`; `watch(instant, reply)` sees each of them."""
    for t_s in range(from_s, until_s):
        reply = await host.line({"t": t_s, "states": house.step(t_s)})
        house.apply(reply["calls"], t_s)
        if watch is not None and house.now is not None:
            watch(house.now, reply)
