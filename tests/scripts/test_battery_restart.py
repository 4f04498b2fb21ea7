"""A car that charges on sun survives a restart of Home Assistant and a saved CONFIG."""

from __future__ import annotations

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

CONFIG = sunny(battery={}, loads={"car": charger(mode="solar_only")})


def charging_home(house, soc_pct, more=None, offer_a=12.0):
    car = Device(offer_a=offer_a)
    return Sunny(house(CONFIG), {"L1": 1.0}, sun_w=4000, battery=Battery(soc_pct), car=car, more=more)


def test_a_car_that_is_found_charging_is_adopted_and_goes_on(house):
    home = charging_home(house, 85)
    home.run(19)
    assert home.house.calls == []
    home.run(30)
    assert home.switched("car") == []
    assert home.devices["car"].offer_a == 16


def test_sensors_that_come_late_after_a_restart_cost_amps_and_no_stop(house):
    late = dict.fromkeys(["sensor.battery", "sensor.soc", "sensor.sun"], "unavailable")
    home = charging_home(house, 85, more=late)
    home.run(90, every=5)
    assert home.devices["car"].offer_a == 6
    home.more = {}
    home.run(60)
    assert home.switched("car") == []
    assert home.devices["car"].offer_a == 16


def test_a_car_that_is_found_charging_below_the_target_is_not_stopped_at_once(house):
    home = charging_home(house, 60)
    home.run(170, every=5)
    assert home.switched("car") == []
    assert home.devices["car"].offer_a == 6
    home.run(15)
    assert [what for _, what in home.switched("car")] == ["off"]


def test_a_saved_config_keeps_what_the_battery_is_remembered_by(house):
    home = charging_home(house, 80)
    home.run(30)
    home.battery.soc_pct = 78
    changed = {**CONFIG, "site": {**CONFIG["site"], "battery": {**CONFIG["site"]["battery"], "sunset_rule": False}}}
    home.house.save(changed)
    home.run(40)
    assert home.devices["car"].offer_a == 16
    assert home.switched("car") == []


def test_a_saved_config_does_not_start_the_patience_anew(house):
    home = charging_home(house, 60)
    home.run(100, every=5)
    home.house.save({**CONFIG, "site": {**CONFIG["site"], "margin_a": 0.1}})
    home.run(90, every=5)
    assert [what for _, what in home.switched("car")] == ["off"]
