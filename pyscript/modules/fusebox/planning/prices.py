"""What a kilowatt-hour costs when: quarter hours of universal time, whatever a source publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model.durations import QUARTER_S


@dataclass(frozen=True, slots=True)
class Slot:
    """A quarter of an hour."""

    start_s: int
    """When it begins [s since 1970]."""
    price: float
    """Per kWh."""

    @property
    def end_s(self) -> int:
        """When it ends [s since 1970]."""
        return self.start_s + QUARTER_S


@dataclass(frozen=True, slots=True)
class Prices:
    """All that is known of one source."""

    slots: tuple[Slot, ...] = ()
    """In order, none twice; what is not published is not there."""
    unit: str = ""
    """What the source itself tells its prices in, for people; "" where it names none."""
    notes: tuple[str, ...] = ()
    """What was odd about it, as sentences."""

    @property
    def known_until_s(self) -> float | None:
        """The end of the last slot [s since 1970], None where nothing is known."""
        return self.slots[-1].start_s + QUARTER_S if self.slots else None

    def at(self, now_s: float) -> float | None:
        """The price of an instant, None where it is not known."""
        return self.by_start().get(quarter(now_s))

    def by_start(self) -> Mapping[int, float]:
        """Start [s since 1970] -> price."""
        return {slot.start_s: slot.price for slot in self.slots}

    def is_stale(self, now_s: float) -> bool:
        """Whether there is nothing about now and later."""
        until_s = self.known_until_s
        return until_s is None or until_s <= now_s

    def paid(self, factor: float, add: float) -> Prices:
        """What is paid for what the market costs: taxes and fees."""
        return replace(self, slots=tuple(Slot(each.start_s, factor * each.price + add) for each in self.slots))

    def with_newer(self, newer: Prices) -> Prices:
        """Together with what was read later, which counts where both tell something."""
        return from_quarters({**self.by_start(), **newer.by_start()}, newer.unit or self.unit, newer.notes)

    def since(self, now_s: float) -> Prices:
        """From the present slot on."""
        present_s = quarter(now_s)
        return replace(self, slots=tuple(each for each in self.slots if each.start_s >= present_s))


NO_PRICES = Prices()
"""Where nothing is known."""


def quarter(now_s: float) -> int:
    """When the slot began that an instant is in [s since 1970]."""
    return int(now_s // QUARTER_S) * QUARTER_S


def from_quarters(prices: Mapping[int, float], unit: str = "", notes: tuple[str, ...] = ()) -> Prices:
    """From start [s since 1970] -> price."""
    return Prices(tuple(Slot(start, prices[start]) for start in sorted(prices)), unit, notes)
