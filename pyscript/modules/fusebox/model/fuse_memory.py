"""What is remembered of one limit between steps: how warm a fuse is, and the room of late. Frozen values."""

from __future__ import annotations

from .durations import NEVER_S
from .records import record


@record
class FuseMemory:
    """How warm one fuse is on one phase."""

    theta: float
    """Its thermal state: 1.0 is a long time at the rating."""
    at_s: float
    """When it was that [s since 1970]."""
    flow_a: float
    """What flowed through it then [A]."""
    rating_a: float
    """Its rating [A]."""
    high_readings: int = 0
    """How many meter readings running were far above the rating, beyond what is about to end."""
    reported_s: float = NEVER_S
    """When the newest of them came [s since 1970]."""


@record
class HeadroomMemory:
    """The rolling worst case of the room under one ceiling."""

    since_s: float
    """Since when it is watched [s since 1970]."""
    pairs: tuple[tuple[float, float], ...]
    """The least room from each time on: (when, room [A]), both rising."""
    reported_s: float
    """When the newest reading behind it came [s since 1970]."""
    fresh: bool = True
    """Whether the last step brought a newer one."""
    blurred: bool = False
    """Whether a draw behind it is late."""
    limit_a: float = 0.0
    """The limit that the rooms are under [A], 0 for what has none."""

    def worst_since(self, from_s: float) -> float:
        """The least room since then."""
        return next(room_a for at_s, room_a in self.pairs if at_s >= from_s)
