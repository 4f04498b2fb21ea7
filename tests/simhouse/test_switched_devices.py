"""The simulated tank, heat pump and radiators: what they do to the meter and show to the scripts."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from simhouse.devices.entities import Call
from simhouse.devices.load_entry import LoadEntry
from simhouse.devices.switched import SWITCHED, Surroundings

AT = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
TANK = {"type": "tank", "switch": "switch.t", "temperature": "sensor.t", "power": "sensor.t_power", "rated_w": 2000}
PUMP = {"type": "sg_ready", "relay_1": "switch.1", "relay_2": "switch.2", "power": "sensor.p", "rated_w": 2000}
GROUP = {"radiators": [{"virtual": f"input_boolean.{n}", "actual": f"switch.{n}"} for n in "abc"]}


def made(load):
    return SWITCHED[load["type"]](LoadEntry("it", load, ("L1",)), Surroundings(AT, Random(1), {}, GROUP))


def told(device, entity, service, at_s):
    return device.handle(Call(f"switch.{service}", entity, {}), at_s)


def watched(device, seconds, from_s=0):
    for second in range(from_s, from_s + seconds):
        device.step(second, True)
    return device.states(230.0)


@pytest.mark.parametrize(("load", "usual_w"), [(TANK, 2500), (PUMP, 3000), ({**TANK, "type": "plug"}, 2000)])
def test_a_load_without_a_rating_has_that_of_its_type(load, usual_w):
    assert made({key: value for key, value in load.items() if key != "rated_w"}).spec.rated_w == usual_w
    assert made(load).spec.rated_w == 2000


def test_a_tank_warms_up_while_it_is_on_and_cools_down_slowly():
    tank = made(TANK)
    before = float(watched(tank, 1)["sensor.t"]["state"])
    assert told(tank, "switch.t", "turn_on", 1)
    warm = float(watched(tank, 3600, 1)["sensor.t"]["state"])
    assert warm - before == pytest.approx(8, abs=1.5)
    assert tank.draw_a(230.0)["L1"] > 8
    told(tank, "switch.t", "turn_off", 3601)
    assert 0 < warm - float(watched(tank, 7200, 3601)["sensor.t"]["state"]) < 1.5


def test_its_own_thermostat_opens():
    tank = made(TANK)
    tank.water.celsius = 74.9
    told(tank, "switch.t", "turn_on", 0)
    states = watched(tank, 900)
    assert 74 < float(states["sensor.t"]["state"]) < 75.5
    assert states["switch.t"]["state"] == "on"


@pytest.mark.parametrize(
    ("power", "shown"),
    [
        ("sensor.p", {"sensor.p": "3000"}),
        ("sensor.p_current", {"sensor.p_current": "4.35"}),
        ({"L1": "sensor.p1", "L3": {"entity": "sensor.p3", "unit": "kW"}}, {"sensor.p1": "1000", "sensor.p3": "1.000"}),
    ],
)
def test_a_load_on_three_phases_shows_its_draw_in_watts_of_all_or_amps_of_one(power, shown):
    load = {"type": "power", "power": "number.h", "draw": power, "max_w": 3000, "temperature": "water_heater.h"}
    around = Surroundings(AT, Random(1), {}, GROUP)
    heater = SWITCHED["power"](LoadEntry("it", load, ("L1", "L2", "L3")), around)
    heater.handle(Call("number.set_value", "number.h", {"value": 3000}), 0)
    states = watched(heater, 10)
    assert {entity: states[entity]["state"] for entity in shown} == shown
    assert 39 < float(states["water_heater.h"]["attributes"]["current_temperature"]) < 46


def test_a_group_of_radiators_without_a_name_is_the_one_called_heating():
    assert made({"type": "radiators", "group": "heating", "rated_w": 1000}).radiators.keys() == {
        "switch.a",
        "switch.b",
        "switch.c",
    }


def energy(device, one, two):
    told(device, "switch.1", "turn_on" if one else "turn_off", 0)
    told(device, "switch.2", "turn_on" if two else "turn_off", 0)
    watched(device, 2 * 2400)
    return device.taken_kwh


def test_a_heat_pump_runs_more_the_stronger_its_signal():
    kwh = [energy(made(PUMP), *pair) for pair in ((True, False), (False, False), (False, True), (True, True))]
    assert kwh[0] < 0.05 and kwh[0] < kwh[1] < kwh[2] < kwh[3]


def test_a_radiator_warms_its_room_until_its_thermostat_has_enough():
    group = made({"type": "radiators", "rated_w": 1000})
    states = watched(group, 1)
    assert states["input_boolean.a"]["state"] == "on" and states["switch.a"]["state"] == "off"
    told(group, "switch.a", "turn_on", 1)
    watched(group, 60, 1)
    assert group.draw_a(230.0)["L1"] == pytest.approx(1000 / 230, rel=0.06)
    states = watched(group, 4 * 3600, 61)
    assert states["input_boolean.a"]["state"] == "off" and states["input_boolean.b"]["state"] == "on"
