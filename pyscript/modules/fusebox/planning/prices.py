"""The price of a kilowatt-hour in each quarter hour of universal time, whatever periods a source publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..model.by_time import ByTime, value_at
from ..model.durations import QUARTER_S
from ..model.messages.message import Message
from .times import Ahead


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
        """Return both together; where they overlap, the newer prices count. Notes and any unit are the newer's."""
        return Prices({**self.by_start, **newer.by_start}, newer.unit or self.unit, newer.notes)

    def from_now_on(self, now_s: float) -> Prices:
        """Return the prices from the present quarter hour on."""
        present_s = quarter_start_s(now_s)
        return replace(self, by_start={start: price for start, price in self.by_start.items() if start >= present_s})


NO_PRICES = Prices()
"""No price is known."""


def fixed_prices(price: ByTime, from_s: float, slots: int, ahead: Ahead) -> Prices:
    """Return CONFIG's fixed `price` per kWh for `slots` quarter hours, from the one that contains `from_s` on."""
    first = quarter_start_s(from_s)
    starts = range(first, first + slots * QUARTER_S, QUARTER_S)
    return Prices({start: value_at(price, start, ahead) for start in starts}, "per kWh")


def quarter_start_s(now_s: float) -> int:
    """Return the start of the quarter hour that an instant is in [s since 1970]."""
    return int(now_s // QUARTER_S) * QUARTER_S
