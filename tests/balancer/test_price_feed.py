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
from fusebox.balancer.plans.feeds import PriceFeed, PriceSource, SunFeed, next_day_entity
from fusebox.balancer.plans.plan_file import StoredPrices, parse_plans
from fusebox.config.plan_schema import SUN_SERVICES
from fusebox.model.by_time import Times, TimeTable
from fusebox.model.price_sources import PRICE_SERVICES

from ..planning.services import ANSWERING_SERVICES, OLDER_SERVICES
from ..runtime.home import Home

DAY_S = 86_400
NOW_S = 20_000.0 * DAY_S


def kept_prices(values: object) -> StoredPrices:
    """Prices as the file of plans holds them."""
    return parse_plans({"import": values}).content.import_


def look(feed: PriceFeed | SunFeed, source: Any) -> None:
    asyncio.run(feed.update(source, NOW_S, lambda _: 0.0))


def showing(price: float) -> Home:
    """A home whose entity has the price of this hour."""
    home = Home()
    hour = {"time": datetime.fromtimestamp(NOW_S, UTC).isoformat(), "price": price}
    home.shows("sensor.prices", str(price), prices_today=[hour], unit_of_measurement="EUR/kWh")
    return home


def test_the_prices_of_two_days_are_kept_to_guess_the_next_from() -> None:
    feed = PriceFeed(showing(0.3).ports)
    slots = {str(int(NOW_S) - days * DAY_S - 900): 0.2 for days in (1, 2, 3)}
    feed.restore(kept_prices({"source": "sensor.prices", "slots": slots}))
    look(feed, "sensor.prices")
    known_s = [start_s - NOW_S for start_s in feed.prices.by_start]
    assert known_s[0] == -DAY_S - 900
    assert feed.prices.price_at(NOW_S) == 0.3


def test_the_entity_of_the_next_day_is_found_by_its_name() -> None:
    assert (
        next_day_entity("event.octopus_energy_electricity_1_2_current_day_rates")
        == "event.octopus_energy_electricity_1_2_next_day_rates"
    )
    assert (
        next_day_entity("sensor.solcast_pv_forecast_forecast_today") == "sensor.solcast_pv_forecast_forecast_tomorrow"
    )
    assert next_day_entity("sensor.nordpool") is None


TIBBER = {"service": "tibber.get_prices", "area": None, "config_entry": None}
TABLE = TimeTable(((Times(0, 6 * 3600), 0.1),), 0.29)


@pytest.mark.parametrize("before", [TABLE, 0.25, "sensor.prices"], ids=["table", "number", "entity"])
@pytest.mark.parametrize("after", ["sensor.gone", TIBBER, {**TIBBER, "area": "cabin"}, None], ids=str)
@pytest.mark.parametrize("restarted", [False, True])
def test_another_source_drops_all_prices(before: PriceSource, after: PriceSource, restarted: bool) -> None:
    home = showing(0.3)
    feed = PriceFeed(home.ports)
    look(feed, before)
    assert feed.prices.by_start
    if restarted:
        kept = feed.prices_to_persist
        feed = PriceFeed(home.ports)
        feed.restore(kept)
        assert feed.prices.by_start
    look(feed, after)
    assert feed.prices.by_start == {}
    assert feed.prices_to_persist.slots == {}
    look(feed, "sensor.prices")
    assert set(feed.prices.by_start.values()) == {0.3}


def test_of_another_home_of_the_same_service_nothing_is_known() -> None:
    feed = PriceFeed(Home().ports)
    feed.restore(kept_prices({"source": "tibber.get_prices None None", "slots": {str(int(NOW_S)): 0.2}}))
    look(feed, TIBBER)
    assert feed.prices.by_start
    look(feed, {**TIBBER, "area": "cabin"})
    assert feed.prices.by_start == {}


