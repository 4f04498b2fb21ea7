"""How much the charger may take and give, when that grows again, and how late a meter shows it. Pure.

Both directions follow the same rule, each by itself: less at once, with the reading that shows it; more only after the
room has held for a while. What is too little to modulate is nothing, and nothing lasts for a while too.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from ... import tuning
from ...control.limits.power_range import PowerRange
from ...model.electrics import NOMINAL_V
from ...model.trace import Trace, extended, range_since, total_move, value_at
from .limiter import LEAST_W


class Motion:
    """The charger's power of late, and by how much later than the charger the meter moves (`lag_s`)."""

    def __init__(self) -> None:
        self.lag_s = 0.0
        self._powers: Trace = ()
        self._readings: Trace = ()

    def note(self, now_s: float, power_w: float) -> None:
        """Note the charger's power now; what was noted before counts for nothing when the clock was set back."""
        if self._powers and self._powers[-1][0] > now_s:
            self.forget()
        self._powers = extended(self._powers, now_s, power_w, tuning.FOLLOW_S + tuning.QUICK_S)

    def forget(self) -> None:
        """The charger does not tell: what is kept of it is no whole picture any more."""
        self._powers = self._readings = ()

    def at(self, then_s: float) -> float | None:
        """The power at a time as far as it is remembered; None where nothing is."""
        return value_at(self._powers, then_s)

    def span(self, low_w: float, high_w: float) -> tuple[float, float]:
        """The lowest and the highest power of late [W]; these two where nothing is known."""
        return range_since(self._powers, self._powers[-1][0] - tuning.QUICK_S) if self._powers else (low_w, high_w)

    def reading(self, then_s: float, total_w: float) -> None:
        """Learn from what the meter showed at a time how late it is."""
        since_s, calm_s = then_s - tuning.FOLLOW_S, then_s - tuning.QUICK_S
        kept = [reading for reading in self._readings if reading[0] >= since_s]
        self._readings = (*kept, (then_s, total_w))
        moving_w = [power_w for at_s, power_w in self._powers if since_s <= at_s <= calm_s]
        calm_w = [power_w for at_s, power_w in self._powers if at_s >= calm_s]
        # Only once it has come to rest, and any such meter must have seen all of it, do the lags differ by what is so.
        if not calm_w or max(calm_w) - min(calm_w) > tuning.TOLERANCE_A * NOMINAL_V:
            return
        if not moving_w or max(moving_w) - min(moving_w) < LEAST_W:
            return
        moved_w = total_move(moving_w)
        restless_w = {lag_s: self._restless_w(lag_s) for lag_s in map(float, range(int(tuning.QUICK_S)))}
        best_s = min(restless_w, key=lambda lag_s: restless_w[lag_s])
        if restless_w[best_s] <= moved_w / 2 < restless_w[self.lag_s]:
            self.lag_s = best_s

    def _restless_w(self, lag_s: float) -> float:
        """By how much the house seems to have moved [W], if the meter is so late."""
        return total_move([total_w - (self.at(then_s - lag_s) or 0.0) for then_s, total_w in self._readings])


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a limit follows the room."""

    delay_s: float
    """How long room has to last before a raise [s]."""
    cooldown_s: float
    """How long after a change nothing counts for a raise [s]."""
    pause_s: float
    """How long a stop lasts at least, with room for a start all the while [s]."""


@dataclass
class DirectionLimit:
    """One direction: `allowed_w` >= 0 is what may flow. Opens at once with the first reading after a start."""

    allowed_w: float = 0.0
    paused: bool = False
    """Whether the charger was stopped for lack of room, and waits until there has been some for long."""
    _opened: bool = False
    _changed_s: float = float("-inf")
    _fits_since_s: float | None = None
    _seen: deque[tuple[float, float]] = field(default_factory=deque)

    def reading(self, now_s: float, cut_w: float, raise_w: float, at_most_w: float) -> None:
        """A meter's reading: `cut_w` is the room by it, `raise_w` what of it is sure enough for a raise."""
        cut_w, raise_w = (min(max(room_w, 0.0), at_most_w) for room_w in (cut_w, raise_w))
        raise_w = min(cut_w, raise_w)
        if not self._opened:
            self._opened, self.allowed_w = True, raise_w
        if cut_w < self.allowed_w:
            self.allowed_w, self._changed_s = cut_w, now_s
        self._seen.append((now_s, raise_w))
        if raise_w < LEAST_W + tuning.TOLERANCE_A * NOMINAL_V:
            self._fits_since_s = None
        elif self._fits_since_s is None:
            self._fits_since_s = now_s

    def blind(self, now_s: float) -> None:
        """Nothing is seen any more."""
        if self.allowed_w > 0:
            self.allowed_w, self._changed_s = 0.0, now_s
        self._opened = True
        self.unsure()

    def unsure(self) -> None:
        """What was seen until now is no ground for a raise."""
        self._seen.clear()
        self._fits_since_s = None

    def pause(self) -> None:
        """The charger is stopped for lack of room."""
        self.paused, self._fits_since_s = True, None

    def ramp_up(self, now_s: float, wanted_w: float, at_most_w: float, pace: Pace) -> None:
        """Raise what is allowed where the room has held; end a rest that has lasted."""
        if self.paused and self._fits_since_s is not None and now_s - self._fits_since_s >= pace.pause_s:
            self.paused = False
        begins_s = max(self._changed_s + pace.cooldown_s, now_s - pace.delay_s)
        while len(self._seen) > 1 and self._seen[1][0] <= begins_s:
            self._seen.popleft()  # what was seen last before the time that counts held into it
        if not self._seen or now_s - max(self._changed_s + pace.cooldown_s, self._seen[0][0]) < pace.delay_s:
            return
        level_w = min(room_w for _, room_w in self._seen)
        whole = level_w >= min(wanted_w, at_most_w)
        if level_w > self.allowed_w and (whole or level_w >= self.allowed_w + tuning.TOLERANCE_A * NOMINAL_V):
            self.allowed_w, self._changed_s = level_w, now_s


