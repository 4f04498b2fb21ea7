"""Times of day, days, months and cron lines."""

from __future__ import annotations

import re

import voluptuous as vol
from croniter import CroniterError, croniter

from ..model.durations import WEEKDAYS
from .tree import one_of_these, show

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))


def cron(value: object) -> object:
    """A cron trigger, as pyscript writes it: "cron(minute hour day month weekday)"; croniter reads it there, too."""
    match = re.fullmatch(r"cron\((.*)\)", value.strip()) if isinstance(value, str) else None
    if match is None:
        raise vol.Invalid(f"{show(value)} is not a cron trigger; write 'cron(*/2 * * * *)'")
    parts = match[1].split()
    if len(parts) != len(_FIELDS):
        fields = "minute, hour, day, month and weekday"
        raise vol.Invalid(f"{show(value)} has {len(parts)} fields; write {fields}, such as 'cron(*/2 * * * *)'")
    for place, (name, low, high) in enumerate(_FIELDS):
        others = ["*"] * len(_FIELDS)
        if not croniter.is_valid(" ".join([*others[:place], parts[place], *others[place + 1 :]])):
            raise vol.Invalid(f"{show(value)} has a wrong {name}; write *, */2, or {low} to {high} there")
    try:
        croniter(match[1], start_time=0).get_next()
    except CroniterError:
        raise vol.Invalid(f"{show(value)} is never; write a day that its month has") from None
    return value


def hours(value: object) -> object:
    """The hours of the day that count: [7, 19] is from 7:00 until 19:00; more than two are the hours themselves."""
    remedy = "write [7, 19] for 7:00 until 19:00"
    listed = _whole(value, 0, 24, remedy)
    if len(listed) == 2:
        start, end = listed
        if start % 24 == end % 24:
            raise vol.Invalid(f"{start} to {end} is the whole day; write None for that")
        return tuple(hour % 24 for hour in range(start, end if end > start else end + 24))
    if len(listed) < 2 or 24 in listed:
        raise vol.Invalid(f"names no hours; {remedy}")
    return tuple(sorted(set(listed)))


def weekdays(value: object) -> object:
    """The days that count, as 1 (Monday) to 7; written so or by name."""
    if not isinstance(value, (list, tuple)):
        raise vol.Invalid(f"{show(value)} is not a list; write ['mon', 'tue', 'wed', 'thu', 'fri']")
    numbers = []
    for day in value:
        name = day.strip().lower()[:3] if isinstance(day, str) else day
        if isinstance(name, str) and name not in WEEKDAYS:
            raise vol.Invalid(f"{show(day)} is not a weekday; {one_of_these(day, WEEKDAYS)}")
        numbers.append(WEEKDAYS.index(name) + 1 if isinstance(name, str) else name)
    return tuple(sorted(set(_whole(numbers, 1, 7, "write 'mon' to 'sun', or 1 (Monday) to 7"))))


def months(value: object) -> object:
    """The months that count, 1 to 12."""
    return tuple(sorted(set(_whole(value, 1, 12, "write months such as [11, 12, 1, 2, 3]"))))


def _whole(value: object, low: int, high: int, remedy: str) -> list[int]:
    if not isinstance(value, (list, tuple)) or not value:
        raise vol.Invalid(f"{show(value)} is not a list of numbers; {remedy}")
    numbers: list[int] = []
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int) or not low <= each <= high:
            raise vol.Invalid(f"{show(each)} is not a whole number from {low} to {high}; {remedy}")
        numbers.append(each)
    return numbers
