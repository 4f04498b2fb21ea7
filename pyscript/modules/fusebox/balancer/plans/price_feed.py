"""Keeps the prices of one source up to date: an entity, a service called after each publication, or a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from ... import tuning
from ...model.by_time import ByTime
from ...model.durations import DAY_S, QUARTER_S, has_passed
from ...model.messages.message import Message, message, with_values
from ...planning.need import MOST_SLOTS
from ...planning.price_reader import read_prices
from ...planning.price_services import PriceRequest, call_data, call_for_day_before, next_call_s
from ...planning.prices import NO_PRICES, Prices, fixed_prices
from ...planning.times import Ahead
from ...runtime.ports import Ports
from .keep import KeptPrices
from .plan_format import day_and_time
from .source import Feed

PriceSource = Mapping[str, Any] | str | ByTime | None
"""A service with its fields, an entity, a price in CONFIG, or None for no source."""


class PriceFeed(Feed):
    """The prices of one source. They count until it publishes new ones, or CONFIG names another source."""

    def __init__(self, ports: Ports) -> None:
        super().__init__(ports)
        self._start_with_source("")

    def _start_with_source(self, name: str) -> None:
        """Drop all prices, and start with the source of this name."""
        self._name = name
        self._next_s = self._called_s = 0.0
        """Times of the next and of the last call of the service [s since 1970]."""
        self._reported = None
        self.prices = NO_PRICES
        """As the source publishes them, per kWh."""
        self.problem = self._why = None
        self._silent_s: float | None = None
        """Since when it has had no prices [s since 1970]."""

    def restore(self, kept: KeptPrices) -> None:
        """Use the persisted prices until the source is read."""
        if not self.prices.by_start:
            self._name, self.prices = kept.source, Prices(kept.slots)

    @property
    def prices_to_persist(self) -> KeptPrices:
        """The prices to persist."""
        return KeptPrices(self._name, self.prices.by_start)

    async def update(self, source: PriceSource, now_s: float, ahead: Ahead) -> None:
        """Read the source; an entity each time, a service only when a call is due, fixed prices from a day ago on.

        Another source drops all prices. A failure keeps the last ones and becomes `problem`.
        """
        name = _source_name(source)
        if name != self._name:
            self._start_with_source(name)
        if isinstance(source, str):
            self._read_entity(source, now_s, ahead)
        elif isinstance(source, Mapping):
            if has_passed(self._next_s - self._called_s, self._called_s, now_s):
                self._called_s = now_s
                await self._call_service(source, now_s, ahead)
        elif source is not None:
            # From a day ago on: the cheapest hours of today may have passed.
            self.prices = fixed_prices(source, now_s - DAY_S, MOST_SLOTS + DAY_S // QUARTER_S, ahead)
        self.problem = self._problem(now_s, ahead)

    def _read_entity(self, entity: str, now_s: float, ahead: Ahead) -> None:
        """Read the prices from the attributes of an entity, if it has reported."""
        found = self.read_if_new(entity, lambda attributes: read_prices(attributes, ahead))
        if found is not None:
            self._store_prices(reduce(Prices.with_newer, found), message("prices_missing", entity=entity), now_s)

    async def _call_service(self, source: Mapping[str, Any], now_s: float, ahead: Ahead) -> None:
        """Call the service for its prices, and set the time of the next call.

        It is called for each day that may be published, and for the day before if the present price is unknown then.
        """
        service, area = source["service"], source["area"]
        asked = PriceRequest(service, area)
        found, failed = NO_PRICES, ""
        for data in call_data(asked, now_s, ahead):
            prices, why = await self._request_prices(source, data, ahead)
            # If the call for tomorrow fails, that is not published yet.
            found, failed = found.with_newer(prices), failed or why
        before = call_for_day_before(asked, now_s, ahead)
        is_unknown = found.price_at(now_s) is None and self.prices.price_at(now_s) is None
        if found.by_start and before is not None and is_unknown:
            prices, _ = await self._request_prices(source, before, ahead)
            found = prices.with_newer(found)
        none = message("prices_not_answered", service=service)
        self._store_prices(found, message("prices_refused", service=service, error=failed) if failed else none, now_s)
        self._next_s = next_call_s(now_s, self.prices.known_until_s, ahead)

    async def _request_prices(
        self, source: Mapping[str, Any], data: Mapping[str, object], ahead: Ahead
    ) -> tuple[Prices, str]:
        """Return the prices in the answer to one call, and the error of a call that failed, "" if it did not."""
        answer, why = await self.call_service(source["service"], source["config_entry"], data)
        if why:
            return NO_PRICES, why
        return read_prices(answer, ahead, service=source["service"], choice=source["area"]), ""

    def _store_prices(self, found: Prices, why_none: Message, now_s: float) -> None:
        """Add new prices to the known ones, newer first.

        Where they are none or all over, remember why (`why_none`), and since when that is so.
        """
        if found.by_start:
            self.prices = self.prices.from_now_on(now_s - tuning.PLAN_GUESS_S).with_newer(found)
        if found.is_stale(now_s):
            self._why, self._silent_s = why_none, now_s if self._silent_s is None else self._silent_s
        else:
            self._why = self._silent_s = None

    def _problem(self, now_s: float, ahead: Ahead) -> Message | None:
        """Return the problem of this source for the user, None for none.

        While earlier prices still count, it is reported after `LASTING_S` only, with the time until which they do.
        """
        until_s = self.prices.known_until_s
        if self._why is None or self._silent_s is None or until_s is None or self.prices.is_stale(now_s):
            return self._why
        is_reported = has_passed(tuning.LASTING_S, self._silent_s, now_s)
        return with_values(self._why, until=day_and_time(until_s, ahead)) if is_reported else None


def _source_name(source: PriceSource) -> str:
    """Return a name for a source; prices of a source with another name are dropped."""
    if isinstance(source, Mapping):
        return " ".join(str(source[key]) for key in ("service", "area", "config_entry"))
    if source is None:
        return ""
    # A price of CONFIG's own replaces all prices each time it is read.
    return source if isinstance(source, str) else "fixed"
