"""How far the wall clock is ahead of UTC at any instant of the days around now.

By Home Assistant's time zone. Without one, scripts report what the clock shows at each full hour, when changes happen.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import struct_time

from ..model.durations import DAY_S, HOUR_S
from ..model.local_day import ahead_s, home_zone, offset_s

DAYS = range(-2, 10)
"""From the days that prices are guessed from to a week ahead."""


class LocalHours:
    """The reported offsets of the wall clock."""

    def __init__(self) -> None:
        self._ahead_s: dict[int, float] = {}
        self._requested: list[int] = []

    def unknown_hours(self, now_s: float) -> list[int]:
        """Return the instants [s since 1970] at which the wall clock has to be read, and remember this request.

        Empty while all are known, and always where Home Assistant's time zone is known.
        """
        if home_zone() is not None:
            return []
        day_s = int(now_s // DAY_S) * DAY_S
        all_s = range(day_s + DAYS.start * DAY_S, day_s + DAYS.stop * DAY_S, HOUR_S)
        self._requested = [at_s for at_s in all_s if at_s not in self._ahead_s]
        return self._requested

    def record_wall_times(self, walls: Iterable[struct_time]) -> None:
        """Store what the wall clock shows at the instants that `unknown_hours` returned last."""
        self._ahead_s |= {at_s: offset_s(at_s, wall) for at_s, wall in zip(self._requested, walls, strict=False)}

    def ahead(self, at_s: float) -> float:
        """Return how far the wall clock is ahead of UTC at an instant [s].

        By Home Assistant's time zone; else by the reported hour, or the nearest one; 0 while none is known.
        """
        hour_s = int(at_s // HOUR_S) * HOUR_S
        stored_s = self._ahead_s.get(hour_s)
        if stored_s is None and self._ahead_s:
            stored_s = self._ahead_s[min(self._ahead_s, key=lambda known_s: abs(known_s - hour_s))]
        return ahead_s(at_s, stored_s or 0.0)
