"""Times as sources write them: texts and datetime objects, with an offset or as the wall clock shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ..model.durations import DAY_S, LATEST_S

Ahead = Callable[[float], float]
"""An instant [s since 1970] -> how far the wall clock is ahead of universal time then [s]."""


def instant_s(found: object, ahead: Ahead) -> float | None:
    """A time as seconds since 1970, None for what is none, or lies beyond the calendar of a house."""
    if isinstance(found, str):
        try:
            found = datetime.fromisoformat(found.strip())
        except ValueError:
            return None
    if not isinstance(found, datetime):
        return None
    has_offset = found.tzinfo is not None and found.utcoffset() is not None
    at_s = found.timestamp() if has_offset else found.replace(tzinfo=UTC).timestamp()
    if not DAY_S <= at_s <= LATEST_S:
        return None
    return at_s if has_offset else from_wall_s(at_s, ahead)


def from_wall_s(wall_s: float, ahead: Ahead) -> float:
    """The instant at which the wall clock shows this [s since 1970].

    Of an hour that comes twice the first one; in an hour that is left out, as if the clock had not been changed yet.
    """
    early_s, late_s = wall_s - ahead(wall_s - DAY_HALF_S), wall_s - ahead(wall_s + DAY_HALF_S)
    fits = [each for each in sorted((early_s, late_s)) if each + ahead(each) == wall_s]
    return fits[0] if fits else max(early_s, late_s)


DAY_HALF_S = 43_200
"""No zone is farther from universal time, and none changes its clock twice within a day [s]."""
