"""The first lines: entities that are missing or say nothing yet, and houses that are found in the middle of things."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config, plug, switched

NOTHING = ["unknown", "unavailable", "nan", "inf", "-inf", "", "none", "text", None]
CHARGERS = dict(zip("abcdefghi", NOTHING, strict=True))


@pytest.mark.parametrize("word", NOTHING)
def test_a_meter_that_says_nothing_at_the_start_is_a_fail_safe(house, word):
    home = house(config(loads={"car": charger(), "pool": plug()}))
    home.line(0, {"sensor.l1": word, **charging(offer=12), **switched(on=True)})
    assert home.state(SITE) == "blind"
    assert home.sent("number.car") == [6]
    assert home.sent("switch.pool") == ["off"]


def row_of_chargers(house, entity):
    """A house in which a car charges behind each charger of `CHARGERS`; one entity of each has a word of `NOTHING`."""
    home, flow = house(config(loads={name: charger(name) for name in CHARGERS}, main_fuse_a=250)), amps(4 + 9 * 16)
    states = {key: state for name in CHARGERS for key, state in charging(name).items()}
    home.line(0, {"sensor.l1": flow, **states, **{entity.format(name): word for name, word in CHARGERS.items()}})
    home.steady(40, {"sensor.l1": flow})
    return home


def test_a_charger_whose_number_says_nothing_is_left_alone_and_shown_as_a_fault(house):
    home = row_of_chargers(house, "number.{}")
    assert home.calls == []
    for name, word in CHARGERS.items():
        assert home.shown(name)["status"] == "fault", word
        assert home.shown(name)["reason"], word


@pytest.mark.parametrize("word", ["unknown", "unavailable", None])
def test_a_plug_whose_switch_says_nothing_is_left_alone(house, word):
    home = house(config(loads={"pool": plug()}))
    home.line(0, {"sensor.l1": amps(5), **switched(on=False), "switch.pool": word})
    home.steady(40, {"sensor.l1": amps(5)})
    assert home.calls == []
    assert home.shown("pool")["status"] == "fault"


def test_a_status_that_says_nothing_does_not_stop_the_car(house):
    assert row_of_chargers(house, "sensor.{}_status").calls == []


def test_with_no_entity_at_all_nothing_is_commanded_and_all_is_reported(house):
    home = house(config(loads={"car": charger(), "pool": plug()}))
    home.line(0)
    home.steady(45)
    assert home.calls == []
    assert home.state(SITE) == "blind"
    assert {home.shown(n)["status"] for n in ("car", "pool")} == {"fault"}


def test_entities_that_come_late_are_taken_up(house):
    home = house(config(loads={"car": charger()}))
    home.line(0)
    home.steady(10)
    home.line(11, {"sensor.l1": amps(31), **charging()})
    assert home.sent("number.car") == [10]
    assert home.state(SITE) == "over"


def test_a_car_that_charges_at_the_start_is_adopted_at_its_current(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging(offer=14)})
    assert home.calls == []
    assert home.shown("car")["setpoint_a"] == 14


def test_nothing_rises_before_the_room_was_watched_for_twenty_seconds(house):
    home = house(config(loads={"car": charger()}))
    states = {"sensor.l1": amps(8), **charging(offer=6)}
    home.is_exact = True
    home.line(0, states)
    home.steady(19, states)
    assert home.calls == []
    home.line(20, states)
    assert home.sent("number.car") == [10]


def test_a_charger_that_returns_is_adopted_in_its_present_state(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(30, {"number.car": "unavailable", "sensor.l1": amps(20)})
    home.line(40, {"number.car": "16", "sensor.l1": amps(20)})
    assert home.calls == []
    assert home.shown("car")["status"] == "charging"


def test_a_config_without_a_site_does_nothing_and_says_so_once(house, caplog):
    home = house("CONFIG = {}\n")
    home.line(0)
    home.steady(5)
    assert home.calls == []
    assert len([r for r in caplog.records if "site: missing" in r.getMessage()]) == 1


def test_a_charger_that_appears_late_above_its_maximum_is_lowered_and_not_said_to_ignore_it(house):
    home = house(config(loads={"car": charger(max_a=16)}))
    grid = {"sensor.l1": amps(26)}
    home.line(0, grid)
    home.steady(40, grid)
    home.line(41, {**grid, **charging(offer=24)})
    assert home.sent("number.car") == [16] and home.sent("switch.car") == []
    assert "ignore" not in home.shown("car")["reason"]
