"""How much later than a load itself the meters of a circuit show it. Pure.

A single change may coincide with a kettle. So all changes of a load are laid over all changes that a meter showed,
shifted by each lag in turn. The lag that explains most is the meter's. What several loads show adds up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.electrics import ALL_PHASES
from ..diagnostics.wiring_evidence import KILO
from .level import Sample, own_a


class LagFit(NamedTuple):
    """How well each lag explains what the meters of a circuit showed of a load."""

    samples: int
    """How many there were."""
    scores: Sequence[float]
    """For each lag [s] the logarithm of what is left unexplained, times the samples; 0 where nothing is explained."""

    def joined(self, other: LagFit) -> LagFit:
        """Both together."""
        return LagFit(self.samples + other.samples, [sum(pair) for pair in zip(self.scores, other.scores, strict=True)])

    @property
    def lag_s(self) -> float | None:
        """The lag [s]; None where the meters show too little of the load to tell."""
        likeliest = min(range(len(self.scores)), key=self.scores.__getitem__)
        # A restless house is explained a little by any lag, so the worst one is what the best is compared with.
        gained = self.scores[likeliest] - max(self.scores)
        # What would fit even better with a longer lag fits with none.
        is_known = gained <= self.samples * math.log(1 - tuning.ALIKE_SHARE) and likeliest < len(self.scores) - 1
        return float(likeliest) if is_known else None


def joined(one: Mapping[str, LagFit], other: Mapping[str, LagFit]) -> dict[str, LagFit]:
    """The fits of two loads, or of two trials of one, by circuit."""
    both = {circuit: fit.joined(other[circuit]) for circuit, fit in one.items() if circuit in other}
    return {**one, **other, **both}


def lag_fit(trace: Sequence[Sample], circuit: str) -> LagFit:
    """The fit of each lag to all that was observed of a load, by the circuit's meter that it explains best."""
    times_s = [sample.at_s for sample in trace]
    own = _changes(own_a(trace), times_s)
    columns = [[a for s in trace if (a := s.shown_a(circuit, phase)) is not None] for phase in ALL_PHASES]
    known = [_changes(column, times_s) for column in columns if len(column) == len(trace)]
    scores = []
    for lag_s in range(int(tuning.SLOWEST_S / 2) + 1):
        shifted = _shifted(own, times_s, lag_s)
        scores.append(min([_unexplained(column, shifted) for column in known], default=0.0))
    return LagFit(len(trace), scores)


def _changes(values: Sequence[float], times_s: Sequence[float]) -> list[float]:
    """How far a value has moved in the last seconds: an oven that stays on is no longer part of that."""
    before = _shifted(values, times_s, tuning.ANSWER_S)
    return [now - then for now, then in zip(values, before, strict=True)]


def _shifted(values: Sequence[float], times_s: Sequence[float], later_s: float) -> list[float]:
    """The value so long before each sample; before the first sample as at the first."""
    found, place = [], 0
    for at_s in times_s:
        while place + 1 < len(times_s) and times_s[place + 1] <= at_s - later_s:
            place += 1
        found.append(values[place])
    return found


def _unexplained(shown: Sequence[float], own: Sequence[float]) -> float:
    """The logarithm of the share of a meter's variance that its regression on a load leaves, times the samples.

    0 where the meter shows less than a quarter of each amp, or of each thousandth: what explains so little is a
    coincidence.
    """
    count = len(shown)
    shown_mean, own_mean = sum(shown) / count, sum(own) / count
    both = sum([(a - shown_mean) * (b - own_mean) for a, b in zip(shown, own, strict=True)])
    shown_all, own_all = sum([(a - shown_mean) ** 2 for a in shown]), sum([(b - own_mean) ** 2 for b in own])
    gain = abs(both / own_all) if own_all > 0 else 0.0
    if gain < tuning.ALIKE_SHARE and not tuning.ALIKE_SHARE <= gain / KILO <= 1 / tuning.ALIKE_SHARE:
        return 0.0
    return count * math.log(1 - min(both * both / (shown_all * own_all), 1 - 1e-9))
