"""How long a current lasts that a service has set: until its own value in CONFIG is edited, and never above a fuse."""

from __future__ import annotations

import json

import pytest

import fusebox
from fusebox.runtime.settings import SETTINGS_ENTITY
from simhouse.host.persistence import FILE_NAME

from .houses import amps, charger, charging, config
from .living import Device, Living

CAR = {"sensor.l1": amps(20), **charging()}
MAX, MIN = "fusebox_set_max_current", "fusebox_set_min_current"


def garage(fuse_a=40, **car):
    """A car behind a garage's fuse."""
    return config(
        loads={"car": charger(circuit="garage", **car)}, main_fuse_a=63, circuits={"garage": {"fuse_a": fuse_a}}
    )


def start(house, written):
    home = house(written)
    home.line(0, CAR)
    return home


def may_have(home):
    return home.call("fusebox_explain")["response"]["loads"]["car"]["allocated_a"]


def kept(home):
    """Return the stored values that services have set."""
    overrides = home.session.host.world.states.get(SETTINGS_ENTITY).attributes["overrides"]
    return {path: each["value"] for path, each in overrides.items()}


def test_both_currents_last_over_a_restart_to_the_command(house):
    first = start(house, garage())
    first.call(MAX, load="car", current_a=12)
    first.call(MIN, load="car", current_a=8)
    again = start(house, garage())
    assert again.sent("number.car") == [12]
    assert kept(again) == {"loads.car.max_a": 12, "loads.car.min_a": 8}
    again.line(1, {"sensor.l1": amps(75), **charging(offer=12)})
    assert again.sent("number.car") == [8]


@pytest.mark.parametrize("edit", [{"mode": "continuous"}, {"min_a": 7}, {"pause_s": 60}])
@pytest.mark.parametrize("restarted", [False, True], ids=["saved", "restarted"])
def test_an_edit_of_another_value_keeps_a_maximum(house, edit, restarted):
    home = start(house, garage())
    home.call(MAX, load="car", current_a=12)
    if restarted:
        home = start(house, garage(**edit))
    else:
        home.save(garage(**edit))
        home.steady(3, CAR)
    assert may_have(home) == 12


@pytest.mark.parametrize("restarted", [False, True], ids=["saved", "restarted"])
def test_an_edit_of_the_maximum_drops_it_and_an_edit_back_does_not_bring_it_back(house, restarted):
    home = start(house, garage(max_a=20))
    home.call(MAX, load="car", current_a=12)
    for seconds, most_a in ((3, 18), (6, 20)):
        if restarted:
            home = start(house, garage(max_a=most_a))
        else:
            home.save(garage(max_a=most_a))
            home.steady(seconds, CAR)
        assert may_have(home) == most_a
        assert kept(home) == {}


def test_an_edit_of_the_minimum_drops_the_minimum_alone(house):
    home = start(house, garage())
    home.call(MAX, load="car", current_a=12)
    home.call(MIN, load="car", current_a=8)
    home.save(garage(min_a=7))
    home.steady(3, CAR)
    assert kept(home) == {"loads.car.max_a": 12}


def test_a_value_that_becomes_an_entity_is_the_entitys_alone(house):
    home = start(house, garage())
    home.call(MAX, load="car", current_a=12)
    home.save(garage(max_a="input_number.most"))
    home.steady(3, {**CAR, "input_number.most": "14"})
    assert (may_have(home), kept(home)) == (14, {})


@pytest.mark.parametrize("restarted", [False, True], ids=["saved", "restarted"])
def test_a_maximum_above_a_fuse_that_was_edited_comes_down_to_the_fuse(house, restarted):
    home = Living(house(garage(40)), {"L1": 4.0}, car=Device(offer_a=16))
    home.run(1)
    home.house.call(MAX, load="car", current_a=32)
    home.run(50)
    assert home.devices["car"].offer_a == 32
    if restarted:
        home = Living(house(garage(16)), {"L1": 4.0}, car=home.devices["car"])
    else:
        home.house.save(garage(16))
    home.run(3)
    assert home.devices["car"].offer_a == 16
    home.run(60)
    assert home.devices["car"].offer_a == 16
    assert kept(home.house) == {"loads.car.max_a": 32}
    home.house.save(garage(20))
    home.run(60)
    assert home.devices["car"].offer_a == 20


