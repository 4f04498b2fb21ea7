"""What a site's allocation leaves one Quasar, as its guard uses it. Pure; times come from the caller."""

from __future__ import annotations

from ... import tuning
from ...control.limits.power_range import PowerRange
from .limits import DirectionLimit, Pace


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
        if self._power_range is None or not 0 <= now_s - self._said_s < tuning.GRANT_FRESH_S:
            return None
        return -self._giving.allowed_w, self._power_range.high_w
