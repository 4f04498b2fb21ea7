"""Lengths of time as the calendar has them, and the time of what never was: facts, which no CONFIG gives.

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

NEVER_S = float("-inf")
"""The time of what has not happened."""

DUST_S = 1e-3
"""Times this close are the same [s]: seconds since 1970 leave that much behind in floating point."""
