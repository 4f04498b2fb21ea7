"""A home battery comes first up to its target; above that it lends, by day only."""

from __future__ import annotations

import pytest

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

LOADS = {"car": charger(mode="solar_only")}


def home_of(house, soc_pct, *, sun_w=4000.0, on=False, battery=None, more=None):
    written = sunny(battery=battery or {}, loads=LOADS)
    car = Device(on=on, offer_a=6.0)
    return Sunny(house(written), {"L1": 0.0}, sun_w=sun_w, battery=Battery(soc_pct), car=car, more=more)


def test_below_its_target_the_battery_gets_all_the_sun_and_the_car_says_so(house):
    home = home_of(house, 79)
    home.run(70, every=5)
    assert home.switched("car") == []
    assert home.reason("car").startswith("waits for sun: 0 kW left, needs 1.4 kW")
    assert "79 %" in home.reason("car")
    assert "80 %" in home.reason("car")
    assert home.house.shown()["surplus_w"] == 4000
    assert home.house.shown()["battery_charge_w"] == 4000


def test_at_its_target_the_car_starts_and_takes_what_went_into_the_battery(house):
    home = home_of(house, 79)
    home.run(30)
    home.battery.soc_pct, home.house.is_exact = 80, True
    home.run(90)
    assert home.switched("car") == [(90, "on")]
    assert home.devices["car"].offer_a == 16
    assert home.battery.charge_w == pytest.approx(4000 - 16 * 230)


def test_a_level_that_wavers_around_the_target_never_cuts_the_car(house):
    home = home_of(house, 80, on=True)
    home.run(40)
    assert home.devices["car"].offer_a == 16
    sent = len(home.house.calls)
    for soc_pct in (79, 80, 81, 80, 79, 78, 77, 81, 77):
        home.battery.soc_pct = soc_pct
        home.run(10)
    assert len(home.house.calls) == sent
    home.battery.soc_pct = 76.9
    home.run(1)
    assert home.devices["car"].offer_a == 6


def test_battery_surplus_returns_at_the_target_and_not_before(house):
    home = home_of(house, 76, on=True, battery={"hysteresis_pct": 5})
    home.run(5)
    assert "stops at" in home.reason("car")
    for soc_pct, runs_on_sun in ((79, False), (80, True), (75, True), (74, False)):
        home.battery.soc_pct = soc_pct
        home.run(2)
        assert ("stops at" not in home.reason("car")) is runs_on_sun, soc_pct


def test_above_its_target_what_it_could_discharge_counts_as_surplus(house):
    home = home_of(house, 81, sun_w=0, battery={"max_discharge_w": 3000})
    home.run(50, every=5)
    assert home.reason("car").startswith("enough sun and battery, starts at")
    home.house.is_exact = True
    home.run(30)
    assert home.switched("car") == [(60, "on")]
    assert home.devices["car"].offer_a == 13
    assert home.import_w == 0
    assert home.house.shown()["surplus_w"] == 0


@pytest.mark.parametrize(("battery", "soc_pct"), [({}, 80), ({"max_discharge_w": 0}, 95)])
def test_at_its_target_or_where_it_may_not_discharge_it_lends_nothing(house, battery, soc_pct):
    home = home_of(house, soc_pct, sun_w=0, battery=battery)
    home.run(70, every=5)
    assert home.switched("car") == []
    assert home.house.shown("car")["available_a"] == 0


def test_what_a_battery_gives_although_it_may_not_is_no_surplus(house):
    home = home_of(house, 95, sun_w=0, on=True, battery={"max_discharge_w": 0})
    home.run(185, every=5)
    assert [what for _, what in home.switched("car")] == ["off"]


def test_a_battery_that_gives_all_it_can_is_named_beside_the_surplus(house):
    home = home_of(house, 95, sun_w=0, on=True, battery={"max_discharge_w": 13 * 230})
    home.run(60)
    assert home.battery.charge_w == -13 * 230
    assert "by the surplus and what the battery may give, 3 kW" in home.reason("car")


def test_a_minimum_that_sun_and_battery_do_not_cover_names_both(house):
    written = sunny(battery={"max_discharge_w": 500}, loads={"car": charger(mode="solar_priority")})
    battery = Battery(95, max_discharge_w=500)
    home = Sunny(house(written), {"L1": 0.0}, sun_w=600, battery=battery, car=Device(offer_a=16))
    home.run(60, every=5)
    assert home.reason("car") == "at its minimum of 6 A: 1.1 kW of sun and battery is not enough for more"


