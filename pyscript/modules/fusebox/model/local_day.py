"""When the local day begins, the only use of time zones in the decision; and instants as text."""

from __future__ import annotations

import sys
from calendar import timegm
from datetime import UTC, datetime, tzinfo
from math import isfinite
from time import struct_time

from .durations import DAY_S, MINUTE_S, QUARTER_S


def iso_text(at_s: float) -> str:
    """Return an instant [s since 1970] in ISO format, to the second, in UTC."""
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="seconds")


def home_zone() -> tzinfo | None:
    """Return Home Assistant's time zone, None outside Home Assistant."""
    zone: tzinfo | None = getattr(sys.modules.get("homeassistant.util.dt"), "DEFAULT_TIME_ZONE", None)
    return zone


def offset_s(now_s: float, wall: struct_time) -> float:
    """Return how far the wall clock is ahead of UTC [s], rounded to quarter hours.

    Zones differ by quarter hours; the rest is the time between reading both clocks.
    """
    return round((timegm(wall) - now_s) / QUARTER_S) * float(QUARTER_S)


def ahead_s(now_s: float, fallback_s: float) -> float:
    """Return how far the wall clock is ahead of UTC at an instant [s]: by Home Assistant's zone, else `fallback_s`."""
    zone = home_zone()
    ahead = None if zone is None else datetime.fromtimestamp(now_s, zone).utcoffset()
    return fallback_s if ahead is None else ahead.total_seconds()


def clock_text(at_s: float, day_began_s: float) -> str:
    """Return the wall time of an instant, such as "18:05", given the last local midnight.

    "--:--" if either is not finite.
    """
    if not isfinite(day_began_s) or not isfinite(at_s):
        return "--:--"
    minutes = int((at_s - day_began_s) % DAY_S // MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_text_rounded_up(at_s: float, day_began_s: float) -> str:
    """Return the wall time of an instant, rounded up to the minute, such as "18:05"."""
    return clock_text(at_s + MINUTE_S - 1, day_began_s)


def day_began_s(now_s: float, ahead_s: float) -> float:
    """Return the last local midnight [s since 1970].

    By Home Assistant's time zone, which may differ from the process's. Without it, by the present offset from UTC: on
    the two days a year on which that changes, it is an hour off.
    """
    zone = home_zone()
    if zone is not None:
        return datetime.fromtimestamp(now_s, zone).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    return (now_s + ahead_s) // DAY_S * DAY_S - ahead_s
