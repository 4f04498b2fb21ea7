"""A person resets a charger, and boosts a load."""

from __future__ import annotations

import pytest

from simhouse.devices.ocpp_entities import Box

from .charging_points import foreign, ocpp, street
from .houses import amps, charger, charging, config


def test_a_reset_clears_makes_safe_and_then_limits_again(house):
    life = street(house, Box())
    life.run(60)
    assert life.call("fusebox_reset_charger", load="car")["response"] == {"load": "car", "reset": True}
    assert [c["service"] for c in life.house.reply["calls"]] == ["ocpp.clear_profile"]
    since = life.second
    life.run(2)
    assert life.limits(since, safe=True) == [], "it is left alone for a moment, but for a cut"
    life.run(8)
    sent = [d["custom_profile"]["chargingProfileId"] for t, d in life.calls("ocpp.set_charge_rate", since + 2)]
    assert sent == [10, 11], "first the safe limit, then the one above it"
    assert life.points[0].offered_a == 16


def test_old_profiles_of_another_system_are_gone_after_a_reset(house):
    life = street(house, Box())
    foreign(life, 7)
    life.run(40)
    assert life.points[0].offered_a == 7
    life.call("fusebox_reset_charger", load="car")
    life.run(40)
    assert life.points[0].offered_a == 16


@pytest.mark.parametrize("word", ["Finishing", "Faulted"])
def test_a_charger_that_takes_no_limits_has_its_button_pressed(house, word):
    life = street(house, Box())
    life.run(60)
    life.points[0].stuck = word
    life.run(2)
    life.call("fusebox_reset_charger", load="car")
    assert [c["data"] for c in life.house.reply["calls"]] == [{"entity_id": "button.evse1_reset"}]


@pytest.mark.parametrize(
    "load, why",
    [
        (None, "load: which one?"),
        ("cra", "did you mean 'car'?"),
        ("wall", "load: 'wall' is of type number, which has nothing that could be reset"),
    ],
)
def test_a_reset_that_cannot_be_says_why_and_sends_nothing(house, load, why):
    home = house(config(loads={"car": ocpp(), "wall": charger("wall")}))
    home.line(0, {"sensor.l1": amps(5), **charging("wall")})
    assert why in home.call("fusebox_reset_charger", load=load)["error"]
    assert not any("clear" in c["service"] for c in home.reply["calls"])


def test_a_charger_that_is_away_cannot_be_reset(house):
    life = street(house, Box())
    life.run(60)
    life.points[0].online = False
    life.run(2)
    assert "cannot be reached" in life.call("fusebox_reset_charger", load="car")["error"]


def test_a_dry_run_resets_nothing(house):
    life = street(house, Box(), dry_run=True)
    life.run(5)
    assert "dry_run" in life.call("fusebox_reset_charger", load="car")["error"]
    life.run(30)
    assert life.house.calls == [], "and asks nothing either"


def test_a_boosted_car_charges_at_its_most_without_sun(house):
    life = street(house, Box(), load={"mode": "solar_only"})
    life.run(60)
    assert life.points[0].offered_a == 0
    answer = life.call("fusebox_boost", load="car", state="on")
    assert answer["response"] == {"load": "car", "state": "on"}
    life.run(60)
    assert life.points[0].offered_a == 16
    assert life.house.shown("car")["mode"] == "boost"
    assert "boosted" in life.house.shown("car")["reason"]


def test_a_boost_never_goes_above_the_fuse(house):
    life = street(house, Box(), load={"mode": "solar_only"}, base_a=15)
    life.run(30)
    life.call("fusebox_boost", load="car", state=True)
    life.run(90)
    assert life.points[0].offered_a == 10 and life.worst_a <= 25


def test_a_boost_ends_when_the_car_is_unplugged_and_not_before(house):
    life = street(house, Box(), load={"mode": "solar_only"})
    point = life.points[0]
    point.plugged = False
    life.run(20)
    life.call("fusebox_boost", load="car", state="on")
    life.run(20)
    assert life.house.shown("car")["mode"] == "boost", "it waits for the car"
    point.plugged = True
    life.run(60)
    assert point.offered_a == 16
    point.online = False
    life.run(20)
    point.online = True
    life.run(20)
    assert life.house.shown("car")["mode"] == "boost", "a charger that was away has lost no car"
    point.plugged, point.session = False, False
    life.run(5)
    assert life.house.shown("car")["mode"] == "solar_only"
    point.plugged = True
    life.run(60)
    assert point.offered_a == 0


def test_a_boost_outlives_a_restart(house):
    life = street(house, Box(), load={"mode": "solar_only"})
    life.run(20)
    life.call("fusebox_boost", load="car", state="on")
    again = street(house, Box(), load={"mode": "solar_only"})
    again.points[0].session = True
    again.run(60)
    assert again.house.shown("car")["mode"] == "boost"
    assert again.points[0].offered_a == 16


def test_a_boost_is_taken_back(house):
    life = street(house, Box(), load={"mode": "solar_only"})
    life.run(20)
    life.call("fusebox_boost", load="car", state="on")
    life.run(40)
    life.call("fusebox_boost", load="car", state="off")
    life.run(5)
    assert life.house.shown("car")["mode"] == "solar_only"


@pytest.mark.parametrize(
    "fields, why",
    [
        (
            {"load": "heat", "state": "on"},
            "load: 'heat' is of type sg_ready, which cannot be boosted; loads that can be: car",
        ),
        ({"load": "car", "state": "maybe"}, "state: 'maybe' is neither on nor off"),
        ({"load": "car"}, "state: on or off?"),
        ({"load": "car", "state": "on", "amps": 5}, "amps: there is no such field"),
    ],
)
def test_a_boost_that_makes_no_sense_is_refused(house, fields, why):
    heat = {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "phases": ["L1"]}
    home = house(config(loads={"car": ocpp(), "heat": heat}))
    home.line(0, {"sensor.l1": amps(5)})
    assert why in home.call("fusebox_boost", **fields)["error"]
