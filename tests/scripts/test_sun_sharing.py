"""Two cars and a plug on the same sun: priorities, distributions, and other modes before them."""

from __future__ import annotations

import pytest

from .houses import charger, plug
from .living import Device
from .sunny import Sunny, sunny

LOADS = {
    "second": charger("second", mode="solar_only", priority=2),
    "first": charger("first", mode="solar_only", priority=1),
    "pool": plug(mode="solar_only", priority=3),
}


def home_of(house, surplus_a, *, distribution="priority", loads=LOADS, on=False, **devices):
    found = {name: Device(on=on) for name, load in loads.items() if load["type"] == "number"}
    found |= {name: Device("plug", on=on, takes_a=10) for name, load in loads.items() if load["type"] == "plug"}
    written = sunny(main_fuse_a=40, distribution=distribution, loads=loads)
    return Sunny(house(written), {"L1": 0.0}, sun_w=surplus_a * 230 + 1, **{**found, **devices})


def settle(home):
    """A minute of patience, and time to rise."""
    home.run(60, every=5)
    home.run(30)


def draws(home):
    return {name: device.draw_a for name, device in home.devices.items()}


@pytest.mark.parametrize(
    ("distribution", "surplus_a", "taken"),
    [
        ("priority", 19, (13, 6, 0)),
        ("shared", 19, (9, 9, 0)),
        ("strict", 19, (16, 0, 0)),
        ("optimized", 19, (13, 6, 0)),
        ("priority", 26, (10, 6, 10)),
        ("shared", 26, (8, 8, 10)),
        ("strict", 26, (16, 10, 0)),
        ("priority", 8, (8, 0, 0)),
    ],
)
def test_the_surplus_is_shared_by_distribution(house, distribution, surplus_a, taken):
    home = home_of(house, surplus_a, distribution=distribution)
    settle(home)
    assert draws(home) == dict(zip(("first", "second", "pool"), taken, strict=True))
    assert home.import_w <= 0


def test_when_the_sun_sinks_the_last_stops_first(house):
    home = home_of(house, 26, on=True)
    home.run(60)
    home.sun_w = 17 * 230
    home.run(250, every=5)
    home.sun_w = 8 * 230
    home.run(200, every=5)
    assert home.switched("pool")[0][0] < home.switched("second")[0][0]
    assert home.switched("first") == []
    assert home.devices["first"].draw_a == 8


def test_the_mode_comes_before_the_priority(house):
    loads = {
        "wall": charger("wall", priority=9, max_a=10),
        "mixed": charger("mixed", mode="solar_priority", priority=5),
        "sun": charger("sun", mode="solar_only", priority=1),
    }
    home = home_of(house, 17, loads=loads)
    settle(home)
    assert draws(home) == {"wall": 10, "mixed": 7, "sun": 0}
    home.sun_w = 27 * 230 + 1
    settle(home)
    assert draws(home) == {"wall": 10, "mixed": 11, "sun": 6}
    assert home.import_w <= 0


def test_what_a_standard_load_takes_is_no_longer_there_for_the_sun(house):
    loads = {"heater": plug("heater", mode="continuous"), "sun": charger("sun", mode="solar_only")}
    home = home_of(house, 15, loads=loads)
    home.run(70)
    assert draws(home) == {"heater": 10, "sun": 0}
    assert home.house.shown()["surplus_w"] == 15 * 230 + 1
    home.sun_w = 20 * 230
    settle(home)
    assert draws(home) == {"heater": 10, "sun": 10}


def test_an_excess_load_gets_only_what_solar_loads_leave_above_the_threshold(house):
    loads = {"late": charger("late", mode="excess"), "sun": charger("sun", mode="solar_only", max_a=10)}
    written = sunny(main_fuse_a=40, excess_threshold_w=2300, loads=loads)
    home = Sunny(house(written), {"L1": 0.0}, sun_w=15 * 230, late=Device(on=False), sun=Device(on=False))
    settle(home)
    assert draws(home) == {"late": 0, "sun": 10}
    home.sun_w = 28 * 230 + 1
    settle(home)
    assert draws(home) == {"late": 8, "sun": 10}
