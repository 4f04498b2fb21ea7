"""Calendar lengths of time, the time of events that never happened, and how waits grow: none comes from CONFIG.

In seconds where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import tuning

MINUTE_S = 60
QUARTER_S = 900
HOUR_S = 3600
DAY_S = 86_400

LONGEST_DAY_S = 90_000
"""The day with 25 hours, once a year."""

MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24
MONTHS_A_YEAR = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NEVER_S = float("-inf")
"""The time of an event that has not happened."""

LATEST_S = 1e11
"""The latest time read from a file [s since 1970]: the year 5138; the calendar ends in the year 9999."""

DUST_S = 1e-3
"""Times closer than this are equal [s]: the floating-point error of seconds since 1970."""


MOST_DOUBLINGS = 30
"""The most doublings of a wait: it is beyond any longest wait by then."""


def backoff_s(first_s: float, times: int, longest_s: float) -> float:
    """Return the first wait doubled `times` times, at most the longest [s]."""
    return min(first_s * 2.0 ** min(max(times, 0), MOST_DOUBLINGS), longest_s)


def since(before_s: float | None, holds: bool, now_s: float) -> float | None:
    """Return since when a condition has held [s], given since when it had before; None while it does not hold."""
    return (now_s if before_s is None else before_s) if holds else None


def since_each(before_s: Mapping[str, float], holding: Iterable[str], now_s: float) -> dict[str, float]:
    """Return since when a condition has held [s] for each name of `holding`; names for which it ended are left out."""
    return {name: before_s.get(name, now_s) for name in holding}


def has_passed(wait_s: float, since_s: float, now_s: float) -> bool:
    """Return whether a wait is over, or the clock was set back behind its beginning."""
    return not 0 <= now_s - since_s < wait_s


def longest_usual_s(times_s: tuple[float, ...]) -> float:
    """Return the longest of these times [s]; of `KNOWN_TIMES` or more the longest but one, as one may be a mistake.

    ValueError for none.
    """
    return sorted(times_s)[-2] if len(times_s) >= max(tuning.KNOWN_TIMES, 2) else max(times_s)
