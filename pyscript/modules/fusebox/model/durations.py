"""Lengths of time as the calendar has them, the time of what never was, and how waits grow: no CONFIG gives them.

In seconds where the name says so.
"""

from __future__ import annotations

MINUTE_S = 60
QUARTER_S = 900
HOUR_S = 3600
DAY_S = 86_400

LONGEST_DAY_S = 90_000
"""One day a year has 25 hours."""

MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24
MONTHS_A_YEAR = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NEVER_S = float("-inf")
"""The time of what has not happened."""

LATEST_S = 1e11
"""No time that is read from a file is later [s since 1970]: the calendar ends in the year 9999, this is 5138."""

DUST_S = 1e-3
"""Times this close are the same [s]: seconds since 1970 leave that much behind in floating point."""


MOST_DOUBLINGS = 30
"""A wait that is doubled so often is beyond any longest one: more would only make the number too large."""


def backoff_s(first_s: float, times: int, longest_s: float) -> float:
    """The first wait doubled so many times, at most the longest [s]."""
    return min(first_s * 2.0 ** min(max(times, 0), MOST_DOUBLINGS), longest_s)


def since(before_s: float | None, holds: bool, now_s: float) -> float | None:
    """Since when a condition has held [s], given since when it had before; None while it does not hold."""
    return (now_s if before_s is None else before_s) if holds else None


def has_passed(wait_s: float, since_s: float, now_s: float) -> bool:
    """Whether a wait is over; also when the clock was set back behind its beginning, as nothing else would end it."""
    return not 0 <= now_s - since_s < wait_s
