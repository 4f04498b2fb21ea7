"""When the local day begins, the only use of time zones in the decision; and instants as text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache
from math import isfinite

from .durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S


def iso_text(at_s: float) -> str:
    """Return an instant [s since 1970] in ISO format, to the second, in UTC."""
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="seconds")


def home_zone() -> tzinfo:
    """Return Home Assistant's time zone, which may differ from the process's; the embedded host's, UTC without both."""
    known = sys.modules.get("homeassistant.util.dt") or sys.modules.get("_simhouse_host")
    zone: tzinfo = getattr(known, "DEFAULT_TIME_ZONE", UTC)
    return zone


def wall_clock() -> Callable[[float], float]:
    """Return the function that says how far the wall clock is ahead of UTC at an instant [s].

    It is another function once the time zone has changed, and remembers its results: clocks change at quarter hours.
    """
    return _wall_clock_in(home_zone())


@cache
def _wall_clock_in(zone: tzinfo) -> Callable[[float], float]:
    @lru_cache(maxsize=int(DAY_S // MINUTE_S))  # quarter hours: two weeks, for a process that runs for years
    def ahead_s(quarter: int) -> float:
        ahead = datetime.fromtimestamp(quarter * QUARTER_S, zone).utcoffset()
        return 0.0 if ahead is None else ahead.total_seconds()

    return lambda at_s: ahead_s(int(at_s // QUARTER_S))


def utc_suffix(at_s: float, ahead: Callable[[float], float]) -> str:
    """Return the offset from UTC of an instant whose wall time occurs twice as clocks are set back: " (UTC+2)".

    "" for any other instant. `ahead`: how far the wall clock is ahead of UTC [s].
    """
    ahead_s = ahead(at_s)
    is_repeated = ahead(at_s + HOUR_S) == ahead_s - HOUR_S or ahead(at_s - HOUR_S) == ahead_s + HOUR_S
    return f" (UTC{ahead_s / HOUR_S:+g})" if is_repeated else ""


def clock_text(at_s: float, day_began_s: float) -> str:
    """Return the wall time of an instant, such as "18:05", with `utc_suffix`.

    "--:--" if it, or the last local midnight, is not finite: then no clock is known.
    """
    if not isfinite(day_began_s) or not isfinite(at_s):
        return "--:--"
    ahead_s = wall_clock()
    minutes = int((at_s + ahead_s(at_s)) % DAY_S // MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}{utc_suffix(at_s, ahead_s)}"


def clock_text_rounded_up(at_s: float, day_began_s: float) -> str:
    """Return the wall time of an instant, rounded up to the minute, such as "18:05"."""
    return clock_text(at_s + MINUTE_S - 1, day_began_s)


def day_began_s(now_s: float) -> float:
    """Return the last local midnight [s since 1970].

    The first where it occurs twice, and the change of the clocks where that skips it.
    """
    midnight = datetime.fromtimestamp(now_s, home_zone()).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight.timestamp()