@pytest.mark.parametrize("kept", [None, [], {"1": 0.2}, {"source": 3, "slots": {}}, {"source": "a", "slots": None}])
def test_stored_prices_without_their_source_are_not_used(kept: object) -> None:
    feed = PriceFeed(Home().ports)
    feed.restore(kept_prices(kept))
    assert feed.prices.by_start == {}


Asked = Callable[..., tuple[list[dict[str, Any]], str]]


@pytest.fixture
def asked(monkeypatch) -> Asked:
    """Call a service of an integration with these enabled entries and a disabled one; return its calls and the
    problem."""

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
        asyncio.run(feed.update(source, NOW_S, lambda _: 3600.0))
        return calls, feed.problem

    return asked


@pytest.mark.parametrize("service", [*PRICE_SERVICES, *SUN_SERVICES])
@pytest.mark.parametrize("chosen", [None, "second"])
def test_a_service_is_called_with_the_fields_that_it_accepts(asked: Asked, service: str, chosen: str | None) -> None:
    calls, problem = asked(service, ["only"], chosen)
    assert len(calls) == (1 if service in SUN_SERVICES else 2)
    assert "answers without" in problem
    entry = None if service == "tibber.get_prices" else chosen or "only"
    assert {data.get("config_entry") for data in calls} == {entry}


@pytest.mark.parametrize("service", OLDER_SERVICES)
def test_quarters_are_requested_and_hours_accepted_from_an_older_version(asked: Asked, service: str) -> None:
    newer, _ = asked(service, ["only"])
    assert all("quarter" in data.values() for data in newer)
    older, problem = asked(service, ["only"], known=OLDER_SERVICES)
    assert len(older) == 2
    assert "answers without" in problem
    assert not any("quarter" in data.values() for data in older)


@pytest.mark.parametrize("service", ["nordpool.get_prices_for_date", *SUN_SERVICES])
def test_of_several_entries_config_has_to_name_one(asked: Asked, service: str) -> None:
    problem = f"{service} fails: required key not provided @ data['config_entry']"
    assert asked(service, ["one", "other"]) == ([], problem)
    assert asked(service, ["one", "other"], "other")[0][0]["config_entry"] == "other"


