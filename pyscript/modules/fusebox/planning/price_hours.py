"""The cheapest and the dearest quarter hours of each local day, for loads that only a signal steers. Pure.

A cheap quarter hour costs less than the mean of its day's known prices, a dear one more: equal prices ask for nothing.
A block is short, and after it the load may run for at least as long: a house must not get cold for a price.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from .. import tuning
from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from ..model.price_hours import PriceHours, PriceSignal
from .times import Ahead

EMPTY: frozenset[int] = frozenset()
SAME_PRICE = 1e-9
"""Prices that differ by no more are equal: a mean is rounded."""


class SignalHours(NamedTuple):
    """The quarter hours in which prices steer a load, by their starts [s since 1970]."""

    recommended: frozenset[int] = EMPTY
    blocked: frozenset[int] = EMPTY

    def at(self, now_s: float) -> PriceSignal | None:
        """Return what the price asks for at an instant, None for nothing."""
        for span in self.spans():
            if span.start_s <= now_s < span.signal.until_s:
                return span.signal
        return None

    def spans(self) -> Iterator[SignalSpan]:
        """Yield the stretches of either kind, by their starts."""
        found = [SignalSpan(first, PriceSignal("recommend", end)) for first, end in runs(self.recommended)]
        found += [SignalSpan(first, PriceSignal("block", end)) for first, end in runs(self.blocked)]
        yield from sorted(found, key=lambda span: span.start_s)


class SignalSpan(NamedTuple):
    """A stretch of quarter hours that ask for the same."""

    start_s: int
    signal: PriceSignal


def signal_hours(prices: Mapping[int, float], wanted: PriceHours, dwell_s: float, ahead: Ahead) -> SignalHours:
    """Return the quarter hours in which prices steer a load.

    `prices`: start of a quarter hour [s since 1970] -> price; `dwell_s`: how long it stays in each state at least [s].
    """
    recommended: set[int] = set()
    blocked: set[int] = set()
    at_least = max(ceil(dwell_s / QUARTER_S), 1)
    for starts in _days(prices, ahead):
        mean = sum(prices[start] for start in starts) / len(starts)
        cheap = {start: prices[start] for start in starts if prices[start] < mean - SAME_PRICE}
        dear = {start: -prices[start] for start in starts if prices[start] > mean + SAME_PRICE}
        recommended |= _best(cheap, _slots(wanted.recommend_hours), at_least, None)
        blocked |= _best(dear, _slots(wanted.block_hours), at_least, blocked)
    return SignalHours(frozenset(recommended), frozenset(blocked))


def _slots(hours: float) -> int:
    return round(hours * HOUR_S / QUARTER_S)


def _days(prices: Mapping[int, float], ahead: Ahead) -> list[list[int]]:
    """Return the starts of each local day, in their order."""
    found: dict[int, list[int]] = {}
    for start in sorted(prices):
        found.setdefault(int((start + ahead(start)) // DAY_S), []).append(start)
    return [*found.values()]


def _best(costs: Mapping[int, float], most: int, at_least: int, blocked: Collection[int] | None) -> set[int]:
    """Return at most so many starts of the lowest cost, in stretches of `at_least`.

    `blocked`: the blocked ones of the days before, after which these have to leave rests; None where none are needed.
    """
    found: set[int] = set()
    stretches = [[start + at * QUARTER_S for at in range(at_least)] for start in sorted(costs)]
    whole = [each for each in stretches if all(start in costs for start in each)]
    for stretch in sorted(whole, key=lambda each: (round(sum(costs[start] for start in each), 9), each[0])):
        more = found.union(stretch)
        if len(more) <= most and (blocked is None or rests_enough(more.union(blocked))):
            found = more
    return found


def runs(starts: Collection[int]) -> Sequence[tuple[int, int]]:
    """Return start and end of each unbroken stretch of quarter hours [s since 1970]."""
    ordered = sorted(starts)
    begins = [start for start in ordered if start - QUARTER_S not in starts]
    ends = [start + QUARTER_S for start in ordered if start + QUARTER_S not in starts]
    return [*zip(begins, ends, strict=True)]


def rests_enough(blocked: Collection[int]) -> bool:
    """Return whether no block is too long, and each is followed by at least as long a time without one."""
    found = runs(blocked)
    is_short = all(end - start <= tuning.PRICE_BLOCK_S for start, end in found)
    return is_short and all(later - end >= end - start for (start, end), (later, _) in pairwise(found))
