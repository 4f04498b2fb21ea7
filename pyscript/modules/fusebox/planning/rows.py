"""Rows of a time and a number, as prices and forecasts are published, and the quarter hours that they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..model.durations import HOUR_S, QUARTER_S


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


def number_of(value: object) -> float | None:
    """A number, None for what is none: texts are read, inf and nan are not taken."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


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
        for start_s in range(row.start_s, end_s, QUARTER_S):
            yield start_s, row.value
