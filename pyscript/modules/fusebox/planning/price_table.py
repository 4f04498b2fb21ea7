"""A tariff without a source: the hours of the day and what a kWh costs in them."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.durations import DAY_S, QUARTER_S
from .prices import Prices, from_quarters, quarter
from .times import Ahead


@dataclass(frozen=True, slots=True)
class Table:
    """What CONFIG's `fixed` says."""

    hours: tuple[tuple[int, int, float], ...]
    """From and until when [s after midnight], and the price; the first that holds a time counts."""
    otherwise: float
    """At all other times."""

    def price_at(self, wall_s: float) -> float:
        """The price at a time of the wall clock [s since its 1970]."""
        time_s = wall_s % DAY_S
        for start_s, end_s, price in self.hours:
            if (time_s - start_s) % DAY_S < (end_s - start_s) % DAY_S or start_s == end_s:
                return price
        return self.otherwise

    def prices(self, from_s: float, slots: int, ahead: Ahead) -> Prices:
        """So many slots from an instant on; on the days that are an hour off the wall clock counts."""
        first = quarter(from_s)
        starts = range(first, first + slots * QUARTER_S, QUARTER_S)
        return from_quarters({start: self.price_at(start + ahead(start)) for start in starts}, "per kWh")
