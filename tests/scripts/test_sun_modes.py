"""solar_priority, excess, and what happens when the mode changes while a car charges or waits."""

from __future__ import annotations

import pytest

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny


def home_of(house, mode, *, base_a=1.0, sun_w=0.0, car=None, load=None, **site):
    written = sunny(loads={"car": charger(mode=mode, **(load or {}))}, **site)
    return Sunny(house(written), {"L1": base_a}, sun_w=sun_w, car=car or Device())


def test_solar_priority_takes_exactly_its_minimum_at_night_and_the_surplus_by_day(house):
    home = home_of(house, "solar_priority", car=Device(on=False))
    home.run(25)
    assert home.switched("car") == [(20, "on")]  # the grid vouches for it: no patience of the sun
    assert home.devices["car"].offer_a == 6
    home.sun_w = 3000
    home.run(40)
    assert home.devices["car"].offer_a == 12
    home.sun_w = 0
    home.run(2)
    assert home.devices["car"].offer_a == 6
    home.run(200, every=5)
    assert home.devices["car"].on


def test_solar_priority_never_leaves_its_share_of_the_fuse(house):
    loads = {"car": charger(mode="solar_priority", phases=["L2"])}
    written = sunny(phases="L1 L2 L3", netting="sum", loads=loads)
    base_a = {"L1": 0.0, "L2": 37.0, "L3": 0.0}
    home = Sunny(house(written), base_a, sun_w=3 * 20 * 230, car=Device(phases="L2"))
    home.run(60)
    assert home.devices["car"].offer_a == 8  # 23 A of surplus on the other phases, 8 A of wire on its own
    assert home.worst_a == 25


@pytest.mark.parametrize(("sun_w", "on"), [(4000, False), (4010, True)])
def test_excess_opens_above_its_threshold_only(house, sun_w, on):
    home = home_of(house, "excess", base_a=0, sun_w=sun_w, car=Device(on=False), excess_threshold_w=4000)
    home.run(50, every=5)
    home.run(15)
    assert home.devices["car"].on is on


def test_once_open_excess_keeps_its_minimum_and_rises_with_surplus_above_threshold(house):
    home = home_of(house, "excess", base_a=0, sun_w=4010, car=Device(), excess_threshold_w=4000)
    home.run(40)
    assert home.devices["car"].offer_a == 6
    home.sun_w = 6000
    home.run(40)
    assert home.devices["car"].offer_a == 8  # 2000 W are 8.7 A
    home.sun_w = 3990
    home.run(2)
    assert home.devices["car"].offer_a == 6
    home.run(200, every=5)
    assert not home.devices["car"].on


@pytest.mark.parametrize(("most_w", "on"), [(3000, False), (1900, True)])
def test_what_a_battery_takes_is_no_excess(house, most_w, on):
    written = sunny(battery={}, loads={"car": charger(mode="excess")}, excess_threshold_w=2000)
    battery = Battery(30, max_charge_w=most_w)
    home = Sunny(house(written), {"L1": 0.0}, sun_w=4000, battery=battery, car=Device(on=False))
    home.run(50, every=5)
    home.run(15)
    assert home.devices["car"].on is on


def test_the_threshold_may_be_an_entity(house):
    home = home_of(house, "excess", base_a=0, sun_w=4100, car=Device(), excess_threshold_w="input_number.threshold")
    home.more = {"input_number.threshold": "4000"}
    home.run(30)
    assert home.house.shown("car")["limited_by"] == "excess"
    assert home.reason("car").startswith("at its minimum of 6 A: 0.1 kW of excess above 4 kW")
    home.more = {"input_number.threshold": "5000"}
    home.run(2)
    assert "stops at " in home.reason("car")


def test_from_standard_to_solar_only_at_night_it_holds_its_minimum_and_then_stops(house):
    home = home_of(house, "standard", car=Device(offer_a=16))
    home.run(30)
    home.house.call("fusebox_set_mode", load="car", mode="solar_only")
    home.run(10)
    assert home.house.all_sent("number.car")[0][1] == 6
    assert home.house.shown("car")["status"] == "charging"
    assert "stops at" in home.reason("car")
    home.run(160, every=5)
    home.house.is_exact = True
    home.run(20, every=5)
    assert [what for _, what in home.switched("car")] == ["off"]
    assert 205 <= home.switched("car")[0][0] <= 212


def test_from_waiting_for_the_sun_to_standard_it_starts_at_once(house):
    home = home_of(house, "solar_only", car=Device(on=False))
    home.run(60, every=5)
    home.house.call("fusebox_set_mode", load="car", mode="standard")
    home._obey()
    home.run(20)
    assert [what for _, what in home.switched("car")] == ["on"]
    assert home.switched("car")[0][0] <= 62
    assert home.devices["car"].offer_a >= 14


def test_a_mode_that_an_entity_gives_is_changed_by_it(house):
    home = home_of(house, "input_select.mode", car=Device(offer_a=16))
    home.more = {"input_select.mode": "Standard"}
    home.run(30)
    home.more = {"input_select.mode": "Solar Priority"}
    home.run(2)
    assert home.devices["car"].offer_a == 6
    assert home.house.shown("car")["mode"] == "solar_priority"
    home.more = {"input_select.mode": "Excess"}
    home.run(2)
    assert "stops at " in home.reason("car")
    home.more = {"input_select.mode": "Continuous"}
    home.run(30)
    assert home.devices["car"].offer_a == 16
