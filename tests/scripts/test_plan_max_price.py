"""A price limit of a plan, as entities show it: nothing above it before the latest start."""

from __future__ import annotations

import pytest

from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool
from .test_plan_slots import spans

FEE = "input_number.fee"


def night(house, plan, cheap) -> Night:
    home = Night(house(car_config(plan), start=T0, time_zone=ZONE))
    home.told = nord_pool(cheap)
    return home


def test_a_run_stops_above_its_price_limit_and_waits_for_its_latest_start(house) -> None:
    """With 3.7 kW it needs an hour; half of that is cheap, and it is to be ready in two and a half."""
    home = night(house, {"ready_by": "22:30", "energy_kwh": 3.68, "max_price": 0.2}, {"20:15": 0.1, "20:30": 0.1})
    home.until("22:30")
    begun, stopped, late, end = home.hours()
    assert (begun[:4], stopped[:4]) == ("20:1", "20:4")
    assert "21:45" <= late < end
    assert home.plan()["state"] == "done"


CHEAP = {"20:15": 0.12, "20:30": 0.08, "21:15": 0.11, "23:45": 0.13}


def test_a_price_alone_runs_a_car_in_every_quarter_hour_at_or_below_it(house) -> None:
    home = night(house, {"max_price": 0.12}, CHEAP)
    home.until("20:10")
    assert home.plan()["reason"] == "runs below 0.120 EUR/kWh, next at 20:15"
    assert home.house.shown("car")["reason"] == "runs below 0.120 EUR/kWh, next at 20:15"
    home.until("20:20")
    shown = home.plan()
    assert (shown["state"], shown["reason"]) == ("running", "runs below 0.120 EUR/kWh, now until 20:45")
    assert shown["asked"] == {"max_price": 0.12}
    assert spans(shown["plan"])[:2] == [("20:15", "20:45"), ("21:15", "21:30")]
    home.until("22:00")
    assert [time[:4] for time in home.hours()] == ["20:1", "20:4", "21:1", "21:3"]
    assert home.plan()["reason"] == "runs below 0.120 EUR/kWh, next at 20:15"


def test_outside_its_low_prices_a_load_does_what_its_mode_says(house) -> None:
    home = Night(house(car_config({"max_price": 0.12}, mode="standard"), start=T0, time_zone=ZONE))
    home.told = nord_pool({})
    home.until("20:20")
    assert home.devices["car"].draw_a > 0
    assert home.plan()["reason"].endswith(
        "runs below 0.120 EUR/kWh; no known price is that low, the lowest is 0.300 at 20:15"
    )


def test_a_car_takes_more_than_its_plan_while_energy_earns_money(house) -> None:
    plan = {"ready_by": "22:30", "energy_kwh": 0.9, "finish": "early"}
    home = night(house, plan, {"20:00": 0.05, "20:30": -0.02, "20:45": -0.01, "21:00": 0.0})
    home.until("20:50")
    shown = home.plan()
    assert shown["state"] == "done"
    assert shown["reason"] == "draws more until 21:00, because using energy earns money"
    home.until("21:30")
    assert [time[:4] for time in home.hours()] == ["20:3", "21:0"]
    home.house.call("fusebox_set_plan", load="car", ready_by="22:30", energy_kwh=0)
    home.run(30)
    assert home.plan()["plan"] == []


def test_a_service_sets_a_price_alone_or_the_limit_of_the_plan_in_force(house) -> None:
    home = Night(house(car_config(None), start=T0, time_zone=ZONE))
    home.told = nord_pool(CHEAP)
    home.run(30)
    told = home.house.call("fusebox_set_plan", load="car", max_price=0.09)["response"]
    assert (told["plan_reason"], told["plan_asked"]) == (
        "runs below 0.090 EUR/kWh, next at 20:30",
        {"max_price": 0.09},
    )
    home.house.call("fusebox_set_plan", load="car", energy_kwh=3, ready_by="22:00")
    told = home.house.call("fusebox_set_plan", load="car", max_price=0.12)["response"]
    assert told["plan_asked"] == {"ready_by": "22:00", "energy_kwh": 3, "max_price": 0.12}
    home.house.call("fusebox_clear_plan", load="car")
    home.run(30)
    assert home.plan()["state"] == "none"


def test_without_prices_no_price_can_be_the_limit(house) -> None:
    written = {key: part for key, part in car_config(None).items() if key != "prices"}
    home = Night(house(written, start=T0, time_zone=ZONE))
    home.run(30)
    assert "max_price: CONFIG has no prices" in str(home.house.call("fusebox_set_plan", load="car", max_price=0.1))


def test_a_limit_that_is_no_number_is_refused_with_a_price_and_no_entity_id(house) -> None:
    home = Night(house(car_config(None), start=T0, time_zone=ZONE))
    home.run(30)
    refused = home.house.call("fusebox_set_plan", load="car", max_price="cheap")
    assert str(refused["error"]) == "max_price: 'cheap' is not a number; write a number such as 0.25"


def test_a_price_alone_outlives_a_restart_and_its_car_does_not(house) -> None:
    home = Night(house(car_config(None), start=T0, time_zone=ZONE))
    home.told = nord_pool(CHEAP)
    home.run(30)
    home.house.call("fusebox_set_plan", load="car", max_price=0.12)
    again = Night(house(car_config(None), start=T0, time_zone=ZONE))
    again.told = nord_pool(CHEAP)
    again.run(60)
    assert again.plan()["asked"] == {"max_price": 0.12}
    again.devices["car"].status = "Available"
    again.run(30)
    assert again.plan()["state"] == "none"


def test_the_price_that_counts_has_the_fees_of_its_hour(house) -> None:
    prices = {"import": NORD_POOL, "add": {"hours": {"20-21": 0.05}, "else": 0.005}}
    home = Night(house(car_config({"max_price": 0.12}, prices), start=T0, time_zone=ZONE))
    home.told = nord_pool(CHEAP)
    home.run(60)
    assert spans(home.plan()["plan"])[0] == ("21:15", "21:30")


@pytest.mark.parametrize("fees", [{"add": FEE}, {"factor": FEE}, {"add": {"hours": {"20-21": FEE}, "else": 0.005}}])
def test_until_each_fee_is_known_no_price_is_low_enough(house, fees) -> None:
    prices = {"import": NORD_POOL, **fees}
    home = Night(house(car_config({"max_price": 0.35}, prices), start=T0, time_zone=ZONE))
    home.told = nord_pool({})
    home.until("20:05")
    assert home.devices["car"].draw_a == 0
    assert home.plan()["reason"].endswith("no known price is that low")
    assert FEE in str(home.house.shown()["errors"])
    for shown in ("0.01", "unavailable"):
        home.told[FEE] = shown
        home.run(300)
        assert home.house.shown("prices")["slots"], "a fee keeps its last value"
        assert "runs below" in home.plan()["reason"]
