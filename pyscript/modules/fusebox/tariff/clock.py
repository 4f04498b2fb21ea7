"""Local time without a clock: windows, days and months of the wall clock, on the days that are an hour off too."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from ..model.durations import MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant [s since 1970] and how far the wall clock is ahead of UTC then [s]."""

    now_s: float
    ahead_s: float = 0.0

    @property
    def local(self) -> datetime:
        """What the wall clock shows. Its zone says UTC and means nothing."""
        return datetime.fromtimestamp(self.now_s + self.ahead_s, UTC)

    @property
    def month(self) -> str:
        """The month by the wall clock, such as 2026-11."""
        return f"{self.local:%Y-%m}"

    def window_start_s(self, length_s: float) -> float:
        """When the window of this length began that holds this instant [s since 1970]; windows end on the full hour.

        An hour that comes twice in autumn is two windows, and the one that is left out in spring is none.
        """
        return math.floor((self.now_s + self.ahead_s) / length_s) * length_s - self.ahead_s

    def at(self, now_s: float) -> Moment:
        """Another instant while the wall clock is as far ahead."""
        return Moment(now_s, self.ahead_s)


def months_until(month: str, count: int) -> tuple[str, ...]:
    """So many months up to and including this one, the oldest first."""
    year, number = (int(part) for part in month.split("-"))
    last = year * MONTHS_A_YEAR + number - 1
    each = range(last - count + 1, last + 1)
    return tuple(f"{at // MONTHS_A_YEAR:04d}-{at % MONTHS_A_YEAR + 1:02d}" for at in each)
