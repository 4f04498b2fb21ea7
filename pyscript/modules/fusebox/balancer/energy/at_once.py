"""What the energy of a session would have cost if its load had taken it at once, from the session's beginning. Pure."""

from __future__ import annotations

import math

from ...model.durations import HOUR_S
from ...planning.need import MOST_SLOTS
from ...planning.prices import quarter_start_s

QuarterPrices = tuple[tuple[float, float], ...]
"""Quarter hours with a known price: their start [s since 1970], and the price of a kWh then."""


def with_price(past: QuarterPrices, now_s: float, price: float | None) -> QuarterPrices:
    """Return the prices with that of the present quarter hour: the first known one of it; two days are enough."""
    start_s = float(quarter_start_s(now_s))
    if price is None or len(past) >= MOST_SLOTS or (past and past[-1][0] >= start_s):
        return past
    return (*past, (start_s, price))


def at_once_cost(prices: QuarterPrices, start_s: float, kwh: float, top_w: float) -> float | None:
    """Return the cost of an energy taken at this power from `start_s` on [s since 1970].

    None where the first price is not known, or the load never drew. A quarter hour without a price has the last one.
    """
    if not prices or top_w <= 0 or prices[0][0] > start_s:
        return None
    cost, left_kwh, at_s = 0.0, kwh, start_s
    ends_s = [next_s for next_s, _ in prices[1:]] + [math.inf]
    for (_, price), end_s in zip(prices, ends_s, strict=True):
        taken_kwh = min(left_kwh, top_w / 1000 * (end_s - at_s) / HOUR_S)
        cost, left_kwh, at_s = cost + taken_kwh * price, left_kwh - taken_kwh, end_s
    return cost
