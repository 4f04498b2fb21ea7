"""A solar_only car starts when the sun has held its minimum, follows it, and gives up only when it has gone."""

from __future__ import annotations

import pytest

from .houses import charger
from .living import Device
from .sunny import Sunny, sunny

CAR = charger(mode="solar_only")


def home_of(house, *, base_a=1.0, sun_w=0.0, car=None, **facts):
    return Sunny(
        house(sunny(loads={"car": {**CAR, **facts}})), {"L1": base_a}, sun_w=sun_w, car=car or Device(on=False)
    )


def test_it_starts_at_its_minimum_after_a_minute_of_enough_sun_and_follows_it_up(house):
    home = home_of(house)
    home.run(50, every=5)
    home.sun_w = 3000  # 2770 W beyond the house: 12 A
    home.house.is_exact = True
    home.run(80)
    assert home.switched("car") == [(110, "on")]
    assert home.house.all_sent("number.car") == [(115, 10.0), (120, 12.0)]


@pytest.mark.parametrize(("surplus_w", "starts"), [(1379, []), (1381, [(60, "on")])])
def test_six_amps_of_surplus_are_enough_and_a_watt_less_is_not(house, surplus_w, starts):
    home = home_of(house, base_a=0, sun_w=surplus_w)
    home.run(50, every=5)
    home.run(20)
    assert home.switched("car") == starts


def test_a_cloud_during_the_wait_restarts_it(house):
    home = home_of(house, sun_w=2000)
    home.run(50)
    home.sun_w = 1000
    home.run(2)
    home.sun_w = 2000
    home.run(50)
    home.house.is_exact = True
    home.run(12)
    assert home.switched("car") == [(112, "on")]


def test_what_it_draws_itself_counts_as_surplus_so_it_stays_where_it_is(house):
    home = home_of(house, sun_w=3000)
    home.house.is_exact = True
    home.run(90)
    home.house.is_exact = False
    home.run(300, every=5)
    assert home.house.all_sent("number.car") == [(65, 10.0), (70, 12.0)]
    assert home.switched("car") == [(60, "on")]
    assert home.import_w < 1


def test_short_clouds_cut_its_amps_at_once_and_never_stop_it(house):
    home = home_of(house, sun_w=3000, car=Device(offer_a=12))
    for _ in range(2):
        home.run(60, every=5)
        home.sun_w = 400
        cloud_s = home.second
        home.run(2)
        assert home.house.all_sent("number.car")[-1] == (cloud_s, 6.0)
        home.run(170, every=5)
        home.sun_w = 3000
    home.run(60, every=5)
    assert home.switched("car") == []
    assert home.devices["car"].offer_a == 12


def test_it_stops_three_minutes_after_the_sun_has_gone(house):
    home = home_of(house, sun_w=3000, car=Device(offer_a=12))
    home.run(30)
    home.sun_w = 0
    home.run(5)
    home.run(170, every=5)
    home.house.is_exact = True
    home.run(10)
    assert home.switched("car") == [(210, "off")]


def test_both_patiences_can_be_chosen(house):
    home = home_of(house, sun_w=3000, start_after_s=30, stop_after_s=20, pause_s=0)
    home.house.is_exact = True
    home.run(40)
    home.sun_w = 0
    home.run(40)
    home.sun_w = 3000
    home.run(40)
    assert home.switched("car") == [(30, "on"), (60, "off"), (110, "on")]


def test_after_a_stop_it_also_waits_for_its_pause(house):
    home = home_of(house, sun_w=3000, stop_after_s=20, pause_s=200, car=Device())
    home.house.is_exact = True
    home.run(30)
    home.sun_w = 0
    home.run(30)
    home.sun_w = 3000
    home.run(185, every=5)
    home.run(10)
    assert home.switched("car") == [(50, "off"), (250, "on")]
