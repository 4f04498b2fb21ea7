"""The week of prices, the entity that shows them, the orders of a battery, and a demo by prices."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simhouse.cli.demo import main
from simhouse.devices.battery_orders import BatteryOrders
from simhouse.devices.entities import Call
from simhouse.devices.price_entity import PriceEntity, price_sources, with_own_sources
from simhouse.house.price_week import OURS, read_prices
from simhouse.house.trace_columns import InputError
from simhouse.physics.battery import Orders

from .houses import house
from .naive_host import NaiveHost

THURSDAY = datetime(2025, 4, 24, 12, 59, tzinfo=UTC)


def test_our_week_has_the_shape_of_real_ones() -> None:
    prices = read_prices(OURS).prices
    assert len(prices) == 7 * 96
    days = [prices[day * 96 : day * 96 + 96] for day in range(7)]
    assert min(prices) < 0  # at a sunny noon
    assert max(prices) > 5 * sum(prices) / len(prices)  # one spike
    assert all(max(day[72:84]) > day[52] for day in days)  # evenings are dearer than noons


def test_tomorrow_is_known_from_one_in_the_afternoon() -> None:
    entity = PriceEntity("sensor.price", read_prices(OURS).at)
    before = entity.states(THURSDAY)["sensor.price"]["attributes"]
    after = entity.states(THURSDAY.replace(hour=13))["sensor.price"]["attributes"]
    assert (len(before["raw_today"]), before["raw_tomorrow"]) == (96, [])
    assert len(after["raw_tomorrow"]) == 96
    assert after["raw_tomorrow"][0]["start"] == "2025-04-25T00:00:00+00:00"


def test_a_gap_has_the_price_before_it(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("time,price\n2025-04-21 00:00,0.1\n2025-04-24 12:00,-0.05\n", encoding="utf-8")
    week = read_prices(file)
    assert week.at(THURSDAY) == -0.05
    assert week.at(THURSDAY.replace(day=22)) == 0.1


def test_a_day_without_prices_has_those_of_the_day_before(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("start,price\n2025-04-27 00:00,0.1\n2025-04-27 12:00,0.3\n", encoding="utf-8")  # a Sunday
    week = read_prices(file)
    assert [week.at(THURSDAY.replace(hour=hour)) for hour in (0, 11, 12, 23)] == [0.1, 0.1, 0.3, 0.3]


@pytest.mark.parametrize(
    "text",
    [
        "start,price\n2025-04-21 00:00,0.1\n",
        "\ufefftime,price\n2025-04-21T00:00:00+02:00,0.1\n",
        "time;price\n21.04.2025 00:00;0,1\n",
    ],
)
def test_prices_may_begin_with_start_and_come_from_a_spreadsheet(tmp_path: Path, text: str) -> None:
    file = tmp_path / "p.csv"
    file.write_text(text, encoding="utf-8")
    assert read_prices(file).prices[0] == 0.1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("time,price\n", "has no prices"),
        ("time,price\nnoon,1\n", "not a time with a price"),
        ("a\n1\n", "no"),
        ("time,price\n2025-04-21,nan\n", "line 2: is not"),
    ],
)
def test_a_value_that_is_no_list_of_prices_is_reported(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "p.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_prices(file)


def test_a_price_that_config_itself_knows_needs_no_entity() -> None:
    table = {"hours": {"22-06": 0.05}, "else": 0.08}
    for export in (table, "input_number.feed_in", 0.08, None):
        config = {"prices": {"import": "sensor.epex", "export": export}}
        assert with_own_sources(config) == (config, [])
        assert price_sources(config) == ("sensor.epex",)


def test_the_simulated_prices_are_in_the_currency_of_the_house() -> None:
    for site, unit in (({}, "EUR/kWh"), ({"currency": "SEK"}, "SEK/kWh")):
        states = house(site=site, sections={"prices": {"import": "sensor.epex"}}).step(0)
        assert states["sensor.epex"]["attributes"]["unit_of_measurement"] == unit


def test_a_battery_hears_its_orders() -> None:
    hold = {"select": "select.mode", "hold": "hold", "normal": "auto"}
    battery = BatteryOrders({"hold": hold, "charge_from_grid": {"switch": "switch.force", "power_w": "number.power"}})
    assert battery.present_orders == Orders()
    assert battery.handle(Call("select.select_option", "select.mode", {"option": "hold"}))
    assert battery.present_orders == Orders(hold=True)
    battery.handle(Call("number.set_value", "number.power", {"value": 1200}))
    battery.handle(Call("switch.turn_on", "switch.force", {}))
    assert battery.present_orders == Orders(hold=True, charge_w=1200)
    assert not battery.handle(Call("switch.turn_on", "switch.other", {}))
    assert BatteryOrders({}).present_orders == Orders()


class PricedHost(NaiveHost):
    """Publishes a price of half a euro, whatever the market's is."""

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        reply = await super().line(message)
        return {**reply, "states": {**reply["states"], "sensor.fusebox_prices": {"state": "0.5", "attributes": {}}}}


@pytest.mark.usefixtures("unrendered")
def test_a_demo_shows_the_price_with_fees_and_the_fees_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--prices", "--hours", "16:10-16:20", "--out", str(tmp_path)], PricedHost) == 0
    week = read_prices(OURS)
    mean = sum(week.at(datetime(2025, 4, 24, 16, minute, tzinfo=UTC)) for minute in (0, 15)) / 2
    assert f"0.500, {0.5 - mean:.3f}" in capsys.readouterr().out


def test_a_demo_by_prices_has_them_in_its_picture(tmp_path: Path) -> None:
    assert main(["--prices", "--hours", "16-16:05", "--out", str(tmp_path)], NaiveHost) == 0
    assert (tmp_path / "demo.png").stat().st_size > 30_000
    assert main(["--prices", str(tmp_path / "none.csv"), "--out", str(tmp_path)], NaiveHost) == 2
