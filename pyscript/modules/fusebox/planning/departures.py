"""When a load has to be ready next: a time of each day, one for each day of the week, or a date."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.durations import DAY_S, WEEKDAYS
from ..model.load_plan import ReadyBy
from .times import Ahead, from_wall_s, instant_s


def weekday(day: int) -> str:
    """Which day of the week it is so many days after 1 January 1970, a Thursday."""
    return WEEKDAYS[(day + WEEKDAYS.index("thu")) % len(WEEKDAYS)]


@dataclass(frozen=True, slots=True)
class Departures:
    """Of a week."""

    times_s: tuple[int | None, ...]
    """Monday to Sunday: the time of day [s after midnight], None for a day without."""

    def next_s(self, now_s: float, ahead: Ahead) -> float | None:
        """The next one after an instant [s since 1970], None where there is none at all."""
        today = int((now_s + ahead(now_s)) // DAY_S)
        for day in range(today, today + len(WEEKDAYS) + 1):
            time_s = self.times_s[WEEKDAYS.index(weekday(day))]
            if time_s is None:
                continue
            at_s = from_wall_s(day * DAY_S + time_s, ahead)
            if at_s > now_s:
                return at_s
        return None


def next_departure_s(ready_by: ReadyBy, now_s: float, ahead: Ahead) -> float | None:
    """When a load is to be ready next [s since 1970]; None where nobody says so, or a date has passed."""
    if isinstance(ready_by, str):
        at_s = instant_s(ready_by, ahead)
        return None if at_s is None or at_s <= now_s else at_s
    return None if ready_by is None else Departures(ready_by).next_s(now_s, ahead)
