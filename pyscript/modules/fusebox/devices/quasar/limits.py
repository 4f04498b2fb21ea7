"""How much the charger may draw and give, when that rises again, and how late a meter shows its power. Pure.

Both directions follow the same rule, separately: down at once, with the reading that requires it; up only after the
power has been available for a while. A limit too small to modulate is 0, and stays 0 for a while.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from ... import tuning
from ...control.limits.power_range import PowerRange
from ...model.durations import since
from ...model.electrics import NOMINAL_V
from ...model.load import QUASAR_LEAST_W
from ...model.trace import Trace, extend, range_since, total_move, trace_value_at


class Motion:
    """The charger's recent power, and by how much later than the charger the meter moves (`lag_s` [s])."""

    def __init__(self) -> None:
        self.lag_s = 0.0
        self._powers: Trace = ()
        self._readings: Trace = ()

    def note_power(self, now_s: float, power_w: float) -> None:
        """Note the charger's power now; earlier notes are dropped when the clock was set back."""
        if self._powers and self._powers[-1][0] > now_s:
            self.drop_notes()
        self._powers = extend(self._powers, now_s, power_w, tuning.FOLLOW_S + tuning.QUICK_S)

    def drop_notes(self) -> None:
        """Drop all notes, because the charger reports nothing and they are incomplete."""
        self._powers = self._readings = ()

    def power_at(self, then_s: float) -> float | None:
        """Return the power at a time [W], None when nothing is remembered."""
        return trace_value_at(self._powers, then_s)

    def recent_range_w(self, default_low_w: float, default_high_w: float) -> tuple[float, float]:
        """Return the lowest and the highest recent power [W]; the defaults when nothing is known."""
        if not self._powers:
            return default_low_w, default_high_w
        return range_since(self._powers, self._powers[-1][0] - tuning.QUICK_S)

    def learn_meter_lag(self, then_s: float, total_w: float) -> None:
        """Learn the meter's delay from its reading [W] at a time: the lag (whole seconds) that explains its moves best.

        Unchanged until the charger's power has changed clearly and settled, and if no other lag is clearly better.
        """
        since_s, calm_s = then_s - tuning.FOLLOW_S, then_s - tuning.QUICK_S
        recent = [reading for reading in self._readings if reading[0] >= since_s]
        self._readings = (*recent, (then_s, total_w))
        moving_w = [power_w for at_s, power_w in self._powers if since_s <= at_s <= calm_s]
        calm_w = [power_w for at_s, power_w in self._powers if at_s >= calm_s]
        # Lags can be compared only after the power has settled and any meter must have seen the whole change.
        if not calm_w or max(calm_w) - min(calm_w) > tuning.TOLERANCE_A * NOMINAL_V:
            return
        if not moving_w or max(moving_w) - min(moving_w) < QUASAR_LEAST_W:
            return
        moved_w = total_move(moving_w)
        house_moves_w = {lag_s: self._implied_house_moves_w(lag_s) for lag_s in map(float, range(int(tuning.QUICK_S)))}
        best_s = min(house_moves_w, key=lambda lag_s: house_moves_w[lag_s])
        if house_moves_w[best_s] <= moved_w / 2 < house_moves_w[self.lag_s]:
            self.lag_s = best_s

    def _implied_house_moves_w(self, lag_s: float) -> float:
        """Return how much the house would have moved [W] if the meter were late by `lag_s`."""
        return total_move([total_w - (self.power_at(then_s - lag_s) or 0.0) for then_s, total_w in self._readings])


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a limit follows the available power."""

    delay_s: float
    """How long power must be available before a raise [s]."""
    cooldown_s: float
    """How long after a change readings do not count for a raise [s]."""
    pause_s: float
    """Shortest duration of a stop, with power for a start available throughout [s]."""


@dataclass
class DirectionLimit:
    """Limit of one direction: `allowed_w` >= 0 may flow. The first reading after a start sets it at once."""

    allowed_w: float = 0.0
    paused: bool = False
    """Whether the charger was stopped for lack of power, and waits until enough has been available for long."""
    _opened: bool = False
    _changed_s: float = float("-inf")
    _fits_since_s: float | None = None
    _headrooms: deque[tuple[float, float]] = field(default_factory=deque)

    def take_reading(self, now_s: float, cut_w: float, raise_w: float, at_most_w: float) -> None:
        """Store a meter's reading, and lower `allowed_w` at once to the headroom that it leaves.

        `cut_w`: that headroom [W]; `raise_w`: the part of it that is sure enough for a raise; `at_most_w`: the
        charger's maximum.
        """
        cut_w, raise_w = (min(max(headroom_w, 0.0), at_most_w) for headroom_w in (cut_w, raise_w))
        raise_w = min(cut_w, raise_w)
        if not self._opened:
            self._opened, self.allowed_w = True, raise_w
        if cut_w < self.allowed_w:
            self.allowed_w, self._changed_s = cut_w, now_s
        self._headrooms.append((now_s, raise_w))
        fits = raise_w >= QUASAR_LEAST_W + tuning.TOLERANCE_A * NOMINAL_V
        self._fits_since_s = since(self._fits_since_s, fits, now_s)

    def allow_nothing(self, now_s: float) -> None:
        """Set `allowed_w` to 0 and drop all readings, because the meter has not been seen for too long."""
        if self.allowed_w > 0:
            self.allowed_w, self._changed_s = 0.0, now_s
        self._opened = True
        self.discard_readings()

    def discard_readings(self) -> None:
        """Discard earlier readings as a reason for a raise."""
        self._headrooms.clear()
        self._fits_since_s = None

    def pause(self) -> None:
        """Record that the charger is stopped for lack of power."""
        self.paused, self._fits_since_s = True, None

    def ramp_up(self, now_s: float, requested_w: float, at_most_w: float, pace: Pace) -> None:
        """Raise `allowed_w` to the least headroom of the last `delay_s`; end a pause once it has lasted for `pause_s`.

        No raise within `cooldown_s` of the last change, nor by less than 1 A unless it gives all that is wanted.
        """
        if self.paused and self._fits_since_s is not None and now_s - self._fits_since_s >= pace.pause_s:
            self.paused = False
        begins_s = max(self._changed_s + pace.cooldown_s, now_s - pace.delay_s)
        while len(self._headrooms) > 1 and self._headrooms[1][0] <= begins_s:
            self._headrooms.popleft()  # the last value before the window still applied at its start
        if not self._headrooms or now_s - max(self._changed_s + pace.cooldown_s, self._headrooms[0][0]) < pace.delay_s:
            return
        level_w = min(headroom_w for _, headroom_w in self._headrooms)
        whole = level_w >= min(requested_w, at_most_w)
        if level_w > self.allowed_w and (whole or level_w >= self.allowed_w + tuning.TOLERANCE_A * NOMINAL_V):
            self.allowed_w, self._changed_s = level_w, now_s


@dataclass
class ChargerLimits:
    """Limits of both directions of one charger."""

    charging: DirectionLimit = field(default_factory=DirectionLimit)
    giving: DirectionLimit = field(default_factory=DirectionLimit)
    motion: Motion = field(default_factory=Motion)

    def take_reading(
        self, now_s: float, total_w: float, age_s: float, set_w: float, limit_w: float, most_w: float
    ) -> None:
        """Take in a reading of the phase [W, + = import] of age `age_s` [s] for both directions.

        What the other loads leave of `limit_w` limits each direction, up to `most_w`; the charger's own part of
        the reading is known from `motion`, which also learns the meter's lag. Home Assistant reports a number only when
        it changes, so a reading may be seen up to a second later. A charger that does not report its power is assumed
        anywhere between 0 and its set-point `set_w`.
        """
        if self.motion.power_at(now_s) is not None:
            self.motion.learn_meter_lag(now_s - age_s, total_w)
        then_w = self.motion.power_at(now_s - age_s - self.motion.lag_s)
        low_w, high_w = (min(set_w, 0.0), max(set_w, 0.0)) if then_w is None else (then_w, then_w)
        least_w, most_drawn_w = self.motion.recent_range_w(low_w, high_w)
        self.charging.take_reading(now_s, limit_w - total_w + low_w, limit_w - total_w + least_w, most_w)
        self.giving.take_reading(now_s, limit_w + total_w - high_w, limit_w + total_w - most_drawn_w, most_w)

    def ramp_up(self, now_s: float, requested_w: float, most_w: float, pace: Pace) -> None:
        """Raise both limits, each towards the power wanted in its direction, while the meter is readable."""
        self.charging.ramp_up(now_s, max(requested_w, 0.0), most_w, pace)
        self.giving.ramp_up(now_s, max(-requested_w, 0.0), most_w, pace)

    def discard_readings(self) -> None:
        """Discard earlier readings of both directions as a reason for a raise: the meter is unreadable at present."""
        self.charging.discard_readings()
        self.giving.discard_readings()

    def allow_nothing(self, now_s: float) -> None:
        """Set both limits to 0 W at once and discard all readings: the meter has been unreadable for too long."""
        self.charging.allow_nothing(now_s)
        self.giving.allow_nothing(now_s)


class PowerAllocation:
    """The last power range of the allocation, which already ramps up drawing slowly; giving is ramped up here."""

    def __init__(self) -> None:
        self._power_range: PowerRange | None = None
        self._decided_s = float("-inf")
        self._giving = DirectionLimit()

    @property
    def offer_w(self) -> float:
        """The power reserved for the charger [W]."""
        return 0.0 if self._power_range is None else self._power_range.offer_w

    @property
    def is_stale(self) -> bool:
        """Whether the last power range is 0 because the site's readings are stale."""
        return self._power_range is not None and self._power_range.is_stale

    def take_power_range(
        self, now_s: float, power_range: PowerRange, most_w: float, requested_w: float, pace: Pace
    ) -> None:
        """Store the power range of the allocation's latest decision; discharging is ramped up towards it.

        An unknown lower limit (None) leaves discharging as it is, one of 0 W ends it at once.
        """
        self._power_range, self._decided_s = power_range, now_s
        if power_range.low_w is None:
            self._giving.discard_readings()
        elif power_range.low_w >= 0:
            self._giving.allow_nothing(now_s)
        else:
            self._giving.take_reading(now_s, -power_range.low_w, -power_range.low_w, most_w)
            self._giving.ramp_up(now_s, max(-requested_w, 0.0), most_w, pace)

    def low_and_high_w(self, now_s: float) -> tuple[float, float] | None:
        """Return the lowest power (<= 0) and the highest [W]; None without a decision of the last `RENEW_S`.

        The lowest is ramped up here, the highest is the decision's.
        """
        if self._power_range is None or not 0 <= now_s - self._decided_s < tuning.RENEW_S:
            return None
        return -self._giving.allowed_w, self._power_range.high_w
