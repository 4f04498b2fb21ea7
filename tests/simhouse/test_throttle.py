"""Inverters that hold themselves back: the meter reads nothing although the panels could give more."""

import pytest

from simhouse.physics.throttle import Throttle, WeakLine

from .houses import charger, house

SUN = {"solar_w": "sensor.sun", "inverter": {"max_w": 5000, "throttles": True}}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_charge_w": 2000}


def after(seconds, throttle, site=SUN, solar_w=4000.0, base_w=500.0, **more):
    """A house under a constant sun, some seconds later."""
    a = house(site=site, base_w=base_w, solar=[solar_w] * 600, throttle=throttle, **more)
    for t in range(seconds):
        a.step(t)
    return a


def net_w(a):
    return a.now.net_a["L1"] * 230


@pytest.mark.parametrize("lag_s", [1, 5, 20])
def test_with_zero_export_the_meter_reads_nothing_and_the_rest_is_curtailed(lag_s):
    a = after(100, Throttle(export_max_w=0, lag_s=lag_s))
    assert net_w(a) == pytest.approx(0, abs=5)
    assert a.now.roof.curtailed_w == pytest.approx(3500, abs=5)


@pytest.mark.parametrize("lag_s", [1, 5, 20])
def test_the_grid_pays_for_a_load_until_the_inverter_has_followed(lag_s):
    a = after(100, Throttle(export_max_w=0, lag_s=lag_s), loads={"car": charger(max_a=10)})
    assert net_w(a) == pytest.approx(0, abs=5)
    a.base["L1"].watts[100:] = [1500.0] * 500
    a.step(100)
    assert net_w(a) > 1000 * (0.85 if lag_s == 20 else 0.04 if lag_s == 1 else 0.5)
    for t in range(101, 100 + 2 * lag_s + 2):
        a.step(t)
    assert net_w(a) == pytest.approx(0, abs=5)


def test_a_config_that_throttles_is_simulated_with_zero_export():
    assert net_w(after(30, None)) == pytest.approx(0, abs=5)
    assert net_w(after(30, None, site={"solar_w": "sensor.sun"})) == pytest.approx(-3500)


def test_a_limit_at_the_feed_in_point_lets_the_house_have_more():
    a = after(60, Throttle(export_max_w=0.6 * 5000), solar_w=5000.0)
    assert (net_w(a), a.now.roof.curtailed_w) == (pytest.approx(-3000), pytest.approx(1500))


def test_a_limit_of_the_inverters_own_output_lets_the_house_have_no_more():
    for base_w in (500.0, 4000.0):
        assert after(60, Throttle(output_max_w=0.7 * 5000), base_w=base_w).now.roof.solar_w == pytest.approx(3500)


def test_a_weak_line_gives_more_while_the_house_takes_more():
    line = Throttle(line=WeakLine(neighbours_v=16), lag_s=5)
    given_w = [after(60, line, base_w=base_w).now.roof.solar_w for base_w in (500.0, 3000.0)]
    assert 500 < given_w[0] < given_w[1] <= 4000


def test_a_battery_takes_the_sun_before_the_inverter_is_held_back():
    a = after(100, Throttle(export_max_w=0), site=SUN | {"battery": BATTERY}, soc_pct=50)
    assert (a.now.roof.battery_w, a.now.roof.curtailed_w) == (pytest.approx(2000), pytest.approx(1500, abs=5))
    assert net_w(a) == pytest.approx(0, abs=5)
