"""The loop of house and host: a second of physics, a line to the scripts, their calls back into the house."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Protocol

from .house import House, Instant

CONNECTED_S = 20
"""All devices have connected by then and shown every entity that they have [s]."""

Reply = dict[str, Any]
Watcher = Callable[[Instant, Reply], None]


class AnyHost(Protocol):
    """What answers a line: the embedded pyscript host, or a controller of a test."""

    async def line(self, message: dict[str, Any]) -> Reply:
        """Takes {"t", "states", "calls"}, gives {"t", "calls", "states", "responses"}."""


async def run(house: House, host: AnyHost, until_s: int, from_s: int = 0, watch: Watcher | None = None) -> None:
    """Runs seconds `from_s` up to `until_s`; `watch(instant, reply)` sees each of them."""
    async with house.network or nullcontext(), house.quasars or nullcontext(), house.linked or nullcontext():
        for t_s in range(from_s, until_s):
            reply = await host.line(await next_line(house, t_s))
            await house.obey(reply["calls"], t_s)
            if watch is not None and house.now is not None:
                watch(house.now, reply)


async def next_line(house: House, t_s: int) -> dict[str, Any]:
    """Second `t_s` of the house as a line to a host: what reports, and what services would answer from now on."""
    states = house.step(t_s) | await house.exchange(t_s)
    if t_s == CONNECTED_S:
        states |= house.invent_absent()
    answers = house.network.answers() if house.network else {}
    return {"t": t_s, "states": states} | answers
