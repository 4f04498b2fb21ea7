"""How long to wait before something that failed is tried again: twice as long each time. Pure."""

from __future__ import annotations

MOST_DOUBLINGS = 30
"""A wait that is doubled so often is beyond any longest one: more would only make the number too large."""


def backoff_s(first_s: float, times: int, longest_s: float) -> float:
    """The first wait doubled so many times, at most the longest [s]."""
    return min(first_s * 2.0 ** min(max(times, 0), MOST_DOUBLINGS), longest_s)
