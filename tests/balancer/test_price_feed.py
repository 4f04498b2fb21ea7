"""Prices as they come in: what was known stays until it is too old to guess from."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import voluptuous as vol

from fusebox import tuning
from fusebox.balancer.plans.price_feed import PriceFeed, Source
from fusebox.balancer.plans.sun_feed import SunFeed
from fusebox.config.plan_schema import PRICE_SERVICES, SUN_SERVICES

from ..planning.services import ANSWERING_SERVICES, OLDER_SERVICES
from ..runtime.home import Home

DAY_S = 86_400
NOW_S = 20_000.0 * DAY_S


def look(feed: PriceFeed | SunFeed, source: Any) -> None:
    asyncio.run(feed.look(source, NOW_S, lambda _: 0.0))


def showing(price: float) -> Home:
    """A home whose entity tells the price of this hour."""
    home = Home()
    hour = {"time": datetime.fromtimestamp(NOW_S, UTC).isoformat(), "price": price}
    home.shows("sensor.prices", str(price), prices_today=[hour], unit_of_measurement="EUR/kWh")
    return home


def test_the_prices_of_two_days_are_kept_to_guess_the_next_from() -> None:
    feed = PriceFeed(showing(0.3).ports)
    slots = {str(int(NOW_S) - days * DAY_S - 900): 0.2 for days in (1, 2, 3)}
    feed.restore({"source": "sensor.prices", "slots": slots})
    look(feed, "sensor.prices")
    known_s = [slot.start_s - NOW_S for slot in feed.prices.slots]
    assert known_s[0] == -DAY_S - 900
    assert feed.prices.slots[-1].price == 0.3


TIBBER = {"service": "tibber.get_prices", "area": None, "config_entry": None}
TABLE = {"hours": ((0, 6 * 3600, 0.1),), "else": 0.29}


@pytest.mark.parametrize("before", [TABLE, 0.25, "sensor.prices"], ids=["table", "number", "entity"])
@pytest.mark.parametrize("after", ["sensor.gone", TIBBER, {**TIBBER, "area": "cabin"}, None], ids=str)
@pytest.mark.parametrize("restarted", [False, True])
def test_prices_of_another_source_are_nobodys(before: Source, after: Source, restarted: bool) -> None:
    home = showing(0.3)
    feed = PriceFeed(home.ports)
    look(feed, before)
    assert feed.prices.slots
    if restarted:
        kept = feed.plain()
        feed = PriceFeed(home.ports)
        feed.restore(kept)
        assert feed.prices.slots
    look(feed, after)
    assert feed.prices.slots == ()
    assert feed.plain()["slots"] == {}
    look(feed, "sensor.prices")
    assert {slot.price for slot in feed.prices.slots} == {0.3}


def test_of_another_home_of_the_same_service_nothing_is_known() -> None:
    feed = PriceFeed(Home().ports)
    feed.restore({"source": "tibber.get_prices None None", "slots": {str(int(NOW_S)): 0.2}})
    look(feed, TIBBER)
    assert feed.prices.slots
    look(feed, {**TIBBER, "area": "cabin"})
    assert feed.prices.slots == ()


@pytest.mark.parametrize("kept", [None, [], {"1": 0.2}, {"source": 3, "slots": {}}, {"source": "a", "slots": None}])
def test_what_was_kept_without_its_source_is_not_taken(kept: object) -> None:
    feed = PriceFeed(Home().ports)
    feed.restore(kept)
    assert feed.prices.slots == ()


Asked = Callable[..., tuple[list[dict[str, Any]], str]]


@pytest.fixture
def asked(monkeypatch) -> Asked:
    """Asks a service of an integration with these entries in use, and a disabled one: its calls, and the problem."""

    def asked(
        service: str, entries: Sequence[str], chosen: str | None = None, known: Mapping[str, Any] = ANSWERING_SERVICES
    ) -> tuple[list[dict[str, Any]], str]:
        def in_use(domain: str, include_ignore: bool = True, include_disabled: bool = True) -> list[SimpleNamespace]:
            assert service.startswith(f"{domain}.")
            more = ["disabled"] if include_disabled or include_ignore else []
            return [SimpleNamespace(entry_id=each) for each in (*entries, *more)]

        core = ModuleType("homeassistant.core")
        hass = SimpleNamespace(config_entries=SimpleNamespace(async_entries=in_use))
        core.async_get_hass = lambda: hass  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "homeassistant.core", core)
        calls = []

        async def call(domain: str, name: str, return_response: bool = False, **data: Any) -> object:
            assert return_response
            vol.Schema(dict(known[f"{domain}.{name}"]))(data)
            calls.append(data)
            return {}

        feed = (SunFeed if service in SUN_SERVICES else PriceFeed)(replace(Home().ports, call=call))
        source = {"service": service, "area": "NL", "config_entry": chosen}
        asyncio.run(feed.look(source, NOW_S, lambda _: 3600.0))
        return calls, feed.problem

    return asked


@pytest.mark.parametrize("service", [*PRICE_SERVICES, *SUN_SERVICES])
@pytest.mark.parametrize("chosen", [None, "second"])
def test_a_service_is_asked_with_what_it_takes(asked: Asked, service: str, chosen: str | None) -> None:
    calls, problem = asked(service, ["only"], chosen)
    assert len(calls) == (1 if service in SUN_SERVICES else 2)
    assert "answers without" in problem
    entry = None if service == "tibber.get_prices" else chosen or "only"
    assert {data.get("config_entry") for data in calls} == {entry}


@pytest.mark.parametrize("service", OLDER_SERVICES)
def test_quarters_are_asked_for_and_hours_taken_of_an_older_version(asked: Asked, service: str) -> None:
    newer, _ = asked(service, ["only"])
    assert all("quarter" in data.values() for data in newer)
    older, problem = asked(service, ["only"], known=OLDER_SERVICES)
    assert len(older) == 2
    assert "answers without" in problem
    assert not any("quarter" in data.values() for data in older)


@pytest.mark.parametrize("service", ["nordpool.get_prices_for_date", *SUN_SERVICES])
def test_of_several_entries_config_has_to_name_one(asked: Asked, service: str) -> None:
    assert asked(service, ["one", "other"]) == ([], f"{service} says: required key not provided @ data['config_entry']")
    assert asked(service, ["one", "other"], "other")[0][0]["config_entry"] == "other"


@pytest.mark.parametrize("service", ["tibber.get_prices", *SUN_SERVICES])
def test_a_service_that_hangs_is_not_waited_for(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def call(domain: str, name: str, return_response: bool = False, **data: object) -> object:
        return await asyncio.Event().wait()

    monkeypatch.setattr(tuning, "IGNORES_S", 0.01)
    feed = (SunFeed if service in SUN_SERVICES else PriceFeed)(replace(Home().ports, call=call))
    look(feed, {"service": service, "area": None, "config_entry": "only"})
    assert feed.problem == f"{service} says: it does not answer"
