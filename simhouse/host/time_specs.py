"""Time trigger phrases: cron(...), once(...), period(...); and the ranges of @time_active."""

import logging
import re
from datetime import datetime, timedelta
from typing import Protocol

from simhouse.host.clock import MICROSECOND, VirtualClock
from simhouse.host.cron import Cron
from simhouse.host.moments import Moment, SunTimes, parse_offset

LOGGER = logging.getLogger("simhouse.host.time")
_PHRASE = re.compile(r"(cron|once|period|range)\((.*)\)", re.DOTALL)


class TimeSpec(Protocol):
    """When a trigger fires next. `first`: the trigger has just started, so that this very instant counts."""

    def next_after(self, now: datetime, startup: datetime, first: bool) -> tuple[datetime, timedelta] | None:
        """The naive wall time and how long to wait for it; None when never again."""


class _Cron:
    def __init__(self, text: str, clock: VirtualClock) -> None:
        self._cron = Cron(text)
        self._clock = clock

    def next_after(self, now: datetime, startup: datetime, first: bool) -> tuple[datetime, timedelta] | None:
        found = self._cron.next_after(now)
        # On the day the clocks change the wait is not the difference on the wall.
        return found and (found, self._clock.local_to_utc(found) - self._clock.local_to_utc(now))


class _Once:
    def __init__(self, text: str, sun: SunTimes) -> None:
        self._moment = Moment(text, sun)

    def next_after(self, now: datetime, startup: datetime, first: bool) -> tuple[datetime, timedelta] | None:
        moment = self._moment.at(0, now, startup)
        days = (now - moment).days + 1
        if days != 0 and moment != startup:
            moment = self._moment.at(days, now, startup)
        if now < moment or (first and now == moment == startup):
            return moment, moment - now
        return None


class _Period:
    def __init__(self, parts: list[str], sun: SunTimes) -> None:
        self._start = Moment(parts[0], sun)
        self._step = parse_offset(parts[1])
        self._end = Moment(parts[2], sun) if len(parts) == 3 else None
        if self._step < MICROSECOND:
            raise ValueError(f"the period {parts[1].strip()!r} is not positive")

    def next_after(self, now: datetime, startup: datetime, first: bool) -> tuple[datetime, timedelta] | None:
        if self._end is None:
            start = self._start.at(0, now, startup)
            if now < start or (first and now == start == startup):
                return start, start - now
            found = self._step_after(start, now)
            return found, found - now
        daily = not self._start.fixed and not self._end.fixed
        today_start, today_end = self._start.at(0, now, startup), self._end.at(0, now, startup)
        over_midnight = int(daily and today_end < today_start)
        for day in (-1, 0, 1) if daily else (0,):
            start = self._start.at(day, now, startup)
            end = self._end.at(day + over_midnight, now, startup)
            if start <= end and (now < start or (first and now == start == startup)):
                return start, start - now
            found = self._step_after(start, now)
            if start <= found <= end:
                return found, found - now
        return None

    def _step_after(self, start: datetime, now: datetime) -> datetime:
        return start + self._step * ((now - start) // self._step + 1)


def parse_time_spec(text: str, clock: VirtualClock, sun: SunTimes) -> TimeSpec | None:
    """The phrase of a time trigger; None, with a line in the log, for one that cannot be read."""
    match = _PHRASE.search(text)
    try:
        if match and match[1] == "cron":
            return _Cron(match[2], clock)
        if match and match[1] == "once":
            return _Once(match[2], sun)
        if match and match[1] == "period" and len(parts := match[2].split(",")) in (2, 3):
            return _Period(parts, sun)
    except ValueError as error:
        LOGGER.error("Invalid time trigger %s: %s", text, error)
        return None
    LOGGER.warning("Can't parse %s in time_trigger check", text)
    return None


class ActiveTimes:
    """Ranges and crons of `@time_active`: active in any of them, but in none of those that say `not`."""

    def __init__(self, phrases: list[str], sun: SunTimes) -> None:
        self._wanted: list[_Range | Cron] = []
        self._unwanted: list[_Range | Cron] = []
        self._valid = True
        for phrase in phrases:
            text = phrase.strip()
            excluded = text.startswith("not")
            match = _PHRASE.match(text.removeprefix("not").strip())
            try:
                (self._unwanted if excluded else self._wanted).append(_active_phrase(match, sun))
            except ValueError:
                LOGGER.error("Invalid time_active expression: %s", phrase)
                self._valid = False

    def active(self, now: datetime, startup: datetime) -> bool:
        """Whether a trigger at the wall time `now` may run."""
        if not self._valid:
            return False
        wanted = [_matches(times, now, startup) for times in self._wanted]
        return (any(wanted) or not wanted) and not any(_matches(times, now, startup) for times in self._unwanted)


class _Range:
    def __init__(self, start: str, end: str, sun: SunTimes) -> None:
        self._start = Moment(start, sun)
        self._end = Moment(end, sun)

    def matches(self, now: datetime, startup: datetime) -> bool:
        start = self._start.at(0, now, startup)
        end = self._end.at(0, start, startup)
        return start <= now <= end if start <= end else now >= start or now <= end


def _active_phrase(match: re.Match | None, sun: SunTimes) -> "_Range | Cron":
    if match and match[1] == "cron":
        return Cron(match[2])
    if match and match[1] == "range" and match[2].count(",") == 1:
        return _Range(*match[2].split(","), sun)
    raise ValueError("neither range(start, end) nor cron(...)")


def _matches(times: "_Range | Cron", now: datetime, startup: datetime) -> bool:
    return times.matches(now, startup) if isinstance(times, _Range) else times.matches(now)
