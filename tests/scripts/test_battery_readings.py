"""The battery's sensors: units and signs, and what happens while one is missing, late, or the wrong way round."""

from __future__ import annotations

import pytest

from .houses import charger, charging, unit
from .living import Device
from .sunny import Battery, Sunny, sunny

LOADS = {"car": charger(mode="solar_only"), "wall": charger("wall", max_a=10, priority=2)}


def home_of(house, soc_pct, *, sun_w=4000.0, car=None, more=None, battery=None):
    written = sunny(battery=battery or {}, loads=LOADS)
    devices = {"car": car or Device(), "wall": Device(offer_a=10, on=True)}
    return Sunny(house(written), {"L1": 0.0}, sun_w=sun_w, battery=Battery(soc_pct), more=more, **devices)


@pytest.mark.parametrize(
    ("state", "battery"),
    [
        (unit("1.5", "kW"), {}),
        (unit("-1500", "W"), {"invert": True}),
        ("1500", {}),
        (unit("0.0015", "MW"), {}),
        (unit("-1500", "W"), {"charge_w": {"entity": "sensor.battery", "invert": True}}),
    ],
)
def test_charging_is_shown_with_a_plus_in_watts_and_counts_as_surplus(house, state, battery):
    home = house(sunny(battery=battery, loads={"car": LOADS["car"]}))
    car = charging(draw=0)
    home.line(0, {"sensor.l1": unit(-500, "W"), "sensor.soc": unit("88.04", "%"), "sensor.battery": state, **car})
    shown = home.shown()
    assert (shown["battery_charge_w"], shown["battery_soc_pct"]) == (1500, 88.0)
    assert shown["surplus_w"] == 2000


def test_what_the_battery_discharges_is_no_surplus(house):
    home = home_of(house, 80, sun_w=0)
    home.run(1)
    shown = home.house.shown()
    assert shown["grid_a"] == {"L1": 0}
    assert shown["battery_charge_w"] == -16 * 230
    assert shown["surplus_w"] == 0
    assert "stops at " in home.reason("car")


@pytest.mark.parametrize("word", ["unavailable", "unknown", "nan", "32767", "-32768", None])
def test_from_the_first_unknown_moment_nothing_on_the_sun_is_raised(house, word):
    home = home_of(house, 90, sun_w=1000)
    home.run(15, every=5)
    home.more["sensor.battery"] = word
    home.sun_w = 6000
    home.run(45, every=5)
    assert home.devices["car"].offer_a == 6
    shown = home.house.shown()
    assert (shown["surplus_w"], shown["battery_charge_w"]) == (None, None)
    assert shown["battery_soc_pct"] == 90
    del home.more["sensor.battery"]
    home.run(30)
    assert home.devices["car"].offer_a > 6


def test_after_long_silence_solar_stops_after_its_delay_and_standard_continues(house):
    home = home_of(house, 90, car=Device(offer_a=16))
    home.run(30)
    home.silent.add("sensor.battery")
    home.run(55, every=5)
    assert home.devices["car"].offer_a == 16
    home.run(10)
    assert home.devices["car"].offer_a == 6
    assert home.house.shown()["surplus_w"] is None
    problem = "the surplus is not known: site.battery.charge_w is silent; check that its sensor reports"
    assert problem in home.house.shown()["errors"]
    home.run(184, every=2)
    assert [what for _, what in home.switched("car")] == ["off"]
    assert home.devices["wall"].draw_a == 10
    home.run(175, every=5)
    home.run(10)
    assert "a meter reading of the surplus has been missing for too long" in home.reason("car")


@pytest.mark.parametrize("written", ["sensor.battery", {"entity": "sensor.battery", "invert": True}])
def test_a_sensor_that_does_not_exist_is_named_once(house, written):
    home = home_of(house, 90, battery={"charge_w": written})
    home.more["sensor.battery"] = None
    home.run(130, every=5)
    (problem,) = [each for each in home.house.shown()["errors"] if "site.battery" in each]
    assert "Home Assistant has no entity sensor.battery" in problem


def test_a_sensor_that_reports_only_on_change_may_say_so(house):
    battery = {"charge_w": {"entity": "sensor.battery", "heartbeat": False}}
    home = home_of(house, 90, car=Device(offer_a=16), battery=battery)
    home.run(5)
    home.silent.add("sensor.battery")
    home.run(100, every=5)
    assert home.devices["car"].offer_a == 16


def test_while_the_level_was_never_known_solar_loads_wait_and_say_why(house):
    home = home_of(house, "unknown", car=Device(on=False))
    home.run(70, every=5)
    assert home.switched("car") == []
    assert "state of charge is unknown" in home.reason("car")
    assert home.house.shown()["battery_soc_pct"] is None
    home.battery.soc_pct = 85
    home.run(65)
    assert [what for _, what in home.switched("car")] == ["on"]


def test_a_level_that_becomes_unknown_counts_on_for_a_quarter_of_an_hour(house):
    home = home_of(house, 85, car=Device(offer_a=12), sun_w=26 * 230)
    home.run(30)
    home.battery.soc_pct = "unavailable"
    home.run(880, every=40)
    assert home.devices["car"].offer_a == 16
    home.run(40, every=10)
    assert home.devices["car"].offer_a == 6


def wrong_way_round(home, minutes, soc_pct, step_pct):
    """The level falls while the power says charging, or the other way round."""
    for _ in range(minutes):
        home.battery.soc_pct = soc_pct = round(soc_pct + step_pct, 1)
        home.run(60, every=20)


def test_a_power_whose_sign_contradicts_the_level_is_reported_until_corrected(house):
    home = home_of(house, 60)
    home.devices["car"].on = home.devices["wall"].on = False
    home.run(20, every=20)
    wrong_way_round(home, 3, 60, -0.5)
    assert home.house.shown()["errors"] == []
    wrong_way_round(home, 2, 58.5, -0.5)
    errors = home.house.shown()["errors"]
    assert len(errors) == 1
    assert "site.battery.charge_w" in errors[0]
    assert "invert" in errors[0]
    wrong_way_round(home, 3, 57.5, 0.5)
    assert home.house.shown()["errors"] == []
