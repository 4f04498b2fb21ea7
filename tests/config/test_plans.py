"""Plans, prices and forecasts in CONFIG, and the message of each mistake."""

from __future__ import annotations

from typing import Any

import pytest
import voluptuous as vol

from fusebox.config.read_config import ConfigResult, read_config
from fusebox.config.times import DEPARTURE, parse_span
from fusebox.model.by_time import Times, TimeTable
from fusebox.model.load_plan import LoadPlan
from fusebox.model.vehicle import Vehicle

SITE = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}
SOC = {"soc_pct": "sensor.soc", "capacity_kwh": 60}
SEVEN = 7 * 3600


def read(load: dict[str, Any] | None = None, **sections: Any) -> ConfigResult:
    car = {"type": "number", "current": "number.x", **(load or {})}
    return read_config({"site": SITE, "loads": {"car": car}, **sections})


def errors(load: dict[str, Any] | None = None, **sections: Any) -> list[str]:
    return [str(each) for each in read(load, **sections).errors]


def test_a_plan_becomes_part_of_its_load():
    found = read({"plan": {"ready_by": "07:00", "soc_target_pct": 80, "finish": "Early"}, **SOC})
    assert not found.errors, found.errors
    (car,) = found.config.site().loads
    assert car.plan == LoadPlan((SEVEN,) * 7, soc_target_pct=80, finish="early")
    assert car.vehicle == Vehicle("sensor.soc", 60, 0.9)
    assert found.config.named["loads.car.soc_pct"] == "sensor.soc"


def test_a_departure_and_a_target_may_be_entities():
    told = {"ready_by": "input_datetime.leave", "energy_kwh": "input_number.kwh"}
    checked = read({"plan": told}).config
    assert checked.live == {
        "loads.car.plan.ready_by": "input_datetime.leave",
        "loads.car.plan.energy_kwh": "input_number.kwh",
    }
    values = {"loads.car.plan.ready_by": "06:30:00", "loads.car.plan.energy_kwh": "12.5"}
    assert checked.site(values).loads[0].plan == LoadPlan((SEVEN - 1800,) * 7, energy_kwh=12.5)
    assert checked.site({"loads.car.plan.ready_by": "soon"}).loads[0].plan.ready_by is None


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"ready_by": "07:00"}, "loads.car.plan: does not say how much; write energy_kwh or soc_target_pct"),
        ({"energy_kwh": 5}, "loads.car.plan.ready_by: required; write a time such as '07:00'"),
        ({"max_price": 0.1}, "loads.car.plan.max_price: needs the section prices"),
        (
            {"max_price": 0.1, "energy_kwh": 5},
            "loads.car.plan.energy_kwh: needs ready_by; for a limit without",
        ),
        ({"min_soc_pct": 20}, "loads.car.plan.ready_by: required; write a time such as '07:00', or max_price alone"),
        ({"ready_by": "7", "energy_kwh": 5}, "loads.car.plan.ready_by: '7' is no time of day; write it like '07:00'"),
        ({"ready_by": {"monday": "7:00"}, "energy_kwh": 5}, "loads.car.plan.ready_by: 'monday' is no day"),
        (
            {"ready_by": {"mon-fri": "07:00", "mon": "05:00"}, "energy_kwh": 5},
            "loads.car.plan.ready_by: 'mon' is named twice; write one time for each day",
        ),
        ({"ready_by": "07:00", "energy_kwh": 5, "soc_target_pct": 80}, "has both energy_kwh and soc_target_pct"),
        ({"ready_by": "07:00", "soc_target_pct": 80}, "loads.car.soc_pct: required by plan.soc_target_pct"),
        ({"ready_by": "07:00", "soc_target_pct": 80}, "loads.car.capacity_kwh: required by plan.soc_target_pct"),
        ({"ready_by": "07:00", "energy_kwh": 5, "min_soc_pct": 20}, "loads.car.soc_pct: required by plan.min_soc_pct"),
        ({"ready_by": "07:00", "hours": 5}, "loads.car.plan.hours: a car charges for as long as it takes"),
        ({"ready_by": "07:00", "energy_kwh": 5, "maxprice": 1}, "unknown key; did you mean 'max_price'?"),
        ({"ready_by": "switch.x", "energy_kwh": 5}, "'switch.x' shows no time; write one of"),
    ],
)
def test_a_mistake_in_a_plan_is_reported(plan, told):
    assert any(told in each for each in errors({"plan": plan})), errors({"plan": plan})