@pytest.mark.parametrize("service", ["tibber.get_prices", *SUN_SERVICES])
def test_a_service_that_hangs_is_not_waited_for(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def call(domain: str, name: str, return_response: bool = False, **data: object) -> object:
        return await asyncio.Event().wait()

    monkeypatch.setattr(tuning, "IGNORES_S", 0.01)
    feed = (SunFeed if service in SUN_SERVICES else PriceFeed)(replace(Home().ports, call=call))
    look(feed, {"service": service, "area": None, "config_entry": "only"})
    assert feed.problem == f"{service} fails: it does not answer"


HELSINKI_AHEAD_S, CENTRAL_AHEAD_S = 7200.0, 3600.0
NORD_POOL = {"service": "nordpool.get_prices_for_date", "area": "FI", "config_entry": "one"}


def nord_pool(home: Home, published_until: int) -> list[str]:
    """Have the service answer with the days of central Europe, in hours; return the requested dates."""
    dates: list[str] = []

    async def call(domain: str, service: str, **data: Any) -> dict[str, list[dict[str, object]]]:
        dates.append(data["date"])
        begins_s = datetime.fromisoformat(data["date"]).replace(tzinfo=UTC).timestamp() - CENTRAL_AHEAD_S
        hours = range(24) if begins_s < published_until else ()
        starts = [datetime.fromtimestamp(begins_s + 3600 * hour, UTC) for hour in hours]
        rows = [{"start": at.isoformat(), "price": 1000.0 * at.hour} for at in starts]
        return {"FI": rows}

    home.ports = replace(home.ports, call=call)
    return dates


@pytest.mark.parametrize(("hour", "asked"), [(0, ["before", "today", "after"]), (1, ["today", "after"])])
def test_the_present_price_is_known_in_helsinki_in_the_first_hour_of_its_day(hour: int, asked: list[str]) -> None:
    home = Home()
    midnight_s = NOW_S - HELSINKI_AHEAD_S
    now_s = midnight_s + 3600 * hour + 600
    dates = nord_pool(home, int(NOW_S))
    feed = PriceFeed(home.ports)
    asyncio.run(feed.update(NORD_POOL, now_s, lambda _: HELSINKI_AHEAD_S))
    assert feed.prices.price_at(now_s) == float((22 + hour) % 24)
    days = {"before": NOW_S - DAY_S, "today": NOW_S, "after": NOW_S + DAY_S}
    assert sorted(dates) == [f"{datetime.fromtimestamp(days[each], UTC):%Y-%m-%d}" for each in asked]


def test_a_feed_that_has_the_present_hour_since_yesterday_makes_no_request() -> None:
    home = Home()
    now_s = NOW_S - HELSINKI_AHEAD_S + 600
    dates = nord_pool(home, int(NOW_S))
    feed = PriceFeed(home.ports)
    name = "nordpool.get_prices_for_date FI one"
    feed.restore(kept_prices({"source": name, "slots": {str(int(now_s) - 600): 0.2}}))
    asyncio.run(feed.update(NORD_POOL, now_s, lambda _: HELSINKI_AHEAD_S))
    assert (feed.prices.price_at(now_s), len(dates)) == (0.2, 2)


def gone(home: Home, source: PriceSource) -> None:
    """A source stops reporting, in its own way."""
    if isinstance(source, str):
        home.shows(source, "unavailable", NOW_S + 10, last_updated=NOW_S + 10)
    else:

        async def fails(*_: object, **__: object) -> None:
            raise RuntimeError("no connection")

        home.ports = replace(home.ports, call=fails)


@pytest.mark.parametrize("source", ["sensor.prices", NORD_POOL], ids=["entity", "service"])
def test_a_missing_source_is_reported_while_its_last_prices_count(source: PriceSource) -> None:
    home = showing(0.3)
    nord_pool(home, int(NOW_S) + DAY_S)
    feed = PriceFeed(home.ports)
    asyncio.run(feed.update(source, NOW_S, lambda _: 0.0))
    before = feed.prices
    assert (before.price_at(NOW_S) is not None, feed.problem) == (True, None)
    gone(home, source)
    feed._ports, feed._next_s = home.ports, NOW_S
    for later_s, is_reported in ((10, False), (60, False), (70, True), (600, True)):
        asyncio.run(feed.update(source, NOW_S + later_s, lambda _: 0.0))
        assert (feed.problem is not None) is is_reported
        assert feed.prices.price_at(NOW_S + 600) == before.price_at(NOW_S + 600)
    until = f"{datetime.fromtimestamp(before.known_until_s or 0, UTC):%Y-%m-%d %H:%M}"
    assert feed.problem.endswith(f"; its last prices count until {until}")
    assert feed.problem.startswith("sensor.prices has no prices" if source == "sensor.prices" else NORD_POOL["service"])
    asyncio.run(feed.update(source, (before.known_until_s or 0) + 1, lambda _: 0.0))
    assert feed.problem and "count" not in feed.problem


def test_a_source_that_is_back_is_not_reported_any_more() -> None:
    home = showing(0.3)
    feed = PriceFeed(home.ports)
    look(feed, "sensor.prices")
    gone(home, "sensor.prices")
    for later_s in (10, 600):
        asyncio.run(feed.update("sensor.prices", NOW_S + later_s, lambda _: 0.0))
    assert feed.problem
    home.states["sensor.prices"] = showing(0.4).states["sensor.prices"]
    asyncio.run(feed.update("sensor.prices", NOW_S + 610, lambda _: 0.0))
    assert (feed.problem, feed.prices.price_at(NOW_S + 610)) == (None, 0.4)


FORECAST_SOLAR = "sensor.energy_production_today"


def shining(home: Home, hours: Mapping[int, float], entity: str = FORECAST_SOLAR) -> None:
    """Forecast.Solar's entity: the energy of each hour after NOW_S [Wh]."""
    table = {datetime.fromtimestamp(NOW_S + 3600 * at, UTC).isoformat(): wh for at, wh in hours.items()}
    home.shows(entity, "5", NOW_S, wh_period=table)


def sun_of(home: Home, source: Any = FORECAST_SOLAR) -> SunFeed:
    feed = SunFeed(home.ports)
    look(feed, source)
    return feed


@pytest.mark.parametrize("second_roof", ["", "_2"])
@pytest.mark.parametrize(("unit", "shown"), [("kWh", 1.5), ("Wh", 1500)])
def test_tomorrows_sun_has_the_energy_of_its_entity_and_the_shape_of_today(
    second_roof: str, unit: str, shown: float
) -> None:
    home = Home()
    entity = FORECAST_SOLAR + second_roof
    shining(home, {8: 0, 9: 1000, 10: 2000, 11: 0}, entity)
    home.shows(f"sensor.energy_production_tomorrow{second_roof}", shown, unit_of_measurement=unit)
    feed = sun_of(home, entity)
    tomorrow = {hour: feed.sun.middle_kw[int(NOW_S) + DAY_S + 3600 * hour] for hour in (8, 9, 10)}
    assert tomorrow == pytest.approx({8: 0.0, 9: 0.5, 10: 1.0})
    assert feed.sun.low_kw[int(NOW_S) + DAY_S + 3600 * 10] == pytest.approx(1.0)
    assert feed.problem is None


@pytest.mark.parametrize("shown", [None, "unavailable", "unknown"])
def test_tomorrows_sun_is_estimated_and_reported_where_it_is_unknown(shown: str | None) -> None:
    home = Home()
    shining(home, {9: 1000, 10: 2000})
    if shown is not None:
        home.shows("sensor.energy_production_tomorrow", shown, unit_of_measurement="kWh")
    feed = sun_of(home)
    assert feed.sun.middle_kw[int(NOW_S) + DAY_S + 3600 * 10] == 2.0
    assert int(NOW_S) + DAY_S + 3600 * 10 not in feed.sun.low_kw, "nothing is promised on a guess"
    assert feed.problem == f"{FORECAST_SOLAR} has no forecast of tomorrow, so its sun is guessed from today"


def test_open_meteos_entity_of_tomorrow_has_its_own_hours() -> None:
    home = Home()
    shining(home, {0: 0, 9: 0}, f"{FORECAST_SOLAR}_roof")
    shining(home, {33: 500}, "sensor.energy_production_tomorrow_roof")
    feed = sun_of(home, f"{FORECAST_SOLAR}_roof")
    assert (feed.sun.middle_kw[int(NOW_S) + DAY_S + 3600 * 9], feed.problem) == (0.5, None)


def test_a_source_with_tomorrows_values_is_not_estimated() -> None:
    home = Home()
    shining(home, {9: 1000, 33: 500})
    feed = sun_of(home)
    assert (feed.sun.middle_kw[int(NOW_S) + DAY_S + 3600 * 9], feed.problem) == (0.5, None)


@pytest.mark.parametrize("source", [NORD_POOL, {"service": "forecast_solar.get_forecast", "config_entry": "one"}])
def test_a_service_is_called_again_when_the_clock_was_set_back(source: Any) -> None:
    home = Home()
    dates: list[object] = []

    async def call(*_: object, **data: object) -> dict[str, object]:
        dates.append(data)
        return {}

    home.ports = replace(home.ports, call=call)
    feed = PriceFeed(home.ports) if source is NORD_POOL else SunFeed(home.ports)
    asyncio.run(feed.update(source, NOW_S + 3650 * DAY_S, lambda _: 0.0))
    dates.clear()
    asyncio.run(feed.update(source, NOW_S, lambda _: 0.0))
    assert dates
