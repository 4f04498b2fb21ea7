"""The reasons while loads run on solar surplus: words, limits, and numbers that are never invented."""

from __future__ import annotations

import json

import pytest

from .houses import amps, charger, plug
from .living import Device
from .sunny import Battery, Sunny, sunny

MODES = ("solar_priority", "solar_only", "excess", "standard", "off")


def home_of(house, *, sun_w=0.0, battery=None, loads=None, more=None, on=False, **site):
    loads = loads or {"car": charger(mode="solar_only")}
    written = sunny(loads=loads, **({} if battery is None else {"battery": {}}), **site)
    devices = {name: Device(load["type"], on=on, takes_a=10) for name, load in loads.items()}
    return Sunny(house(written), {"L1": 1.0}, sun_w=sun_w, battery=battery, more=more, **devices)


def test_a_waiting_car_reports_the_missing_surplus(house):
    home = home_of(house, sun_w=1230)
    home.run(25)
    car = home.house.shown("car")
    assert car["reason"].startswith("waits for sun: 1 kW left, needs 1.4 kW")
    assert (car["status"], car["limited_by"], car["available_a"]) == ("waiting", "solar", 0)
    assert home.house.state("sensor.fusebox_site") == "ok"
    assert "car: waits for sun" in home.house.shown()["reason"]


def test_the_missing_surplus_is_in_the_numbers(house):
    home = home_of(house, sun_w=1595)
    home.run(25)
    assert home.reason("car").startswith("waits for sun: 1365 W left, needs 1380 W")


def test_a_car_on_three_phases_reports_the_surplus_of_all(house):
    written = sunny(phases="L1 L2 L3", loads={"car": charger(mode="solar_only", phases=["L1", "L2", "L3"])})
    home = Sunny(house(written), dict.fromkeys(("L1", "L2", "L3"), 0.0), sun_w=3450, car=Device(on=False))
    home.run(25)
    assert home.reason("car").startswith("waits for sun: 3.5 kW left, needs 4.1 kW on 3 phases")


def decided(home: Sunny) -> str:
    """What the service says of now; the entity keeps a reason that comes and goes for half a minute."""
    return str(home.house.call("fusebox_explain")["response"]["loads"]["car"]["reason"])


def test_numbers_of_a_moment_ago_are_reported_as_such(house):
    home = home_of(house, sun_w=3000, on=True)
    home.run(60)
    home.sun_w = 2530
    home.run(3)
    home.sun_w = 3000
    home.run(2)
    assert decided(home).startswith("limited to 10 A by the surplus of 2.3 kW")
    home.sun_w = 2530
    home.run(3)
    assert decided(home).startswith("limited to 10 A by the surplus of 2.3 kW")


def test_when_the_sun_has_stopped_a_car_it_waits_for_sun(house):
    home = home_of(house, loads={"car": charger(mode="solar_only", stop_after_s=10)}, on=True)
    home.run(60)
    assert home.reason("car").startswith("waits for sun: 0 kW left, needs 1.4 kW")
    assert home.house.shown("car")["limited_by"] == "solar"
    assert "waits for sun" in home.house.shown()["reason"]


def test_what_the_battery_may_give_is_reported_as_that(house):
    home = home_of(house, battery=Battery(90), loads={"car": charger(mode="solar_only", max_a=25)}, on=True)
    home.run(60)
    assert "the surplus and what the battery may give" in home.reason("car")


def test_while_it_makes_sure_of_the_sun_it_says_when_it_starts(house):
    home = home_of(house, sun_w=2530)
    home.run(25)
    assert home.reason("car").startswith("enough sun, starts at ")
    assert home.house.shown("car")["available_a"] == 10
    home.run(30)
    assert home.reason("car").startswith("enough sun, starts at ")
    assert home.house.shown()["reason"].startswith("car: enough sun, starts at ")


def test_a_running_car_reports_its_share_and_the_surplus(house):
    home = home_of(house, sun_w=1930, on=True)
    home.run(30)
    car = home.house.shown("car")
    assert car["reason"].startswith("limited to 7.4 A by the surplus of 1")
    assert (car["status"], car["limited_by"]) == ("charging", "solar")


