"""Times of day as people write them: a departure, one for each day of the week, a span of hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import voluptuous as vol

from ..model.durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S, WEEKDAYS
from ..model.load_plan import ReadyBy
from .tree import Secret, Slot, is_entity, show

SPAN_REMEDY = "write it like '22-06' or '22:30-06:00'"
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Departure:
    """When something is to be ready: a time of day, one for each day of the week, or the entity that tells it."""

    def check(self, value: object) -> object:
        """Monday to Sunday the time [s after midnight], or a slot for an entity."""
        if isinstance(value, str) and is_entity(value):
            return Slot(self, value, None)
        return week(value)

    def read(self, raw: object) -> ReadyBy:
        """What an entity shows: a time of day, or one date and time; None where it is neither."""
        if not isinstance(raw, str):
            return None
        try:
            return week(raw)
        except vol.Invalid:
            return raw.strip() if _is_date(raw.strip()) else None


DEPARTURE = Departure()


def week(value: object) -> tuple[int | None, ...]:
    """From "07:00", or from {"mon-fri": "07:00", "sat": "09:30"}."""
    if not isinstance(value, Mapping):
        return (_time_s(value),) * len(WEEKDAYS)
    if not value:
        raise vol.Invalid("names no day; write {'mon-fri': '07:00'}")
    times: list[int | None] = [None] * len(WEEKDAYS)
    for days, time in value.items():
        for day in _days(str(days)):
            if times[day] is not None:
                raise vol.Invalid(f"{show(WEEKDAYS[day])} is named twice; write one time for each day")
            times[day] = _time_s(time)
    return tuple(times)


def span(text: str) -> tuple[int, int]:
    """From and until when [s after midnight], of "22-06" or "22:30-06:15"."""
    start, dash, end = text.partition("-")
    if not dash:
        raise vol.Invalid(f"{show(text)} is no span of hours; {SPAN_REMEDY}")
    return _clock_s(start, text), _clock_s(end, text)


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _days(text: str) -> list[int]:
    first, dash, last = text.strip().lower().partition("-")
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise vol.Invalid(f"{show(text)} is no day; write it like 'mon' or 'mon-fri'")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last if dash else first)
    return [day % len(WEEKDAYS) for day in range(start, end + (1 if end >= start else len(WEEKDAYS) + 1))]


def _time_s(value: object) -> int:
    """Of "07:00" or "07:00:00", as a time helper of Home Assistant tells it."""
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) and not isinstance(value, Secret) else None
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (0, MINUTE_S, 0)
    time_s = hour * HOUR_S + minute * MINUTE_S + second
    if minute * MINUTE_S >= HOUR_S or second >= MINUTE_S or time_s >= DAY_S:
        raise vol.Invalid(f"{show(value)} is no time of day; write it like '07:00'")
    return time_s


def _clock_s(clock: str, text: str) -> int:
    found = _CLOCK.fullmatch(clock.strip())
    hour, minute = (int(part or 0) for part in found.groups()) if found else (0, MINUTE_S)
    time_s = hour * HOUR_S + minute * MINUTE_S
    if minute * MINUTE_S >= HOUR_S or time_s > DAY_S or time_s % QUARTER_S:
        raise vol.Invalid(f"{show(text)} is no span of quarter hours of a day; {SPAN_REMEDY}")
    return time_s
