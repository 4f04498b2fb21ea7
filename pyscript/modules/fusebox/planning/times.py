"""Times as sources write them, with an offset or in wall time; and when a load has to be ready next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from ..model.durations import DAY_S, LATEST_S, WEEKDAYS
from ..model.load_plan import ReadyBy

Ahead = Callable[[float], float]
"""Returns how far the wall clock is ahead of UTC at an instant [s since 1970] [s]."""


def parse_instant_s(found: object, ahead: Ahead) -> float | None:
    """Return a text or datetime as seconds since 1970; None for anything that is no time, or lies beyond the calendar.

    One without an offset is wall time.
    """
    if isinstance(found, str):
        try:
            found = datetime.fromisoformat(found.strip())
        except ValueError:
            return None
    if not isinstance(found, datetime):
        return None
    has_offset = found.tzinfo is not None and found.utcoffset() is not None
    at_s = found.timestamp() if has_offset else found.replace(tzinfo=UTC).timestamp()
    if not DAY_S <= at_s <= LATEST_S:
        return None
    return at_s if has_offset else from_wall_s(at_s, ahead)


def from_wall_s(wall_s: float, ahead: Ahead) -> float:
    """Return the instant at which the wall clock shows `wall_s` [s since 1970].

    For an hour that occurs twice, the first one; for an hour that is skipped, as if the clock had not changed yet.
    """
    early_s, late_s = wall_s - ahead(wall_s - DAY_HALF_S), wall_s - ahead(wall_s + DAY_HALF_S)
    fits = [each for each in sorted((early_s, late_s)) if each + ahead(each) == wall_s]
    return fits[0] if fits else max(early_s, late_s)


DAY_HALF_S = 43_200
"""No zone is farther from UTC, and none changes its clock twice within a day [s]."""


def weekday_name(day: int) -> str:
    """Return the name of the day of the week, so many days after 1 January 1970, a Thursday."""
    return WEEKDAYS[(day + WEEKDAYS.index("thu")) % len(WEEKDAYS)]


@dataclass(frozen=True, slots=True)
class Departures:
    """The departure times of a week."""

    times_s: tuple[int | None, ...]
    """Monday to Sunday: the time of day [s after midnight], None for a day without one."""

    def next_departure_s(self, now_s: float, ahead: Ahead) -> float | None:
        """Return the next departure after an instant [s since 1970], None for a week without any."""
        today = int((now_s + ahead(now_s)) // DAY_S)
        for day in range(today, today + len(WEEKDAYS) + 1):
            time_s = self.times_s[WEEKDAYS.index(weekday_name(day))]
            if time_s is None:
                continue
            at_s = from_wall_s(day * DAY_S + time_s, ahead)
            if at_s > now_s:
                return at_s
        return None


def next_departure_s(ready_by: ReadyBy, now_s: float, ahead: Ahead) -> float | None:
    """Return when a load has to be ready next [s since 1970]; None where no time is set, or a date has passed."""
    if isinstance(ready_by, str):
        at_s = parse_instant_s(ready_by, ahead)
        return None if at_s is None or at_s <= now_s else at_s
    return None if ready_by is None else Departures(ready_by).next_departure_s(now_s, ahead)
