"""The service fusebox_set: values of CONFIG that have a control, set while Fusebox runs."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, plug, switched, unit
from .warm import Warm, heating

SERVICE = "fusebox_set"
CAR = {"sensor.l1": amps(20), **charging()}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"}


def start(house, *, states=None, **site):
    """A car and a plug in a house with a battery that rests."""
    home = house(config(loads={"car": charger(), "pool": plug()}, battery=BATTERY, **site), noisy=True)
    seen = {"sensor.soc": unit(50, "%"), "sensor.battery": unit(0, "W"), **(states or {})}
    home.line(0, {**CAR, **switched(on=False, power_w=0), **seen})
    home.calls.clear()
    return home


def may_have(home):
    return home.call("fusebox_explain")["response"]["loads"]["car"]["allocated_a"]


def test_an_import_limit_cuts_in_the_same_answer_and_lasts_over_a_restart(house):
    home = start(house, states={"sensor.soc": unit(5, "%")})  # empty: nothing stands in for the grid
    answer = home.call(SERVICE, max_import_w="2300")
    assert answer["response"] == {"load": None, "max_import_w": 2300}
    assert home.sent("number.car") == [6]
    assert home.shown()["max_import_w"] == 2300
    assert start(house).shown()["max_import_w"] == 2300
    assert start(house, max_import_w=5000).shown()["max_import_w"] == 5000  # CONFIG was edited


def test_a_dry_run_commands_nothing_from_the_next_reading_on(house):
    home = start(house)
    home.call(SERVICE, dry_run=True)
    assert home.state("sensor.fusebox_site") == "dry_run"
    home.line(1, {"sensor.l1": amps(60)})
    assert home.calls == []
    home.call(SERVICE, dry_run="off")
    home.line(2, {"sensor.l1": amps(60)})
    assert home.calls != []


def test_a_dry_run_lasts_over_a_restart_until_config_says_otherwise(house):
    start(house).call(SERVICE, dry_run=True)
    assert start(house).state("sensor.fusebox_site") == "dry_run"
    assert start(house, dry_run=True).call(SERVICE, dry_run=False)["response"] == {"load": None, "dry_run": False}
    assert start(house, dry_run=True).state("sensor.fusebox_site") == "ok"


def test_a_dry_run_that_a_service_sets_stops_the_radiators_too(house):
    written = heating()
    rooms = Warm(house({**written, "site": config()["site"]}))
    rooms.house.line(0, {"sensor.l1": amps(5)})
    rooms.begin(level="2.0")
    rooms.house.call(SERVICE, dry_run=True)
    assert rooms.go(300) == []
    rooms.house.call(SERVICE, dry_run=False)
    assert rooms.go(300) != []


@pytest.mark.parametrize(
    "said, shown",
    [
        ({"soc_target_pct": 60, "soc_min_pct": "10"}, {"soc_target_pct": 60, "soc_min_pct": 10}),
        ({"allow_grid_charging": False}, {"allow_grid_charging": False}),
        ({"distribution": "Shared"}, {"distribution": "shared"}),
    ],
)
def test_a_value_of_the_site_is_in_force_and_on_its_entity_at_once(house, said, shown):
    home = start(house)
    assert home.call(SERVICE, **said)["response"] == {"load": None, **shown}
    assert {key: home.shown()[key] for key in shown} == shown


def test_a_value_of_a_load_is_set_by_the_loads_name_or_its_entity(house):
    home = start(house)
    home.call(SERVICE, load="sensor.fusebox_car", min_a=8, max_a="12")
    assert (home.shown("car")["min_a"], home.shown("car")["max_a"], may_have(home)) == (8, 12, 12)
    home.call(SERVICE, load="pool", rated_w=1500)
    assert home.shown("pool")["rated_w"] == 1500


@pytest.mark.parametrize(
    "key, entity, said, service, data",
    [
        ("dry_run", "input_boolean.dry", True, "input_boolean.turn_on", {}),
        ("dry_run", "switch.dry", "off", "switch.turn_off", {}),
        ("dry_run", "input_select.dry", True, "input_select.select_option", {"option": "on"}),
        ("max_import_w", "input_number.limit", 9000, "input_number.set_value", {"value": 9000}),
    ],
)
def test_where_config_names_an_entity_that_is_written(house, key, entity, said, service, data):
    options = {"options": ["on", "off"]} if "select" in entity else {}
    shown = {entity: {"state": "off" if key == "dry_run" else "17000", "attributes": options}}
    home = start(house, states=shown, **{key: entity})
    home.call(SERVICE, **{key: said})
    assert home.reply["calls"] == [{"service": service, "data": {"entity_id": entity, **data}}]


def test_what_does_not_fit_is_refused_with_what_would_and_nothing_changes(house):
    home = start(house)
    before = {**home.shown()}
    for said, words in (
        ({}, "no value was given; for the site you can set: distribution, max_import_w, soc_target_pct"),
        ({"load": "car"}, "no value was given; for 'car' you can set: min_a, max_a"),
        ({"min_a": 8}, "min_a cannot be set here; for the site you can set: distribution"),
        ({"load": "pool", "min_a": 8}, "min_a cannot be set here; for 'pool' you can set: rated_w"),
        ({"load": "cra", "min_a": 8}, "did you mean 'car'?"),
        ({"soc_target_pct": 101}, "site.battery.soc_target_pct: 101 is out of range; write 0 to 100 %"),
        ({"max_import_w": "many"}, "site.max_import_w: 'many' is not a number"),
        ({"dry_run": "perhaps"}, "site.dry_run: 'perhaps' is not a yes or no"),
        ({"distribution": "fair"}, "site.distribution: 'fair' is not a distribution"),
        ({"load": "car", "max_a": 30}, "loads.car.max_a: 30 is above circuit 'main' (25 A)"),
        ({"soc_min_pct": 10, "soc_target_pct": 101}, "101 is out of range"),
    ):
        assert words in home.call(SERVICE, **said)["error"]
        assert (home.calls, home.shown()["soc_min_pct"]) == ([], before["soc_min_pct"]), said


def test_what_config_could_not_say_of_a_load_is_refused(house):
    loads = {
        "tank": {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "minimum_c": 45},
        "room": {"type": "thermostat", "climate": "climate.room"},
        "water": {"type": "power", "power": "number.water", "min_w": 500},
    }
    home = house(config(loads=loads))
    home.line(0, {"sensor.l1": amps(2)})
    for load, said, words in (
        ("tank", {"normal_c": 44}, "loads.tank.minimum_c: 45 is above normal_c (44)"),
        ("room", {"normal_c": 16}, "loads.room.minimum_c: 17 is above normal_c (16)"),
        ("water", {"max_w": 400}, "loads.water.min_w: 500 is above max_w (400)"),
        ("tank", {"rated_w": 7000}, "loads.tank.rated_w: 7000 W is 30.4 A, which is above circuit 'main' (25 A)"),
    ):
        assert home.call(SERVICE, load=load, **said)["error"] == words


def test_values_of_one_call_are_judged_together(house):
    home = start(house)
    refused = home.call(SERVICE, load="car", min_a=14, max_a=8)
    assert "loads.car.min_a: 14 is above max_a (8 A)" in refused["error"]
    assert home.call(SERVICE, load="car", max_a=8)["response"]["max_a"] == 8
    assert home.call(SERVICE, load="car", min_a=10, max_a=12)["response"] == {"load": "car", "min_a": 10, "max_a": 12}


def test_an_entity_that_can_only_be_read_is_named_in_the_refusal(house):
    home = start(house, dry_run="binary_sensor.dry", states={"binary_sensor.dry": "off"})
    assert "binary_sensor.dry, which can only be read" in home.call(SERVICE, dry_run=True)["error"]
