"""Prices as they come in: from an entity, from a service that is asked when it publishes, or from a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...model.readings import finite
from ...planning.need import MOST_SLOTS
from ...planning.price_reader import read_prices
from ...planning.price_services import Asked, as_older_take, calls, next_call_s
from ...planning.price_table import Table
from ...planning.prices import NO_PRICES, Prices, from_quarters
from ...planning.times import Ahead
from ...runtime.log_throttle import said_by
from ...runtime.ports import Ports
from .integration_entry import answer_of, entry_data
from .source_entity import SourceEntity

Source = Mapping[str, Any] | str | float | None
"""An entity, a service with its fields, a number, or nothing at all."""


class PriceFeed:
    """One source of prices. What it has told counts until it tells something else, or CONFIG names another one."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._forget("")

    def _forget(self, source: str) -> None:
        """Begin anew with a source."""
        self._source = source
        self._next_s = float("-inf")
        self._entity = SourceEntity(self._ports)
        self.prices = NO_PRICES
        """What the source itself tells, per kWh."""
        self.problem = ""
        """Why it tells nothing, in a sentence."""

    def restore(self, kept: object) -> None:
        """Go on with what was known before a restart, until the source tells something."""
        if not isinstance(kept, Mapping) or self.prices.slots:
            return
        source, slots = kept.get("source"), kept.get("slots")
        if isinstance(source, str) and isinstance(slots, Mapping):
            found = {int(start): price for start, told in slots.items() if (price := finite(told)) is not None}
            self._source, self.prices = source, from_quarters(found)

    def plain(self) -> dict[str, object]:
        """What is to outlive a restart."""
        return {"source": self._source, "slots": {str(slot.start_s): slot.price for slot in self.prices.slots}}

    async def look(self, source: Source, now_s: float, ahead: Ahead) -> None:
        """Read what is there; ask a service where that is due."""
        name = _name(source)
        if name != self._source:
            self._forget(name)
        if isinstance(source, str):
            self._read(source, now_s, ahead)
        elif isinstance(source, Mapping) and "service" in source:
            if now_s >= self._next_s:
                await self._ask(source, now_s, ahead)
        elif isinstance(source, Mapping):
            table = Table(source["hours"], source["else"])
            self.prices = table.prices(now_s, MOST_SLOTS, ahead)
        elif source is not None:
            self.prices = Table((), float(source)).prices(now_s, MOST_SLOTS, ahead)

    def _read(self, entity: str, now_s: float, ahead: Ahead) -> None:
        attributes = self._entity.news(entity)
        if attributes is None:
            return
        found = NO_PRICES
        for each in attributes:
            found = found.with_newer(read_prices(each, ahead))
        self._take(found, f"{entity} has no prices in its attributes", now_s)

    async def _ask(self, source: Mapping[str, Any], now_s: float, ahead: Ahead) -> None:
        service, area = source["service"], source["area"]
        entry = entry_data(service, source["config_entry"])
        found, failed = NO_PRICES, ""
        for data in calls(Asked(service, area), now_s, ahead):
            try:
                answer = await self._answer(service, {**entry, **data})
            except Exception as error:  # whatever an integration may raise; tomorrow's means that it is not published
                failed = failed or f"{service} says: {said_by(error)}"
                continue
            found = found.with_newer(read_prices(answer, ahead, service=service, choice=area))
        self._take(found, failed or f"{service} answers without prices", now_s)
        self._next_s = next_call_s(now_s, self.prices.known_until_s, ahead)

    async def _answer(self, service: str, data: Mapping[str, object]) -> object:
        try:
            return await answer_of(self._ports, service, data)
        except Exception as error:  # whatever an integration may raise
            older = as_older_take(service, data, str(error))
            if older is None:
                raise
            return await answer_of(self._ports, service, older)

    def _take(self, found: Prices, problem: str, now_s: float) -> None:
        if found.slots:
            self.prices = self.prices.since(now_s - tuning.PLAN_GUESS_S).with_newer(found)
        self.problem = problem if self.prices.is_stale(now_s) else ""


def _name(source: Source) -> str:
    """Whose prices they are."""
    if isinstance(source, Mapping) and "service" in source:
        return " ".join(str(source[key]) for key in ("service", "area", "config_entry"))
    if source is None:
        return ""
    # Tables and numbers tell all of theirs at each look.
    return source if isinstance(source, str) else "fixed"
