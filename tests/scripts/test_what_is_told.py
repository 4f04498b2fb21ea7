"""Commands that fail or are not followed, modes in the same answer, and what a reload keeps."""

from __future__ import annotations

from .houses import amps, charger, charging, config, plug, switched, watts


def test_a_cut_leaves_at_once_although_the_same_value_was_sent_within_ten_seconds(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(28)})
    assert home.sent("number.car") == [13]
    home.line(2, {"sensor.l1": amps(25), **charging(offer=13)})
    home.line(4, {"sensor.l1": amps(36), **charging(offer=24)})
    assert home.sent("number.car") == [13]


def test_a_mode_is_in_force_in_the_answer_to_the_line_that_sets_it(house):
    home = house(config(loads={"pool": plug()}))
    home.line(0, {"sensor.l1": amps(12), **switched(on=True)})
    home.line(
        5,
        {"sensor.l1": amps(13)},
        calls=[{"service": "pyscript.fusebox_set_mode", "data": {"load": "pool", "mode": "off"}}],
    )
    assert home.sent("switch.pool") == ["off"]


def test_a_failed_write_is_visible(house):
    home = house(config(loads={"car": charger()}), noisy=True)
    home.line(
        0,
        {"sensor.l1": amps(20), **charging()},
        respond=[{"service": "number.set_value", "data": {}, "error": "cloud is down"}],
    )
    home.steady(5, {"sensor.l1": amps(26)})
    assert "cloud is down" in str(home.shown()), home.shown()


def test_a_charger_that_never_follows_is_a_visible_problem(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.steady(120, {"sensor.l1": amps(29)})
    told = home.shown()["reason"] + home.shown("car")["reason"] + str(home.shown()["errors"])
    assert "ignores its limit" in told, told


def test_surplus_w_is_an_attribute_of_the_site(house):
    home = house(config(solar_w="sensor.sun"))
    home.line(0, {"sensor.l1": amps(-5), "sensor.sun": watts(2000)})
    assert "surplus_w" in home.shown()


def test_since_outlives_a_reload(house):
    home = house(config(loads={"car": charger()}))
    states = {"sensor.l1": amps(20), **charging()}
    home.line(0, states)
    home.steady(10, states)
    before = home.shown("car")["since"]
    home.save(config(loads={"car": charger(max_a=15.5)}))
    home.steady(14, states)
    assert home.shown("car")["since"] == before


def test_a_live_maximum_that_becomes_nonsense_keeps_its_last_value(house):
    for word in ("nan", "inf", "a lot"):
        home = house(config(loads={"car": charger(max_a="input_number.most")}))
        states = {"sensor.l1": amps(12), **charging(offer=8)}
        home.line(0, {**states, "input_number.most": "8"})
        home.line(3, {**states, "input_number.most": word})
        home.steady(33, states)
        assert home.all_sent("number.car") == [], word
