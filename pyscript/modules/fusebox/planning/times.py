"""Times as sources write them: texts and datetime objects, with an offset or as the wall clock shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ..model.durations import QUARTER_S

Ahead = Callable[[float], float]
"""An instant [s since 1970] -> how far the wall clock is ahead of universal time then [s]."""


def instant_s(found: object, ahead: Ahead) -> float | None:
    """A time as seconds since 1970, None where it is none."""
    if isinstance(found, str):
        try:
            found = datetime.fromisoformat(found.strip())
        except ValueError:
            return None
    if not isinstance(found, datetime):
        return None
    if found.tzinfo is not None and found.utcoffset() is not None:
        return found.timestamp()
    return from_wall_s(found.replace(tzinfo=UTC).timestamp(), ahead)


def from_wall_s(wall_s: float, ahead: Ahead) -> float:
    """The instant at which the wall clock shows this [s since 1970]; the earlier of two."""
    early_s, late_s = wall_s - ahead(wall_s - DAY_HALF_S), wall_s - ahead(wall_s + DAY_HALF_S)
    fits = [each for each in sorted((early_s, late_s)) if each + ahead(each) == wall_s]
    return fits[0] if fits else late_s


DAY_HALF_S = 43_200
"""No zone is farther from universal time, and none changes its clock twice within a day [s]."""


def nearest_quarter(at_s: float) -> int:
    """The quarter hour that is meant by a time that may be a little beside it [s since 1970]."""
    return round(at_s / QUARTER_S) * QUARTER_S
