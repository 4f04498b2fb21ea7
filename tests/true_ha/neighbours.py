"""Event loops of simulated devices, in threads beside Home Assistant's: they live by its virtual clock.

A device that has yet to accept a connection, or to read what was asked, must do so before time moves: else a client's
wait after connecting is over before the device has seen it connect, and the device hears nothing.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

LONGEST_TURN_S = 20.0
"""A device that is busy for longer [s of real time] is no longer waited for."""

RESOLUTION_S = 2e-8
"""Times are whole microseconds; a timer that floats put this much later counts as due."""


class NeighbourLoop(asyncio.SelectorEventLoop):
    """The loop of a thread of devices. Its time is `time.monotonic`, which the virtual clock moves."""

    everyone: ClassVar[set[NeighbourLoop]] = set()

    def __init__(self) -> None:
        super().__init__(_TellingSelector(self))
        self._clock_resolution = RESOLUTION_S
        self.is_asked = False
        self.has_finished = threading.Event()
        self.everyone.add(self)

    def close(self) -> None:
        """Close the loop; nothing waits for it any longer."""
        self.everyone.discard(self)
        super().close()

    def finish(self) -> None:
        """For other threads: return when nothing is left to do here before the next timer."""
        if not self.is_running():
            return
        self.has_finished.clear()
        self.call_soon_threadsafe(self._be_asked)
        self.has_finished.wait(LONGEST_TURN_S)

    def timers_s(self) -> Iterator[float]:
        """When it has something to do by itself, in its own time; valid once it has finished."""
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        return (timer.when() for timer in timers if not timer.cancelled())

    def _be_asked(self) -> None:
        self.is_asked = True


class _TellingSelector(selectors.DefaultSelector):
    """Reports that its loop has finished when it has polled all sockets since the request, and is about to wait."""

    def __init__(self, loop: NeighbourLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or timeout == 0:
            return found
        if self._loop.is_asked:
            self._loop.is_asked = False
            self._loop.has_finished.set()
        return super().select(timeout)
