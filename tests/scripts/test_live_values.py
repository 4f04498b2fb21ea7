"""An entity id in place of a value: read live, in the answer to the line that changes it."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config, unit


def running(house, written, **states):
    """A car at 16 A on a fuse that just holds it."""
    home = house(written)
    home.line(0, {"sensor.l1": amps(20), **charging(), **{k.replace("__", "."): v for k, v in states.items()}})
    return home


def test_a_lower_main_fuse_cuts_at_once(house):
    home = running(house, config(loads={"car": charger()}, main_fuse_a="input_number.fuse"), input_number__fuse="25")
    assert home.calls == []
    home.line(1, {"input_number.fuse": "16.0"})
    assert home.sent("number.car") == [12]


@pytest.mark.parametrize("plan", [{}, {"plan": {"ready_by": "07:00", "energy_kwh": 8}}])
@pytest.mark.parametrize("most", ["0", "5.5"])
def test_a_maximum_below_the_minimum_pauses_the_car_and_is_named_as_its_entity_shows_it(house, most, plan):
    car = charger(max_a="input_number.most", mode="standard", **plan)
    home = running(house, {**config(loads={"car": car}), "prices": {"fixed": 0.3}}, input_number__most="16")
    home.steady(30, {"sensor.l1": amps(20), **charging()})
    home.line(31, {"input_number.most": most})
    assert "off" in home.sent("switch.car")
    assert home.shown("car")["reason"] == f"its maximum of {most} A is below its minimum of 6 A"
    assert home.shown()["errors"] == []


def test_nothing_is_planned_for_a_car_whose_maximum_is_0_a_and_its_plan_says_so(house):
    car = charger(max_a="input_number.most", plan={"ready_by": "07:00", "energy_kwh": 8})
    home = house({**config(loads={"car": car}), "prices": {"fixed": 0.3}})
    states = {"sensor.l1": amps(2), **charging(draw=0), "switch.car": "off", "input_number.most": "0"}
    home.line(0, states)
    home.steady(60, states)
    shown, reason = home.shown("car"), "its maximum of 0 A is below its minimum of 6 A"
    assert (shown["plan"], shown["plan_state"]) == ([], "waiting")
    assert (shown["plan_reason"], shown["reason"]) == (reason, reason)
    home.line(61, {"input_number.most": "16"})
    home.steady(120, states | {"input_number.most": "16"})
    assert home.shown("car")["plan"]


def test_a_maximum_of_0_a_of_a_car_that_cannot_be_paused_breaks_no_plan(house):
    car = charger(max_a="input_number.most", mode="standard", without=["switch"])
    car["plan"] = {"ready_by": "07:00", "energy_kwh": 8}
    home = house({**config(loads={"car": car}), "prices": {"fixed": 0.3}})
    states = {"sensor.l1": amps(20), **charging(offer=6), "input_number.most": "0"}
    home.line(0, states)
    home.steady(200, states)
    assert home.shown("car")["plan"][-1]["kw"] == 1.38


@pytest.mark.parametrize("word", ["unknown", "unavailable", None])
def test_a_main_fuse_that_becomes_unknown_keeps_its_last_value(house, word):
    home = running(house, config(loads={"car": charger()}, main_fuse_a="input_number.fuse"), input_number__fuse="25")
    home.line(1, {"input_number.fuse": word})
    home.steady(20, {"sensor.l1": amps(20)})
    assert home.calls == []


def test_a_main_fuse_that_was_never_known_is_six_amperes(house):
    home = running(house, config(loads={"car": charger()}, main_fuse_a="input_number.fuse"))
    assert home.sent("number.car") == [6]
    assert home.state(SITE) == "over"


@pytest.mark.parametrize("rating", ["-25", "0", "nan", "inf", "unknown", "lots"])
def test_no_nonsense_in_a_main_fuse_lets_anything_rise(house, rating):
    written = config(loads={"car": charger()}, main_fuse_a="input_number.fuse")
    home = house(written)
    states = {"sensor.l1": amps(12), **charging(offer=6), "input_number.fuse": rating}
    home.line(0, states)
    home.steady(60, states)
    assert home.all_sent("number.car") == []


@pytest.mark.parametrize("volts", ["0", "1000", "-230"])
def test_an_impossible_voltage_retains_its_last_value_and_is_reported(house, volts):
    home = house(config(loads={"car": charger()}, voltage_v="sensor.volts"))
    states = {"sensor.l1": unit(4600, "W"), **charging()}
    home.line(0, {**states, "sensor.volts": unit(230, "V")})
    home.line(1, {**states, "sensor.volts": unit(volts, "V")})
    assert home.shown()["grid_a"] == {"L1": 20}
    told = f"site.voltage_v: sensor.volts has no usable value, it shows '{volts}'; its last one, 230, counts"
    assert told in home.shown()["errors"]
    assert home.calls == []


@pytest.mark.parametrize(
    ("key", "of", "needed"),
    [("voltage_v", "kW", "V"), ("max_import_w", "kW", "W"), ("margin_a", "%", "A"), ("stale_after_s", "min", "s")],
)
def test_a_live_value_in_another_unit_is_reported_and_never_used(house, key, of, needed):
    home = running(house, config(loads={"car": charger()}, **{key: "sensor.x"}), sensor__x=unit(240, of))
    told = f"site.{key}: sensor.x has no usable value yet, it is in {of}, and this key is in {needed}"
    assert told in home.shown()["errors"]
    home.line(1, {"sensor.x": unit(240, needed)})
    home.line(2)
    assert told not in home.shown()["errors"]


def test_a_live_value_that_changes_its_unit_keeps_the_last_good_one(house):
    home = running(house, config(loads={"car": charger()}, voltage_v="sensor.x"), sensor__x=unit(231, "V"))
    home.line(20, {"sensor.x": unit(0.2, "kV")})
    told = "site.voltage_v: sensor.x has no usable value, it is in kV, and this key is in V; its last one, 231, counts"
    assert told in home.shown()["errors"]


def test_a_lower_maximum_cuts_at_once(house):
    home = running(house, config(loads={"car": charger(max_a="input_number.most")}), input_number__most="16")
    home.line(1, {"input_number.most": "9"})
    assert home.sent("number.car") == [9]


def test_a_maximum_above_the_circuit_is_clamped_to_it(house):
    written = config(loads={"car": charger(max_a="input_number.most")}, main_fuse_a=20)
    home = running(house, written, input_number__most="32")
    home.steady(60, {"sensor.l1": amps(18), **charging(offer=18)})
    assert all(value <= 20 for _, value in home.all_sent("number.car"))


def test_a_maximum_below_the_minimum_means_not_now(house):
    home = running(house, config(loads={"car": charger(max_a="input_number.most")}), input_number__most="16")
    home.line(1, {"input_number.most": "3"})
    assert home.sent("switch.car") == ["off"]


@pytest.mark.parametrize("option", ["off", "Off", "OFF"])
def test_a_mode_from_an_input_select(house, option):
    home = running(house, config(loads={"car": charger(mode="input_select.car")}), input_select__car="Standard")
    assert home.calls == []
    home.line(1, {"input_select.car": option})
    assert home.sent("switch.car") == ["off"]
    assert home.shown("car")["mode"] == "off"


def test_an_unknown_mode_leaves_the_default(house):
    home = running(house, config(loads={"car": charger(mode="input_select.car")}), input_select__car="Party")
    assert home.shown("car")["mode"] == "standard"


def test_dry_run_from_an_input_boolean_stops_commands_while_it_is_on(house):
    home = running(house, config(loads={"car": charger()}, dry_run="input_boolean.dry"), input_boolean__dry="on")
    home.line(1, {"sensor.l1": amps(30)})
    assert home.calls == []
    assert home.state(SITE) == "dry_run"
    home.line(2, {"sensor.l1": amps(20)})
    home.line(3, {"input_boolean.dry": "off"})
    home.line(4, {"sensor.l1": amps(30.5)})
    assert home.sent("number.car") == [10]


def test_a_live_margin_counts_at_once(house):
    home = running(house, config(loads={"car": charger()}, margin_a="input_number.margin"), input_number__margin="0")
    home.line(1, {"input_number.margin": "7"})
    assert home.sent("number.car") == [14]


def test_live_stages_of_blindness_count(house):
    written = config(loads={"car": charger()}, stale_after_s="input_number.late")
    home = running(house, written, input_number__late="10")
    home.steady(30)
    assert home.all_sent("number.car")[0] == (11, 6)


def test_a_live_minimum_counts_at_once(house):
    home = running(house, config(loads={"car": charger(min_a="input_number.least")}), input_number__least="6")
    home.line(1, {"input_number.least": "10", "sensor.l1": amps(34)})
    assert home.sent("number.car") == [10]


@pytest.mark.parametrize("least", ["5", "0", "-3", "200"])
def test_a_live_minimum_that_no_charger_can_have_is_reported_and_the_last_one_counts(house, least):
    home = running(house, config(loads={"car": charger(min_a="input_number.least")}), input_number__least="9")
    home.line(1, {"input_number.least": least})
    home.steady(5)
    told = f"loads.car.min_a: input_number.least has no usable value, it shows '{least}'; its last one, 9, counts"
    assert (home.shown("car")["min_a"], home.shown()["errors"]) == (9, [told])


def under_a_tariff(house, target):
    """A car on a wide fuse whose tariff's target is an entity that shows this."""
    written = {**config(loads={"car": charger()}, main_fuse_a=40)}
    home = house({**written, "tariff": {"kind": "fixed_limit", "target_kw": "input_number.target"}})
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6), "input_number.target": target})
    return home


