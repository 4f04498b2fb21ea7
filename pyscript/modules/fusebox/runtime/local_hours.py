"""How far the wall clock is ahead of UTC at any instant of the days around now.

By Home Assistant's time zone. Without one, scripts report what the clock shows at each full hour, when changes happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo
from functools import lru_cache
from time import struct_time

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from ..model.local_day import ahead_s, home_zone, offset_s

DAYS = range(-2, 10)
"""From the days that prices are guessed from to a week ahead."""


class LocalHours:
    """The reported offsets of the wall clock."""

    def __init__(self) -> None:
        self._ahead_s: dict[int, float] = {}
        self._requested: list[int] = []
        self._zone: tzinfo | None = None
        self._ahead = self._ahead_by_quarter_hour()

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
        found = {at_s: offset_s(at_s, wall) for at_s, wall in zip(self._requested, walls, strict=False)}
        if found:
            self._ahead_s |= found
            self._ahead = self._ahead_by_quarter_hour()

    @property
    def ahead(self) -> Callable[[float], float]:
        """The function that returns how far the wall clock is ahead of UTC at an instant [s]; a new one after a change.

        By Home Assistant's time zone; else by the reported hour, or the nearest one; 0 while none is known.
        """
        if home_zone() is not self._zone:
            self._zone, self._ahead = home_zone(), self._ahead_by_quarter_hour()
        return self._ahead

    def _ahead_by_quarter_hour(self) -> Callable[[float], float]:
        """Return a function that remembers the results of `_ahead_at`: clocks change at quarter hours."""
        ahead_at = lru_cache(maxsize=len(DAYS) * DAY_S // QUARTER_S)(self._ahead_at)
        return lambda at_s: ahead_at(int(at_s // QUARTER_S) * QUARTER_S)

    def _ahead_at(self, at_s: int) -> float:
        """Return how far the wall clock is ahead of UTC at the start of a quarter hour [s]."""
        hour_s = int(at_s // HOUR_S) * HOUR_S
        stored_s = self._ahead_s.get(hour_s)
        if stored_s is None and self._ahead_s:
            stored_s = self._ahead_s[min(self._ahead_s, key=lambda known_s: abs(known_s - hour_s))]
        return ahead_s(at_s, stored_s or 0.0)
