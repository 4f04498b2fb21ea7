"""The seconds of a replay, and histories resampled to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

import numpy as np

LONGEST_SILENCE_PERIODS, LONGEST_SILENCE_S = 3.0, 60.0
"""Only changes are recorded. A silence up to the longer of both means an unchanged value, a longer one an unknown one:
three periods are when the scripts would call a slow meter stale themselves."""


@dataclass(frozen=True)
class Timeline:
    """`length_s` seconds from `start_s` [s since 1970], in a zone for people."""

    start_s: int
    length_s: int
    zone: tzinfo

    @property
    def seconds(self) -> np.ndarray:
        """Each second of it [s since 1970]."""
        return self.start_s + np.arange(self.length_s)

    @property
    def start(self) -> datetime:
        """The first second, with the zone's offset at that time, so additions to it are not affected by summer time."""
        at = self.at(0)
        return at.astimezone(timezone(at.utcoffset() or timedelta()))

    def at(self, second: float) -> datetime:
        """Return a second of the replay as a time in the zone."""
        return datetime.fromtimestamp(self.start_s + second, self.zone)

    def position(self, at_s: float) -> int:
        """Return the second [from the start] of a time [s since 1970]."""
        return int(at_s // 1) - self.start_s

    def hold_values(
        self, times_s: Sequence[float] | np.ndarray, values: np.ndarray, hold_s: float = float("inf")
    ) -> np.ndarray:
        """Return a value for each second: the last at or before it; NaN before the first, and `hold_s` after each."""
        times = np.asarray(times_s, dtype=float)
        at = np.searchsorted(times, self.seconds + 0.999, side="right") - 1
        found = np.where(at >= 0, np.asarray(values, dtype=float)[np.maximum(at, 0)], np.nan)
        found[self.seconds - times[np.maximum(at, 0)] > hold_s] = np.nan
        return found

    def told(self, second: float) -> str:
        """Return a second of the replay as text for a sentence."""
        return f"{self.at(second):%a %d %b %H:%M}"


def duration_text(seconds: float) -> str:
    """Return a duration as text for a sentence."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} min"
    return (
        f"{seconds / 3600:.1f} h"
        if seconds < 48 * 3600
        else f"{timedelta(seconds=seconds) / timedelta(days=1):.1f} days"
    )


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Return (first, one past the last) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
