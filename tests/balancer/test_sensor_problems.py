"""A draw or a counter that measures no such thing is named, and looked for seldom."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest

from fusebox.balancer.sensor_problems import MissingEntities, SensorProblems
from fusebox.model.equipment import Battery, Source, Tariff
from fusebox.model.messages.message import message, with_frame
from fusebox.model.orders import BatteryCommand, BatteryOrders
from fusebox.model.snapshot import Status
from fusebox.model.vehicle import Vehicle

from ..control.houses import car, charger, seen, site
from ..runtime.home import Home

DRAW, COUNTER = "sensor.draw", "sensor.counter"


def measured(name: str):
    """A load with a draw sensor and a counter of its own."""
    return replace(car(name), device={"draw": Source(entity=DRAW), "energy": COUNTER})


@pytest.mark.parametrize(
    ("key", "unit", "told"),
    [
        ("temperature", "W", "which does not fit here; name one in °C, °F, K"),
        ("temperature", "kWh", "which does not fit here; name one in °C, °F, K"),
        ("current", "W", "which does not fit here; name one in A"),
        ("current", "%", "which does not fit here; name one in A"),
        ("current", "mA", "which does not fit here; name one in A"),
    ],
)
def test_an_entity_of_another_quantity_is_named_with_its_path(key, unit, told):
    home, load = Home(), replace(car("car"), type="ocpp", device={key: "sensor.x"})
    home.shows("sensor.x", 3, unit_of_measurement=unit)
    expected = f"loads.car.{key}: sensor.x has the unit {unit!r}, {told}"
    assert SensorProblems().unit_problems(site(load), home.view(0)) == (expected,)
    for right in {"temperature": ("°C", "°F", "K", ""), "current": ("A", "")}[key]:
        home.shows("sensor.x", 3, unit_of_measurement=right)
        assert SensorProblems().unit_problems(site(load), home.view(0)) == ()


@pytest.mark.parametrize("key", ["demand_kw", "month_peak_kw"])
def test_an_energy_is_no_demand(key):
    home, house = Home(), replace(site(car("car")), tariff=Tariff("fluvius", **{key: "sensor.x"}))
    home.shows("sensor.x", 3, unit_of_measurement="kWh")
    (told,) = SensorProblems().unit_problems(house, home.view(0))
    assert told == f"tariff.{key}: sensor.x has the unit 'kWh', which does not fit here; name one in W, kW"


@pytest.mark.parametrize("unit", ["km", "kWh"])
def test_a_range_or_an_energy_is_no_state_of_charge_of_a_car(unit):
    home, load = Home(), replace(car("car"), vehicle=Vehicle(soc_pct="sensor.x"))
    home.shows("sensor.x", 40, unit_of_measurement=unit)
    told = f"loads.car.soc_pct: sensor.x has the unit {unit!r}, which does not fit here; name one in %"
    assert SensorProblems().unit_problems(site(load), home.view(0)) == (told,)
    assert home.view(0).percent("sensor.x") is None
    for right in ("%", ""):
        home.shows("sensor.x", 40, unit_of_measurement=right)
        assert SensorProblems().unit_problems(site(load), home.view(0)) == ()
        assert home.view(0).percent("sensor.x") == 40


@pytest.mark.parametrize(("shown", "unit", "text"), [(255, "%", "255 %"), (-1, "", "-1")])
def test_an_impossible_state_of_charge_of_a_car_is_named(shown, unit, text):
    home, house = Home(), site(replace(car("car"), vehicle=Vehicle(soc_pct="sensor.x")))
    home.shows("sensor.x", shown, unit_of_measurement=unit)
    (told,) = SensorProblems().unit_problems(house, home.view(0))
    assert told.startswith(f"loads.car.soc_pct: sensor.x displays {text}, which is impossible there")
    for fine in (0, 100, "unavailable"):
        home.shows("sensor.x", fine, unit_of_measurement=unit)
        assert SensorProblems().unit_problems(house, home.view(0)) == ()


def test_a_number_in_amps_is_no_charging_power_of_the_battery():
    order = BatteryCommand("switch.force", None, None, "number.rate")
    soc, power = Source(entity="sensor.soc"), Source(entity="sensor.power")
    battery = Battery(soc_pct=soc, charge_w=power, orders=BatteryOrders(charge_from_grid=order))
    home, house = Home(), replace(site(car("car")), batteries=(battery,))
    home.shows("number.rate", 3, unit_of_measurement="A")
    (told,) = SensorProblems().unit_problems(house, home.view(0))
    assert told.startswith("site.battery.charge_from_grid.power_w: number.rate has the unit 'A', which does not fit")


def shows(home: Home, draw_unit: str, counter_unit: str) -> None:
    home.shows(DRAW, 3, unit_of_measurement=draw_unit)
    home.shows(COUNTER, 3, unit_of_measurement=counter_unit)


def test_both_are_named_until_they_are_corrected():
    home, problems, house = Home(), SensorProblems(), site(measured("car"))
    shows(home, "kWh", "W")
    found = problems.unit_problems(house, home.view(0))
    assert [text.partition(": ")[0] for text in found] == ["loads.car.draw", "loads.car.energy"]
    shows(home, "A", "kWh")
    assert problems.unit_problems(house, home.view(9.0)) == found
    assert problems.unit_problems(house, home.view(10.0)) == ()


def test_another_config_and_a_clock_that_is_set_back_are_looked_at_at_once():
    home, problems = Home(), SensorProblems()
    shows(home, "kWh", "kWh")
    assert len(problems.unit_problems(site(measured("car")), home.view(100))) == 1
    assert len(problems.unit_problems(site(measured("car"), measured("van")), home.view(101))) == 2
    house = site(measured("car"))
    problems.unit_problems(house, home.view(102))
    shows(home, "A", "kWh")
    assert problems.unit_problems(house, home.view(50)) == ()


def idle_draws(reported_s=0.0, flow_a=8.0, set_a=6.0, load_type="number", **state):
    """Return the problems found at each of ten minutes for a charger whose draw sensor stays at 0 A."""
    problems, house = SensorProblems(), site(replace(car("car"), type=load_type))
    decision = SimpleNamespace(notes={"car": SimpleNamespace(setpoint_a=set_a)})
    found = []
    for at_s in range(0, 601, 60):
        known = replace(charger(set_a, 0.0), draw_age_s=max(at_s - reported_s, 0.0) if reported_s else 0.0, **state)
        found.append(tuple(problems.zero_draw_problems(house, seen({"L1": flow_a}, at_s, car=known), decision)))
    return found


def test_a_sensor_at_0_while_its_charger_charges_is_reported_after_five_minutes():
    told = idle_draws()
    assert told[:5] == [()] * 5
    why = "its draw sensor stays at 0 A: if its car does charge, repair the sensor or name another one"
    assert told[5:] == [(f"loads.car: reports charging, but {why}",)] * 6


@pytest.mark.parametrize(
    "but",
    [
        {"flow_a": 5.9},
        {"flow_a": None},
        {"set_a": 0.0},
        {"status": Status.SUSPENDED_CAR},
        {"reported_s": 59.0},
        {"draw_a": charger(6.0, 6.0).draw_a},
        {"draw_a": charger(6.0).draw_a},
        {"load_type": "quasar"},
    ],
    ids=["less current", "silent meter", "paused", "car waits", "no report since", "draws", "no sensor", "Quasar"],
)
def test_a_charger_whose_car_may_really_draw_nothing_is_not_reported(but):
    assert idle_draws(**but) == [()] * 11


@pytest.mark.parametrize(
    "text, unit, told",
    [
        ("5", "l", "loads.box.energy: sensor.e has the unit 'l', which does not fit here; name one in Wh, kWh, MWh"),
        ("5", "", "loads.box.energy: sensor.e has the unit '', which does not fit here; name one in Wh, kWh, MWh"),
        ("on", "kWh", "loads.box.energy: sensor.e displays 'on', which is no number; name another entity"),
    ],
)
def test_a_counter_that_counts_no_energy_is_named(text, unit, told):
    home, load = Home(), replace(car("box"), device={"energy": "sensor.e"})
    home.shows("sensor.e", text, unit_of_measurement=unit)
    assert SensorProblems().unit_problems(site(load), home.view(0)) == (told,)


@pytest.mark.parametrize("text", ["5", "unavailable"])
def test_a_counter_that_counts_energy_or_is_away_is_no_problem(text):
    home, load = Home(), replace(car("box"), device={"energy": "sensor.e"})
    home.shows("sensor.e", text, unit_of_measurement="Wh")
    assert SensorProblems().unit_problems(site(load), home.view(0)) == ()


@pytest.mark.parametrize(("path", "code"), [("forecast.solar", "sun_missing"), ("prices.import", "prices_missing")])
def test_prices_or_a_forecast_whose_entity_does_not_exist_are_named_once(path, code):
    home = Home()
    missing = MissingEntities(home.ports, {path: "sensor.sun"})
    problem = with_frame(message(code, entity="sensor.sun"), "path", path)
    asyncio.run(missing.missing_problems(home.view()))
    assert list(missing.without_missing([problem, "other"])) == ["other"]
    home.shows("sensor.sun", "unknown")
    asyncio.run(missing.missing_problems(home.view()))
    assert list(missing.without_missing([problem, "other"])) == [problem, "other"]


def test_until_when_the_last_prices_of_an_entity_that_does_not_exist_count_is_said():
    home = Home()
    missing = MissingEntities(home.ports, {"prices.import": "sensor.price"})
    asyncio.run(missing.missing_problems(home.view()))
    problem = message("prices_missing", entity="sensor.price", until="23:00")
    assert list(missing.without_missing([problem])) == [problem]


def test_a_battery_whose_power_does_not_exist_is_named_once():
    home = Home()
    missing = MissingEntities(home.ports, {"site.battery[1].charge_w": "sensor.battery"})
    problems = [message("surplus_without_battery", key=f"site.battery[{at}]") for at in range(2)]
    asyncio.run(missing.missing_problems(home.view()))
    assert list(missing.without_missing(problems)) == problems[:1]
    home.shows("sensor.battery", "unknown")
    asyncio.run(missing.missing_problems(home.view()))
    assert list(missing.without_missing(problems)) == problems
