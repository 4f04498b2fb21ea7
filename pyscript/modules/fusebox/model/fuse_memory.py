"""What is remembered of one limit between steps: how warm a fuse is, and the room of late. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from .durations import NEVER_S


@dataclass(frozen=True, slots=True)
class FuseMemory:
    """Thermal state of one fuse of this rating on one phase at `at_s`: theta 1.0 is a long time at the rating.

    `high_readings`: how many meter readings running were far above the rating, beyond what is about to end;
    `reported_s` is the newest of them.
    """

    theta: float
    at_s: float
    flow_a: float
    rating_a: float
    high_readings: int = 0
    reported_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class HeadroomMemory:
    """Rolling worst case of one ceiling's room [A]: (time, room) pairs, both rising; `since_s`: watched since.

    `reported_s`: the newest reading behind it; `fresh`: whether the last step brought a newer one;
    `blurred`: whether a draw behind it is late. `limit_a`: the limit that the rooms are under, 0 for what has none.
    """

    since_s: float
    pairs: tuple[tuple[float, float], ...]
    reported_s: float
    fresh: bool = True
    blurred: bool = False
    limit_a: float = 0.0

    def worst_since(self, from_s: float) -> float:
        """The least room since then."""
        return next(room_a for at_s, room_a in self.pairs if at_s >= from_s)
