"""A car that charges on sun survives a restart of Home Assistant and a saved CONFIG."""

from __future__ import annotations

import json

import pytest

from fusebox.runtime.settings import SETTINGS_ENTITY
from simhouse.host.persistence import FILE_NAME

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

CONFIG = sunny(battery={}, loads={"car": charger(mode="solar_only")})


def charging_home(house, soc_pct, more=None, offer_a=12.0):
    car = Device(offer_a=offer_a)
    return Sunny(house(CONFIG), {"L1": 1.0}, sun_w=4000, battery=Battery(soc_pct), car=car, more=more)


def test_a_car_that_is_found_charging_is_adopted_and_continues(house):
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


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("kept", [True, False])
def test_a_restart_keeps_the_thresholds_that_the_battery_has_passed(house, tmp_path, kept, late):
    home = charging_home(house, 80)
    home.run(30)
    home.battery.soc_pct = 78
    home.run(5)
    if not kept:
        (tmp_path / FILE_NAME).unlink()
    again = charging_home(house, 78)
    if late:
        again.silent = {"sensor.soc"}
        again.run(10)
        again.silent = set()
    again.run(300, every=5)
    assert (again.switched("car") == []) is kept


@pytest.mark.parametrize("nonsense", [None, 12, {}, {"charged": True}, {"charged": 1, "has_surplus": 1, "able": "yes"}])
def test_nonsense_in_the_stored_state_of_the_battery_is_ignored(house, tmp_path, nonsense):
    home = charging_home(house, 80)
    home.run(5)
    states = json.loads((tmp_path / FILE_NAME).read_text())
    states[SETTINGS_ENTITY]["attributes"]["battery"] = nonsense
    (tmp_path / FILE_NAME).write_text(json.dumps(states))
    again = charging_home(house, 78)
    again.run(200, every=5)
    assert [what for _, what in again.switched("car")] == ["off"]


def test_a_saved_config_does_not_restart_the_delay(house):
    home = charging_home(house, 60)
    home.run(100, every=5)
    home.house.save({**CONFIG, "site": {**CONFIG["site"], "margin_a": 0.1}})
    home.run(90, every=5)
    assert [what for _, what in home.switched("car")] == ["off"]
