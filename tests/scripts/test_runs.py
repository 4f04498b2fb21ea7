"""One decision a second: on new readings when they come, on the clock alone when none come."""

from __future__ import annotations

import sys

import pytest

from .houses import amps, charger, charging, config


@pytest.mark.parametrize("meter_tells", [True, False])
def test_no_second_is_decided_twice_and_hardly_one_is_left_out(house, meter_tells: bool) -> None:  # type: ignore[no-untyped-def]
    home = house(config(loads={"car": charger()}))
    home.line(0, {**charging(offer=16), "sensor.car_draw": amps(16), "sensor.l1": amps(20)})
    balancer = vars(sys.modules["_fusebox_store"])["balancer"]
    runs: list[float] = []
    decided = balancer._decide_and_store
    balancer._decide_and_store = lambda view: (runs.append(view.now_s), decided(view))[1]
    for second in range(1, 31):
        home.line(second, {"sensor.l1": amps(20 + second % 2)} if meter_tells else {})
    assert 29 <= len(runs) <= 31
