"""Time functions for interpreted files that use the virtual clock."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from simhouse.host.clock import VirtualClock
from simhouse.host.tasks import Tasks

LOGGER = logging.getLogger("simhouse.host.time")


def virtual_replacements(clock: VirtualClock, tasks: Tasks) -> dict[Any, Callable[..., Any]]:
    """Return real function -> the function that replaces it."""

    def local_now(zone: tzinfo | None = None, *, tz: tzinfo | None = None) -> datetime:
        zone = zone or tz
        return clock.utc().astimezone(zone) if zone else clock.local()

    def struct(seconds: float | None, zone: tzinfo) -> time.struct_time:
        moment = clock.utc() if seconds is None else datetime.fromtimestamp(seconds, UTC)
        return moment.astimezone(zone).timetuple()

    def formatted(pattern: str, moment: Any = None) -> str:
        return time.strftime(pattern, moment or struct(None, clock.zone))

    async def sleep(seconds: float, result: Any = None) -> Any:
        await tasks.sleep(seconds)
        return result

    async def blocking_sleep(seconds: float) -> None:
        LOGGER.warning("%s calls blocking time.sleep(); replaced with a virtual sleep", tasks.current_name())
        await tasks.sleep(seconds)

    return {
        time.time: clock.epoch_s,
        time.time_ns: lambda: round(clock.epoch_s() * 1e6) * 1000,
        time.monotonic: lambda: clock.seconds,
        time.monotonic_ns: lambda: clock.now_us * 1000,
        time.perf_counter: lambda: clock.seconds,
        time.localtime: lambda seconds=None: struct(seconds, clock.zone),
        time.gmtime: lambda seconds=None: struct(seconds, UTC),
        time.strftime: formatted,
        time.ctime: lambda seconds=None: time.asctime(struct(seconds, clock.zone)),
        time.sleep: blocking_sleep,
        asyncio.sleep: sleep,
        datetime.now: local_now,
        datetime.today: clock.local,
        datetime.utcnow: lambda: clock.utc().replace(tzinfo=None),
        date.today: lambda: clock.local().date(),
    }
