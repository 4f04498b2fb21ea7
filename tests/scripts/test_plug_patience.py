"""Plugs: least times on and off, starts a day, and what they count with."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, plug, switched
from .living import Device, Living


def test_a_plug_starts_when_its_rating_has_fitted_for_twenty_seconds(house):
    home = house(config(loads={"pool": plug()}))
    Living(home, {"L1": 2}, pool=Device("plug", on=False, takes_a=10)).run(40)
    assert home.all_sent("switch.pool") == [(20, "on")]


def test_a_plug_that_does_not_fit_stays_off(house):
    home = house(config(loads={"pool": plug()}))
    Living(home, {"L1": 16}, pool=Device("plug", on=False, takes_a=10)).run(60)
    assert home.calls == []
    assert home.shown("pool")["limited_by"] == "main L1"


def test_a_plug_stays_off_for_its_least_time(house):
    home = house(config(loads={"pool": plug(min_off_s=300)}))
    life = Living(home, {"L1": 2}, pool=Device("plug", on=True, takes_a=10))
    life.run(30)
    life.base_a["L1"] = 20
    life.run(5)
    life.base_a["L1"] = 2
    life.run(285)
    home.is_exact = True
    life.run(15)
    home.is_exact = False
    life.run(100)
    assert home.all_sent("switch.pool") == [(30, "off"), (330, "on")]


def test_a_plug_stays_on_for_its_least_time_when_a_more_urgent_load_wants_its_place(house):
    loads = {"car": charger(priority=1), "pool": plug(priority=2, min_on_s=300)}
    home = house(config(loads=loads, main_fuse_a=18))
    life = Living(home, {"L1": 2}, pool=Device("plug", on=False, takes_a=10), car=Device(status="Available", on=False))
    life.run(30)
    assert home.all_sent("switch.pool") == [(20, "on")]
    life.devices["car"].status = "Preparing"
    life.run(500)
    assert [t for t, told in home.all_sent("switch.pool") if told == "off"] in ([], [320])
    assert life.worst_a <= 18


def test_no_more_starts_than_a_day_allows(house):
    home = house(config(loads={"pool": plug(max_starts_per_day=2)}))
    life = Living(home, {"L1": 2}, pool=Device("plug", on=False, takes_a=10))
    for _ in range(4):
        life.base_a["L1"] = 2
        life.run(45)
        life.base_a["L1"] = 20
        life.run(5)
    assert [told for _, told in home.all_sent("switch.pool")] == ["on", "off"] * 2
    assert "started 2 times" in home.shown("pool")["reason"]


def test_a_plug_that_is_on_at_the_start_is_left_on(house):
    home = house(config(loads={"pool": plug(min_on_s=300)}))
    home.line(0, {"sensor.l1": amps(12), **switched(on=True)})
    home.steady(60, {"sensor.l1": amps(12)})
    assert home.calls == []
    assert home.shown("pool")["status"] == "on"


@pytest.mark.parametrize("mode", ["continuous", "standard", "Continuous", "STANDARD"])
def test_a_plug_may_be_standard_or_continuous(house, mode):
    home = house(config(loads={"pool": plug(mode=mode)}))
    Living(home, {"L1": 2}, pool=Device("plug", on=False, takes_a=10)).run(30)
    assert home.all_sent("switch.pool") == [(20, "on")]


def test_a_plug_in_mode_off_is_switched_off_at_once(house):
    home = house(config(loads={"pool": plug(mode="off")}))
    home.line(0, {"sensor.l1": amps(12), **switched(on=True)})
    assert home.sent("switch.pool") == ["off"]


def test_without_a_power_sensor_a_plug_that_is_on_counts_with_its_rating(house):
    loads = {"car": charger(priority=1), "pool": plug(priority=2, power=None)}
    home = house(config(loads=loads))
    home.line(0, {"sensor.l1": amps(26), **charging(), "switch.pool": "on"})
    # 26 - 16 - 10: the house itself uses nothing, so the car gives way by one
    assert home.sent("number.car") == [15]
    assert home.sent("switch.pool") == []


def test_a_three_phase_plug_shares_its_rating(house):
    home = house(config(loads={"sauna": plug("sauna", rated_w=6900, phases=["L1", "L2", "L3"])}, phases="L1 L2 L3"))
    home.line(0, {"sensor.l1": amps(25), "sensor.l2": amps(12), "sensor.l3": amps(12), "switch.sauna": "on"})
    home.line(1, {"sensor.l1": amps(26)})
    assert home.sent("switch.sauna") == ["off"]
