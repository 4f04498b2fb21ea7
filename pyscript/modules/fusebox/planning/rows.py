"""Rows of a time and a number, as prices and forecasts are published, and the quarter hours that they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import DAY_S, HOUR_S, QUARTER_S

LONGEST_S = 400 * DAY_S
"""No price lasts longer: an end beyond that is one that was never meant [s]."""


class Row(NamedTuple):
    """One of them."""

    start_s: int
    """When it begins [s since 1970], on a quarter hour."""
    end_s: int | None
    """When it ends, None where that is not told."""
    value: float


def is_list(found: object) -> bool:
    """Whether something may hold rows."""
    return isinstance(found, Sequence) and not isinstance(found, str | bytes)


def spread(rows: Sequence[Row]) -> Iterator[tuple[int, float]]:
    """Start and value of every quarter hour; the rows in order. One without an end is as long as those beside it."""
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
