"""An event loop with a virtual clock: when nothing is left to do, its time jumps to the next timer.

Time stands still while anything is ready, a job runs in a thread or a simulated device has something to do, so what
Home Assistant and pyscript do between two timers takes no time at all. The clocks of the whole process (`time.time`,
`datetime.now`, `time.monotonic`) move along.
"""

from __future__ import annotations

import asyncio
import heapq
import math
import selectors
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from .neighbours import RESOLUTION_S, NeighbourLoop

LONGEST_JOB_S = 60.0
"""A job in a thread that takes longer [s of real time] waits for the loop itself: then time continues."""

UP_S = 1000.0
"""How long the machine has been up at the start: pyscript 2.x takes the time 0 for none."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time moves only inside `settle`, and at the end."""

    def __init__(self, start: datetime, zone: ZoneInfo | None = None) -> None:
        super().__init__(_VirtualSelector(self))
        self._clock_resolution = RESOLUTION_S
        self.start = start.astimezone(UTC)
        self.zone = zone or ZoneInfo("UTC")
        self.now_us = 0
        self.jobs = 0
        self.before_moving: Callable[[], None] = lambda: None
        """Called when nothing is left to do at this instant; what it schedules is done before time moves."""
        self._settling: tuple[int, asyncio.Future[None]] | None = None
        self._ending_us: int | None = None
        self._travel = time_machine.travel(self.utc().astimezone(self.zone), tick=False)
        self._wall = self._travel.start()
        self._monotonic, time.monotonic = time.monotonic, lambda: self.seconds

    def close(self) -> None:
        """Close the loop and give the process its clock back."""
        if not self.is_closed():
            time.monotonic = self._monotonic
            self._travel.stop()
        super().close()

    def utc(self) -> datetime:
        """The wall time, aware."""
        return self.start + timedelta(microseconds=self.now_us)

    def set_wall(self, forward: timedelta) -> None:
        """Set the wall clock forward or back; timers are due as before."""
        self.start += forward
        self._wall.move_to(self.utc().astimezone(self.zone))

    def time(self) -> float:
        """The loop's own time [s]."""
        return UP_S + self.now_us / 1e6

    @property
    def seconds(self) -> float:
        """Seconds since the start; also what `time.monotonic` says."""
        return self.now_us / 1e6

    async def settle(self, until_s: float | None = None) -> None:
        """Move to `until_s` (seconds since the start; default: not at all), doing what is due on the way."""
        until_us = self.now_us if until_s is None else round(until_s * 1e6)
        done = self.create_future()
        self._settling = (until_us, done)
        await done

    def let_go(self, for_s: float) -> None:
        """For the end: time advances by itself from now, but no further than that."""
        self._ending_us = self.now_us + round(for_s * 1e6)

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:
        """As always, but counted."""
        future = super().run_in_executor(executor, func, *args)
        self.jobs += 1
        future.add_done_callback(self._job_done)
        return future

    def _job_done(self, _future: object) -> None:
        self.jobs -= 1

    @property
    def may_move(self) -> bool:
        """Return whether anything waits for time to move."""
        return self._settling is not None or self._ending_us is not None

    def move(self) -> bool:
        """Nothing is left to do now: advance to the next timer, or to the time that `settle` requests. False: none is
        requested."""
        if self._ending_us is not None:
            due_us = self._next_timer_us()
            if due_us is None or due_us > self._ending_us:
                return False
            self._move_to(due_us)
            return True
        if self._settling is None:
            return False
        self.before_moving()
        if self._ready:  # type: ignore[attr-defined]
            return True
        until_us, done = self._settling
        due_us = self._next_timer_us()
        if due_us is not None and due_us <= until_us:
            self._move_to(due_us)
            return True
        self._move_to(until_us)
        self._settling = None
        if not done.done():
            done.set_result(None)
        return True

    def _next_timer_us(self) -> int | None:
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        while timers and timers[0].cancelled():
            # As the loop itself does before it waits.
            self._timer_cancelled_count -= 1
            heapq.heappop(timers)._scheduled = False  # type: ignore[attr-defined]
        own_us = [_in_us(timers[0].when() - UP_S)] if timers else []
        theirs_us = [_in_us(when_s) for loop in NeighbourLoop.everyone for when_s in loop.timers_s()]
        return min([*own_us, *(due_us for due_us in theirs_us if due_us > self.now_us)], default=None)

    def _move_to(self, now_us: int) -> None:
        if now_us > self.now_us:
            self.now_us = now_us
            self._wall.move_to(self.utc().astimezone(self.zone))


class _VirtualSelector(selectors.DefaultSelector):
    """When called to wait, it lets the loop's time jump instead."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or timeout == 0:
            return found
        if self._loop.jobs:
            found = super().select(LONGEST_JOB_S)
        elif self._loop.may_move:
            for neighbour in NeighbourLoop.everyone:
                neighbour.finish()
            found = super().select(0)
        if found:
            return found
        if self._loop.move():
            return []
        return super().select(None)


def _in_us(when_s: float) -> int:
    return math.ceil((when_s - RESOLUTION_S / 2) * 1e6)