@pytest.mark.parametrize(
    "edit, why",
    [
        (garage(16, max_a=16), "20 is above circuit 'garage' (16 A); give at most 16"),
        (garage(40, max_a=18), "20 is above max_a (18 A); give at most 18, or raise max_a first"),
    ],
)
def test_a_minimum_that_no_longer_fits_leaves_the_car_on_by_configs_own_and_says_so(house, edit, why):
    home = start(house, garage(40, max_a=32))
    home.call(MIN, load="car", current_a=20)
    home.save(edit)
    home.steady(3, CAR)
    assert home.all_sent("switch.car") == []
    assert may_have(home) == edit["loads"]["car"]["max_a"]
    told = f"loads.car.min_a: {why}; a service has set it, so CONFIG's 6 A counts until it fits"
    assert told in home.shown()["errors"]
    assert kept(home) == {"loads.car.min_a": 20}
    home.save(garage(40, max_a=32))
    home.steady(6, CAR)
    assert home.shown()["errors"] == []
    assert "19 is below min_a (20 A)" in home.call(MAX, load="car", current_a=19)["error"]


def test_while_a_fuse_entity_is_unknown_a_set_minimum_switches_nothing_off(house):
    written = config(loads={"car": charger()}, main_fuse_a="input_number.fuse")
    states = {"sensor.l1": amps(6), **charging(offer=6)}
    first = house(written)
    first.line(0, {**states, "input_number.fuse": "25"})
    first.call(MIN, load="car", current_a=12)
    again = house(written)
    again.line(0, {**states, "input_number.fuse": "unknown"})
    again.steady(5, states)
    assert again.all_sent("switch.car") == []
    again.line(6, {**states, "input_number.fuse": "25"})
    assert again.shown()["errors"] == []
    assert kept(again) == {"loads.car.min_a": 12}


def test_a_value_set_under_a_broken_config_lasts_when_it_is_corrected(house):
    home = house(garage(), noisy=True)
    home.line(0, CAR)
    home.save(garage(mode="party"))
    home.steady(3, CAR)
    assert home.state("sensor.fusebox_site") == "config_error"
    home.call(MAX, load="car", current_a=12)
    home.save(garage())
    home.steady(6, CAR)
    assert may_have(home) == 12


@pytest.mark.parametrize(
    "nonsense",
    [12, None, {}, {"config": 16}, *({"value": value, "config": 16} for value in (None, "much", True, [12], "nan"))],
)
def test_nonsense_in_the_stored_values_is_dropped_and_the_rest_applies(house, tmp_path, nonsense):
    home = start(house, garage())
    home.call(MIN, load="car", current_a=8)
    home.call(MAX, load="car", current_a=12)
    file = tmp_path / FILE_NAME
    states = json.loads(file.read_text())
    states[SETTINGS_ENTITY]["attributes"]["overrides"]["loads.car.max_a"] = nonsense
    file.write_text(json.dumps(states))
    again = start(house, garage())
    assert may_have(again) == 16
    assert kept(again) == {"loads.car.min_a": 8}


@pytest.mark.parametrize("written", [{}, garage()], ids=["empty", "without radiators"])
def test_no_persisted_entity_is_dropped_at_a_restart_whatever_config_needs(house, tmp_path, written):
    file = tmp_path / FILE_NAME
    file.write_text(json.dumps({entity: {"state": "1", "attributes": {}} for entity in fusebox.PERSISTED}))
    start(house, written)
    assert json.loads(file.read_text()).keys() == set(fusebox.PERSISTED)
