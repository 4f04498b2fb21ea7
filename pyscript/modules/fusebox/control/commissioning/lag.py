"""How much later than a load itself the meters of a circuit show its changes. Pure.

A single change may coincide with a kettle. So all changes of a load are compared with all changes of a meter, shifted
by each lag in turn. The lag that explains most is the meter's. The evidence of several loads is added.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

from ... import tuning
from ...model.electrics import ALL_PHASES
from ..diagnostics.wiring_evidence import KILO
from ..diagnostics.wiring_fit import CLEAR
from .level import Sample, own_draws_a

Fit = Sequence[float]
"""For each lag of 0, 1, 2, ... s: log-likelihood of the meter's readings with the load, less that without it."""


def likeliest_lag_s(fit: Fit) -> float | None:
    """Return the likeliest lag [s]; None where the meters show too little of the load or the longest lag fits best."""
    likeliest = max(range(len(fit)), key=fit.__getitem__)
    # A restless house is explained a little by any lag, so the best is compared with the worst. What would fit even
    # better with a longer lag fits with none.
    return float(likeliest) if fit[likeliest] - min(fit) >= CLEAR and likeliest < len(fit) - 1 else None


def sum_fits(one: Mapping[str, Fit], other: Mapping[str, Fit]) -> dict[str, Fit]:
    """Return circuit -> the fits of two loads, or of two trials of one, summed where both have the circuit."""
    both = {c: [a + b for a, b in zip(fit, other[c], strict=True)] for c, fit in one.items() if c in other}
    return {**one, **other, **both}


def fit_lags(trace: Sequence[Sample], circuit: str) -> Fit:
    """Return the log-likelihood gained by each lag of whole seconds up to half of `SLOWEST_S`, in order.

    Of the circuit's meters that reported in every sample, the best-fitting one counts; 0 without any.
    """
    times_s = [sample.at_s for sample in trace]
    own = _recent_changes(own_draws_a(trace), times_s)
    columns = [[a for s in trace if (a := s.shown_a(circuit, phase)) is not None] for phase in ALL_PHASES]
    known = [_recent_changes(column, times_s) for column in columns if len(column) == len(trace)]
    shifted = [_value_before(own, times_s, lag_s) for lag_s in range(int(tuning.SLOWEST_S / 2) + 1)]
    return [max([_likelihood_gain(column, each) for column in known], default=0.0) for each in shifted]


def _recent_changes(values: Sequence[float], times_s: Sequence[float]) -> list[float]:
    """Return the change of a value over the last `ANSWER_S`, for each sample; a constant part drops out.

    The first value also counts for the time before the first sample.
    """
    before = _value_before(values, times_s, tuning.ANSWER_S)
    return [now - then for now, then in zip(values, before, strict=True)]


def _value_before(values: Sequence[float], times_s: Sequence[float], later_s: float) -> list[float]:
    """Return the value `later_s` before each sample; before the first sample, the first value."""
    found, place = [], 0
    for at_s in times_s:
        while place + 1 < len(times_s) and times_s[place + 1] <= at_s - later_s:
            place += 1
        found.append(values[place])
    return found


def _likelihood_gain(shown: Sequence[float], own: Sequence[float]) -> float:
    """Return the log-likelihood gained by regressing a meter on a load, compared with the meter's mean.

    0 where the meter shows less than `ALIKE_SHARE` of each amp (or of each thousandth, for a meter or load in other
    units), because that is a coincidence. Each move counts once, however many samples it lasts, and the first does not.
    """
    shown_mean, own_mean = sum(shown) / len(shown), sum(own) / len(own)
    both = sum([(a - shown_mean) * (b - own_mean) for a, b in zip(shown, own, strict=True)])
    shown_all, own_all = sum([(a - shown_mean) ** 2 for a in shown]), sum([(b - own_mean) ** 2 for b in own])
    gain = abs(both / own_all) if own_all > 0 else 0.0
    if gain < tuning.ALIKE_SHARE and not tuning.ALIKE_SHARE <= gain / KILO <= 1 / tuning.ALIKE_SHARE:
        return 0.0
    # However long they are watched, each move of load or meter counts once. Some gain explains any first one.
    moving = [max(abs(a) / gain, abs(b)) > tuning.DRAWS_A for a, b in zip(shown, own, strict=True)]
    independent = max(sum(moves for moves, _ in groupby(moving)) - 1, 0)
    return -independent / 2 * math.log(1 - min(both * both / (shown_all * own_all), 1 - 1e-9))
