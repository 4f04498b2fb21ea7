"""Plugs on surplus: their patience and their minimum times together."""

from __future__ import annotations

import pytest

from .houses import charger, plug
from .living import Device
from .sunny import Sunny, sunny


def home_of(house, *, sun_w=0.0, on=False, site=None, **facts):
    written = sunny(loads={"pool": plug(**{"mode": "solar_only", **facts})}, **(site or {}))
    return Sunny(house(written), {"L1": 0.0}, sun_w=sun_w, pool=Device("plug", on=on, takes_a=10))


@pytest.mark.parametrize(("sun_w", "switched"), [(2290, []), (2310, [(60, "on")])])
def test_a_plug_needs_its_whole_rating_of_surplus(house, sun_w, switched):
    home = home_of(house, sun_w=sun_w)
    home.run(50, every=5)
    home.run(15)
    assert home.switched("pool") == switched


def test_it_stays_on_through_a_cloud_and_goes_off_when_the_sun_has_gone(house):
    home = home_of(house, sun_w=3000, on=True)
    home.run(30)
    home.sun_w = 0
    home.run(170, every=5)
    home.sun_w = 3000
    home.run(5)
    home.sun_w = 0
    home.run(5)
    home.run(170, every=5)
    assert home.switched("pool") == []
    home.house.is_exact = True
    home.run(10)
    assert home.switched("pool") == [(385, "off")]
    assert home.reason("pool").startswith("waits for sun: 0 kW left, needs 2.3 kW")


def test_it_stays_on_for_its_minimum_time_even_when_the_sun_has_been_gone_for_longer(house):
    home = home_of(house, sun_w=3000, min_on_s=300)
    home.run(65)
    home.sun_w = 0
    home.run(290, every=5)
    assert home.switched("pool") == [(60, "on")]
    home.run(10)
    assert home.switched("pool") == [(60, "on"), (360, "off")]


def test_off_for_its_minimum_time_it_starts_at_once_when_the_sun_has_lasted(house):
    home = home_of(house, sun_w=3000, min_off_s=200, stop_after_s=10, on=True)
    home.run(30)
    home.sun_w, home.house.is_exact = 0, True
    home.run(20)
    home.sun_w, home.house.is_exact = 3000, False
    home.run(185, every=5)
    home.run(10)
    assert home.switched("pool") == [(40, "off"), (240, "on")]


def test_the_starts_of_a_day_are_counted_and_published(house):
    home = home_of(house, sun_w=3000, start_after_s=0, stop_after_s=0, max_starts_per_day=2)
    for _ in range(3):
        home.run(30, every=2)
        home.sun_w = 0
        home.run(10, every=2)
        home.sun_w = 3000
    home.run(30, every=2)
    assert [what for _, what in home.switched("pool")] == ["on", "off", "on", "off"]
    assert "started 2 times" in home.reason("pool")


def test_on_excess_it_starts_above_the_threshold_and_its_own_draw_does_not_close_it(house):
    home = home_of(house, sun_w=2400, mode="excess", site={"excess_threshold_w": 2300})
    home.run(300, every=5)
    assert [what for _, what in home.switched("pool")] == ["on"]


def test_a_continuous_plug_does_not_ask_the_sun(house):
    home = home_of(house, mode="continuous")
    home.run(25)
    assert home.switched("pool") == [(20, "on")]


@pytest.mark.parametrize("netting", ["per_phase", "sum"])
def test_while_one_on_a_single_phase_of_three_stays_on_a_fuse_is_still_looked_after(house, netting):
    loads = {"pool": plug(mode="solar_only", phases=["L2"], min_on_s=300), "car": charger(phases=["L1"], priority=2)}
    pool = Device("plug", on=False, takes_a=10, phases="L2")
    base_a = {"L1": 8.0, "L2": 0.0, "L3": 0.0}
    home = Sunny(
        house(sunny(phases="L1 L2 L3", netting=netting, loads=loads)), base_a, sun_w=35 * 230, pool=pool, car=Device()
    )
    home.house.is_exact = True
    home.run(63)
    assert home.switched("pool") == [(60, "on")]
    home.base_a["L1"] = 40
    home.run(2)
    assert home.devices["car"].offer_a == 6
    assert home.house.shown()["errors"] == []
