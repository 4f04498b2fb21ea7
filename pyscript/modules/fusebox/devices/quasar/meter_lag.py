"""How late a meter shows what the charger does, learnt while the house is calm. Pure; times come from the caller.

A meter that is two seconds late still shows the old power of a charger that was just cut. Taken for the house's, it
would cut the charger again, down to a stop. With the right lag the house stays where it was while the charger moves.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

from ... import tuning


class MeterLag:
    """`lag_s`: by how much later than the charger the meter moves."""

    def __init__(self) -> None:
        self.lag_s = 0.0
        self._powers: deque[tuple[float, float]] = deque()
        self._readings: deque[tuple[float, float]] = deque()

    def power(self, now_s: float, power_w: float) -> None:
        """What the charger moves now."""
        self._powers.append((now_s, power_w))
        kept_s = now_s - tuning.QUASAR_LAG_WATCHED_S - tuning.QUASAR_METER_LAGS_S[-1]
        while len(self._powers) > 1 and self._powers[1][0] <= kept_s:
            self._powers.popleft()

    def reading(self, then_s: float, total_w: float) -> None:
        """What the meter told at a time."""
        self._readings.append((then_s, total_w))
        while self._readings[0][0] < then_s - tuning.QUASAR_LAG_WATCHED_S:
            self._readings.popleft()
        since_s, calm_s = then_s - tuning.QUASAR_LAG_WATCHED_S, then_s - tuning.QUASAR_METER_LAGS_S[-1] - 1.0
        moving_w = [power_w for at_s, power_w in self._powers if since_s <= at_s <= calm_s]
        calm_w = [power_w for at_s, power_w in self._powers if at_s >= calm_s]
        # Only once it has come to rest, and any such meter must have seen all of it, do the lags differ by what is so.
        if not calm_w or max(calm_w) - min(calm_w) > tuning.QUASAR_LAG_CALM_W:
            return
        if len(self._readings) < tuning.QUASAR_LAG_READINGS:
            return
        if not moving_w or max(moving_w) - min(moving_w) < tuning.QUASAR_LAG_MOVED_W:
            return
        moved_w = sum(abs(after - before) for before, after in pairwise(moving_w))
        restless_w = {lag_s: self._restless_w(lag_s) for lag_s in tuning.QUASAR_METER_LAGS_S}
        best_s = min(tuning.QUASAR_METER_LAGS_S, key=lambda lag_s: restless_w[lag_s])
        is_still = restless_w[best_s] <= tuning.QUASAR_LAG_STILL_SHARE * moved_w
        if is_still and restless_w[self.lag_s] >= tuning.QUASAR_LAG_MOVING_SHARE * moved_w:
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
            if at_s > then_s + tuning.QUASAR_TOGETHER_S:
                break
            found = power_w
        return found
