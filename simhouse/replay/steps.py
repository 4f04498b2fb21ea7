"""Find a load's recorded switching in the meter: on which phases, and with which sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from .draws import DrawRecord, lag_s
from .meters import PhaseRecord
from .timeline import Timeline

STEP_A = 4.0
ENOUGH, CLEARLY = 2, 0.7
"""Fewest steps for a verdict, and the share of them that has to agree: below four, all."""
LOOKED_AT_S = 60


class MeterResponse(Enum):
    """How the steps of a load appear on a phase."""

    SAME = "the meter moves with it"
    TURNED = "the meter moves the other way"
    NOT = "the meter does not move"
    UNCLEAR = "too few clear steps"


@dataclass(frozen=True)
class Sighting:
    """One phase: the verdict, and how many of how many steps support it."""

    shown: MeterResponse
    agreeing: int
    steps: int


def meter_responses(
    draw: DrawRecord, meters: Mapping[str, PhaseRecord], timeline: Timeline, voltage_v: float
) -> dict[str, Sighting]:
    """Return phase -> the meter's response when the load's draw changed by at least STEP_A."""
    found = {}
    for phase, meter in meters.items():
        told = draw.amps.get(phase, np.zeros_like(draw.told_a)) if draw.by_phase else draw.told_a
        changes = _step_gains(told, meter, timeline, voltage_v, lag_s(meter, draw))
        # A power on three phases moves each by a third.
        least = 0.2 if draw.is_power and not draw.by_phase else 0.5
        found[phase] = _judge_gains(changes, least)
    return found


def _step_gains(told_a: np.ndarray, meter: PhaseRecord, timeline: Timeline, voltage_v: float, lag: int) -> np.ndarray:
    """Return the meter's change for each step of the load, as a share of the step."""
    amps = timeline.hold_values(meter.times_s, meter.watts, meter.hold_s) / voltage_v
    before, after = _settled(told_a, lag)
    changed = after - before
    gains, last = list[float](), -10 * lag
    for t in map(int, np.flatnonzero(np.abs(changed) >= STEP_A)):
        if t - last < 2 * lag + LOOKED_AT_S or t < lag + LOOKED_AT_S or t + lag + LOOKED_AT_S >= len(amps):
            continue
        centre = t + lag  # the step itself: its value after its first reading
        was, now = amps[centre - lag - LOOKED_AT_S : centre - lag], amps[centre + lag : centre + lag + LOOKED_AT_S]
        last = t
        if abs(changed[centre]) >= STEP_A and np.isfinite(was).any() and np.isfinite(now).any():
            gains.append((np.nanmedian(now) - np.nanmedian(was)) / changed[centre])
    return np.array(gains)


def _settled(told_a: np.ndarray, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the load's draw `lag` seconds before and after each second."""
    padded = np.pad(told_a, lag, mode="edge")
    return padded[: len(told_a)], padded[2 * lag :]


def _judge_gains(gains: np.ndarray, least: float) -> Sighting:
    gains = gains[np.isfinite(gains)]
    counts = {
        MeterResponse.SAME: int((gains >= least).sum()),
        MeterResponse.TURNED: int((gains <= -least).sum()),
        MeterResponse.NOT: int((np.abs(gains) < least).sum()),
    }
    shown, most = max(counts.items(), key=lambda item: item[1])
    if len(gains) < ENOUGH or most < CLEARLY * len(gains):
        return Sighting(MeterResponse.UNCLEAR, most, len(gains))
    return Sighting(shown, most, len(gains))
