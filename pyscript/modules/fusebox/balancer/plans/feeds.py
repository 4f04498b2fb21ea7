"""Keep prices and solar forecasts up to date: from an entity, an integration's service with a response, or a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ... import tuning
from ...model.by_time import ByTime
from ...model.durations import DAY_S, NEVER_S, QUARTER_S, has_passed, since
from ...model.messages.message import Message, message, with_values
from ...model.readings import View
from ...model.units import ENERGY_UNITS
from ...planning.need import MOST_SLOTS
from ...planning.price_reader import (
    call_data,
    call_for_day_before,
    data_for_older_version,
    next_call_s,
    read_prices,
)
from ...planning.prices import NO_PRICES, Prices, fixed_prices, quarter_start_s
from ...planning.sun_reader import Sun, fill_missing_days, knows_tomorrow, read_sun, tomorrow_shaped_as_today
from ...planning.times import Ahead
from ...runtime.ports import Ports, await_answer, entity_attributes
from .plan_file import StoredPrices
from .plan_format import day_and_time

Read = TypeVar("Read", Prices, Sun)
Service = Mapping[str, Any]
"""A service of an integration, with the fields of CONFIG for it."""

PAIRS: Mapping[str, str] = {
    "_current_day_rates": "_next_day_rates",  # Octopus
    "_forecast_today": "_forecast_tomorrow",  # Solcast
    "energy_production_today": "energy_production_tomorrow",  # Forecast.Solar, Open-Meteo; a roof's name may follow
}
"""Part of the id of an entity with today's values -> the part in its place in the id of that with tomorrow's."""


class Feed:
    """What one source publishes: of an entity it is read when it has reported, of a service when it is called."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._reported: object = None
        """When the entities were last updated."""
        self.problem: Message | None = None
        """What the user should know of the source, None if all is well."""
        self._why: Message | None = None
        """Why the source publishes nothing now, None if it does."""

    def read_if_new(self, entity: str, read: Callable[[Mapping[str, Any]], Read]) -> Read | None:
        """Return what `read` finds in the attributes of an entity, together with that of the next day if there is one.

        None if neither was updated since the last call; without a known time of update they are always read.
        """
        other = next_day_entity(entity)
        names = [entity] if other is None else [entity, other]
        attributes = [entity_attributes(self._ports, name) for name in names]
        reported = [each.get("last_updated") for each in attributes]
        if reported == self._reported and None not in reported:
            return None
        self._reported = reported
        found = read(attributes[0])
        return found if other is None else found.with_newer(read(attributes[1]))

    async def call_service(self, source: Service, data: Mapping[str, object]) -> tuple[object, str]:
        """Return the response of a source's service and "", or None and the error that it reports.

        The config entry is as named in CONFIG, or the only one. An older version that refuses a newer field is called
        again without it.
        """
        service = source["service"]
        (domain, _, name), data = service.partition("."), {**_entry_data(service, source["config_entry"]), **data}
        answer, why = await await_answer(self._ports.call(domain, name, return_response=True, **data))
        older = data_for_older_version(service, data, why)
        if older is not None:
            answer, why = await await_answer(self._ports.call(domain, name, return_response=True, **older))
        return answer, why


def next_day_entity(entity: str) -> str | None:
    """Return the entity that holds the next day, None if one entity holds all days."""
    return next((entity.replace(today, other) for today, other in PAIRS.items() if today in entity), None)


WITHOUT_ENTRY = "tibber.get_prices"
"""The service that takes no config entry, and refuses one."""


def _entry_data(service: str, config_entry: str | None) -> Mapping[str, str]:
    """Return the data that names the config entry: CONFIG's, or the only one in use.

    Empty if the service takes none, or if CONFIG names none and there is not exactly one.
    """
    if service == WITHOUT_ENTRY:
        return {}
    entry = config_entry or _only_entry(service.partition(".")[0])
    return {} if entry is None else {"config_entry": entry}


def _only_entry(domain: str) -> str | None:
    """Return the id of an integration's only entry in use, None for several or outside Home Assistant."""
    core: Any = sys.modules.get("homeassistant.core")
    if core is None:
        return None
    all_entries = core.async_get_hass().config_entries
    entries = all_entries.async_entries(domain, include_ignore=False, include_disabled=False)
    return entries[0].entry_id if len(entries) == 1 else None


PriceSource = Service | str | ByTime | None
"""A service, an entity, a price in CONFIG, or None for no source."""