@dataclass
class DirectionLimits:
    """Both directions of one charger."""

    charging: DirectionLimit = field(default_factory=DirectionLimit)
    giving: DirectionLimit = field(default_factory=DirectionLimit)
    motion: Motion = field(default_factory=Motion)

    def reading(self, now_s: float, total_w: float, age_s: float, set_w: float, limit_w: float, most_w: float) -> None:
        """A meter's reading of the phase [W, + import] that is so old [s]; what of it is the charger's is in `motion`.

        Home Assistant tells of a number only when it changes, so the same one may be seen up to a second later. A
        charger that does not tell its power is anywhere between nothing and what it is set to.
        """
        if self.motion.at(now_s) is not None:
            self.motion.reading(now_s - age_s, total_w)
        then_w = self.motion.at(now_s - age_s - self.motion.lag_s)
        low_w, high_w = (min(set_w, 0.0), max(set_w, 0.0)) if then_w is None else (then_w, then_w)
        least_w, most_drawn_w = self.motion.span(low_w, high_w)
        self.charging.reading(now_s, limit_w - total_w + low_w, limit_w - total_w + least_w, most_w)
        self.giving.reading(now_s, limit_w + total_w - high_w, limit_w + total_w - most_drawn_w, most_w)

    def ramp_up(self, now_s: float, wanted_w: float, most_w: float, pace: Pace) -> None:
        """Time has passed while the meter is seen."""
        self.charging.ramp_up(now_s, max(wanted_w, 0.0), most_w, pace)
        self.giving.ramp_up(now_s, max(-wanted_w, 0.0), most_w, pace)

    def unsure(self) -> None:
        """The meter is not seen just now."""
        self.charging.unsure()
        self.giving.unsure()

    def blind(self, now_s: float) -> None:
        """The meter has not been seen for too long."""
        self.charging.blind(now_s)
        self.giving.blind(now_s)


class PowerAllocation:
    """The last power range. What may be taken has been raised with patience already; what may be given is here."""

    def __init__(self) -> None:
        self._power_range: PowerRange | None = None
        self._said_s = float("-inf")
        self._giving = DirectionLimit()

    @property
    def offer_w(self) -> float:
        """What is set aside for it [W]."""
        return 0.0 if self._power_range is None else self._power_range.offer_w

    def update(self, now_s: float, power_range: PowerRange, most_w: float, wanted_w: float, pace: Pace) -> None:
        """A decision of the allocation."""
        self._power_range, self._said_s = power_range, now_s
        if power_range.low_w is None:
            self._giving.unsure()
        elif power_range.low_w >= 0:
            self._giving.blind(now_s)
        else:
            self._giving.reading(now_s, -power_range.low_w, -power_range.low_w, most_w)
            self._giving.ramp_up(now_s, max(-wanted_w, 0.0), most_w, pace)

    def limits_w(self, now_s: float) -> tuple[float, float] | None:
        """Low and high [W]; None while the allocation says nothing."""
        if self._power_range is None or not 0 <= now_s - self._said_s < tuning.RENEW_S:
            return None
        return -self._giving.allowed_w, self._power_range.high_w
