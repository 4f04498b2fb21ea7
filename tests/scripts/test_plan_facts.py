"""Facts that plans are accepted by, in a whole house: cut by a fuse, killed in a block, nights when clocks change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import voluptuous as vol

from fusebox.config.plan_schema import SUN_SERVICES
from fusebox.model.price_sources import PRICE_SERVICES

from ..planning.services import ANSWERING_SERVICES
from .houses import House, unit
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool, quarters

BLOCK = {f"20:{minute}": 0.10 for minute in (15, 30, 45)}
PLAN = {"ready_by": "22:00", "energy_kwh": 2.76}


def begun(house: House) -> Night:
    home = Night(house)
    home.told = nord_pool({**BLOCK, "21:00": 0.12, "21:15": 0.14})
    return home


def test_fact_8_a_block_grows_by_what_a_fuse_took_from_it(house) -> None:
    home = begun(house(car_config(PLAN), start=T0, time_zone=ZONE))
    home.until("20:20")
    assert home.devices["car"].draw_a == 16
    home.base_a["L1"] = 17.0
    home.until("20:45")
    assert 0 < home.devices["car"].draw_a < 8.5
    home.base_a["L1"] = 1.0
    home.until("21:20")
    assert home.hours()[0] == "20:15"
    assert home.hours()[-1] > "21:00"  # beyond what would have been enough
    assert home.plan()["state"] == "done"
    assert home.kwh() == pytest.approx(2.76, abs=0.1)


def test_fact_14_whatever_is_planned_nothing_goes_above_a_fuse(house) -> None:
    home = begun(house(car_config(PLAN), start=T0, time_zone=ZONE))
    seen = []
    for minute, base_a in enumerate((1.0, 17.0, 9.0, 25.0, 12.0, 3.0, 16.0, 8.0), 1):
        home.until(f"20:{15 + 3 * minute}")
        home.base_a["L1"] = base_a
        home.run(120)  # time for the cut, or for a pause
        seen.append(home.grid_a("L1"))
        assert home.grid_a("L1") <= 25.0, minute
    assert max(seen) > 20


def test_a_process_that_is_killed_in_a_block_continues_with_it(tmp_path) -> None:
    with House(tmp_path, car_config(PLAN), start=T0, time_zone=ZONE) as first:
        home = begun(first)
        home.until("20:25")
        kept = {file: file.read_bytes() for file in tmp_path.rglob("fusebox.*")}
        taken, car = home.kwh(), home.devices["car"]
        home.run(20)
    for file, content in kept.items():
        file.write_bytes(content)  # as it was when the power went, not as a stop in good order leaves it
    start = T0 + timedelta(minutes=26)
    with House(tmp_path, car_config(PLAN), start=start, time_zone=ZONE) as again:
        home = Night(again, car=car)
        home.run(60)
        assert home.plan()["state"] == "running"
        assert car.on
        home.told = nord_pool({**BLOCK, "21:00": 0.12})
        home.until("21:20", start)
        assert home.plan()["state"] == "done"
        assert taken + home.kwh() == pytest.approx(2.76, abs=0.25)


SETTINGS = {
    "energy_kwh": ("input_number.asked", "2.76"),
    "ready_by": ("input_text.asked", "22:00"),
}


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_of_a_plan_that_is_silent_after_a_restart_counts_as_before(tmp_path, key) -> None:
    entity, value = SETTINGS[key]
    config = car_config({**PLAN, key: entity}, mode="off")
    with House(tmp_path, config, start=T0, time_zone=ZONE) as first:
        home = begun(first)
        home.told[entity] = value
        home.until("20:25")
        taken, car = home.kwh(), home.devices["car"]
    assert car.on
    start = T0 + timedelta(minutes=26)
    with House(tmp_path, config, start=start, time_zone=ZONE) as again:
        home = Night(again, car=car)
        home.told = {**nord_pool({**BLOCK, "21:00": 0.12}), entity: "unavailable"}
        home.run(60)
        assert home.plan()["state"] == "running"
        assert car.draw_a == 16
        home.until("21:20", start)
        assert home.plan()["state"] == "done"
        assert taken + home.kwh() == pytest.approx(2.76, abs=0.25)


def test_a_car_whose_amount_was_never_known_follows_its_mode_after_a_minute(house) -> None:
    home = begun(house(car_config({**PLAN, "energy_kwh": "input_number.asked"}), start=T0, time_zone=ZONE))
    home.told["input_number.asked"] = "unavailable"
    home.run(40)
    assert home.devices["car"].draw_a == 0
    home.run(120)
    assert home.devices["car"].draw_a == 16
    assert home.plan()["state"] == "waiting"
    assert home.plan()["reason"] == "its amount has no value yet: it follows its mode"


@pytest.mark.parametrize(
    ("night", "ready_by"), [("2026-10-25T02:30:00+02:00", "05:00"), ("2027-03-28T01:30:00+01:00", "06:00")]
)
def test_fact_2_a_night_in_which_clocks_change_is_charged_in_its_cheapest_quarters(
    house, night: str, ready_by: str
) -> None:
    """Three o'clock comes twice, or never: the cheap half hour is after it, departures go by the wall clock."""
    start = datetime.fromisoformat(night)
    cheap_s = (start + timedelta(minutes=45)).timestamp()
    rows = []
    for row in quarters({}, start - timedelta(days=1), days=3):
        at = datetime.fromisoformat(row["start"])
        rows.append({**row, "value": 0.1 if cheap_s <= at.timestamp() < cheap_s + 1800 else 0.3})
    home = Night(house(car_config({"ready_by": ready_by, "energy_kwh": 1.84}), start=start, time_zone=ZONE))
    told = {"raw_today": rows, "unit_of_measurement": "EUR/kWh"}
    home.told = {NORD_POOL: {"state": "0.3", "attributes": told}}
    home.run(60)
    (block,) = home.plan()["plan"]
    began, ended = (datetime.fromisoformat(block[key]) for key in ("start", "end"))
    assert began.timestamp() == cheap_s
    assert (ended - began).total_seconds() == 1800
    home.run(3000)
    assert home.devices["car"].draw_a == 16
    home.run(1620)
    assert home.plan()["state"] == "done"
    assert home.kwh() == pytest.approx(1.84, abs=0.1)