def test_lending_ends_at_the_target_and_begins_again_a_hysteresis_above_it(house):
    home = home_of(house, 85, sun_w=0, on=True)
    home.run(40)
    assert home.devices["car"].offer_a == 16
    for soc_pct, lends in ((81, True), (80, False), (82, False), (83, False), (84, True)):
        home.battery.soc_pct = soc_pct
        home.run(2)
        assert ("stops at" not in home.reason("car")) is lends, soc_pct


def test_a_target_of_a_hundred_lends_never_and_serves_the_sun_when_full(house):
    home = home_of(house, 99, battery={"soc_target_pct": 100})
    home.run(5)
    assert home.house.shown("car")["available_a"] == 0
    home.battery.soc_pct = 100
    home.run(5)
    assert home.house.shown("car")["available_a"] == 16
    home.sun_w = 0
    home.run(5)
    assert home.house.shown("car")["available_a"] == 0


def test_after_sunset_it_lends_no_more_and_the_car_stops_in_its_patience(house):
    home = home_of(house, 95, sun_w=0, on=True, more={"sun.sun": "above_horizon"})
    home.run(40)
    assert home.devices["car"].offer_a == 16
    home.more = {"sun.sun": "below_horizon"}
    home.run(2)
    assert home.devices["car"].offer_a == 6
    home.run(185, every=5)
    assert [what for _, what in home.switched("car")] == ["off"]


def test_without_the_sunset_rule_it_lends_at_night(house):
    home = home_of(house, 95, sun_w=0, on=True, battery={"sunset_rule": False}, more={"sun.sun": "below_horizon"})
    home.run(40)
    assert home.devices["car"].offer_a == 16


def test_solar_priority_below_the_target_has_exactly_its_minimum(house):
    written = sunny(battery={}, loads={"car": charger(mode="solar_priority")})
    home = Sunny(house(written), {"L1": 0.0}, sun_w=4000, battery=Battery(60), car=Device(offer_a=16))
    home.run(60, every=5)
    assert home.devices["car"].offer_a == 6
    assert home.devices["car"].on


def test_a_reserve_leaves_the_car_what_the_battery_does_not_need(house):
    home = home_of(house, 50, sun_w=3300, battery={"reserve_w": 2000})
    home.run(40, every=5)
    assert home.reason("car").startswith("waits for sun: 1.3 kW left, needs 1.4 kW")
    assert "the battery charges first (50 %, target 80 %)" in home.reason("car")
    home.sun_w = 4000
    home.run(90)
    assert home.devices["car"].offer_a == 8  # 2000 W
    assert home.battery.charge_w == 4000 - 8 * 230
    home.battery.soc_pct = 80
    home.run(30)
    assert home.devices["car"].offer_a == 16  # at its target it reserves nothing


def test_below_its_target_what_the_battery_cannot_take_is_for_the_car(house):
    home = home_of(house, 50, sun_w=4500, battery={"max_charge_w": 3000})
    home.house.is_exact = True
    home.battery.max_charge_w = 3000
    home.run(120, every=5)
    assert home.switched("car") == [(65, "on")]
    assert home.devices["car"].offer_a == 6
    assert home.battery.charge_w == 3000
    home.sun_w, home.house.is_exact = 5500, False
    home.run(60)
    assert home.devices["car"].offer_a == 10  # 2500 W
    assert home.battery.charge_w == 3000
    assert "by the surplus beyond the 3 kW that the battery takes (50 %, target 80 %): 2.5 kW" in home.reason("car")


def test_a_battery_that_charges_with_more_than_config_says_keeps_that_power(house):
    home = home_of(house, 50, sun_w=4500, battery={"max_charge_w": 2000})
    home.run(120, every=5)
    assert home.switched("car") == []
    assert home.battery.charge_w == 4500


def test_a_reserve_beyond_what_the_battery_can_take_is_no_more_than_that(house):
    home = home_of(house, 50, sun_w=5000, battery={"max_charge_w": 3000, "reserve_w": 9000})
    home.battery.max_charge_w = 3000
    home.run(120, every=5)
    assert home.devices["car"].offer_a == 8


def test_its_numbers_may_be_entities(house):
    battery = {"soc_target_pct": "input_number.target", "hysteresis_pct": "input_number.h", "reserve_w": None}
    home = home_of(house, 75, on=True, battery=battery, more={"input_number.target": "70", "input_number.h": "0"})
    home.run(5)
    assert home.house.shown("car")["available_a"] == 16
    home.more["input_number.target"] = "76"
    home.run(2)
    assert "its target is 76 %" in home.reason("car") or "stops at" in home.reason("car")
    assert home.devices["car"].offer_a == 6
    home.more["input_number.target"] = "unknown"
    home.run(2)
    assert home.devices["car"].offer_a == 6  # the last value that was known
