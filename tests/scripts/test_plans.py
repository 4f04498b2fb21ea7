"""Plans as users see them: blocks by prices, modes outside, services, and what outlives a restart."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from simhouse.host.persistence import FILE_NAME

from .houses import House, amps, charger, charging, config, plug
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool

QUARTER = {"ready_by": "21:15", "energy_kwh": 0.92}
CHEAP = nord_pool({"20:15": 0.10, "20:30": 0.10})
EVEN = {"fixed": {"hours": {"20-22": 0.2}, "else": 0.3}}
"""One price all evening: a load that finishes early starts at once."""


@pytest.fixture
def night(house):
    """`night(plan, prices=None, **keys of the car)`: a house at eight in the evening."""

    def begin(plan, prices=None, **car):
        home = Night(house(car_config(plan, prices, **car), start=T0, time_zone=ZONE))
        home.told = dict(CHEAP)
        return home

    return begin


def test_a_boost_during_a_block_is_not_limited_to_the_power_of_the_plan(night):
    home = night({"ready_by": "21:15", "energy_kwh": 0.5}, max_a=16)
    home.until("20:35")
    assert home.plan()["state"] == "running" and home.devices["car"].offer_a < 10
    home.house.call("fusebox_boost", load="car", state=True)
    home.run(60)
    assert home.devices["car"].offer_a == 16


def test_a_car_charges_in_its_cheap_hour_and_its_cost_is_reported(night):
    home = night(QUARTER)
    home.step_s = home.house.long_calm_s = 10
    home.run(60)
    told = home.plan()
    assert [row["start"] for row in told["plan"]] == ["2026-11-22T20:30+01:00"]
    assert told["plan"][0] == {**told["plan"][0], "end": "2026-11-22T20:45+01:00", "price": 0.1, "kw": 3.68}
    assert (told["state"], told["cost"]) == ("waiting", 0.09)
    assert told["reason"] == (
        "waits until 20:30: the cheapest of 5 quarter hours at 0.100 EUR/kWh (it needs 1), 0.9 kWh by 21:15 for "
        "0.09 EUR instead of 0.28 EUR at once"
    )
    assert told["reason_code"] == "plan_waits"
    assert told["reason_values"]["start"] == "20:30" and told["reason_values"]["rank_nth"] == 1
    assert (told["cost_at_once"], told["cost_evenly"]) == (0.28, 0.2)
    shown = home.house.shown("car")
    assert (shown["reason"], shown["reason_code"]) == (told["reason"], "plan_waits")
    assert home.house.shown("car")["mode"] == "standard"
    home.until("20:40")
    assert home.plan()["state"] == "running"
    home.until("20:50")
    assert home.hours() == ["20:30", "20:45"]
    told = home.plan()
    assert (told["state"], told["plan"]) == ("done", [])
    assert told["reason"].startswith("done: 0.9 kWh for 0.09 EUR instead of 0.27 EUR at once")
    assert home.kwh() == pytest.approx(0.92, abs=0.06)
    assert home.house.shown("car_energy")["session_cost"] == pytest.approx(0.1, abs=0.02)


def test_prices_are_shown(night):
    home = night(None, {"import": NORD_POOL, "factor": 1.2, "add": 0.1})
    home.run(30)
    shown = home.house.shown("prices")
    assert home.house.state("sensor.fusebox_prices") == "0.46"
    assert shown["slots"][0] == {
        "start": "2026-11-22T20:00+01:00", "end": "2026-11-22T20:15+01:00", "price": 0.46
    }  # fmt: skip
    assert shown["slots"][1]["price"] == 0.22
    assert (shown["source"], shown["known_until"]) == (NORD_POOL, "2026-11-24T00:00+01:00")
    assert shown["unit_of_measurement"] == "EUR/kWh"
    assert len(str(shown)) < 16_384
    assert home.plan() == {"state": "none"}


def test_a_capped_bill_for_the_peak_is_in_the_price_until_the_month_ends(house, tmp_path):
    """The Flemish maximum tariff: this house has imported so little in November that each kWh adds to its bill."""
    ledger = {
        "kind": "fluvius", "months": {"2026-11": [[2, 4.0]]}, "imports": {"2026-11": {"kwh": 20.0, "hours": 500.0}}
    }  # fmt: skip
    history = {"pyscript.fusebox_peak_history": {"state": "4.0", "attributes": {"ledger": ledger}}}
    (tmp_path / FILE_NAME).write_text(json.dumps(history), encoding="utf-8")
    tariff = {"kind": "fluvius", "target_kw": 5.0, "price_per_kw_year": 48.0, "maximum_per_kwh": 0.29}
    home = Night(house({**car_config(QUARTER), "tariff": tariff}, start=T0, time_zone=ZONE))
    home.told = dict(CHEAP)
    home.run(60)
    peak = home.house.session.host.world.states.get("sensor.fusebox_peak").attributes
    assert (peak["capped"], peak["month_cost"]) == (True, pytest.approx(8.35, abs=0.05))
    assert [row["price"] for row in home.house.shown("prices")["slots"][:2]] == [0.59, 0.39]
    assert home.plan()["plan"][0]["price"] == 0.39


def test_plans_and_published_prices_include_the_fees_of_each_hour(night):
    fees = {"hours": {"sun 20:30-22": 0.25, "oct-mar 20-21": 0.05}, "else": 0.02}
    home = night(QUARTER, {"import": NORD_POOL, "add": fees})
    home.run(60)
    assert [row["price"] for row in home.house.shown("prices")["slots"][:4]] == [0.35, 0.15, 0.35, 0.55]
    assert [(row["start"][11:16], row["price"]) for row in home.plan()["plan"]] == [("20:15", 0.15)]
    assert home.plan()["cost"] == 0.14


def test_no_block_is_planned_above_the_tariffs_target_of_its_hours(house):
    tariff = {"kind": "fixed_limit", "target_kw": {"hours": {"20:30-20:45": 1.0}, "else": 6.0}}
    home = Night(house({**car_config(QUARTER), "tariff": tariff}, start=T0, time_zone=ZONE))
    home.told = dict(CHEAP)
    home.run(60)
    assert [row["start"][11:16] for row in home.plan()["plan"]] == ["20:15"]


def test_outside_its_blocks_a_load_does_what_its_mode_says(night):
    home = night(QUARTER, mode="standard")
    home.run(120)
    assert home.hours()[0] == "20:00"
    assert home.plan()["state"] == "waiting"
    assert home.plan()["reason"] == "its mode is standard, so it does not wait until 20:30"


def test_a_plan_in_a_solar_mode_waits_for_the_sun_outside_its_blocks(night):
    home = night(QUARTER, mode="solar_only")
    home.until("20:40")
    assert home.hours()[0] == "20:30"
    assert home.house.shown("car")["mode"] == "solar_only"


def test_a_service_sets_a_plan_and_clears_it(night):
    home = night(None)
    home.run(60)
    assert home.hours() == ["20:00", "20:01"]
    answer = home.house.call("fusebox_set_plan", load="car", ready_by="21:15", energy_kwh="0.92")["response"]
    assert (answer["load"], answer["plan_state"]) == ("car", "waiting")
    home.run(60)
    assert home.devices["car"].on is False
    assert home.plan()["state"] == "waiting"
    home.house.call("fusebox_clear_plan", load="sensor.fusebox_car")
    home.run(300)
    assert home.plan() == {"state": "none"}
    assert home.devices["car"].on


def test_a_car_with_a_plan_by_a_service_never_waits_for_others(house):
    # L1 has 17 A: under `optimized` the runabout's 6 A would cost the estate 5 A on each of three phases.
    loads = {"estate": charger("estate", phases=["L1", "L2", "L3"]), "runabout": charger("runabout")}
    home = house(config(loads=loads, phases="L1 L2 L3", distribution="optimized"), start=T0, time_zone=ZONE)
    seen = {"sensor.l1": amps(24), "sensor.l2": amps(16), "sensor.l3": amps(16), **charging("estate")}
    seen |= {**charging("runabout", 6, 0), "switch.runabout": "off", "sensor.runabout_status": "Connected"}
    home.steady(30, seen)
    assert home.shown("runabout")["reason"].startswith("waits for estate, until 22:00 at the latest")
    home.call("fusebox_set_plan", load="runabout", ready_by="20:30", energy_kwh=1.2)
    home.steady(60, seen)
    assert "would cost" not in home.shown("runabout")["reason"]
    assert home.all_sent("number.estate")[-1][1] <= 11


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"load": "bike"}, "load: there is no load 'bike'"),
        ({"load": "car", "energy_kwh": 5}, "ready_by: required; write a time such as '07:00'"),
        ({"load": "car", "ready_by": "25:00", "energy_kwh": 5}, "ready_by: '25:00' is no time of day"),
        ({"load": "car", "ready_by": "2026-11-20T07:00", "energy_kwh": 5}, "ready_by: 2026-11-20T07:00 has passed"),
        ({"load": "car", "ready_by": "07:00"}, "plan: does not say how much; write energy_kwh or soc_target_pct"),
        ({"load": "car", "ready_by": "07:00", "hours": 5}, "hours: a car charges for as long as it takes"),
        (
            {"load": "car", "ready_by": "07:00", "soc_target_pct": 80},
            "needs soc_pct and capacity_kwh of 'car' in CONFIG",
        ),
        ({"load": "car", "ready_by": "07:00", "kwh": 5}, "kwh: there is no such field; the fields are load, ready_by"),
        (
            {"load": "car", "ready_by": "07:00", "energy_kwh": "input_number.x"},
            "is an entity id; give the value itself",
        ),
    ],
)
def test_an_invalid_service_call_is_refused_with_the_reason(house, data, said):
    home = Night(house(car_config(None), start=T0, time_zone=ZONE, noisy=True))
    home.run(20)
    assert said in home.house.call("fusebox_set_plan", **data)["error"]
    # On a busy machine the file of plans may not be read yet: then no plan is shown at all.
    assert home.house.shown("car").get("plan_state", "none") == "none"


def test_a_plan_of_a_service_goes_with_its_car(night):
    home = night(None)
    home.run(30)
    home.house.call("fusebox_set_plan", load="car", ready_by="2026-11-23T06:00", energy_kwh=5)
    home.run(30)
    assert home.plan()["state"] == "waiting"
    home.devices["car"].status = "Available"
    home.run(60)
    home.devices["car"].status = "Preparing"
    home.run(60)
    assert home.plan() == {"state": "none"}


def test_a_services_plan_past_its_time_is_dropped_when_the_car_arrives(night):
    home = night({"ready_by": "07:00", "energy_kwh": 3})
    home.devices["car"].status = "Available"
    home.run(30)
    home.house.call("fusebox_set_plan", load="car", ready_by="20:10", energy_kwh=0)
    home.until("20:11")
    home.devices["car"].status = "Preparing"
    home.run(60)
    assert "3 kWh by 07:00" in home.plan()["reason"]


def test_what_a_car_would_have_cost_at_once_is_that_of_the_energy_that_it_has_taken(night):
    home = night(QUARTER)
    home.until("20:37")
    told = home.house.call("fusebox_set_limit", load="car", stop_energy_kwh=0.4)
    assert "error" not in told
    home.run(120)
    assert home.plan()["state"] == "done"
    # 12.5 cents: a second more or less decides how they are rounded.
    assert re.fullmatch(r"done: 0\.4 kWh for 0\.04 EUR instead of 0\.1[23] EUR at once", home.plan()["reason"])


def test_a_plan_written_for_a_connected_car_waits_for_its_cheap_hours(night):
    home = night(None, mode="off")
    home.run(600)
    home.house.save(car_config({"ready_by": "20:05", "energy_kwh": 3}, mode="off"))
    home.run(60)
    assert (home.plan()["state"], home.kwh()) == ("waiting", 0)


def test_a_charger_without_a_status_begins_again_at_each_departure(night):
    home = night({"ready_by": "20:30", "energy_kwh": 0.5}, without=["status"])
    home.until("20:29")
    assert home.plan()["state"] == "done"
    home.until("20:31")
    assert home.plan()["state"] == "waiting"
    assert "0.5 kWh by 20:30" in home.plan()["reason"]


def test_a_plan_that_is_done_is_not_begun_again_by_clearing_what_no_service_has_set(night):
    home = night({"ready_by": "21:15", "energy_kwh": 0.46, "finish": "early"}, prices=EVEN)
    home.until("20:16")
    assert home.house.call("fusebox_clear_plan", load="car")["response"]["plan_state"] == "done"
    home.until("20:26")  # what begins again does so early
    began, ended = home.hours()
    assert (began, ended <= "20:16") == ("20:00", True)


def test_after_a_date_that_has_passed_it_charges_what_was_wanted_and_no_more(night):
    home = night({"ready_by": "input_datetime.leave", "energy_kwh": 0.3})
    home.told["input_datetime.leave"] = "2026-11-22 07:00:00"
    home.run(60)
    assert home.plan()["reason"] == (
        "ready_by has passed (2026-11-22 07:00:00): it follows its mode until it has its energy"
    )
    assert home.hours()[0] == "20:00"
    home.run(1200)
    assert (home.plan()["state"], home.devices["car"].on) == ("done", False)
    assert home.kwh() == pytest.approx(0.3, abs=0.06)


def test_clearing_a_services_plan_counts_the_energy_charged_since_plugging_in(night):
    home = night(
        {"ready_by": "21:15", "energy_kwh": 0.92, "finish": "early"},
        prices=EVEN,
    )
    home.run(600)
    home.house.call("fusebox_set_plan", load="car", ready_by="21:00", energy_kwh=3)
    home.run(120)
    home.house.call("fusebox_clear_plan", load="car")
    home.until("20:30")  # in which it could take twice as much
    assert home.kwh() == pytest.approx(0.92, abs=0.06)


def test_a_restart_in_a_block_continues_with_it(tmp_path):
    with House(tmp_path, car_config(QUARTER), start=T0, time_zone=ZONE) as first:
        home = Night(first)
        home.step_s = 10
        home.told = dict(CHEAP)
        home.until("20:37")
        assert home.devices["car"].on
        taken, car = home.kwh(), home.devices["car"]
    start = T0 + timedelta(minutes=37)
    with House(tmp_path, car_config(QUARTER), start=start, time_zone=ZONE) as again:
        home = Night(again, car=car)
        home.step_s = 10
        home.run(120)
        assert car.on  # its prices are not there yet
        assert home.plan()["state"] == "running"
        home.told = dict(CHEAP)
        home.until("20:56", start)
        assert home.plan()["state"] == "done"
        assert taken + home.kwh() == pytest.approx(0.92, abs=0.1)
        assert min(drawn for at, drawn in home.drew[:5]) > 0


def test_what_a_car_takes_while_home_assistant_restarts_has_a_cost(tmp_path):
    written = car_config({"ready_by": "21:00", "energy_kwh": 3, "finish": "early"}, {"fixed": 0.3})
    with House(tmp_path, written, start=T0, time_zone=ZONE) as first:
        home = Night(first)
        home.run(300)
        assert home.plan()["cost"] == pytest.approx(0.9, abs=0.01)
    with House(tmp_path, written, start=T0 + timedelta(seconds=420), time_zone=ZONE) as again:
        home = Night(again, car=home.devices["car"])
        home.run(60)
        assert home.plan()["cost"] == pytest.approx(0.9, abs=0.01)


def test_after_a_missed_departure_the_rest_is_charged_at_once(night):
    home = night({"ready_by": "20:30", "energy_kwh": 2.0})
    home.run(60)
    assert home.plan()["state"] == "late"
    assert "late: 0.2 of the remaining 2 kWh will be missing by 20:30" in home.plan()["reason"]
    home.until("20:32")
    assert home.plan()["state"] == "late"
    assert home.plan()["reason"].startswith("late: its deadline has passed, so it charges ")
    home.until("20:40")
    assert home.hours()[0] == "20:00"
    assert home.kwh() == pytest.approx(2.0, abs=0.1)
    assert home.plan()["state"] == "done"


@pytest.mark.parametrize(("finish", "start"), [("late", "20:15"), ("early", "20:00")])
def test_without_prices_it_runs_as_late_or_as_early_as_it_can(house, finish, start):
    written = car_config({**QUARTER, "ready_by": "20:45", "finish": finish})
    del written["prices"]
    home = Night(house(written, start=T0, time_zone=ZONE))
    home.run(60)
    assert home.plan()["cost"] is None
    assert f"no prices are known, so it runs as {finish} as it can" in home.plan()["reason"]
    home.until("20:20")
    assert home.hours()[0] == start


def test_prices_that_have_ended_are_reported(night):
    home = night(QUARTER)
    home.told = nord_pool({}, T0.replace(day=20), tomorrow=False)
    home.run(60)
    assert "prices.import: sensor.nordpool has no prices for now or later in its attributes" in str(
        home.house.shown()["errors"]
    )
    assert home.house.state("sensor.fusebox_prices") == "unknown"
    assert "the known prices have ended, so it runs as late as it can" in home.plan()["reason"]


def test_prices_in_another_currency_are_noted(night):
    home = night(None)
    home.told = nord_pool({}, unit_of_measurement="SEK/kWh")
    home.run(30)
    told = "this source has prices in SEK, which count as EUR: set site.currency to 'SEK' in CONFIG"
    assert home.house.shown("prices")["notes"] == [told]


def test_all_equal_prices_are_reported(night):
    home = night(QUARTER)
    home.told = nord_pool({})
    home.run(60)
    assert "all prices are equal, so it runs as late as it can" in home.plan()["reason"]


def test_a_plug_runs_its_hours_a_day(house):
    written = config(loads={"pool": plug(plan={"ready_by": "20:50", "hours": 0.5})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=10), "car": Device(on=False, obeys=False)}
    home.told = dict(CHEAP)
    home.run(60)
    (row,) = home.house.shown("pool")["plan"]
    assert (row["start"], row["kw"]) == ("2026-11-22T20:15+01:00", 2.3)
    home.until("20:25")
    assert home.devices["pool"].on
    home.until("20:47")
    assert not home.devices["pool"].on
    assert home.house.shown("pool")["plan_state"] == "done"
    home.until("20:52")
    assert home.house.shown("pool")["plan_state"] == "waiting"  # the next day's


def test_a_plug_that_draws_less_than_its_rating_runs_no_longer_for_that(house):
    written = config(loads={"pool": plug(plan={"ready_by": "21:15", "hours": 0.5})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=5), "car": Device(on=False, obeys=False)}
    home.told = nord_pool({"20:00": 0.2, "20:15": 0.25, "20:45": 0.05})
    home.until("20:14")
    assert home.devices["pool"].on
    home.until("20:20")
    assert not home.devices["pool"].on
    home.until("20:46")
    assert home.devices["pool"].on


def test_a_car_is_ready_five_minutes_before_a_time_in_the_middle_of_a_quarter_hour(house):
    """What is left for the quarter hour of that time is not spread over all of it."""
    written = car_config({"ready_by": "20:24", "energy_kwh": 1.0}, max_a=25)
    home = Night(house(written, start=T0, time_zone=ZONE), car=Device(on=False, takes_a=25))
    home.told = nord_pool({})
    home.house.is_exact = True  # a car that is on a few seconds later is ready in the next step
    home.run(30)
    home.house.is_exact = False
    home.until("20:20")
    assert home.kwh() >= 1.0
    assert home.plan()["state"] == "done"


def test_a_plug_that_is_ready_in_time_is_not_called_late(house):
    """Nothing of its last quarter hour is planned: it is on or off."""
    written = config(loads={"pool": plug(plan={"ready_by": "20:30", "hours": 0.4})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=10), "car": Device(on=False, obeys=False)}
    home.told = nord_pool({})
    told = set()
    while home.second < 1560:
        home.run(10)
        told.add(home.house.shown("pool").get("plan_state"))
    assert told <= {None, "waiting", "running", "done"}
    assert "done" in told


def test_two_cars_side_by_side_keep_to_their_plans(house):
    """The second load needs what the first could take of their fuse in order to be ready."""
    plans = {"car": {"ready_by": "21:30", "energy_kwh": 3.0}, "van": {"ready_by": "20:45", "energy_kwh": 2.0}}
    cars = {name: charger(name, plan=plan, max_a=20) for name, plan in plans.items()}
    home = Night(
        house({**config(loads=cars), "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE),
        car=Device(on=False, takes_a=20),
        van=Device(on=False, takes_a=20),
    )
    home.told = nord_pool({"20:00": 0.1, "20:15": 0.1})
    home.run(60)
    assert {home.house.shown(name)["plan_state"] for name in plans} == {"running"}
    home.until("20:10")
    shown = home.house.shown("car")
    assert shown["setpoint_a"] <= shown["plan"][0]["kw"] / 0.23 + 0.5
    home.until("20:46")
    assert home.house.shown("van")["plan_state"] == "done"


def test_a_plan_counts_the_car_that_charges_without_one(house):
    """Beside it 6 A are left of 20 A: too little for the cheap half hour, enough from the beginning on."""
    loads = {"van": charger("van"), "car": charger("car", plan={"ready_by": "22:00", "energy_kwh": 2.0})}
    written = config(loads=loads)
    written["site"]["main_fuse_a"] = 20
    home = Night(
        house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE),
        van=Device(on=True, takes_a=16),
        car=Device(on=False, takes_a=16),
    )
    home.told = nord_pool({"21:15": 0.1, "21:30": 0.1})
    home.until("20:20")
    assert {block["kw"] for block in home.plan()["plan"]} == {1.38}
    home.until("21:59")
    assert home.plan()["state"] == "done"


def test_a_car_without_a_plan_that_pauses_does_not_switch_the_planned_one(house):
    loads = {"van": charger("van"), "car": charger("car", plan={"ready_by": "22:00", "energy_kwh": 2.0})}
    written = config(loads=loads)
    written["site"]["main_fuse_a"] = 20
    van = Device(on=True, takes_a=16)
    home = Night(
        house({**written, "prices": {"import": NORD_POOL}}, start=T0, time_zone=ZONE),
        van=van,
        car=Device(on=False, takes_a=16),
    )
    home.told = nord_pool({"21:15": 0.1, "21:30": 0.1})
    home.until("20:29")
    for takes_a in (0.0, 16.0) * 4:
        van.takes_a = takes_a
        home.run(120)
    assert home.hours() == ["20:30", "20:45"]
    home.until("21:59")
    assert home.plan()["state"] == "done"
