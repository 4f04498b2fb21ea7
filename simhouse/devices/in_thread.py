"""Runs simulated devices on real sockets in a thread of their own, separate from Home Assistant like real devices."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, ClassVar, Protocol, Self, TypeVar

T = TypeVar("T")

LONGEST_S = 20.0
"""Longest time for anything done in the devices' thread [s]."""


class Device(Protocol):
    """Interface of something that listens on a socket."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class DeviceThread:
    """An event loop in a thread: enter it, `run` devices, leave it to stop all of them."""

    new_loop: ClassVar[Callable[[], asyncio.AbstractEventLoop]] = asyncio.new_event_loop
    """Makes the loop: tests in real Home Assistant replace it by one that follows their clock."""

    def __init__(self) -> None:
        self._loop = type(self).new_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulated devices", daemon=True)
        self._devices: list[Device] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        for device in self._devices:
            self.do(device.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONGEST_S)
        self._loop.close()

    def run(self, *devices: Device) -> None:
        """Start devices; they are stopped at the end."""
        for device in devices:
            self.do(device.start())
            self._devices.append(device)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the devices' loop, wait for it and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LONGEST_S)
