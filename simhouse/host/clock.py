"""The virtual clock: the simulated house's time, moved only by the host."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count

MICROSECOND = timedelta(microseconds=1)


class Timer:
    """A callback due at a virtual instant; `cancel()` drops it."""

    __slots__ = ("callback",)

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Drop the callback; harmless when it has already run."""
        self.callback = None


class VirtualClock:
    """Whole microseconds since `start`, so what is due at 6 s is due at exactly 6 s.

    `start` is an aware datetime; `zone` is the zone of local times (default: the offset of `start`).
    """

    def __init__(self, start: datetime, zone: tzinfo | None = None) -> None:
        if start.tzinfo is None:
            raise ValueError(f"the start {start} has no offset, for example +01:00")
        self.zone: tzinfo = zone or start.tzinfo
        self._start = start.astimezone(UTC)
        self._now_us = 0
        self._utc = self._start
        self._timers: list[tuple[int, int, Timer]] = []
        self._order = count()

    @property
    def now_us(self) -> int:
        """Microseconds since the start."""
        return self._now_us

    @property
    def seconds(self) -> float:
        """Seconds since the start; interpreted files get this as `time.monotonic()`."""
        return self._now_us / 1e6

    def utc(self) -> datetime:
        """Return the present time as aware UTC; the same object until the clock moves."""
        return self._utc

    def local(self) -> datetime:
        """Return the present local time, naive, in the clock's zone."""
        return self._utc.astimezone(self.zone).replace(tzinfo=None)

    def local_to_utc(self, wall: datetime) -> datetime:
        """Return a naive local time as aware UTC; for an hour that comes twice, the first."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def epoch_s(self) -> float:
        """Seconds since 1970."""
        return self._utc.timestamp()

    def call_later(self, delay: float | timedelta, callback: Callable[[], None]) -> Timer:
        """Run `callback` after `delay` (seconds or timedelta); at once due when it is not positive."""
        delay_us = delay // MICROSECOND if isinstance(delay, timedelta) else round(delay * 1e6)
        timer = Timer(callback)
        heapq.heappush(self._timers, (self._now_us + max(0, delay_us), next(self._order), timer))
        return timer

    def fire_next(self, limit_us: int) -> bool:
        """Move to the next instant, not after `limit_us`, with callbacks due and run them all.

        Return False, without moving, when none is due. What they schedule for the same instant waits for the next call.
        """
        timers = self._timers
        while timers and timers[0][2].callback is None:
            heapq.heappop(timers)
        if not timers or timers[0][0] > limit_us:
            return False
        self.move_to(timers[0][0])
        # What a callback schedules for this same instant waits for the next round, after the tasks of this one.
        due = []
        while timers and timers[0][0] <= self._now_us:
            due.append(heapq.heappop(timers)[2])
        for timer in due:
            callback, timer.callback = timer.callback, None
            if callback is not None:
                callback()
        return True

    def set_wall(self, forward: timedelta) -> None:
        """Set the wall clock forward or back; timers stay due at the same intervals."""
        self._start += forward
        self._utc += forward

    def move_to(self, now_us: int) -> None:
        """Set the time (microseconds since the start); the clock never goes back."""
        if now_us > self._now_us:
            self._now_us = now_us
            self._utc = self._start + timedelta(microseconds=now_us)