def test_a_held_car_reports_when_it_stops(house):
    home = home_of(house, sun_w=1000, on=True)
    home.run(65)
    car = home.house.shown("car")
    assert car["reason"].startswith("not enough sun: held at 6 A")
    assert "stops at " in car["reason"]
    assert (car["status"], car["limited_by"]) == ("charging", "solar")


def test_excess_reports_its_threshold(house):
    home = home_of(house, loads={"pool": plug(mode="excess")}, excess_threshold_w=4000, sun_w=3000)
    home.run(25)
    assert home.reason("pool").startswith("waits for excess: 0 kW left above 4 kW, needs 2.3 kW")
    assert home.house.shown("pool")["status"] == "off"


def test_an_unplugged_car_shows_what_it_could_get_in_its_mode(house):
    loads = {mode: charger(mode, mode=mode) for mode in MODES}
    written = sunny(loads=loads, excess_threshold_w=1000, main_fuse_a=40)
    away = {mode: Device(on=False, status="Available") for mode in MODES}
    home = Sunny(house(written), {"L1": 0.0}, sun_w=3000, **away)
    for sun_w, could in ((3000, (13.0, 13.0, 8.7, 16, 0)), (1500, (6.5, 6.5, 6.0, 16, 0)), (900, (6, 0, 0, 16, 0))):
        home.sun_w = sun_w
        home.run(2)
        # Half an amp less is no news.
        assert [home.house.shown(mode)["available_a"] for mode in MODES] == pytest.approx(could, abs=0.5)
        assert {home.house.shown(mode)["status"] for mode in MODES} == {"unplugged"}


@pytest.mark.parametrize(
    ("battery", "more", "shown"),
    [
        (None, {}, (2000.0, 1770, None, None)),
        (None, {"sensor.sun": "unavailable"}, (None, 1770, None, None)),
        (Battery(80), {}, (2000.0, 1770, 80.0, 1770.0)),
        (Battery("unknown"), {}, (2000.0, 1770, None, 1770.0)),
        (Battery(80), {"sensor.battery": "nan"}, (2000.0, None, 80.0, None)),
        (Battery(80), {"sensor.l1": amps("unknown")}, (2000.0, None, 80.0, 1770.0)),
    ],
)
def test_the_site_shows_numbers_where_they_are_known_and_nothing_else(house, battery, more, shown):
    home = home_of(house, sun_w=2000, battery=battery, more=more)
    home.run(2)
    found = home.house.shown()
    assert (found["solar_w"], found["surplus_w"], found["battery_soc_pct"], found["battery_charge_w"]) == shown


def test_without_anything_that_generates_there_is_no_surplus_to_show(house):
    home = house({**sunny(loads={}), "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}})
    home.line(0, {"sensor.l1": amps(-5)})
    shown = home.shown()
    assert [shown[k] for k in ("solar_w", "surplus_w", "battery_soc_pct", "battery_charge_w")] == [None] * 4


@pytest.mark.parametrize("netting", ["per_phase", "sum"])
@pytest.mark.parametrize(("inverter", "soc_pct"), [({}, "unknown"), ({"asymmetric": True}, 90), ({"max_w": 0}, 50)])
def test_the_explanation_is_plain_json_in_every_house(house, netting, inverter, soc_pct):
    loads = {mode: charger(mode, mode=mode) for mode in MODES}
    written = sunny(
        phases="L1 L2 L3",
        netting=netting,
        inverter=inverter,
        battery={"allow_grid_charging": False},
        max_import_w=4000,
        loads=loads,
        main_fuse_a=40,
    )
    base_a = {"L1": 1.0, "L2": 2.0, "L3": 3.0}
    home = Sunny(house(written), base_a, sun_w=9000, battery=Battery(soc_pct), **{mode: Device() for mode in MODES})
    home.run(2)
    explained = home.house.call("fusebox_explain")["response"]
    assert json.loads(json.dumps(explained, allow_nan=False)) == explained
    assert {ceiling["name"].split(" L")[0] for ceiling in explained["ceilings"]} == {
        "main",
        "contract",
        "solar",
        "excess",
        "grid charging off",
    }
