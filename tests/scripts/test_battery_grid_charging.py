"""`allow_grid_charging` off: all live on own power. And a contract with a battery that holds the meter at zero."""

from __future__ import annotations

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny


def home_of(house, *, loads=None, soc_pct=50.0, sun_w=0.0, most_w=3000.0, site=None, **battery):
    loads = loads or {"car": charger(max_a=20)}
    written = sunny(battery={"max_discharge_w": most_w, **battery}, loads=loads, **(site or {}))
    return Sunny(
        house(written),
        {"L1": 3.0},
        sun_w=sun_w,
        battery=Battery(soc_pct, max_discharge_w=most_w),
        **{name: Device() for name in loads},
    )


def test_without_grid_charging_a_standard_car_gets_what_sun_and_battery_can_give(house):
    home = home_of(house, sun_w=1000, allow_grid_charging=False)
    home.run(60)
    assert home.devices["car"].offer_a == 14  # 4000 W less 3 A of house
    assert home.import_w < 1
    assert home.house.shown("car")["limited_by"] == "grid charging off"


def test_it_can_be_switched_live(house):
    home = home_of(house, allow_grid_charging="input_boolean.grid_charging")
    home.more = {"input_boolean.grid_charging": "on"}
    home.run(50)
    assert home.devices["car"].offer_a == 20
    home.more = {"input_boolean.grid_charging": "off"}
    home.run(2)
    assert home.devices["car"].offer_a == 10
    home.run(2)
    assert home.import_w < 1
    home.more = {"input_boolean.grid_charging": "on"}
    home.run(40)
    assert home.devices["car"].offer_a == 20


def test_an_empty_battery_stops_the_car_in_its_patience_and_even_solar_priority(house):
    loads = {"car": charger(), "second": charger("second", mode="solar_priority")}
    home = home_of(house, loads=loads, most_w=5000, allow_grid_charging=False)
    home.run(30)
    home.battery.soc_pct, home.battery.max_discharge_w = 19, 0
    home.run(2)
    assert {home.devices[name].offer_a for name in loads} == {6}
    home.run(185, every=5)
    assert {home.devices[name].on for name in loads} == {False}
    home.battery.soc_pct, home.battery.max_discharge_w = 22, 5000  # not yet a hysteresis above the minimum
    home.run(250, every=10)
    assert {home.devices[name].on for name in loads} == {False}
    home.battery.soc_pct = 24
    home.run(70)
    assert {home.devices[name].on for name in loads} == {True}


def test_the_switch_that_forbids_grid_charging_is_named_to_held_and_waiting_loads(house):
    home = home_of(house, sun_w=2500, allow_grid_charging="input_boolean.grid_charging", soc_pct=20)
    home.more = {"input_boolean.grid_charging": "off"}
    home.run(100)
    home.sun_w = 700
    home.run(5)
    held = home.house.shown("car")["reason"]
    assert held.startswith("not enough own power (allow_grid_charging is off): held at 6 A, stops at")
    home.run(200)
    waits = home.house.shown("car")["reason"]
    assert "waits for own power (allow_grid_charging is off): " in waits


def test_a_contract_counts_on_what_a_battery_at_zero_has_left(house):
    home = home_of(house, site={"max_import_w": 2000})
    home.run(60)
    assert home.devices["car"].offer_a == 18  # 2000 W and 3000 W, less 3 A of house
    assert 0 < home.import_w <= 2000


def test_when_that_battery_is_empty_the_contract_cuts_at_once(house):
    home = home_of(house, site={"max_import_w": 3000})
    home.run(60)
    assert home.devices["car"].offer_a == 20
    home.battery.soc_pct, home.battery.max_discharge_w = 20, 0
    home.run(2)
    assert home.devices["car"].offer_a == 10
    home.run(1)
    assert home.import_w <= 3000


def test_a_battery_that_charges_gives_way_under_a_contract(house):
    home = home_of(house, sun_w=3000, soc_pct=60, most_w=0, site={"max_import_w": 1000})
    home.run(2)
    assert home.house.shown("car")["available_a"] == 14.4  # and not 10.3, which is left in addition to the charging
    home.run(58)
    assert home.devices["car"].offer_a == 14  # 4000 W less 3 A of house
    assert home.import_w <= 1000


def test_a_battery_that_does_not_hold_the_meter_at_zero_is_not_counted_on(house):
    home = home_of(house, most_w=0, site={"max_import_w": 3000}, max_discharge_w=5000)
    home.run(60)
    assert home.devices["car"].offer_a == 10
    assert home.import_w <= 3000
