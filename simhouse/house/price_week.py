"""Quarter-hour prices from a CSV of a repeating week; the built-in week imitates real prices."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .trace_columns import InputError

OURS = Path(__file__).parent / "prices_week.csv"
QUARTER_S = 900
QUARTERS_A_WEEK = 7 * 96


@dataclass(frozen=True)
class PriceWeek:
    """Quarter of the week, from Monday at midnight by the wall clock -> price per kWh."""

    prices: tuple[float, ...]

    def at(self, when: datetime) -> float:
        """Return the price at a time."""
        return self.prices[quarter_of_week(when)]


def quarter_of_week(when: datetime) -> int:
    """Return the number of the quarter hour since Monday at midnight."""
    return when.weekday() * 96 + when.hour * 4 + when.minute // 15


def read_prices(path: Path) -> PriceWeek:
    """Read a CSV with the columns `time` and `price`; a missing time gets the price before it.

    InputError for a file that cannot be read or has no prices.
    """
    found: dict[int, float] = {}
    try:
        with path.open(newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                found.setdefault(*_read_row(path, number, row))
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})", "name a CSV of time,price") from error
    except UnicodeDecodeError as error:
        raise InputError(path, None, "is no text", "name a CSV of time,price") from error
    if not found:
        raise InputError(path, None, "has no prices", "write lines such as: 2025-04-21 00:00,0.105")
    prices, price = [], found[max(found)]
    for quarter in range(QUARTERS_A_WEEK):
        price = found.get(quarter, price)
        prices.append(price)
    return PriceWeek(tuple(prices))


def _read_row(path: Path, number: int, row: Mapping[str, str | None]) -> tuple[int, float]:
    try:
        when, price = datetime.fromisoformat(row["time"] or ""), float(row["price"] or "")
    except (KeyError, ValueError) as error:
        problem = "is not a time with a price"
        raise InputError(path, number, problem, "write lines such as: 2025-04-21 00:00,0.105") from error
    return quarter_of_week(when), price
