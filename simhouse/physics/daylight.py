"""Times with the sun above the horizon: from a measured series, or from the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from .sun import clear_sky_share

DAY_S = 86_400
SHINES_W = 5.0  # inverters that sleep show a few watts of either sign


def daylight(start: datetime, length_s: int, solar: Sequence[float] | None) -> tuple[range, ...]:
    """Return the seconds from `start` between sunrise and sunset, one range for each calendar day that has any.

    A day runs from the first to the last second in which the panels give power; on a day without power, or without
    panels, a clear sky's day is used.
    """
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    begin = -int((start - midnight).total_seconds())
    found = []
    for from_s in range(begin, length_s, DAY_S):
        seconds = range(max(0, from_s), min(length_s, from_s + DAY_S))
        lit = _range_with_power(seconds, solar) if solar is not None else None
        day = lit or _clear(start, seconds)
        if day is not None:
            found.append(day)
    return tuple(found)


def _range_with_power(seconds: range, solar: Sequence[float]) -> range | None:
    """Return the range from the first to the last second with power, or None; a short series keeps its last value."""
    last = len(solar) - 1
    first = next((t for t in seconds if solar[min(t, last)] > SHINES_W), None)
    if first is None:
        return None
    return range(first, next(t for t in reversed(seconds) if solar[min(t, last)] > SHINES_W) + 1)


def _clear(start: datetime, seconds: range) -> range | None:
    """Return a clear sky's daylight by the clock, to the minute; None for a day without."""
    bright = [t for t in seconds[::60] if clear_sky_share(start + timedelta(seconds=t)) > 0]
    return range(bright[0], bright[-1] + 60) if bright else None
