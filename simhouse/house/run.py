"""The loop of house and host: a second of physics, a line to the scripts, their calls applied to the house."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Protocol

from .house import House, Instant

CONNECTED_S = 20
"""By then [s] all devices have connected and reported every entity that they have."""

Reply = dict[str, Any]
Watcher = Callable[[Instant, Reply], None]


class AnyHost(Protocol):
    """Interface of what answers a line: the embedded pyscript host, or a test's controller."""

    async def line(self, message: dict[str, Any]) -> Reply:
        """Take {"t", "states", "calls"}; return {"t", "calls", "states", "responses"}."""


@asynccontextmanager
async def connected_devices(house: House) -> AsyncIterator[None]:
    """The house's charge points, Quasars and clouds, connected until the end of the block."""
    async with house.network or nullcontext(), house.quasars or nullcontext(), house.linked or nullcontext():
        yield


async def run(house: House, host: AnyHost, until_s: int, from_s: int = 0, watch: Watcher | None = None) -> None:
    """Run seconds `from_s` up to `until_s`; call `watch(instant, reply)` after each."""
    async with connected_devices(house):
        for t_s in range(from_s, until_s):
            reply = await host.line(await next_line(house, t_s))
            await house.obey_reply(reply["calls"], t_s)
            if watch is not None and house.now is not None:
                watch(house.now, reply)


async def next_line(house: House, t_s: int) -> dict[str, Any]:
    """Simulate second `t_s`; return the line for a host: the entities that report, and changed service answers."""
    states = house.step(t_s) | await house.exchange_with_sockets(t_s)
    if t_s == CONNECTED_S:
        states |= house.report_absent_as_unknown()
    answers = house.network.answers() if house.network else {}
    return {"t": t_s, "states": states} | answers
