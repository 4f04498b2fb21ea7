"""Date and time phrases of pyscript's triggers: `now + 5s`, `monday 9:00`, `2026/12/24 18:00`, `sunset - 30min`."""

import logging
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

LOGGER = logging.getLogger("simhouse.host.time")

_NUMBERED = re.compile(r"0*(\d+)[-/]0*(\d+)(?:[-/]0*(\d+))?")
_WORD = re.compile(r"\w+")
_CLOCK = re.compile(r"0*(\d+):0*(\d+)(?::0*(\d*\.?\d+(?:e[-+]?\d+)?))?")
_OFFSET = re.compile(r"([-+]?\s*\d*\.?\d+(?:e[-+]?\d+)?)\s*(\w*)\Z", re.IGNORECASE)
_WEEKDAYS = {
    name: number
    for number, long in enumerate(("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"))
    for name in (long, long[:3])
}
_UNITS_S = {unit: seconds for units, seconds in (
    (("", "s", "sec", "second", "seconds"), 1), (("m", "min", "mins", "minute", "minutes"), 60),
    (("h", "hr", "hour", "hours"), 3600), (("d", "day", "days"), 86400),
    (("w", "week", "weeks"), 604800)) for unit in units}  # fmt: skip
_NEVER = timedelta(days=-100)

SunTimes = Callable[[date, bool], datetime | None]
"""(day, rising) -> naive local time, or None."""


def parse_offset(text: str) -> timedelta:
    """`90`, `5 min`, `- 1.5h` as a time span; what cannot be read is logged and counts as nothing."""
    match = _OFFSET.match(text.strip())
    if not match or match[2].lower() not in _UNITS_S:
        LOGGER.error("can't parse time offset %s", text)
        return timedelta(seconds=float(match[1].replace(" ", ""))) if match else timedelta()
    return timedelta(seconds=float(match[1].replace(" ", "")) * _UNITS_S[match[2].lower()])


class Moment:
    """A phrase, read once; `at` gives the time it means on a given day. `fixed`: it names its day."""

    def __init__(self, text: str, sun: SunTimes) -> None:
        self._sun = sun
        rest = whole = text.strip().lower()
        self._month_day: tuple[int | None, int, int] | None = None
        self._weekday: int | None = None
        self._days: int | None = None
        self.fixed = True
        if match := _NUMBERED.match(rest):
            parts = [int(part) for part in match.groups() if part]
            self._month_day = (parts[0], parts[1], parts[2]) if len(parts) == 3 else (None, parts[0], parts[1])
            rest = rest[match.end() :]
        else:
            rest = self._read_day(rest)
        rest = rest.strip()
        self._sun_rises: bool | None = None
        self._from_start = False
        self._time = timedelta()
        rest = self._read_time(rest, named_day=rest != whole)
        self._offset = parse_offset(rest) if rest.strip() else timedelta()

    def _read_day(self, rest: str) -> str:
        match = _WORD.match(rest)
        word = match[0] if match else ""
        if word in _WEEKDAYS:
            self._weekday = _WEEKDAYS[word]
        elif word in ("today", "tomorrow"):
            self._days = int(word == "tomorrow")
        else:
            self.fixed = word == "now"
            self._days = 0 if self.fixed else None
            return rest
        return rest[len(word) :]

    def _read_time(self, rest: str, named_day: bool) -> str:
        if match := _CLOCK.match(rest):
            self._time = timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=float(match[3] or 0))
            return rest[match.end() :]
        for word in ("sunrise", "sunset", "noon", "midnight", "now"):
            if rest.startswith(word) and not (word == "now" and named_day):
                self._sun_rises = word == "sunrise" if word.startswith("sun") else None
                self._time = timedelta(hours=12 if word == "noon" else 0)
                self._from_start = word == "now"
                return rest[len(word) :]
        return rest

    def at(self, day_offset: int, now: datetime, startup: datetime) -> datetime:
        """The naive time meant, `day_offset` days from today where the phrase names no day; `startup` is its `now`."""
        if self._from_start:
            return startup + self._offset
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if self._month_day is not None:
            year, month, day = self._month_day
            midnight = midnight.replace(year=year or now.year, month=month, day=day)
        else:
            if self._weekday is not None:
                day_offset = (self._weekday - now.isoweekday()) % 7
            elif self._days is not None:
                day_offset = self._days
            midnight += timedelta(days=day_offset)
        if self._sun_rises is not None:
            moment = self._sun(midnight.date(), self._sun_rises)
            if moment is None:
                LOGGER.warning("the sun does not rise or set on %s at this latitude", midnight.date())
                return midnight + _NEVER
            return moment.replace(microsecond=0) + self._offset
        return midnight + self._time + self._offset
