"""How late a meter shows what the charger does, learnt while the house is calm. Pure; times come from the caller.

A meter that is two seconds late still shows the old power of a charger that was just cut. Taken for the house's, it
would cut the charger again, down to a stop. With the right lag the house stays where it was while the charger moves.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

LAGS_S = (0.0, 1.0, 2.0, 3.0, 4.0)
WATCHED_S = 15.0

MOVED_W = 1500.0
"""A charger that moved by more than this within the watched time tells something about its meter."""

CALM_W = 200.0
READINGS = 6
"""A charger that has moved by less than the first since, and so many readings of the meter, make it worth a look."""

STILL, MOVING = 0.25, 0.5
"""The house counts as calm when it seems to move by less than the first part of what the charger moved; a lag is wrong
when by it the house moves by more than the second."""


class MeterLag:
    """`lag_s`: by how much later than the charger the meter moves."""

    def __init__(self) -> None:
        self.lag_s = 0.0
        self._powers: deque[tuple[float, float]] = deque()
        self._readings: deque[tuple[float, float]] = deque()

    def power(self, now_s: float, power_w: float) -> None:
        """What the charger moves now."""
        self._powers.append((now_s, power_w))
        while len(self._powers) > 1 and self._powers[1][0] <= now_s - WATCHED_S - LAGS_S[-1]:
            self._powers.popleft()

    def reading(self, then_s: float, total_w: float) -> None:
        """What the meter told at a time."""
        self._readings.append((then_s, total_w))
        while self._readings[0][0] < then_s - WATCHED_S:
            self._readings.popleft()
        since_s, calm_s = then_s - WATCHED_S, then_s - LAGS_S[-1] - 1.0
        moving_w = [power_w for at_s, power_w in self._powers if since_s <= at_s <= calm_s]
        calm_w = [power_w for at_s, power_w in self._powers if at_s >= calm_s]
        # Only once it has come to rest, and any such meter must have seen all of it, do the lags differ by what is so.
        if not calm_w or max(calm_w) - min(calm_w) > CALM_W or len(self._readings) < READINGS:
            return
        if not moving_w or max(moving_w) - min(moving_w) < MOVED_W:
            return
        moved_w = sum(abs(after - before) for before, after in pairwise(moving_w))
        restless_w = {lag_s: self._restless_w(lag_s) for lag_s in LAGS_S}
        best_s = min(LAGS_S, key=lambda lag_s: restless_w[lag_s])
        if restless_w[best_s] <= STILL * moved_w and restless_w[self.lag_s] >= MOVING * moved_w:
            self.lag_s = best_s

    def forget(self) -> None:
        """The charger does not tell: what is kept of it is no whole picture any more."""
        self._powers.clear()
        self._readings.clear()

    def _restless_w(self, lag_s: float) -> float:
        """By how much the house seems to have moved, if the meter is so late."""
        rests_w = [total_w - self._at(then_s - lag_s) for then_s, total_w in self._readings]
        return sum(abs(after - before) for before, after in pairwise(rests_w))

    def _at(self, then_s: float) -> float:
        found = self._powers[0][1]
        for at_s, power_w in self._powers:
            if at_s > then_s + 0.3:
                break
            found = power_w
        return found
