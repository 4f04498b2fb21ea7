"""Tanks and radiators under a tariff of 4 kW: first or last as their priority says, and within the target."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .boiler import Tank, tank
from .houses import amps, charger, charging, config
from .test_radiators_load import Heated, heated

QUARTER = datetime(2026, 3, 10, 18, tzinfo=UTC)
TARIFF = {"tariff": {"kind": "fluvius", "target_kw": 4.0}}
PEAK = "sensor.fusebox_peak"


@pytest.mark.parametrize("first", ["tank", "car"])
def test_of_a_tank_and_a_car_the_first_stays_on(house, first):
    loads = {
        "tank": tank(priority=1 if first == "tank" else 2, normal_c=60),
        "car": charger(priority=1 if first == "car" else 2),
    }
    home, boiler, car = house({**config(loads=loads, main_fuse_a=40), **TARIFF}, start=QUARTER), Tank(on=True), True
    boiler.litres_k_s = 0.0
    for t in range(0, 880, 4):
        meter = {"sensor.l1": amps(5 + boiler.draw_a + 6 * car), **boiler.states()}
        switch = {"switch.car": "on" if car else "off"}
        home.report(t, {**meter, **charging(offer=6, draw=6 * car), **switch})
        boiler.on = boiler.on and "off" not in home.sent("switch.tank")
        car = car and "off" not in home.sent("switch.car")
        if t < 60:
            assert boiler.on and car  # a quarter of an hour is no fuse
        if not (boiler.on and car):
            break
    assert (boiler.on, car) == (first == "tank", first == "car")


def test_radiators_are_fewer_under_a_tariff(house):
    rooms = Heated(house, {**heated(), **TARIFF}, start=QUARTER)
    rooms.begin(calls="abcdef")
    rooms.go(400)
    # 0.46 kW of the house and three radiators of 1.15 kW
    assert rooms.house.state("sensor.fusebox_heating") == "3450"
    assert rooms.house.shown("heating")["limited_by"] == "tariff"
    rooms.go(480)
    # what they have left of the quarter feeds a fourth at its end
    assert 3.85 < float(rooms.house.state(PEAK)) <= 4.0
