"""`fusebox_boost` for what is only on or off: a plug until it is taken back, a tank once to `boost_c`."""

from __future__ import annotations

from .boiler import Tank, Warm, warm
from .houses import config, plug
from .living import Device, Living


def test_a_boosted_plug_is_on_without_sun_until_it_is_taken_back(house):
    home = house(config(loads={"pool": plug(mode="solar_only", stop_after_s=5)}))
    life = Living(home, {"L1": 2.0}, pool=Device("plug", on=False, takes_a=10))
    life.run(25)
    assert home.calls == []
    assert "response" in home.call("fusebox_boost", load="pool", state="on")
    life.run(60)
    assert home.all_sent("switch.pool")[0][1] == "on"
    assert "boosted" in home.shown("pool")["reason"]
    life.base_a["L1"] = 20
    life.run(3)
    assert not life.devices["pool"].on, "never against the fuse"
    life.base_a["L1"] = 2
    life.run(40)
    assert life.devices["pool"].on
    home.call("fusebox_boost", load="pool", state="off")
    life.run(30)
    assert not life.devices["pool"].on


def test_mode_off_ends_a_boost(house):
    home = house(config(loads={"pool": plug(stop_after_s=5)}))
    life = Living(home, {"L1": 2.0}, pool=Device("plug", on=False, takes_a=10))
    life.run(25)
    home.call("fusebox_boost", load="pool", state="on")
    life.run(60)
    assert life.devices["pool"].on
    home.call("fusebox_set_mode", load="pool", mode="off")
    life.run(30)
    assert not life.devices["pool"].on and not home.shown("pool")["boosted"]


def test_a_boosted_tank_is_heated_up_once(house):
    home = Warm(house(warm(mode="off")), 2.0, Tank(62.0))
    home.run(25)
    assert home.switched == []
    home.house.call("fusebox_boost", load="tank", state="on")
    home.run(60)
    assert not home.water.on and home.water.celsius > 64.9
    told = list(home.switched)
    home.water.celsius = 40
    home.run(40)
    assert home.switched == told


def test_a_plug_that_is_switched_off_by_hand_ends_its_boost_and_follows_the_sun_again(house):
    home = house(config(loads={"pool": plug(mode="solar_only", start_after_s=5, stop_after_s=5)}))
    life = Living(home, {"L1": 2.0}, pool=Device("plug", on=False, takes_a=10))
    life.run(25)
    home.call("fusebox_boost", load="pool", state="on")
    life.run(60)
    life.base_a["L1"] = -20
    life.run(10)
    life.devices["pool"].on = False
    life.run(300)
    assert not life.devices["pool"].on, "its user's off counts until the sun would have switched it off"
    assert (home.shown("pool")["boosted"], home.shown("pool")["mode"]) == (False, "solar_only")
    life.base_a["L1"] = 2
    life.run(60)
    life.base_a["L1"] = -20
    life.run(120)
    assert life.devices["pool"].on


def test_a_boost_of_a_tank_that_is_hot_already_ends_at_once(house):
    home = Warm(house(warm(mode="off")), 2.0, Tank(66.0))
    home.run(25)
    assert home.house.call("fusebox_boost", load="tank", state="on")["response"] == {"load": "tank", "state": "off"}
    home.water.celsius = 50
    home.run(60)
    assert (home.switched, home.shown()["boosted"]) == ([], False)