NORD_POOL_CALL = {"import": {"service": "nordpool.get_prices_for_date", "area": "DE", "config_entry": "abc"}}


def answered(cheap: dict[str, float]) -> list[dict[str, object]]:
    """The service's answers for today and tomorrow: per MWh, in universal time."""
    found = []
    rows = quarters(cheap)
    for day in (rows[:96], rows[96:]):
        told = []
        for row in day:
            at = datetime.fromisoformat(str(row["start"]))
            utc = (at - (at.utcoffset() or timedelta())).replace(tzinfo=None)
            told.append(
                {"start": f"{utc}+00:00", "end": f"{utc + timedelta(minutes=15)}+00:00", "price": row["value"] * 1000}
            )
        date = str(day[0]["start"])[:10]
        found.append({"service": "nordpool.get_prices_for_date", "data": {"date": date}, "response": {"DE": told}})
    return found


@pytest.mark.parametrize("service", [*PRICE_SERVICES, *SUN_SERVICES])
def test_a_service_gets_what_it_takes(house, service: str) -> None:
    asked = {"service": service, "area": "NL", "config_entry": "abc"}
    written = car_config(PLAN, {"import": asked} if service in PRICE_SERVICES else None)
    home = Night(house({**written, "forecast": {"solar": asked if service in SUN_SERVICES else None}}, start=T0))
    home.run(20)
    data = [data for _, name, data in home.house.calls if name == service]
    assert len(data) == (2 if service in PRICE_SERVICES else 1)
    for each in data:
        vol.Schema(dict(ANSWERING_SERVICES[service]))(each)


def test_prices_of_a_service_that_answers_are_planned_with(house) -> None:
    home = Night(house(car_config(PLAN, NORD_POOL_CALL), start=T0, time_zone=ZONE))
    home.house.line(0, home.states(), respond=answered(BLOCK))
    home.run(60)
    assert [row["start"][11:16] for row in home.plan()["plan"]] == ["20:15"]
    assert home.plan()["plan"][0]["price"] == pytest.approx(0.1)
    assert home.house.shown("prices")["source"] == "nordpool.get_prices_for_date"
    assert home.house.shown("prices")["known_until"].startswith("2026-11-24T00:00")


def test_a_source_that_publishes_nothing_more_is_named_once_its_prices_have_ended(house) -> None:
    home = Night(house(car_config(PLAN), start=T0, time_zone=ZONE))
    home.told = nord_pool({}, tomorrow=False)
    home.run(3 * 3600)
    assert home.house.shown()["errors"] == []
    home.run(3600 + 120)
    assert home.house.shown()["errors"] == [
        f"prices.import: {NORD_POOL} has no prices for now or later in its attributes"
    ]


