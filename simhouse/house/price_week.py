"""Quarter-hour prices from a CSV of a repeating week; the built-in week imitates real prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from pathlib import Path

from .trace_columns import InputError
from .trace_times import time_of_any_format
from .traces import csv_table

OURS = Path(__file__).parent / "prices_week.csv"
QUARTER_S = 900
QUARTERS_A_DAY = 96
QUARTERS_A_WEEK = 7 * QUARTERS_A_DAY
TIME_NAMES = ("time", "start")
REMEDY = "write lines such as: 2025-04-21 00:00,0.105 under time,price"


@dataclass(frozen=True)
class PriceWeek:
    """Quarter of the week, from Monday at midnight by the wall clock -> price per kWh."""

    prices: tuple[float, ...]

    def at(self, when: datetime) -> float:
        """Return the price at a time."""
        return self.prices[quarter_of_week(when)]


def quarter_of_week(when: datetime) -> int:
    """Return the number of the quarter hour since Monday at midnight."""
    return when.weekday() * QUARTERS_A_DAY + when.hour * 4 + when.minute // 15


def read_prices(path: Path) -> PriceWeek:
    """Read a CSV with the columns `time` (or `start`) and `price`.

    A missing day gets the prices of the day before it, a missing time the price before it. InputError for a file that
    cannot be read or has no prices.
    """
    table = csv_table(path, REMEDY)
    found: dict[int, float] = {}
    for number, row in table.rows:
        found.setdefault(*_read_row(path, number, row))
    if not found:
        raise InputError(path, None, "has no prices", REMEDY)
    days, price = {quarter // QUARTERS_A_DAY for quarter in found}, found[max(found)]
    prices = [price] * QUARTERS_A_WEEK
    for quarter in (*range(QUARTERS_A_WEEK), *range(QUARTERS_A_WEEK)):  # the week before the first day is the same
        is_copied = quarter // QUARTERS_A_DAY not in days
        price = prices[quarter - QUARTERS_A_DAY] if is_copied else found.get(quarter, price)
        prices[quarter] = price
    return PriceWeek(tuple(prices))


def _read_row(path: Path, number: int, row: Mapping[str, str]) -> tuple[int, float]:
    time = next((row[name] for name in TIME_NAMES if name in row), "")
    try:
        when, price = time_of_any_format(path, time, number), float(row.get("price", ""))
        if isfinite(price):
            return quarter_of_week(when), price
    except (InputError, ValueError):
        pass
    raise InputError(path, number, "is not a time with a price", REMEDY)
