"""`sensor.fusebox_<load>`, field by field as users read them."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, plug, switched
from .living import Device, Living

FIELDS = {"mode", "status", "setpoint_a", "draw_a", "available_a", "limited_by", "reason", "since"}


def shown_with(house, **entities):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging(), **entities})
    return home


def test_a_charger_shows_amps_as_a_current(house):
    home = shown_with(house)
    assert home.state("sensor.fusebox_car") == "16.0"
    shown = home.shown("car")
    assert (shown["unit_of_measurement"], shown["device_class"], shown["state_class"]) == (
        "A",
        "current",
        "measurement",
    )


def test_a_plug_shows_watts_as_a_power(house):
    home = house(config(loads={"pool": plug()}))
    home.line(0, {"sensor.l1": amps(12), **switched(on=True)})
    assert home.state("sensor.fusebox_pool") == "2300"
    shown = home.shown("pool")
    assert (shown["unit_of_measurement"], shown["device_class"], shown["state_class"]) == ("W", "power", "measurement")


@pytest.mark.parametrize("load", [charger(), plug("car")])
def test_every_documented_attribute_is_there(house, load):
    home = house(config(loads={"car": load}))
    home.line(0, {"sensor.l1": amps(5), **charging(), **switched("car", on=False)})
    assert set(home.shown("car")) >= FIELDS


@pytest.mark.parametrize("load", [charger(), plug("car")])
def test_an_attribute_with_a_new_name_is_published_by_its_old_one_too(house, load):
    home = house(config(loads={"car": load}))
    home.line(0, {"sensor.l1": amps(29), **charging(), **switched("car", on=False)})
    shown, explained = home.shown("car"), home.call("fusebox_explain")["response"]["loads"]["car"]
    assert shown["binding"] == shown["limited_by"]
    assert explained["binding"] == explained["limited_by"] == shown["limited_by"]


def test_setpoint_draw_and_capacity_are_published_in_amps(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(29), **charging(draw=15.5)})
    shown = home.shown("car")
    assert (shown["setpoint_a"], shown["draw_a"], shown["available_a"]) == (11, {"L1": 15.5}, 11.5)


def test_an_idle_charger_still_reports_its_available_current(house):
    home = shown_with(house, **{"sensor.car_status": "Available", "sensor.l1": amps(10), "sensor.car_draw": amps(0)})
    assert home.state("sensor.fusebox_car") == "0.0"
    assert home.shown("car")["available_a"] == 15


@pytest.mark.parametrize(
    "word, status",
    [
        ("Charging", "charging"),
        ("Available", "unplugged"),
        ("disconnected", "unplugged"),
        ("Unplugged", "unplugged"),
        ("full", "full"),
        ("COMPLETED", "full"),
        ("Faulted", "fault"),
        ("error", "fault"),
        ("Fault", "fault"),
    ],
)
def test_the_status_follows_the_device(house, word, status):
    assert shown_with(house, **{"sensor.car_status": word}).shown("car")["status"] == status


def test_a_load_in_mode_off_is_paused_and_says_why(house):
    home = house(config(loads={"car": charger(mode="off")}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    shown = home.shown("car")
    assert (shown["mode"], shown["status"]) == ("off", "paused")
    assert "off" in shown["reason"]


def test_a_car_that_takes_nothing_is_waiting(house):
    home = shown_with(house, **{"sensor.car_draw": amps(0), "sensor.l1": amps(4), "sensor.car_status": "Preparing"})
    assert home.shown("car")["status"] == "waiting"


def test_a_plug_is_on_or_off(house):
    home = house(config(loads={"pool": plug(), "sauna": plug("sauna", mode="off")}))
    home.line(0, {"sensor.l1": amps(12), **switched(on=True), **switched("sauna", on=False)})
    assert (home.shown("pool")["status"], home.shown("sauna")["status"]) == ("on", "off")


def test_the_binding_ceiling_is_named_and_the_reason_is_a_sentence(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(29), **charging()})
    shown = home.shown("car")
    assert shown["limited_by"] == "main L1"
    assert "(L1, 25 A)" in shown["reason"] and "house 13 A" in shown["reason"]
    assert shown["reason_code"].startswith("limited_by_fuse")
    assert (shown["reason_values"]["rating_a"], shown["reason_values"]["house_a"]) == (25, 13)


def test_since_changes_with_the_status_and_with_nothing_else(house):
    home = shown_with(house)
    home.steady(30, {"sensor.l1": amps(20)})
    assert home.shown("car")["since"] == "2026-01-15T12:00:00+00:00"
    home.line(31, {"sensor.l1": amps(4), "sensor.car_status": "Available", "sensor.car_draw": amps(0)})
    assert home.shown("car")["since"] == "2026-01-15T12:00:31+00:00"
    home.line(40, {"sensor.l1": amps(9)})
    assert home.shown("car")["since"] == "2026-01-15T12:00:31+00:00"


def test_a_car_on_the_sun_that_runs_without_any_says_how_long_it_is_held(house):
    home = house(config(loads={"car": charger(mode="solar_only")}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    assert home.sent("number.car") == [6]
    assert (home.shown("car")["mode"], home.shown("car")["limited_by"]) == ("solar_only", "solar")
    assert home.shown("car")["reason"].startswith("not enough sun: held at 6 A, stops at ")


def test_the_state_is_the_allocation_and_the_setpoint_follows_it(house):
    home = house(config(loads={"car": charger()}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(10)
    assert (home.state("sensor.fusebox_car"), home.shown("car")["setpoint_a"]) == ("16.0", 6)
    assert home.shown("car")["reason"]


def test_a_paused_car_names_its_limit_until_it_may_resume(house):
    home = Living(house(config(loads={"car": charger(pause_s=60)})), {"L1": 5.0}, car=Device())
    home.run(30)
    home.base_a["L1"] = 40.0
    home.run(5)
    home.base_a["L1"] = 5.0
    home.run(45)
    reason = home.house.shown("car")["reason"]
    assert home.house.shown("car")["status"] == "paused"
    assert reason.startswith("paused by main L1 until "), reason
