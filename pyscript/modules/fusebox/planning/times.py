"""Times as sources write them, rows of a time and a number, and when a load has to be ready next.

A row with a time and a number is read, any other is skipped: a list may be missing, empty, full of None, duplicated, a
copy of the day before, or in any order. Gaps are not filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, LATEST_S, QUARTER_S, WEEKDAYS
from ..model.load_plan import ReadyBy
from ..model.numbers import number_of
from ..model.price_sources import ENDS, NESTED_VALUE, STARTS

Ahead = Callable[[float], float]
"""Returns how far the wall clock is ahead of UTC at an instant [s since 1970] [s]."""


def parse_instant_s(found: object, ahead: Ahead, fold: int = 0) -> float | None:
    """Return a text or datetime as seconds since 1970; None for anything that is no time, or lies beyond the calendar.

    One without an offset is wall time; for `fold` see `from_wall_s`.
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
    return at_s if has_offset else from_wall_s(at_s, ahead, fold)


def from_wall_s(wall_s: float, ahead: Ahead, fold: int = 0) -> float:
    """Return the instant at which the wall clock shows `wall_s` [s since 1970].

    For an hour that occurs twice, the first one, with a `fold` of 1 the second, as of a datetime; for an hour that is
    skipped, as if the clock had not changed yet.
    """
    early_s, late_s = wall_s - ahead(wall_s - SURELY_BEFORE_S), wall_s - ahead(wall_s + SURELY_BEFORE_S)
    fits = [each for each in sorted((early_s, late_s)) if each + ahead(each) == wall_s]
    return fits[-fold] if fits else max(early_s, late_s)


SURELY_BEFORE_S = 54_000
"""15 hours [s]: no zone is further from UTC, and none changes its clock twice within 30."""


def midnight_s(now_s: float, ahead: Ahead, days: int) -> float:
    """Return the midnight on the wall clock `days` after the last one [s since 1970]; days have 23 to 25 hours."""
    return from_wall_s((local_day(now_s, ahead) + days) * DAY_S, ahead)


def local_day(at_s: float, ahead: Ahead) -> int:
    """Return the day on the wall clock, in days since 1 January 1970."""
    return int((at_s + ahead(at_s)) // DAY_S)


def weekday_name(day: int) -> str:
    """Return the name of the day of the week, so many days after 1 January 1970, a Thursday."""
    return WEEKDAYS[(day + WEEKDAYS.index("thu")) % len(WEEKDAYS)]


def next_departure_s(ready_by: ReadyBy, now_s: float, ahead: Ahead) -> float | None:
    """Return when a load has to be ready next [s since 1970]; None where no time is set, or a date has passed.

    Of a week, which has a time of day or None for each day from Monday on, the next time after `now_s`.
    """
    if isinstance(ready_by, str):
        at_s = parse_instant_s(ready_by, ahead)
        return None if at_s is None or at_s <= now_s else at_s
    if ready_by is None:
        return None
    today = local_day(now_s, ahead)
    for day in range(today, today + len(WEEKDAYS) + 1):
        time_s = ready_by[WEEKDAYS.index(weekday_name(day))]
        at_s = None if time_s is None else from_wall_s(day * DAY_S + time_s, ahead)
        if at_s is not None and at_s > now_s:
            return at_s
    return None


LONGEST_S = 400 * DAY_S
"""No price holds longer [s]: a later end is a mistake of the source."""


class TimedValue(NamedTuple):
    """A number that holds for some time."""

    start_s: int
    """When it begins [s since 1970], on a quarter hour."""
    end_s: int | None
    """When it ends [s since 1970], None if the source does not say."""
    value: float


def is_list_of_rows(found: object) -> bool:
    """Return whether a value can hold rows."""
    return isinstance(found, Sequence) and not isinstance(found, str | bytes)


def read_rows(found: Iterable[object], factors: Mapping[str, float], ahead: Ahead) -> list[TimedValue]:
    """Return a row for each dict that has a start and a number, in order of time; the last one for each start.

    A start without an offset that comes again, in an hour that occurs twice, is in its second one.
    `factors`: the keys that may hold the number, and what to multiply it by; the first key that holds one counts.
    """
    rows = {}
    for each in found:
        if isinstance(each, Mapping):
            start_s, value = _nearest_quarter_s(each, STARTS, ahead), _first_number(each, factors)
            if start_s in rows:
                start_s = _nearest_quarter_s(each, STARTS, ahead, fold=1)
            if start_s is not None and value is not None:
                rows[start_s] = TimedValue(start_s, _nearest_quarter_s(each, ENDS, ahead), value)
    return sorted(rows.values())


def _nearest_quarter_s(row: Mapping[str, object], keys: Sequence[str], ahead: Ahead, fold: int = 0) -> int | None:
    """Return the quarter hour nearest to the first time under these keys [s since 1970], None if there is none.

    For `fold` see `from_wall_s`.
    """
    times = (parse_instant_s(row.get(key), ahead, fold) for key in keys)
    return next((round(at_s / QUARTER_S) * QUARTER_S for at_s in times if at_s is not None), None)


def _first_number(row: Mapping[str, object], factors: Mapping[str, float]) -> float | None:
    """Return the first number under one of these keys, times its factor; None for none."""
    for key, factor in factors.items():
        value = row.get(key)
        number = number_of(value.get(NESTED_VALUE) if isinstance(value, Mapping) else value)
        if number is not None:
            return number * factor
    return None


def quarter_hour_values(rows: Sequence[TimedValue]) -> Iterator[tuple[int, float]]:
    """Yield the start [s since 1970] and the value of each quarter hour of some rows in order of time.

    A row ends with the next one at the latest. Without an end it lasts until the next one, an hour at most and no
    longer than its neighbours; one that ends at its start or before counts as without an end.
    """
    apart = [after.start_s - row.start_s for row, after in pairwise(rows)]
    for at, row in enumerate(rows):
        neighbours_s = [apart[each] for each in (at - 1, at + 1) if 0 <= each < len(apart)]
        own_s = apart[at] if at < len(apart) else min([*apart[-1:], HOUR_S])
        length_s = min(own_s, HOUR_S, max(neighbours_s, default=HOUR_S) if at < len(apart) else HOUR_S)
        end_s = row.start_s + length_s if row.end_s is None or row.end_s <= row.start_s else row.end_s
        if at < len(apart):
            end_s = min(end_s, rows[at + 1].start_s)
        for start_s in range(row.start_s, min(end_s, row.start_s + LONGEST_S), QUARTER_S):
            yield start_s, row.value
