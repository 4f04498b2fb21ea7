"""A signal over time, and its value at an earlier moment: to compare two signals of which one is late."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .. import tuning

Trace = tuple[tuple[float, float], ...]
"""Pairs of (when a value was first read [s since 1970], value), each valid until the next one; the newest is last."""


def extend(trace: Trace, at_s: float, value: float, for_s: float) -> Trace:
    """Return the trace with a new value, cut to the last `for_s` seconds and the value valid when they began."""
    return (*trace[_index_at(trace, at_s - for_s) :], (at_s, value))


def trace_value_at(trace: Trace, at_s: float) -> float | None:
    """Return the value at a time, the oldest one for any time before; None for an empty trace.

    Values within one burst of reports count as simultaneous.
    """
    return trace[_index_at(trace, at_s + tuning.REPORT_BURST_S)][1] if trace else None


def range_since(trace: Trace, from_s: float) -> tuple[float, float]:
    """Return the least and the greatest value since a time, with the one valid at that time; 0 for an empty trace."""
    values = [value for _, value in trace[_index_at(trace, from_s) :]]
    return min(values, default=0.0), max(values, default=0.0)


def extend_least(least: Trace, at_s: float, value: float, from_s: float) -> Trace:
    """Return the values since `from_s` that are less than all later ones, with a new one; the first is the least.

    Only such a value can still become the least of a window that ends later.
    """
    return (*[pair for pair in least if pair[0] >= from_s and pair[1] < value], (at_s, value))


def total_move(values: Sequence[float]) -> float:
    """Return the sum of all changes between values, up and down."""
    return sum(abs(after - before) for before, after in pairwise(values))


def _index_at(trace: Trace, at_s: float) -> int:
    """Return the index of the value that is valid at a time, 0 where none is."""
    return max(sum(since_s <= at_s for since_s, _ in trace) - 1, 0)
