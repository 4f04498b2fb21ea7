"""The price of a kilowatt-hour in each quarter hour of universal time, whatever periods a source publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.durations import DAY_S, QUARTER_S
from .times import Ahead


@dataclass(frozen=True, slots=True)
class Prices:
    """All prices that are known from one source."""

    by_start: Mapping[int, float] = field(default_factory=dict)
    """Start of a quarter hour [s since 1970] -> price per kWh; without those that are not published."""
    unit: str = ""
    """The unit in which the source publishes them; "" if it names none."""
    notes: tuple[str, ...] = ()
    """What was odd about the source, in sentences for the user."""

    @property
    def known_until_s(self) -> float | None:
        """The end of the last quarter hour [s since 1970], None if no price is known."""
        return max(self.by_start) + QUARTER_S if self.by_start else None

    def at(self, now_s: float) -> float | None:
        """Return the price at an instant, None if it is not known."""
        return self.by_start.get(quarter(now_s))

    def is_stale(self, now_s: float) -> bool:
        """Return whether no price is known for now or later."""
        until_s = self.known_until_s
        return until_s is None or until_s <= now_s

    def paid(self, factor: float, add: float) -> Prices:
        """Return these market prices with taxes and fees."""
        return replace(self, by_start={start: factor * price + add for start, price in self.by_start.items()})

    def with_newer(self, newer: Prices) -> Prices:
        """Return both together; where they overlap, the newer prices count."""
        return Prices({**self.by_start, **newer.by_start}, newer.unit or self.unit, newer.notes)

    def since(self, now_s: float) -> Prices:
        """Return the prices from the present quarter hour on."""
        present_s = quarter(now_s)
        return replace(self, by_start={start: price for start, price in self.by_start.items() if start >= present_s})


NO_PRICES = Prices()
"""No price is known."""


@dataclass(frozen=True, slots=True)
class Table:
    """The prices of CONFIG's `fixed`: hours of the day and what a kWh costs in them."""

    hours: tuple[tuple[int, int, float], ...]
    """From when, until when [s after midnight], and the price; the first row that covers a time counts."""
    otherwise: float
    """The price at all other times."""

    def price_at(self, wall_s: float) -> float:
        """Return the price at a time of the wall clock [s since its 1970]."""
        time_s = wall_s % DAY_S
        for start_s, end_s, price in self.hours:
            if (time_s - start_s) % DAY_S < (end_s - start_s) % DAY_S or start_s == end_s:
                return price
        return self.otherwise

    def prices(self, from_s: float, slots: int, ahead: Ahead) -> Prices:
        """Return the prices of so many quarter hours from an instant on, by the wall clock."""
        first = quarter(from_s)
        starts = range(first, first + slots * QUARTER_S, QUARTER_S)
        return Prices({start: self.price_at(start + ahead(start)) for start in starts}, "per kWh")


def quarter(now_s: float) -> int:
    """Return the start of the quarter hour that an instant is in [s since 1970]."""
    return int(now_s // QUARTER_S) * QUARTER_S
