"""What is remembered of a meter: how late it shows what was switched, and whether it stands still. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import tuning
from .durations import NEVER_S

MeterReadings = tuple[tuple[float, float], ...]
"""A meter's readings of the last seconds: when, and how much; the newest last."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What is remembered of one load, or of several that count as one.

    `drawn`: (since when, how much it counts with), the newest last. `before`: what the meter showed, and it counted
    with, before it was switched; None once the meter has shown that. `hidden_s`: how long after it the meter still
    showed the old. `lags_s`: how long the last changes took to show [s]; `shown_s`: when the last one did.
    """

    drawn: tuple[tuple[float, float], ...] = ()
    before: tuple[float, float] | None = None
    hidden_s: float = 0.0
    lags_s: tuple[float, ...] = ()
    shown_s: float = NEVER_S

    @property
    def latency_s(self) -> float:
        """How long the meter may still show it as it was [s]."""
        if not self.lags_s:
            return tuning.METER_LATENCY_S
        return sorted(self.lags_s)[-2] if len(self.lags_s) >= max(tuning.METER_LATENCY_KNOWN, 2) else max(self.lags_s)


NEW_ECHO = Echo()


@dataclass(frozen=True, slots=True)
class StuckMeterMemory:
    """A meter's value [A] since it last changed at `since_s`, and what was drawn behind it then [A].

    `rests`: what others used in the last time before that, in pieces of (when, least, most). `off_s`: since when the
    draws have been elsewhere without the meter, None while they are not; `mover`: the load that moved most.
    `contradicted`: whether the meter has had its time to answer; `only_if_all`: the loads of which it is not known
    which phases they use, so that the meters of all of them have to be contradicted.
    """

    value_a: float
    since_s: float
    drawn_a: Mapping[str, float]
    battery_a: float | None = None
    rests: tuple[tuple[float, float, float], ...] = ()
    off_s: float | None = None
    contradicted: bool = False
    mover: str = ""
    only_if_all: frozenset[str] = frozenset()
