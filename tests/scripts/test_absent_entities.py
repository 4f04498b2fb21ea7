"""An id unknown to Home Assistant is reported with its path in CONFIG; an entity that appears a little late is not."""

from __future__ import annotations

from .houses import amps, charger, charging, config, watts


def told(home):
    return [error for error in home.shown()["errors"] if "has no entity" in error]


GOOD = config(loads={"car": charger()})
HOME = {"sensor.l1": amps(2), **charging()}


def test_a_mistyped_meter_is_named_after_a_minute(house):
    home = house(config(grid={"L1": "sensor.l1", "L2": "sensor.12"}, loads={"car": charger()}))
    home.steady(50, {"sensor.l1": amps(2), **charging()})
    assert told(home) == []
    home.steady(65, {"sensor.l1": amps(2), **charging()})
    assert told(home) == [
        "site.grid.L2: Home Assistant has no entity sensor.12; look its id up under Tools (or Developer tools) > States"
    ]


def test_in_a_file_that_was_just_saved_it_is_named_at_once_with_the_nearest_id(house):
    home = house(GOOD)
    home.steady(90, HOME)
    home.save(config(grid={"L1": "sensor.l1"}, loads={"car": charger(status="sensor.car_statsu", max_a="number.carr")}))
    home.steady(94, HOME)
    assert told(home) == [
        "loads.car.status: Home Assistant has no entity sensor.car_statsu; did you mean 'sensor.car_status'?",
        "loads.car.max_a: Home Assistant has no entity number.carr; did you mean 'number.car'?",
    ]
    assert [error for error in home.shown()["errors"] if "no usable value" in error] == []


def test_a_file_saved_while_home_assistant_starts_is_given_its_time(house):
    home = house(GOOD)
    home.steady(30, HOME)
    home.save(config(loads={"car": charger(status="sensor.car_statsu")}))
    home.steady(70, HOME)
    assert told(home) == []


def test_it_is_forgotten_once_it_is_there(house):
    home = house(config(grid={"L1": "sensor.l1", "L2": "sensor.l2"}, loads={"car": charger()}))
    home.steady(65, {"sensor.l1": amps(2), **charging()})
    assert told(home)
    home.steady(67, {"sensor.l1": amps(2), "sensor.l2": "unavailable", **charging()})
    assert told(home) == []


def test_an_entity_of_a_load_is_named_by_its_key(house):
    home = house(config(loads={"car": charger(status="sensor.wall_statsu")}))
    home.steady(65, {"sensor.l1": amps(2), **charging()})
    assert [error.partition(":")[0] for error in told(home)] == ["loads.car.status"]


def test_a_user_name_is_none_and_is_not_shown(house):
    easee = {"type": "easee", "charger": "EH1", "site": 1, "circuit_id": 2, "username": "jo.doe", "password": "x"}
    home = house(config(loads={"car": {**easee, "base_url": "http://127.0.0.1:9"}}), noisy=True)
    home.steady(65, {"sensor.l1": amps(2)})
    assert told(home) == []


def test_entities_of_the_sections_other_than_site_are_checked_too(house):
    radiators = {"radiators": [{"virtual": "input_boolean.bath", "actual": "switch.bth"}]}
    tariff = {"kind": "fluvius", "demand_kw": "sensor.demnd"}
    home = house({**GOOD, "radiators": radiators, "tariff": tariff})
    states = {**HOME, "switch.bath": "off", "sensor.demand": watts(100), "input_boolean.bath": "off"}
    home.steady(65, states)
    assert told(home) == [
        "tariff.demand_kw: Home Assistant has no entity sensor.demnd; did you mean 'sensor.demand'?",
        "radiators.radiators[0].actual: Home Assistant has no entity switch.bth; did you mean 'switch.bath'?",
    ]
