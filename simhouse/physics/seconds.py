"""Convert samples to seconds without inventing or losing energy."""

from array import array
from bisect import bisect_right
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from math import inf
from random import Random

HOLD_S = 300  # a gap is bridged with the last value for the controller's meter; after that the meter is unknown
BURST_MAX_W = 1500.0
BURST_SHARE = 0.35  # of what is above the base level
BURST_FROM_W = 800.0


@dataclass(frozen=True)
class SecondSeries:
    """Power of each second [W], and whether a meter knew it (1) or the record had a gap (0)."""

    watts: MutableSequence[float]
    known: bytearray


def hold_samples(
    times_s: Sequence[float], values: Sequence[float | None], length_s: int, speaks_s: float, hold_s: float = HOLD_S
) -> SecondSeries:
    """Return a series in which each sample holds until the next one, and counts as known for `speaks_s` at most.

    Averages over the sample period keep their energy exactly, because each covers just its period. `hold_s` seconds
    into a gap the meter becomes unknown; the house goes on with its last draw. Samples may begin before second 0.
    """
    watts, known = array("d", bytes(8 * length_s)), bytearray(length_s)
    last, last_seen_s = _known_before(times_s, values, speaks_s)
    position = -1
    for second in range(length_s):
        while position + 1 < len(times_s) and times_s[position + 1] <= second:
            position += 1
        value = values[position] if position >= 0 else None
        if value is not None:
            last = value
            last_seen_s = min(second, times_s[position] + speaks_s)
        watts[second] = last
        known[second] = second - last_seen_s < hold_s
    return SecondSeries(watts, known)


def _known_before(times_s: Sequence[float], values: Sequence[float | None], speaks_s: float) -> tuple[float, float]:
    """Return the value in force at second 0 and when it was last known [s].

    Where none was known by then, the first one, as not known.
    """
    for place in range(bisect_right(times_s, 0.0) - 1, -1, -1):
        if (value := values[place]) is not None:
            return value, min(0.0, times_s[place] + speaks_s, *times_s[place + 1 : place + 2])
    return next((value for value in values if value is not None), 0.0), -inf


def add_hob_bursts(series: SecondSeries, random: Random, block_s: int = 60) -> SecondSeries:
    """Return the series with bursts of 1 to 5 s, like an induction hob's, whose mean over each block is zero."""
    watts = array("d", series.watts)
    base_w = min(watts) if watts else 0.0
    for begin in range(0, len(watts) - block_s + 1, block_s):
        above_w = min(watts[begin : begin + block_s]) - base_w
        if above_w < BURST_FROM_W:
            continue
        swing_w = min(BURST_MAX_W, BURST_SHARE * above_w)
        pattern: list[int] = []
        on = random.random() < 0.5
        while len(pattern) < block_s:
            pattern += [int(on)] * random.randint(1, 5)
            on = not on
        del pattern[block_s:]
        mean = sum(pattern) / block_s
        for offset, bit in enumerate(pattern):
            watts[begin + offset] += swing_w * 2 * (bit - mean)
    return SecondSeries(watts, series.known)


def energy_kwh(watts: Sequence[float]) -> float:
    """Return the energy of a series of seconds [kWh]."""
    return sum(watts) / 3_600_000