def test_energy_of_an_unknown_price_is_not_said_to_have_cost_nothing(house) -> None:
    home = Night(house(car_config({"ready_by": "00:45", "energy_kwh": 8}), start=T0, time_zone=ZONE))
    home.told = nord_pool({}, tomorrow=False)
    home.run(5 * 3600)
    assert (home.plan()["state"], home.plan()["cost"]) == ("done", None)
    assert home.plan()["reason"] == "done: 8 kWh"


def test_prices_of_a_source_that_config_no_longer_names_are_gone(house) -> None:
    table = {"fixed": {"hours": {"22-06": 0.18}, "else": 0.29}, "export": 0.25}
    home = Night(house(car_config(PLAN, table), start=T0, time_zone=ZONE))
    home.run(60)
    assert float(home.house.state("sensor.fusebox_prices")) == 0.29
    home.house.save(car_config(PLAN, {"import": "sensor.gone"}))
    home.run(180)
    assert home.house.shown("prices")["source"] == "sensor.gone"
    assert home.house.state("sensor.fusebox_prices") == "unknown"
    assert [error.partition(";")[0] for error in home.house.shown()["errors"]] == [
        "prices.import: Home Assistant has no entity sensor.gone"
    ]
    assert "no prices are known" in home.plan()["reason"]


@pytest.mark.parametrize(("source", "market"), [({"fixed": 0}, 0.0), ({"import": NORD_POOL}, 0.3)])
def test_a_fee_that_an_entity_changes_counts_at_once_and_energy_may_be_free(house, source, market) -> None:
    fees = {"hours": {"20-21": "input_number.fee"}, "else": 0.02}
    home = Night(house(car_config(PLAN, {**source, "add": fees}), start=T0, time_zone=ZONE))
    home.told = nord_pool({})
    for fee in (0.1, 0.2):
        home.told["input_number.fee"] = str(fee)
        home.run(30)
        prices = [row["price"] for row in home.house.shown("prices")["slots"]]
        assert (prices[0], prices[4]) == (pytest.approx(market + fee), pytest.approx(market + 0.02))


def test_prices_of_a_removed_section_are_dropped(house) -> None:
    home = begun(house(car_config(PLAN), start=T0, time_zone=ZONE))
    home.run(60)
    home.house.save({**car_config(PLAN), "prices": None})
    home.run(180)
    assert "no prices are known" in home.plan()["reason"]


SOC = {"soc_pct": "sensor.soc", "capacity_kwh": 60}


def test_the_least_state_of_charge_is_charged_at_once_however_far_the_departure(house) -> None:
    plan = {"ready_by": {"fri": "07:00"}, "soc_target_pct": 80, "min_soc_pct": 30}
    home = Night(house(car_config(plan, **SOC, mode="solar_only"), start=T0, time_zone=ZONE))
    home.told = {**nord_pool({}), "sensor.soc": unit(8, "%")}
    home.run(300)
    assert home.devices["car"].on
    home.told = {"sensor.soc": unit(31, "%")}
    home.run(300)
    assert not home.devices["car"].on


@pytest.mark.parametrize(("nonsense", "of"), [("65535", "%"), ("-5", "%"), ("unavailable", "%"), ("40", "km")])
def test_an_unknown_state_of_charge_counts_as_empty_and_the_reason_says_so(house, nonsense, of) -> None:
    home = Night(house(car_config({"ready_by": "07:00", "soc_target_pct": 50}, **SOC), start=T0, time_zone=ZONE))
    home.told = {**nord_pool({}), "sensor.soc": unit(nonsense, of)}
    home.run(60)
    assert "its state of charge is unknown, so it counts as empty" in home.plan()["reason"]
    assert "33.3 kWh by 07:00" in home.plan()["reason"]


def test_a_night_is_skipped_with_a_plan_of_nothing(house) -> None:
    home = begun(house(car_config({"ready_by": "20:45", "energy_kwh": 1.38}), start=T0, time_zone=ZONE))
    home.until("20:20")
    assert home.devices["car"].on
    home.house.call("fusebox_set_plan", load="car", ready_by="20:45", energy_kwh=0)
    home.until("20:21")
    assert not home.devices["car"].on
    home.until("20:50")
    assert home.hours() == ["20:15", "20:20"]


def test_a_car_that_is_switched_off_by_hand_does_not_run_by_its_plan_and_is_late_at_its_time(house) -> None:
    home = begun(house(car_config({**PLAN, "ready_by": "21:00"}), start=T0, time_zone=ZONE))
    home.until("20:25")
    assert home.plan()["state"] == "running"
    home.devices["car"].on = False
    for time, state in (("20:35", "waiting"), ("21:05", "late")):
        home.until(time)
        assert home.devices["car"].draw_a == 0
        assert (home.plan()["state"], home.plan()["reason"]) == (state, "switched off by hand")
