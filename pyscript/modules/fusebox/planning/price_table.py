"""A tariff without a source: the hours of the day and what a kWh costs in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S
from .prices import Prices, from_quarters, quarter
from .times import Ahead


@dataclass(frozen=True, slots=True)
class Table:
    """What CONFIG's `fixed` says."""

    hours: Mapping[tuple[int, int], float]
    """From and until when [s after midnight] -> price; the first that holds a time counts."""
    otherwise: float
    """At all other times."""

    def price_at(self, wall_s: float) -> float:
        """The price at a time of the wall clock [s since its 1970]."""
        time_s = wall_s % DAY_S
        for (start_s, end_s), price in self.hours.items():
            if (time_s - start_s) % DAY_S < (end_s - start_s) % DAY_S or start_s == end_s:
                return price
        return self.otherwise

    def prices(self, from_s: float, slots: int, ahead: Ahead) -> Prices:
        """So many slots from an instant on; on the days that are an hour off the wall clock counts."""
        first = quarter(from_s)
        starts = range(first, first + slots * QUARTER_S, QUARTER_S)
        return from_quarters({start: self.price_at(start + ahead(start)) for start in starts}, "per kWh")


def table_of(hours: Mapping[str, float], otherwise: float) -> Table:
    """From texts such as "22-06" or "22:30-06:15"; ValueError with a sentence where one is none."""
    return Table({_span(text): price for text, price in hours.items()}, otherwise)


def _span(text: str) -> tuple[int, int]:
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"{text!r} is no span of hours; write it like '22-06' or '22:30-06:00'")
    return _time_s(start, text), _time_s(end, text)


def _time_s(time: str, text: str) -> int:
    hour, _, minute = time.strip().partition(":")
    if not hour.isdecimal() or not (minute or "0").isdecimal():
        raise ValueError(f"{text!r} is no span of hours; write it like '22-06' or '22:30-06:00'")
    time_s = int(hour) * HOUR_S + int(minute or 0) * MINUTE_S
    if time_s > DAY_S or int(minute or 0) * MINUTE_S >= HOUR_S or time_s % QUARTER_S:
        raise ValueError(f"{text!r} is no span of quarter hours of a day; write it like '22-06' or '22:30-06:00'")
    return time_s