@pytest.mark.parametrize("target", ["-3", "0", "0.0", "5000", "lots", "unavailable", "unknown", None])
def test_a_target_that_was_never_known_is_reported_and_nothing_rises(house, target):
    home = under_a_tariff(house, target)
    home.steady(90, {"sensor.l1": amps(8), **charging(offer=6)})
    assert home.calls == []
    shows = "" if target in ("unavailable", "unknown", None) else f", it shows {target!r}"
    told = f"tariff.target_kw: input_number.target has no usable value yet{shows}"
    absent = "tariff.target_kw: Home Assistant has no entity input_number.target; look its id up"
    errors = home.shown()["errors"]
    assert told in errors if target is not None else any(error.startswith(absent) for error in errors)
    assert told in home.shown("car")["reason"]
    # what is not known is no reason to buy more than CONFIG's default
    assert home.session.host.world.states.get("sensor.fusebox_peak").attributes["target_kw"] == 4.0
    home.line(91, {"input_number.target": "6"})
    home.steady(110, {"sensor.l1": amps(8), **charging(offer=6)})
    assert home.all_sent("number.car") != [] and home.shown()["errors"] == []


@pytest.mark.parametrize("target", ["-3", "0", "unavailable"])
def test_a_target_that_makes_no_sense_any_more_keeps_its_last_value(house, target):
    home = under_a_tariff(house, "3.5")
    home.line(1, {"input_number.target": target})
    home.steady(10)
    assert home.session.host.world.states.get("sensor.fusebox_peak").attributes["target_kw"] == 3.5
    told = f"tariff.target_kw: input_number.target has no usable value, it shows {target!r}; its last one, 3.5, counts"
    assert home.shown()["errors"] == ([] if target == "unavailable" else [told])
