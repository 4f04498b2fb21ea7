"""Reads rows of a time and a number, as sources of prices and forecasts publish them, as values of quarter hours.

A row with a time and a number is read, any other is skipped: a list may be missing, empty, full of None, duplicated, a
copy of the day before, or in any order. Gaps are not filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from ..model.numbers import number_of
from .times import Ahead, parse_instant_s

STARTS = (
    "start", "time", "hour", "start_time", "datetime", "startsAt", "timestamp", "start_date",
    "period_start",
)  # fmt: skip
ENDS = ("end", "end_time", "till", "end_date")
NESTED_VALUE = "amount"
"""The key of the number inside a price of Zonneplan."""
LONGEST_S = 400 * DAY_S
"""No price holds longer [s]: a later end is a mistake of the source."""


class Row(NamedTuple):
    """A number that holds for some time."""

    start_s: int
    """When it begins [s since 1970], on a quarter hour."""
    end_s: int | None
    """When it ends [s since 1970], None if the source does not say."""
    value: float


def is_list_of_rows(found: object) -> bool:
    """Return whether a value can hold rows."""
    return isinstance(found, Sequence) and not isinstance(found, str | bytes)


def read_rows(found: Iterable[object], factors: Mapping[str, float], ahead: Ahead) -> list[Row]:
    """Return a row for each dict that has a start and a number, in order of time; the last one for each start.

    `factors`: the keys that may hold the number, and what to multiply it by; the first key that holds one counts.
    """
    rows = {}
    for each in found:
        if isinstance(each, Mapping):
            start_s, value = _nearest_quarter_s(each, STARTS, ahead), _first_number(each, factors)
            if start_s is not None and value is not None:
                rows[start_s] = Row(start_s, _nearest_quarter_s(each, ENDS, ahead), value)
    return sorted(rows.values())


def _nearest_quarter_s(row: Mapping[str, object], keys: Sequence[str], ahead: Ahead) -> int | None:
    """Return the quarter hour nearest to the first time under these keys [s since 1970], None if there is none."""
    times = (parse_instant_s(row.get(key), ahead) for key in keys)
    return next((round(at_s / QUARTER_S) * QUARTER_S for at_s in times if at_s is not None), None)


def _first_number(row: Mapping[str, object], factors: Mapping[str, float]) -> float | None:
    """Return the first number under one of these keys, times its factor; None for none."""
    for key, factor in factors.items():
        value = row.get(key)
        number = number_of(value.get(NESTED_VALUE) if isinstance(value, Mapping) else value)
        if number is not None:
            return number * factor
    return None


def quarter_hour_values(rows: Sequence[Row]) -> Iterator[tuple[int, float]]:
    """Yield the start [s since 1970] and the value of each quarter hour of some rows in order of time.

    A row ends with the next one at the latest. Without an end it lasts until the next one, an hour at most and no
    longer than its neighbours; one that ends at its start or before counts as without an end.
    """
    apart = [after.start_s - row.start_s for row, after in pairwise(rows)]
    for at, row in enumerate(rows):
        beside = [apart[each] for each in (at - 1, at + 1) if 0 <= each < len(apart)]
        own_s = apart[at] if at < len(apart) else min([*apart[-1:], HOUR_S])
        length_s = min(own_s, HOUR_S, max(beside, default=HOUR_S) if at < len(apart) else HOUR_S)
        end_s = row.start_s + length_s if row.end_s is None or row.end_s <= row.start_s else row.end_s
        if at < len(apart):
            end_s = min(end_s, rows[at + 1].start_s)
        for start_s in range(row.start_s, min(end_s, row.start_s + LONGEST_S), QUARTER_S):
            yield start_s, row.value
