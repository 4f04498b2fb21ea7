"""A saved CONFIG gives the name of a load to another device: what is remembered follows the device."""

from __future__ import annotations

from .houses import amps, charger, charging, config
from .living import Device, Living

NAMED = {"car_1": charger("one", max_a=12), "car_2": charger("two", max_a=16)}
EXCHANGED = {"car_1": charger("two", max_a=12), "car_2": charger("one", max_a=16)}
ANOTHER = {"car_1": charger("three", max_a=12), "car_2": charger("two", max_a=16)}


def test_chargers_that_exchange_names_while_charging_are_not_set_by_hand(house):
    home = house(config(loads=NAMED, main_fuse_a=63))
    living = Living(home, {"L1": 2.0}, one=Device(), two=Device())
    living.run(240)
    assert (living.devices["one"].offer_a, living.devices["two"].offer_a) == (12, 16)
    home.save(config(loads=EXCHANGED, main_fuse_a=63))
    living.run(240)
    assert (living.devices["one"].offer_a, living.devices["two"].offer_a) == (16, 12)
    assert {home.shown(load)["reason"] for load in NAMED} == {"has all it can use"}


def test_a_charger_in_place_of_another_is_not_set_by_hand(house):
    home = house(config(loads=NAMED, main_fuse_a=63))
    living = Living(home, {"L1": 2.0}, one=Device(), two=Device(), three=Device(on=False, takes_a=0))
    living.run(240)
    home.save(config(loads=ANOTHER, main_fuse_a=63))
    living.devices["three"] = Device(offer_a=8)
    living.run(240)
    assert living.devices["three"].offer_a == 12
    assert home.shown("car_1")["reason"] == "has all it can use"


def test_a_charger_in_a_pause_stays_paused_under_another_name(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6)})
    home.line(1, {"sensor.l1": amps(36)})
    home.line(2, {"sensor.l1": amps(36.5)})
    assert home.sent("switch.car") == ["off"]
    off = {"sensor.l1": amps(2), "switch.car": "off", "sensor.car_draw": amps(0)}
    home.steady(20, off)
    home.save(config(loads={"garage": charger()}))
    home.steady(170, off)
    assert [told for _, told in home.all_sent("switch.car")] == ["off"]
    home.steady(260, off)
    assert home.all_sent("switch.car")[-1][1] == "on"
