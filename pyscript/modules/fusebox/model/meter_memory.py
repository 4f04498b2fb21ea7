"""What is remembered of how late a meter shows what was switched. Frozen."""

from __future__ import annotations

from dataclasses import dataclass

from .. import tuning
from .appliance_memory import NEVER_S

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
