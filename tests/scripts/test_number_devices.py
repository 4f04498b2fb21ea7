"""`number` chargers as Home Assistant has them: their own limits and steps, and whatever entities they lack."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, unit, watts
from .living import Device, Living


def overloaded(house, load, states, over_a=30, **site):
    home = house(config(loads={"car": load}, **site))
    home.line(0, {"sensor.l1": amps(20), **states})
    home.line(1, {"sensor.l1": amps(over_a)})
    return home


@pytest.mark.parametrize("step, sent", [(1, 10), (0.5, 10.5), (0.1, 10.7), (2, 10)])
def test_the_value_is_rounded_down_to_the_entitys_own_step(house, step, sent):
    home = overloaded(house, charger(), charging(step=step), over_a=30.3)
    assert home.sent("number.car") == [sent]


def test_configs_coarser_step_counts_as_well(house):
    home = overloaded(house, charger(step_a=4), charging(), over_a=27)
    assert home.sent("number.car") == [12]


def test_a_devices_minimum_above_configs_is_respected(house):
    home = overloaded(house, charger(min_a=6), charging(min=8), over_a=35)
    assert home.sent("number.car") == [8]


def test_configs_minimum_above_the_devices_is_respected(house):
    home = overloaded(house, charger(min_a=10), charging(min=6), over_a=35)
    assert home.sent("number.car") == [10]


def test_a_devices_maximum_below_configs_is_respected(house):
    home = house(config(loads={"car": charger(max_a=20)}))
    life = Living(home, {"L1": 2}, car=Device())
    home.line(0, {**life.states(), "number.car": {"state": "6", "attributes": {"min": 6, "max": 10, "step": 1}}})
    for _ in range(60):
        life.second += 1
        home.report(life.second, {**life.states(), "number.car": str(life.devices["car"].offer_a)})
        life._obey()
    assert max(value for _, value in home.all_sent("number.car")) == 10


def test_a_device_that_reports_no_limits_takes_configs(house):
    home = house(config(loads={"car": charger(min_a=8, max_a=12)}))
    home.line(0, {"sensor.l1": amps(24), **charging(), "number.car": "16"})
    assert home.sent("number.car") == [12]
    home.line(1, {"sensor.l1": amps(29), "number.car": "12", "sensor.car_draw": amps(12)})
    assert home.sent("number.car") == [8]


def test_an_input_number_is_set_in_its_own_domain(house):
    load = charger(current="input_number.car")
    home = overloaded(house, load, {**charging(), "input_number.car": "16"})
    assert [c["service"] for c in home.reply["calls"]] == ["input_number.set_value"]
    assert home.sent("input_number.car") == [11]


def test_a_switch_is_turned_in_its_own_domain(house):
    home = house(config(loads={"car": charger(switch="input_boolean.car", mode="off")}))
    home.line(0, {"sensor.l1": amps(20), **charging(), "input_boolean.car": "on"})
    assert ("input_boolean.turn_off", {"entity_id": "input_boolean.car"}) in [
        (c["service"], c["data"]) for c in home.reply["calls"]
    ]


def test_without_a_switch_a_pause_is_the_lowest_value_the_device_takes(house):
    home = house(config(loads={"car": charger(without=["switch"], mode="off")}))
    home.line(0, {"sensor.l1": amps(20), **charging(min=0)})
    assert home.sent("number.car") == [0]


def test_without_a_switch_the_current_alone_starts_the_car(house):
    home = house(config(loads={"car": charger(without=["switch"])}))
    home.is_exact = True
    states = {"sensor.l1": amps(2), **charging(offer=0, min=0)}
    home.line(0, states)
    home.steady(30, states)
    assert home.all_sent("number.car")[0] == (20, 6)


def test_without_a_draw_sensor_a_charging_car_counts_with_its_offer(house):
    home = overloaded(house, charger(without=["draw"]), charging(), over_a=30)
    assert home.sent("number.car") == [11]


def test_without_a_draw_sensor_a_car_that_only_is_connected_counts_nothing(house):
    home = house(config(loads={"car": charger(without=["draw"])}))
    home.line(0, {"sensor.l1": amps(9), **charging(), "sensor.car_status": "Connected"})
    assert home.calls == []
    home.line(1, {"sensor.l1": amps(12)})
    assert home.sent("number.car") == [13]


def test_without_a_status_sensor_the_car_takes_part(house):
    home = overloaded(house, charger(without=["status"]), charging(), over_a=30)
    assert home.sent("number.car") == [11]


def test_with_a_number_alone_the_cut_is_the_same(house):
    home = overloaded(house, charger(without=["status", "draw", "switch"]), charging(), over_a=30)
    assert home.sent("number.car") == [11]


@pytest.mark.parametrize("draw", [watts(3680), unit(3.68, "kW"), amps(16), unit(16000, "mA")])
def test_a_draw_in_any_unit(house, draw):
    home = overloaded(house, charger(), {**charging(), "sensor.car_draw": draw}, over_a=30)
    assert home.sent("number.car") == [11]
    assert home.shown("car")["draw_a"] == {"L1": 16.0}


def test_a_total_power_of_three_phases_is_shared_among_them(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"])}, phases="L1 L2 L3"))
    grid = {"sensor.l1": amps(28), "sensor.l2": amps(20), "sensor.l3": amps(20)}
    home.line(0, {**grid, **charging(), "sensor.car_draw": unit(11.04, "kW")})
    assert home.shown("car")["draw_a"] == {"L1": 16.0, "L2": 16.0, "L3": 16.0}
    assert home.sent("number.car") == [13]


def test_a_draw_for_each_phase(house):
    draws = {"L1": "sensor.d1", "L2": {"entity": "sensor.d2", "unit": "A"}, "L3": "sensor.d3"}
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"], draw=draws)}, phases="L1 L2 L3"))
    grid = {"sensor.l1": amps(28), "sensor.l2": amps(20), "sensor.l3": amps(20)}
    seen = {"sensor.d1": amps(16), "sensor.d2": "15.5", "sensor.d3": watts(3565)}
    home.line(0, {**grid, **charging(), **seen})
    assert home.shown("car")["draw_a"] == {"L1": 16.0, "L2": 15.5, "L3": 15.5}
    assert home.sent("number.car") == [13]


def test_a_one_phase_car_on_a_three_phase_box_counts_where_the_meter_shows_it(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"])}, phases="L1 L2 L3"))
    home.line(0, {"sensor.l1": amps(20), "sensor.l2": amps(24), "sensor.l3": amps(1), **charging()})
    home.line(1, {"sensor.l1": amps(20), "sensor.l2": amps(30), "sensor.l3": amps(1)})
    assert home.sent("number.car") == [11]


@pytest.mark.parametrize("nonsense", ["nan", "inf", "-inf", "unknown", "unavailable", "none", "", "a lot"])
def test_a_draw_that_is_no_number_counts_with_the_offer(house, nonsense):
    home = overloaded(house, charger(), {**charging(), "sensor.car_draw": amps(nonsense)}, over_a=30)
    assert home.sent("number.car") == [11]


@pytest.mark.parametrize("draw_a, complies", [(6, True), (16, False)])
def test_a_charger_that_cannot_be_paused_is_not_blamed_for_its_least_current(house, draw_a, complies):
    home = house(config(loads={"car": charger(without=["switch"])}))
    for second in range(60):
        states = {**charging(offer=6, draw=draw_a), "sensor.l1": amps(26 if second > 2 else 40)}
        home.report(second, {name: state for name, state in states.items() if name != "switch.car"})
    reason = home.shown("car")["reason"]
    assert ("ignores its limit" not in reason) is complies
    assert ("cannot be paused: it has no switch, and its number starts at 6 A" in reason) is complies


def test_a_number_that_is_not_in_amps_is_named_by_its_load_and_once(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(5), **charging(), "number.car": unit(3680, "W")})
    told = "number.car has the unit 'W', which does not fit here; name one in A"
    assert (home.shown("car")["status"], home.shown("car")["reason"]) == ("fault", told)
    assert home.shown()["errors"] == [f"loads.car: {told}"]
