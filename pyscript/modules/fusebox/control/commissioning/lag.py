"""How much later than the load itself a circuit's meters show what it did. Pure.

One move may have happened with a kettle. So all that was seen of a load is laid over what its meters showed, shifted by
each lag that may be: the one with which the least is left unexplained is the meters'.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ... import tuning
from ...model.electrics import ALL_PHASES
from .level import Sample, own_a


def lag_s(trace: Sequence[Sample], circuit: str) -> float | None:
    """The meters' lag [s]; None where they show too little of the load to tell."""
    own = own_a(trace)
    columns = [[s.grid_a[circuit][phase] for s in trace] for phase in ALL_PHASES]
    shown_a = [[a for a in column if a is not None] for column in columns]
    shown_a = [column for column in shown_a if len(column) == len(trace) and _spread(column) > 0]
    if not shown_a or _spread(own) == 0:
        return None
    times_s = [sample.at_s for sample in trace]
    found = {}
    longest = int(tuning.SLOWEST_S / 2)
    for lag in range(longest + 1):
        shifted_a = _shifted(own, times_s, lag)
        left = [1 - _explained(column, shifted_a) for column in shown_a]
        found[float(lag)] = (sum(map(math.log, left)), min(left))
    likeliest = min(found, key=lambda lag: found[lag][0])
    # What would fit still better with a longer one fits with none.
    return likeliest if likeliest < longest and 1 - found[likeliest][1] >= tuning.ALIKE_SHARE else None


def _shifted(own: Sequence[float], times_s: Sequence[float], later_s: float) -> list[float]:
    """What it had been so long before each instant; before the first one as at the first."""
    found, place = [], 0
    for at_s in times_s:
        while place + 1 < len(times_s) and times_s[place + 1] <= at_s - later_s:
            place += 1
        found.append(own[place])
    return found


def _spread(values: Sequence[float]) -> float:
    """The sum of their squares around their mean."""
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)


def _explained(shown: Sequence[float], own: Sequence[float]) -> float:
    """Which part of what a meter showed follows from what the load did; never all of it: meters round."""
    shown_mean, own_mean = sum(shown) / len(shown), sum(own) / len(own)
    both = sum((a - shown_mean) * (b - own_mean) for a, b in zip(shown, own, strict=True))
    whole = _spread(shown) * _spread(own)
    return min(both * both / whole, 1 - 1e-9) if whole > 0 else 0.0
