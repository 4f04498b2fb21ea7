"""Simulated devices in threads of their own live by the virtual clock, and it waits for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from simhouse.devices.in_thread import DeviceThread

from ..virtual_loop import VirtualLoop

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

SLOW_S = 0.05
"""How much later than its client a device gets round to something [s of real time]."""


@pytest.fixture
def devices() -> Iterator[DeviceThread]:
    with DeviceThread() as thread:
        yield thread


def lived(work: Callable[[VirtualLoop], Awaitable[Any]], until_s: float) -> Any:
    """What a client does in the virtual clock's loop within this many of its seconds."""
    loop = VirtualLoop(datetime(2026, 1, 15, 12, tzinfo=UTC))

    async def live() -> Any:
        task = asyncio.ensure_future(work(loop))
        await loop.settle(until_s)
        return task.result()

    try:
        return loop.run_until_complete(live())
    finally:
        loop.close()


def served(devices: DeviceThread, serve: Serve) -> int:
    """The port of a device that does this with each connection."""
    server = devices.do(asyncio.start_server(serve, "127.0.0.1", 0))
    return int(server.sockets[0].getsockname()[1])


def test_a_device_notices_a_connection_at_the_instant_it_is_made(devices):
    seen_s = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        time.sleep(SLOW_S)
        seen_s.append(asyncio.get_running_loop().time())
        writer.close()

    port = served(devices, serve)

    async def connect(loop: VirtualLoop) -> None:
        await asyncio.sleep(3)
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(1.5)
        writer.close()

    lived(connect, 10)
    assert seen_s == [3]


def test_an_answer_comes_at_the_instant_of_the_question_and_a_late_one_just_so_late(devices):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for late_s in (0, 4):
            await reader.readexactly(1)
            time.sleep(SLOW_S)
            await asyncio.sleep(late_s)
            writer.write(b"!")
        writer.close()

    port = served(devices, serve)

    async def ask_twice(loop: VirtualLoop) -> list[float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answered_s = []
        for _ in range(2):
            writer.write(b"?")
            await asyncio.wait_for(reader.readexactly(1), 5)
            answered_s.append(loop.seconds)
        writer.close()
        return answered_s

    assert lived(ask_twice, 20) == [0, 4]
