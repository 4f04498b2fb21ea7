"""Values that depend on the wall clock: one number for all times, or a table of hours, days of the week and months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from .durations import DAY_S, MONTHS_A_YEAR, QUARTER_S, WEEKDAYS

ALL_WEEKDAYS = frozenset(range(len(WEEKDAYS)))
"""Monday (0) to Sunday (6)."""
ALL_MONTHS = frozenset(range(1, MONTHS_A_YEAR + 1))
"""January (1) to December (12)."""


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of the day, on some days of the week, in some months."""

    start_s: int
    """When the hours begin [s after midnight]."""
    end_s: int
    """When they end [s after midnight]; at or before the start: on the next day. Equal to the start: a whole day."""
    weekdays: frozenset[int] = ALL_WEEKDAYS
    """By the wall clock: of hours past midnight, the part after midnight counts by its own day."""
    months: frozenset[int] = ALL_MONTHS

    @property
    def length_s(self) -> int:
        """The time from start to end on one day [s], across midnight if need be; a whole day if they are equal."""
        return (self.end_s - self.start_s) % DAY_S or DAY_S

    def contains(self, wall: datetime, time_s: float) -> bool:
        """Return whether the hours include this date at this time of day [s after midnight]."""
        is_hour = (time_s - self.start_s) % DAY_S < self.length_s
        return is_hour and wall.month in self.months and wall.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class TimeTable:
    """A value for each time of the wall clock."""

    rows: tuple[tuple[Times, float], ...]
    """The first row whose times include an instant gives its value; infinity is no limit."""
    otherwise: float
    """The value at all other times."""

    def at(self, wall_s: float) -> float:
        """Return the value at a time of the wall clock [s since its 1970]."""
        wall, time_s = datetime.fromtimestamp(wall_s, UTC), wall_s % DAY_S
        return next((value for times, value in self.rows if times.contains(wall, time_s)), self.otherwise)


ByTime = float | TimeTable
"""A value that may depend on the wall clock."""


def value_at(value: ByTime, at_s: float, ahead: Callable[[float], float]) -> float:
    """Return the value at an instant [s since 1970]. `ahead`: how far the wall clock is ahead of UTC then [s]."""
    return value.at(at_s + ahead(at_s)) if isinstance(value, TimeTable) else value


def possible_values(value: ByTime) -> tuple[float, ...]:
    """Return all values that it can have."""
    return (*(each for _, each in value.rows), value.otherwise) if isinstance(value, TimeTable) else (value,)


def lowest_within(value: ByTime, from_wall_s: float, for_s: float) -> float:
    """Return the lowest value at the starts of the quarter hours from `from_wall_s` on, for `for_s` seconds.

    That in which it lies is the first. A number without a table is returned as it is.
    """
    if not isinstance(value, TimeTable):
        return value
    first = int(from_wall_s // QUARTER_S) * QUARTER_S
    return min(value.at(each) for each in range(first, max(int(from_wall_s + for_s), first + 1), QUARTER_S))
