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
from ..model.load_plan import PriceHours, PriceSignal
from .times import Ahead

EMPTY: frozenset[int] = frozenset()
SAME_PRICE = 1e-9
"""Prices that differ by no more are equal: a mean is rounded."""


class SignalHours(NamedTuple):
    """The quarter hours in which prices steer a load, by their starts [s since 1970]."""

    recommended: frozenset[int] = EMPTY
    blocked: frozenset[int] = EMPTY

    def signal_at(self, now_s: float) -> PriceSignal | None:
        """Return what the price requests at an instant ("recommend" or "block") and until when, None for nothing."""
        for span in self.signal_spans():
            if span.start_s <= now_s < span.signal.until_s:
                return span.signal
        return None

    def signal_spans(self) -> Iterator[SignalSpan]:
        """Yield the stretches of either kind, by their starts."""
        found = [
            SignalSpan(first, PriceSignal("recommend", end)) for first, end in unbroken_stretches(self.recommended)
        ]
        found += [SignalSpan(first, PriceSignal("block", end)) for first, end in unbroken_stretches(self.blocked)]
        yield from sorted(found, key=lambda span: span.start_s)


class SignalSpan(NamedTuple):
    """A stretch of quarter hours that ask for the same."""

    start_s: int
    signal: PriceSignal


def choose_signal_hours(prices: Mapping[int, float], wanted: PriceHours, dwell_s: float, ahead: Ahead) -> SignalHours:
    """Return the quarter hours in which prices steer a load: the cheapest below each day's mean and the dearest above.

    In stretches of at least `dwell_s`, no more hours a day than `wanted`. A block lasts `PRICE_BLOCK_S` at most, and a
    rest as long as it follows. `prices`: start of a quarter hour [s since 1970] -> price.
    """
    recommended: set[int] = set()
    blocked: set[int] = set()
    at_least = max(ceil(dwell_s / QUARTER_S), 1)
    for starts in _starts_by_day(prices, ahead):
        mean = sum(prices[start] for start in starts) / len(starts)
        cheap = {start: prices[start] for start in starts if prices[start] < mean - SAME_PRICE}
        dear = {start: -prices[start] for start in starts if prices[start] > mean + SAME_PRICE}
        recommended |= _cheapest_stretches(cheap, _quarter_hours(wanted.recommend_hours), at_least, None)
        blocked |= _cheapest_stretches(dear, _quarter_hours(wanted.block_hours), at_least, blocked)
    return SignalHours(frozenset(recommended), frozenset(blocked))


def _quarter_hours(hours: float) -> int:
    """Return hours as a number of quarter hours."""
    return round(hours * HOUR_S / QUARTER_S)


def _starts_by_day(prices: Mapping[int, float], ahead: Ahead) -> list[list[int]]:
    """Return the starts of each local day, in their order."""
    found: dict[int, list[int]] = {}
    for start in sorted(prices):
        found.setdefault(int((start + ahead(start)) // DAY_S), []).append(start)
    return [*found.values()]


def _cheapest_stretches(
    costs: Mapping[int, float], most: int, at_least: int, blocked: Collection[int] | None
) -> set[int]:
    """Return at most `most` starts of quarter hours, the cheapest stretches of `at_least` quarter hours first.

    `blocked`: the blocked starts of the days before, between which and the new ones rests are needed; None for no
    rests.
    """
    found: set[int] = set()
    stretches = [[start + at * QUARTER_S for at in range(at_least)] for start in sorted(costs)]
    whole = [each for each in stretches if all(start in costs for start in each)]
    for stretch in sorted(whole, key=lambda each: (round(sum(costs[start] for start in each), 9), each[0])):
        more = found.union(stretch)
        if len(more) <= most and (blocked is None or blocks_are_allowed(more.union(blocked))):
            found = more
    return found


def unbroken_stretches(starts: Collection[int]) -> Sequence[tuple[int, int]]:
    """Return start and end of each unbroken stretch of quarter hours [s since 1970]."""
    ordered = sorted(starts)
    begins = [start for start in ordered if start - QUARTER_S not in starts]
    ends = [start + QUARTER_S for start in ordered if start + QUARTER_S not in starts]
    return [*zip(begins, ends, strict=True)]


def blocks_are_allowed(blocked: Collection[int]) -> bool:
    """Return whether no block exceeds `PRICE_BLOCK_S`, and each is followed by at least as long a time without one."""
    found = unbroken_stretches(blocked)
    is_short = all(end - start <= tuning.PRICE_BLOCK_S for start, end in found)
    return is_short and all(later - end >= end - start for (start, end), (later, _) in pairwise(found))
