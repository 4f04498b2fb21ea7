"""The price of a kilowatt-hour in each quarter hour of universal time, and the cheapest and dearest ones of a day.

Sources publish whatever periods they like. Cheap and dear quarter hours are for loads that only a signal steers: a
cheap one costs less than the mean of its day's known prices, a dear one more, so equal prices request nothing. A block
is short, and after it the load may run for at least as long: a house must not get cold for a price.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from math import ceil
from typing import NamedTuple

from .. import tuning
from ..model.by_time import ByTime, value_at
from ..model.durations import HOUR_S, QUARTER_S
from ..model.load_plan import PriceHours, PriceSignal
from ..model.messages.message import Message
from ..model.records import remember_results
from .times import Ahead, local_day


class Surcharge(NamedTuple):
    """A price per kWh that is added until an instant."""

    price: float = 0.0
    until_s: float = 0.0
    """The instant [s since 1970]."""


NO_SURCHARGE = Surcharge()


class Fees(NamedTuple):
    """What is paid for a kWh in addition to its market price."""

    factor: ByTime = 1.0
    """Multiplies the market price, for taxes."""
    add: ByTime = 0.0
    """Added per kWh after that, for grid fees."""
    surcharge: Surcharge = NO_SURCHARGE
    """Added as well until it ends: a tariff's, whose bill for the month's peak is capped by the kWh of the month."""

    def price_with_fees(self, price: float, at_s: float, ahead: Ahead) -> float:
        """Return the price paid for a kWh at an instant [s since 1970] when the market price is `price`."""
        fee = value_at(self.add, at_s, ahead) + (self.surcharge.price if at_s < self.surcharge.until_s else 0.0)
        # 2 x 0.05 + 0.02 is slightly above 0.12 in floating point, and a limit of 0.12 would refuse it.
        return round(value_at(self.factor, at_s, ahead) * price + fee, 9)


NO_FEES = Fees()
"""The market price is what is paid."""


@dataclass(frozen=True, slots=True)
class Prices:
    """All known prices of one source."""

    by_start: Mapping[int, float] = field(default_factory=dict)
    """Start of a quarter hour [s since 1970] -> price per kWh; without those that are not published."""
    unit: str = ""
    """The unit in which the source publishes them; "" if it names none."""
    notes: tuple[Message, ...] = ()
    """Remarks on the source, in sentences for the user."""

    @property
    def known_until_s(self) -> float | None:
        """The end of the last quarter hour [s since 1970], None if no price is known."""
        return max(self.by_start) + QUARTER_S if self.by_start else None

    def price_at(self, now_s: float) -> float | None:
        """Return the price at an instant, None if it is not known."""
        return self.by_start.get(quarter_start_s(now_s))

    def is_stale(self, now_s: float) -> bool:
        """Return whether no price is known for now or later."""
        until_s = self.known_until_s
        return until_s is None or until_s <= now_s

    def with_fees(self, fees: Fees, ahead: Ahead) -> Prices:
        """Return these market prices with taxes and fees added."""
        paid = {start: fees.price_with_fees(price, start, ahead) for start, price in self.by_start.items()}
        return replace(self, by_start=paid)

    def with_newer(self, newer: Prices) -> Prices:
        """Return both together; where they overlap, the newer prices count. Notes and any unit are the newer's.

        Notes of newer ones without any price do not count: tomorrow is not published yet.
        """
        notes = newer.notes if newer.by_start else self.notes
        return Prices({**self.by_start, **newer.by_start}, newer.unit or self.unit, notes)

    def from_now_on(self, now_s: float) -> Prices:
        """Return the prices from the present quarter hour on."""
        present_s = quarter_start_s(now_s)
        return replace(self, by_start={start: price for start, price in self.by_start.items() if start >= present_s})


NO_PRICES = Prices()
"""No price is known."""


@remember_results
def fixed_prices(price: ByTime, from_s: float, slots: int, ahead: Ahead) -> Prices:
    """Return CONFIG's fixed `price` per kWh for `slots` quarter hours, from the one that contains `from_s` on."""
    first = quarter_start_s(from_s)
    starts = range(first, first + slots * QUARTER_S, QUARTER_S)
    return Prices({start: value_at(price, start, ahead) for start in starts}, "per kWh")


def quarter_start_s(now_s: float) -> int:
    """Return the start of the quarter hour that an instant is in [s since 1970]."""
    return int(now_s // QUARTER_S) * QUARTER_S


SAME_PRICE = 1e-9
"""Prices that differ by no more are equal: a mean is rounded."""


class SignalHours(NamedTuple):
    """The quarter hours in which prices steer a load, by their starts [s since 1970]."""

    recommended: frozenset[int] = frozenset()
    blocked: frozenset[int] = frozenset()

    def signal_at(self, now_s: float) -> PriceSignal | None:
        """Return what the price requests at an instant ("recommend" or "block") and until when, None for nothing."""
        return next((span.signal for span in self.signal_spans() if span.start_s <= now_s < span.signal.until_s), None)

    def signal_spans(self) -> Sequence[SignalSpan]:
        """Return the stretches of either kind, by their starts."""
        found = [
            SignalSpan(start, PriceSignal("recommend", end)) for start, end in unbroken_stretches(self.recommended)
        ]
        found += [SignalSpan(start, PriceSignal("block", end)) for start, end in unbroken_stretches(self.blocked)]
        return sorted(found)


class SignalSpan(NamedTuple):
    """A stretch of quarter hours with the same signal."""

    start_s: int
    signal: PriceSignal


@remember_results
def choose_signal_hours(prices: Mapping[int, float], hours: PriceHours, dwell_s: float, ahead: Ahead) -> SignalHours:
    """Return the quarter hours in which prices steer a load: the cheapest below each day's mean and the dearest above.

    In stretches of at least `dwell_s`, no more hours a day than `hours`. A block lasts `PRICE_BLOCK_S` at most, and a
    rest as long as it follows. `prices`: start of a quarter hour [s since 1970] -> price.
    """
    recommended: set[int] = set()
    blocked: set[int] = set()
    at_least = max(ceil(dwell_s / QUARTER_S), 1)
    for _, day in groupby(sorted(prices), lambda start: local_day(start, ahead)):
        starts = list(day)
        mean = sum(prices[start] for start in starts) / len(starts)
        cheap = {start: prices[start] for start in starts if prices[start] < mean - SAME_PRICE}
        dear = {start: -prices[start] for start in starts if prices[start] > mean + SAME_PRICE}
        recommended |= _cheapest_stretches(cheap, _quarter_hours(hours.recommend_hours), at_least, None)
        blocked |= _cheapest_stretches(dear, _quarter_hours(hours.block_hours), at_least, blocked)
    return SignalHours(frozenset(recommended), frozenset(blocked))


def _quarter_hours(hours: float) -> int:
    """Return hours as a number of quarter hours."""
    return round(hours * HOUR_S / QUARTER_S)


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
