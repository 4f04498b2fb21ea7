"""When a load has to be ready next: a time of each day, or one for each day of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.durations import DAY_S, HOUR_S, MINUTE_S
from .times import Ahead, from_wall_s

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday(day: int) -> str:
    """Which day of the week it is so many days after 1 January 1970, a Thursday."""
    return WEEK[(day + WEEK.index("thu")) % len(WEEK)]


@dataclass(frozen=True, slots=True)
class Departures:
    """Of a week."""

    times_s: tuple[int | None, ...]
    """Monday to Sunday: the time of day [s after midnight], None for a day without."""

    def next_s(self, now_s: float, ahead: Ahead) -> float | None:
        """The next one after an instant [s since 1970], None where there is none at all."""
        today = int((now_s + ahead(now_s)) // DAY_S)
        for day in range(today, today + len(WEEK) + 1):
            time_s = self.times_s[WEEK.index(weekday(day))]
            if time_s is None:
                continue
            at_s = from_wall_s(day * DAY_S + time_s, ahead)
            if at_s > now_s:
                return at_s
        return None


def departures_of(told: object) -> Departures:
    """From "07:00", or from {"mon-fri": "07:00", "sat": "09:30"}; ValueError with a sentence where it is neither."""
    if not isinstance(told, Mapping):
        return Departures((_time_s(told),) * len(WEEK))
    times: list[int | None] = [None] * len(WEEK)
    for days, time in told.items():
        for day in _days(str(days)):
            times[day] = _time_s(time)
    return Departures(tuple(times))


def _days(text: str) -> list[int]:
    first, dash, last = text.strip().lower().partition("-")
    if first not in WEEK or (dash and last not in WEEK):
        raise ValueError(f"{text!r} is no day; write it like 'mon' or 'mon-fri'")
    start, end = WEEK.index(first), WEEK.index(last if dash else first)
    return [day % len(WEEK) for day in range(start, end + (1 if end >= start else len(WEEK) + 1))]


def _time_s(told: object) -> int:
    """Of "07:00" or "07:00:00", as a time helper of Home Assistant tells it."""
    parts = str(told).strip().split(":")
    is_time = 1 < len(parts) <= len((HOUR_S, MINUTE_S, 1)) and all(part.isdecimal() for part in parts)
    numbers = [int(part) for part in parts] if is_time else []
    time_s = sum(number * unit for number, unit in zip(numbers, (HOUR_S, MINUTE_S, 1), strict=False))
    if not is_time or time_s >= DAY_S or any(number * MINUTE_S >= HOUR_S for number in numbers[1:]):
        raise ValueError(f"{told!r} is no time of day; write it like '07:00'")
    return time_s
