"""What is remembered of a meter: how late it shows what was switched, and whether it stands still. Frozen."""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from .durations import NEVER_S
from .records import record

MeterReadings = tuple[tuple[float, float], ...]
"""A meter's readings of the last seconds: when, and how much; the newest last."""


@record
class MeterLatency:
    """How late a meter shows one load, or several that count as one."""

    drawn: tuple[tuple[float, float], ...] = ()
    """How much it counts with: (since when, how much), the newest last."""
    before: tuple[float, float] | None = None
    """What the meter showed, and it counted with, before it was switched; None once the meter has shown that."""
    hidden_s: float = 0.0
    """How long after it the meter still showed the old [s]."""
    lags_s: tuple[float, ...] = ()
    """How long the last changes took to show [s]."""
    shown_s: float = NEVER_S
    """When the last one did [s since 1970]."""

    @property
    def latency_s(self) -> float:
        """How long the meter may still show it as it was [s]."""
        if not self.lags_s:
            return tuning.MOMENT_S
        return sorted(self.lags_s)[-2] if len(self.lags_s) >= max(tuning.KNOWN_TIMES, 2) else max(self.lags_s)


NEW_METER_LATENCY = MeterLatency()


@record
class StuckMeterMemory:
    """How long a meter has stood still, and what was drawn behind it meanwhile."""

    value_a: float
    """What it has shown since it last changed [A]."""
    since_s: float
    """When that was [s since 1970]."""
    drawn_a: Mapping[str, float]
    """What each load behind it drew then [A]."""
    battery_a: float | None = None
    """What the battery did then [A]."""
    rests: tuple[tuple[float, float, float], ...] = ()
    """What others used in the last time before that, in pieces of (when, least, most)."""
    off_s: float | None = None
    """Since when the draws have been elsewhere without the meter, None while they are not."""
    contradicted: bool = False
    """Whether the meter has had its time to answer."""
    mover: str = ""
    """The load that moved most."""
    only_if_all: frozenset[str] = frozenset()
    """The loads of which it is not known which phases they use: the meters of all of them have to be contradicted."""
