"""Random days with prices: the quarter hours in which Fusebox recommends or blocks a heat pump, compared with the best
ones.

The best ones are those of an integer program with the same rules: a number of quarter hours, stretches of a least
length, blocks of two hours at most with as long a rest behind each. `python -m benchmarks.plans` prints the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from fusebox import tuning
from fusebox.model.durations import DAY_S, QUARTER_S
from fusebox.model.load_plan import PriceHours
from fusebox.planning.prices import choose_signal_hours
from tests.planning.nights import prices

from .plan_nights import FEES, Kind

SLOTS = DAY_S // QUARTER_S
WANTED = PriceHours(4, 2)
DWELL_S = 1800
"""How long the heat pump stays in each state at least [s]."""


@dataclass(frozen=True)
class Gains:
    """What a day's hours are worth: by how much their prices differ from the day's mean, summed over quarter hours."""

    recommended: float
    blocked: float


def day_prices(number: int, kind: Kind) -> tuple[float, ...]:
    """Return the prices of a day by slot; always the same for a number and kind."""
    found = prices(Random(number), SLOTS)
    fees = [FEES.at(slot * QUARTER_S) if kind is Kind.FEES else 0.0 for slot in range(SLOTS)]
    return tuple(price + fee for price, fee in zip(found, fees, strict=True))


def gains_of_fusebox(day: Sequence[float]) -> Gains:
    """Return what the hours that Fusebox chooses gain on this day."""
    by_start = {slot * QUARTER_S: price for slot, price in enumerate(day)}
    found, mean = choose_signal_hours(by_start, WANTED, DWELL_S, lambda _: 0.0), sum(day) / SLOTS
    cheap, dear = (sum(by_start[at] for at in starts) for starts in (found.recommended, found.blocked))
    return Gains(mean * len(found.recommended) - cheap, dear - mean * len(found.blocked))


def best_gains(day: Sequence[float]) -> Gains:
    """Return the most that any hours within the same rules gain on this day."""
    mean, least = sum(day) / SLOTS, max(ceil(DWELL_S / QUARTER_S), 1)
    cheaper, dearer = [mean - price for price in day], [price - mean for price in day]
    # Two stretches that touch are one: lengths up to twice the least make any.
    recommended = _most_gain(cheaper, round(4 * WANTED.recommend_hours), range(least, 2 * least), rests=False)
    longest = int(tuning.PRICE_BLOCK_S // QUARTER_S)
    blocked = _most_gain(dearer, round(4 * WANTED.block_hours), range(least, longest + 1), rests=True)
    return Gains(recommended, blocked)


def _most_gain(gain: Sequence[float], most: int, lengths: Sequence[int], *, rests: bool) -> float:
    """The most that stretches of these lengths gain together, `most` slots in all, in slots that gain anything.

    `rests`: each is followed by as long a time without one.
    """
    stretches = [
        (first, length)
        for length in lengths
        for first in range(SLOTS - length + 1)
        if min(gain[first : first + length]) > 0
    ]
    if not stretches:
        return 0.0
    taken = lil_matrix((SLOTS + 1, len(stretches)))
    for at, (first, length) in enumerate(stretches):
        for slot in range(first, min(first + length * (2 if rests else 1), SLOTS)):
            taken[slot, at] = 1
        taken[SLOTS, at] = length
    worth = np.array([sum(gain[first : first + length]) for first, length in stretches])
    limits = LinearConstraint(taken.tocsr(), -np.inf, [1.0] * SLOTS + [float(most)])
    found = milp(-worth, constraints=limits, bounds=Bounds(0, 1), integrality=np.ones(len(stretches)))
    assert found.x is not None, found.message
    return float(-found.fun)