def test_what_is_switched_runs_for_hours_and_has_no_state_of_charge():
    pool = {"type": "plug", "switch": "switch.pool"}
    assert errors({**pool, "current": None}) != []
    plug = {"site": SITE, "loads": {"pool": {**pool, "plan": {"ready_by": "20:00", "hours": 5}}}}
    checked = read_config(plug).config
    assert checked.site().loads[0].plan.hours == 5
    plug["loads"]["pool"]["plan"] = {"ready_by": "20:00", "soc_target_pct": 80}
    (error,) = read_config(plug).errors
    assert str(error) == "loads.pool.plan.soc_target_pct: only a car has a state of charge; write energy_kwh or hours"


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        (
            {"factor": 1.2},
            "prices: has no prices; write 'import': an entity or a service, or 'fixed': a price",
        ),
        ({"add": "x y"}, "prices.add: 'x y' is not a number"),
        ({"add": "x y"}, "prices: has no prices"),
        ({"ad": 0.1}, "prices: has no prices"),
        ({"import": "Sensor.NP", "fixed": "x y"}, "prices: has both 'import' and 'fixed'"),
        ({"imports": "sensor.a", "factor": "x"}, "prices.imports: unknown key; did you mean 'import'?"),
        ({"imports": "sensor.a", "factor": "x"}, "prices.factor: 'x' is not a number"),
        ({"import": "sensor.a", "fixed": {"hours": {}, "else": 1}}, "prices: has both 'import' and 'fixed'"),
        (
            {"import": {"service": "nordpool.get"}},
            "prices.import.service: 'nordpool.get' is not a service that is known",
        ),
        ({"import": {"area": "NL"}}, "prices.import.service: required; write such as 'nordpool.get_prices_for_date'"),
        ({"import": "Sensor.NP"}, "prices.import: 'Sensor.NP' is not an entity id; entity ids are lower case"),
        (
            {"fixed": {"hours": {"22": 0.1}, "else": 0.2}},
            "prices.fixed.hours.22: '22' is no span of hours; write it like",
        ),
        ({"fixed": {"hours": {"22-06": 0.1}}}, "prices.fixed.else: required; write the value at all other times"),
        ({"import": "sensor.a", "export": True}, "prices.export: True is not a number"),
    ],
)
def test_a_mistake_in_prices_is_reported(prices, told):
    assert any(told in each for each in errors(prices=prices)), errors(prices=prices)


def test_prices_whose_source_is_misspelt_are_not_said_to_have_none():
    assert errors(prices={"improt": "sensor.a"}) == ["prices.improt: unknown key; did you mean 'import'?"]


def test_prices_as_they_are_read():
    checked = read(prices={"fixed": {"hours": {"22-06": 0.18}, "else": "input_number.day"}, "export": 0.07}).config
    prices = checked.sections_with({"prices.fixed.else": "0.3"})["prices"]
    assert prices["fixed"] == TimeTable(((Times(22 * 3600, 6 * 3600), 0.18),), 0.3)
    assert (prices["export"], prices["add"], prices["factor"], prices["import"]) == (0.07, 0, 1, None)
    assert read(prices={"import": "event.octopus_current_day_rates"}).config.named["prices.import"].startswith("event.")


def test_forecasts():
    assert errors(forecast={"solar": "sun", "house": "lernt"}) == [
        "forecast.solar: 'sun' is not an entity id; write one such as 'sensor.solcast_pv_forecast_forecast_today'",
        "forecast.house: 'lernt' is not known; write 'learnt', or a number of watts",
    ]
    assert read(forecast={"house": 400}).config.sections["forecast"] == {"solar": None, "house": 400}


def test_a_price_limit_without_prices_is_reported():
    load = {"plan": {"ready_by": "07:00", "energy_kwh": 5, "max_price": 0.2}}
    (warning,) = read(load).warnings
    assert str(warning) == "loads.car.plan.max_price: does nothing without the section prices"
    assert read(load, prices={"import": "sensor.a"}).warnings == ()


@pytest.mark.parametrize("limit", [0.12, -0.02, "input_number.limit"])
def test_a_price_limit_alone_is_a_plan(limit):
    checked = read({"plan": {"max_price": limit}}, prices={"import": "sensor.a"}).config
    found = checked.site({"loads.car.plan.max_price": "0.08"}).loads[0].plan
    assert (found.has_no_end, found.max_price) == (True, limit if isinstance(limit, float) else 0.08)
    assert checked.site({}).loads[0].plan.max_price == (limit if isinstance(limit, float) else None)


def test_a_week_and_what_is_none():
    assert DEPARTURE.check({"sat-mon": "08:00"}) == (8 * 3600, None, None, None, None, 8 * 3600, 8 * 3600)
    assert parse_span("22:30-06:15") == (81_000, 22_500)
    for text in ("22", "22-25", "a-b", "22:61-23", "22:10-23"):
        with pytest.raises(vol.Invalid, match="write it like"):
            parse_span(text)
    for told in ("7", "25:00", "07:61", "24:00", "soon", None, 7, {"mon-x": "07:00"}, {}):
        with pytest.raises(vol.Invalid, match="write"):
            DEPARTURE.check(told)


