"""A dry run says what it would do, and its entities show what each load has."""

from __future__ import annotations

import pytest

from .heat_pumps import Pumped, pump
from .houses import amps, charger, charging, config, plug, switched, unit

RAISE = "would set number.car from 6 to 10 A"


def calm(home, seconds=30, line_a=10.0, **car):
    home.steady(home.t + seconds, {"sensor.l1": amps(line_a), **charging(**{"offer": 6, **car})})


def test_a_raise_is_reported_with_both_currents_while_it_applies(house):
    home = house(config(loads={"car": charger()}, dry_run=True))
    home.line(0, {"sensor.l1": amps(10), **charging(offer=6)})
    calm(home)
    for _ in range(15):
        calm(home, 1)
        assert home.shown("car")["reason"].startswith(f"{RAISE}: ")
        assert home.shown()["reason"].startswith(f"{RAISE}: ")
    calm(home, 1, line_a=25)
    assert "would set" not in home.shown("car")["reason"] + home.shown()["reason"]
    assert home.calls == []


def test_a_raise_that_is_not_sent_delays_no_other(house):
    home = house(config(loads={"car": charger()}, dry_run="input_boolean.dry"))
    home.is_exact = True
    states = {"sensor.l1": amps(10), **charging(offer=6), "input_boolean.dry": "off"}
    home.line(0, states)
    home.steady(20, states)
    states |= {**charging(offer=10), "input_boolean.dry": "on"}
    told = set()
    for t in range(21, 60):
        home.line(t, states)
        if t > 30:
            told.add((home.shown("car")["reason"], home.shown("car")["setpoint_a"]))
    assert told == {("would set number.car from 10 to 14 A: rising", 14)}


def test_a_cut_and_a_switch_are_reported_entity_by_entity(house):
    home = house(config(loads={"car": charger(), "pool": plug()}, dry_run=True))
    home.line(0, {"sensor.l1": amps(20), **charging(offer=16), **switched(on=True)})
    home.line(1, {"sensor.l1": amps(44)})
    assert "would switch switch.pool off" in home.shown("pool")["reason"]
    assert "would set number.car from 16 to" in home.shown("car")["reason"]
    would = home.shown()["reason"].split(": ")[0]
    assert "set number.car from 16 to" in would and "switch switch.pool off" in would


def test_a_limit_around_a_whole_ampere_does_not_report_another_current_each_second(house):
    """A command that was sent would stay for longer, too."""
    home = house(config(loads={"car": charger()}, dry_run=True))
    home.line(0, {"sensor.l1": amps(32.9), **charging(offer=16)})
    told = []
    for t in range(1, 31):
        home.line(t, {"sensor.l1": amps(32.9 + 0.3 * (t % 2)), **charging(offer=16)})
        told.append((home.shown("car")["setpoint_a"], home.shown("car")["reason"].split(":")[0]))
    assert {*told} == {(7.0, "would set number.car from 16 to 7 A")}


def test_a_cut_is_no_longer_reported_once_a_late_meter_reports_again(house):
    home = house(config(loads={"car": charger()}, dry_run=True))
    home.steady(10, {"sensor.l1": amps(20), **charging(offer=16)})
    home.steady(45, charging(offer=16))
    assert "would set number.car from 16 to 6 A: " in home.shown("car")["reason"]
    home.line(46, {"sensor.l1": amps(20.1), **charging(offer=16)})
    home.line(47, {"sensor.l1": amps(20), **charging(offer=16)})
    assert home.shown("car")["reason"] == "has all it can use"


def test_a_boiler_is_reported_by_its_switch(house):
    tank = {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "rated_w": 2300, "min_off_s": 0}
    home = house(config(loads={"tank": tank}, dry_run=True))
    home.steady(30, {"sensor.l1": amps(3), "switch.tank": "off", "sensor.tank": unit(30, "°C")})
    assert home.shown("tank")["reason"].startswith("would switch switch.tank on: ")


def test_a_heat_pump_is_reported_by_its_states(house):
    home = house(config(loads={"heatpump": pump()}, dry_run=True))
    pumped = Pumped(home, base_a=-10.0)
    pumped.run(90)
    assert home.shown("heatpump")["reason"].startswith("would set heatpump from normal to recommend: ")
    assert home.calls == []


@pytest.mark.parametrize(
    ("states", "has"),
    [
        (charging(offer=6), "6.0"),
        ({**charging(offer=6), "switch.car": "off"}, "0.0"),
        ({**charging(offer=6, draw=0), "sensor.car_status": "Available"}, "0.0"),
        ({**charging(offer=6), "number.car": "unavailable"}, "6.0"),
        ({**charging(offer=6), "number.car": "unavailable", "sensor.car_draw": "unknown"}, "unknown"),
    ],
)
def test_in_a_dry_run_the_state_of_a_charger_is_its_real_one(house, states, has):
    home = house(config(loads={"car": charger()}, dry_run=True), noisy=True)
    home.steady(40, {"sensor.l1": amps(10), **states})
    assert home.state("sensor.fusebox_car") == has


@pytest.mark.parametrize(
    ("states", "has"),
    [
        (switched(on=True), "2300"),
        (switched(on=True, power_w=1150), "1150"),
        (switched(on=False), "0"),
        ({**switched(on=True), "sensor.pool_power": "unknown"}, "2300"),
    ],
)
def test_a_plugs_state_is_what_it_has(house, states, has):
    home = house(config(loads={"pool": plug()}, dry_run=True))
    home.steady(5, {"sensor.l1": amps(40), **states})
    assert home.state("sensor.fusebox_pool") == has
