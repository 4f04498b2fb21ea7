"""What a site's allocation leaves one Quasar, as its guard uses it. Pure; times come from the caller."""

from __future__ import annotations

from ... import tuning
from ...control.limits.power_range import PowerRange
from .limits import Pace, Side


class PowerAllocation:
    """The last interval. What may be taken has been raised with patience already; what may be given is raised here."""

    def __init__(self) -> None:
        self._interval: PowerRange | None = None
        self._said_s = float("-inf")
        self._giving = Side()

    @property
    def offer_w(self) -> float:
        """What is set aside for it [W]."""
        return 0.0 if self._interval is None else self._interval.offer_w

    def say(self, now_s: float, interval: PowerRange, most_w: float, wanted_w: float, pace: Pace) -> None:
        """A decision of the allocation."""
        self._interval, self._said_s = interval, now_s
        if interval.low_w is None:
            self._giving.unsure()
        elif interval.low_w >= 0:
            self._giving.blind(now_s)
        else:
            self._giving.reading(now_s, -interval.low_w, -interval.low_w, most_w)
            self._giving.rise(now_s, max(-wanted_w, 0.0), most_w, pace)

    def limits_w(self, now_s: float) -> tuple[float, float] | None:
        """Low and high [W]; None while the allocation says nothing."""
        if self._interval is None or not 0 <= now_s - self._said_s < tuning.QUASAR_ALLOCATION_SILENT_S:
            return None
        return -self._giving.allowed_w, self._interval.high_w