@pytest.mark.parametrize(("raw", "then"), [("07:00:00", (SEVEN,) * 7), ("unavailable", None), (None, None)])
def test_what_an_entity_means(raw, then):
    assert DEPARTURE.read(raw) == then


def test_currencies():
    config = {"site": {**SITE, "currency": "euro"}, "loads": {}}
    (error,) = read_config(config).errors
    assert str(error) == "site.currency: 'euro' is no currency; write its three letters, such as 'EUR'"


BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.batt"}
LIMIT = {"number": "number.limit", "hold": 0, "normal": 5000}
MODE = {"select": "select.mode", "hold": "off", "normal": "auto"}


@pytest.mark.parametrize(
    ("battery", "told"),
    [
        (
            {"hold": {**MODE, "normal": "off"}},
            "hold.normal: 'off' is already that of hold; write what its own logic needs",
        ),
        ({"hold": {**LIMIT, "hold": "zero"}}, "hold.hold: 'zero' is not a number; write one such as 0"),
        ({"hold": {**LIMIT, "number": "number.x"}}, "hold.number: already commanded by loads.car.current"),
        (
            {"hold": {**LIMIT, "power_w": "number.w"}},
            "hold.power_w: unknown key here; charge_from_grid has it",
        ),
        (
            {"charge_from_grid": {"number": "number.w", "charge": 1, "normal": 1}},
            "charge_from_grid.normal: 1 is already that of charge",
        ),
        (
            {"hold": {"switch": "switch.x", "normal": "on"}},
            "hold.normal: a switch is on to hold and off otherwise; leave this out",
        ),
        (
            {"charge_from_grid": {"switch": "switch.x", "charge": "off"}},
            "charge_from_grid.charge: a switch is on to charge and off otherwise; leave this out",
        ),
        (
            {"plan": {"ready_by": "06:00", "soc_target_pct": 15}, "capacity_kwh": 10, "charge_from_grid": MODE},
            "plan.soc_target_pct: 15 is below soc_min_pct (20 %); write more",
        ),
    ],
)
def test_a_mistake_in_the_orders_of_a_battery_is_reported(battery, told):
    site = {**SITE, "battery": {**BATTERY, **battery}}
    loads = {"car": {"type": "number", "current": "number.x"}}
    (error,) = read_config({"site": site, "loads": loads, "prices": {"import": "sensor.a"}}).errors
    assert str(error).startswith(f"site.battery.{told}")


def test_two_values_that_an_order_lacks_are_both_required():
    site = {**SITE, "battery": {**BATTERY, "hold": {"number": "number.limit"}}}
    found = [str(error) for error in read_config({"site": site}).errors]
    required = "required; write what 'number.limit' is set to then"
    assert found == [f"site.battery.hold.{key}: {required}" for key in ("hold", "normal")]


def test_one_entity_may_hold_a_battery_and_charge_it():
    charge = {**MODE, "charge": "charge"}
    del charge["hold"]
    site = {**SITE, "battery": {**BATTERY, "hold": MODE, "charge_from_grid": charge}}
    assert read_config({"site": site, "loads": {}}).errors == ()


def test_a_least_above_the_target_is_reported():
    told = {"ready_by": "07:00", "soc_target_pct": 80, "min_soc_pct": 90}
    (error,) = errors({"plan": told, **SOC})
    assert error == "loads.car.plan.min_soc_pct: 90 is above soc_target_pct; write 80 or less"


@pytest.mark.parametrize(
    ("load", "told"),
    [
        ({"stop_soc_pct": 80}, "loads.car.soc_pct: required by stop_soc_pct; write the entity"),
        (
            {**SOC, "stop_soc_pct": 70, "plan": {"ready_by": "07:00", "soc_target_pct": 80}},
            "loads.car.plan.soc_target_pct: 80 is above stop_soc_pct; write 70 or less",
        ),
        ({"stop_soc_pct": -1}, "loads.car.stop_soc_pct: -1 is out of range; write 0 to 100 %"),
    ],
)
def test_a_limit_of_a_session_needs_what_it_is_measured_by(load, told):
    assert any(each.startswith(told) for each in errors(load)), errors(load)


def test_a_limit_of_a_session_needs_to_know_when_a_car_comes():
    box = {"type": "number", "current": "number.box"}
    config = {"site": SITE, "loads": {"car": {**box, "stop_energy_kwh": 12}}}
    (error,) = read_config(config).errors
    assert str(error).startswith("loads.car.stop_energy_kwh: needs status: ")
    config["loads"]["car"]["status"] = "sensor.box_status"
    assert read_config(config).config.site({}).loads[0].stop_energy_kwh == 12
    config["loads"]["car"]["stop_energy_kwh"] = "input_number.kwh"
    assert read_config(config).config.site({"loads.car.stop_energy_kwh": "7.5"}).loads[0].stop_energy_kwh == 7.5
