"""Eight minutes under clouds, with a household that cooks and a battery that answers three seconds late."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from simhouse.physics.household import household_seconds
from simhouse.physics.sun import sunny_seconds

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

SECONDS = 500
START = datetime(2026, 6, 15, 12, tzinfo=UTC)


def cloudy(house, seed, battery):
    """A house that lives through it; what its car imported beyond its minimum, and what it took in all [Wh]."""
    written = sunny(battery=None if battery is None else {}, loads={"car": charger(mode="solar_only")})
    car = Device(on=False)
    home = Sunny(house(written), {"L1": 0.0}, battery=battery, car=car)
    sun_w = sunny_seconds(START, SECONDS, 6000, Random(f"{seed}:sun"))
    (base,) = household_seconds(START, SECONDS, 1, Random(f"{seed}:household"))
    imported_ws = taken_ws = 0.0
    for second in range(SECONDS):
        home.sun_w, home.base_a["L1"] = sun_w[second], base.watts[second] / 230
        home.run(1)
        imported_ws += min(max(home.import_w, 0), max(car.draw_a - 6, 0) * 230)
        taken_ws += car.draw_a * 230
    return home, imported_ws / 3600, taken_ws / 3600


def reversals(home, within_s=30):
    """Raises or cuts that were reversed within this many seconds."""
    told = home.house.all_sent("number.car")
    return sum(
        (b - a) * (c - b) < 0 and last_s - first_s < within_s
        for (first_s, a), (_, b), (last_s, c) in zip(told, told[1:], told[2:], strict=False)
    )


@pytest.mark.parametrize(("seed", "soc_pct"), [(2, None), (2, 80), (3, 90)])
def test_one_start_hardly_any_import_above_the_minimum_and_no_sawing(house, seed, soc_pct):
    battery = None if soc_pct is None else Battery(soc_pct, lag_s=3)
    home, imported_wh, taken_wh = cloudy(house, seed, battery)
    assert [what for _, what in home.switched("car")] == ["on"]
    assert taken_wh > 170
    assert imported_wh < 0.01 * taken_wh
    assert reversals(home) <= 2
