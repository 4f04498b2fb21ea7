"""What the charger did of late, and how late a meter shows it, learnt while the house is calm. Pure; times are told.

A meter that is two seconds late still shows the old power of a charger that was just cut. Taken for the house's, it
would cut the charger again, down to a stop. With the right lag the house stays where it was while the charger moves.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

from ... import tuning
from ...model.electrics import NOMINAL_V
from .limiter import LEAST_W


class MeterLag:
    """`lag_s`: by how much later than the charger the meter moves."""

    def __init__(self) -> None:
        self.lag_s = 0.0
        self._powers: deque[tuple[float, float]] = deque()
        self._readings: deque[tuple[float, float]] = deque()

    def power(self, now_s: float, power_w: float) -> None:
        """What the charger moves now."""
        self._powers.append((now_s, power_w))
        kept_s = now_s - tuning.FOLLOW_S - tuning.QUICK_S
        while len(self._powers) > 1 and self._powers[1][0] <= kept_s:
            self._powers.popleft()

    def reading(self, then_s: float, total_w: float) -> None:
        """What the meter told at a time."""
        self._readings.append((then_s, total_w))
        while self._readings[0][0] < then_s - tuning.FOLLOW_S:
            self._readings.popleft()
        since_s, calm_s = then_s - tuning.FOLLOW_S, then_s - tuning.QUICK_S
        moving_w = [power_w for at_s, power_w in self._powers if since_s <= at_s <= calm_s]
        calm_w = [power_w for at_s, power_w in self._powers if at_s >= calm_s]
        # Only once it has come to rest, and any such meter must have seen all of it, do the lags differ by what is so.
        if not calm_w or max(calm_w) - min(calm_w) > tuning.TOLERANCE_A * NOMINAL_V:
            return
        if not moving_w or max(moving_w) - min(moving_w) < LEAST_W:
            return
        moved_w = sum(abs(after - before) for before, after in pairwise(moving_w))
        restless_w = {lag_s: self._restless_w(lag_s) for lag_s in map(float, range(int(tuning.QUICK_S)))}
        best_s = min(restless_w, key=lambda lag_s: restless_w[lag_s])
        is_still = restless_w[best_s] <= moved_w / 2
        if is_still and restless_w[self.lag_s] > moved_w / 2:
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
            if at_s > then_s + tuning.REPORT_BURST_S:
                break
            found = power_w
        return found


class Motion:
    """What the charger's power was of late."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()
        self.lag = MeterLag()

    def note(self, now_s: float, power_w: float) -> None:
        """The charger's power now."""
        if self._seen and self._seen[-1][0] > now_s:
            self._seen.clear()
        self._seen.append((now_s, power_w))
        while len(self._seen) > 1 and self._seen[1][0] <= now_s - tuning.QUICK_S:
            self._seen.popleft()
        self.lag.power(now_s, power_w)

    def forget(self) -> None:
        """The charger does not tell."""
        self._seen.clear()
        self.lag.forget()

    def at(self, then_s: float) -> float | None:
        """The power at a time, as far as it is remembered; None where there is none."""
        before = [power_w for at_s, power_w in self._seen if at_s <= then_s + tuning.REPORT_BURST_S]
        return before[-1] if before else self._seen[0][1] if self._seen else None

    def span(self, low_w: float, high_w: float) -> tuple[float, float]:
        """The lowest and the highest of late [W]; these two where nothing is known."""
        powers_w = [power_w for _, power_w in self._seen]
        return min(powers_w, default=low_w), max(powers_w, default=high_w)