class PriceFeed(Feed):
    """The prices of one source. They count until it publishes new ones, or CONFIG names another source."""

    def __init__(self, ports: Ports) -> None:
        super().__init__(ports)
        self._start_with_source("")

    def _start_with_source(self, name: str) -> None:
        """Drop all prices and problems, and start with the source of this name: its service is due at once."""
        self._name = name
        self._next_s = self._called_s = 0.0
        """Times of the next and of the last call of the service [s since 1970]."""
        self._reported = None
        self.prices = NO_PRICES
        """As the source publishes them, per kWh."""
        self.problem = self._why = None
        self._silent_s: float | None = None
        """Since when it has had no prices [s since 1970]."""

    def restore(self, stored: StoredPrices) -> None:
        """Use the persisted prices until the source is read; nothing if there are prices already."""
        if not self.prices.by_start:
            self._name, self.prices = stored.source, Prices(stored.slots)

    @property
    def prices_to_persist(self) -> StoredPrices:
        """The prices to persist."""
        return StoredPrices(self._name, self.prices.by_start)

    async def update(self, source: PriceSource, now_s: float, ahead: Ahead) -> None:
        """Read the source; an entity each time, a service only when a call is due, fixed prices from a day ago on.

        Another source drops all prices. A failure keeps the last ones and becomes `problem`, and so do prices of an
        entity that have ended without an update.
        """
        name = _source_name(source)
        if name != self._name:
            self._start_with_source(name)
        if isinstance(source, str):
            found = self.read_if_new(source, lambda attributes: read_prices(attributes, ahead))
            if found is not None or self.prices.is_stale(now_s):
                self._store_prices(found or NO_PRICES, message("prices_missing", entity=source), now_s)
        elif isinstance(source, Mapping):
            if has_passed(self._next_s - self._called_s, self._called_s, now_s):
                self._called_s = now_s
                await self._call_service(source, now_s, ahead)
        elif source is not None:
            # From a day ago on: the cheapest hours of today may have passed.
            self.prices = fixed_prices(source, quarter_start_s(now_s) - DAY_S, MOST_SLOTS + DAY_S // QUARTER_S, ahead)
        self.problem = self._problem(now_s, ahead)

    async def _call_service(self, source: Service, now_s: float, ahead: Ahead) -> None:
        """Call the service for its prices, and set the time of the next call.

        It is called for each day that may be published, and for the day before if the present price is unknown then.
        """
        service, area, found, failed = source["service"], source["area"], NO_PRICES, ""
        for data in call_data(service, area, now_s, ahead):
            prices, why = await self._request_prices(source, data, ahead)
            # If the call for tomorrow fails, that is not published yet.
            found, failed = found.with_newer(prices), failed or why
        before = call_for_day_before(service, area, now_s, ahead)
        is_unknown = found.price_at(now_s) is None and self.prices.price_at(now_s) is None
        if found.by_start and before is not None and is_unknown:
            prices, _ = await self._request_prices(source, before, ahead)
            found = prices.with_newer(found)
        none = message("prices_not_answered", service=service)
        self._store_prices(found, message("prices_refused", service=service, error=failed) if failed else none, now_s)
        self._next_s = next_call_s(now_s, self.prices.known_until_s, ahead)

    async def _request_prices(self, source: Service, data: Mapping[str, object], ahead: Ahead) -> tuple[Prices, str]:
        """Return the prices in the answer to one call, and the error of a call that failed, "" if it did not."""
        answer, why = await self.call_service(source, data)
        return read_prices(answer, ahead, service=source["service"], choice=source["area"]), why

    def _store_prices(self, found: Prices, why_none: Message, now_s: float) -> None:
        """Store new prices, which replace known ones of the same time; old ones stay for `PLAN_GUESS_S`.

        If `found` has none from now on, store why (`why_none`), and since when that is so.
        """
        if found.by_start:
            self.prices = self.prices.from_now_on(now_s - tuning.PLAN_GUESS_S).with_newer(found)
        self._silent_s = since(self._silent_s, found.is_stale(now_s), now_s)
        self._why = None if self._silent_s is None else why_none

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
    """Return a name that identifies a source of prices: an entity, a service with its choices, "fixed"; "" for none."""
    if isinstance(source, Mapping):
        return " ".join(str(source[key]) for key in ("service", "area", "config_entry"))
    if source is None:
        return ""
    # A price of CONFIG's own replaces all prices each time it is read.
    return source if isinstance(source, str) else "fixed"


class SunFeed(Feed):
    """The forecast of one source."""

    def __init__(self, ports: Ports) -> None:
        super().__init__(ports)
        self._called_s = NEVER_S
        self._published = Sun()
        """As the source publishes it."""
        self.sun = Sun()
        """The published forecast, with guesses for days that the source does not cover."""

    async def update(self, source: Service | str | None, now_s: float, ahead: Ahead) -> None:
        """Read the source: an entity each time, a service every `FORGET_S`; None clears the forecast.

        A missing tomorrow is estimated from the source's energy for it, other missing days from the days before.
        """
        if source is None:
            self._published, self._why = Sun(), None
        elif isinstance(source, str):
            found = self.read_if_new(source, lambda attributes: read_sun(attributes, ahead))
            if found is not None:
                self._store_forecast(found, message("sun_missing", entity=source))
        elif has_passed(tuning.FORGET_S, self._called_s, now_s):
            self._called_s, service = now_s, source["service"]
            answer, why = await self.call_service(source, {})
            none = message("sun_not_answered", service=service)
            refused = message("sun_refused", service=service, error=why)
            self._store_forecast(read_sun(answer, ahead), refused if why else none)
        sun, self.problem = self._published, self._why
        if source is not None and not self._why and not knows_tomorrow(sun, now_s, ahead):
            name = source if isinstance(source, str) else source["service"]
            sun = sun.with_newer(self._tomorrows_sun(name, now_s, ahead))
            if not knows_tomorrow(sun, now_s, ahead):
                self.problem = message("sun_tomorrow_unknown", source=name)
        self.sun = fill_missing_days(sun, now_s, ahead)

    def _tomorrows_sun(self, name: str, now_s: float, ahead: Ahead) -> Sun:
        """Return tomorrow's sun: today's shape, with the energy of tomorrow's entity; empty without that entity."""
        energy_kwh = View(self._ports.get, now_s).measured(next_day_entity(name), ENERGY_UNITS)
        return Sun() if energy_kwh is None else tomorrow_shaped_as_today(self._published, energy_kwh, now_s, ahead)

    def _store_forecast(self, found: Sun, why_none: Message) -> None:
        """Store a new forecast; for an empty one keep the former, and store why there is none."""
        if found.middle_kw:
            self._published = found
        self._why = None if found.middle_kw else why_none
