"""Sun, inverter and battery as the house shows them to Home Assistant."""

from datetime import UTC, datetime, timedelta

import pytest

from simhouse.physics.daylight import daylight
from simhouse.physics.sun import day_length_h

from .houses import call, charger, house

GRID = {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_discharge_w": 5000, "soc_min_pct": 20}
OUTPUT = {"L1": "sensor.out_l1", "L2": "sensor.out_l2", "L3": "sensor.out_l3"}


def after(seconds, solar_w, base_w=1000.0, inverter=None, **more):
    """A three-phase house with a constant sun, some seconds later."""
    site = {"solar_w": "sensor.sun", "battery": BATTERY, "inverter": inverter or {}}
    a = house(grid=GRID, site=site, base_w=base_w, solar=[solar_w] * 600, **more)
    for t in range(seconds):
        a.step(t)
    return a


def shown(a, *entities):
    return [float(a.states[entity]["state"]) for entity in entities]


def test_the_inverter_curtails_what_the_roof_gives_beyond_it():
    a = after(30, 9000, inverter={"max_w": 6000})
    assert shown(a, "sensor.sun") == [6000]
    assert (a.now.roof.solar_w, a.now.roof.curtailed_w) == (6000, 3000)
    assert a.now.roof.battery_w == pytest.approx(3000, rel=0.01)


def test_the_limit_of_each_phase_counts_on_all_of_them():
    assert after(1, 9000, inverter={"max_w": 8000, "max_w_per_phase": 1500}).now.roof.solar_w == 4500


@pytest.mark.parametrize(
    ("solar_w", "discharge_w"), [(0, 5000), (2500, 3500), (5900, 100), (6000, 0), (9000, 0)], ids=str
)
def test_sun_and_discharge_share_the_inverter(solar_w, discharge_w):
    a = after(40, solar_w, base_w=5000.0, inverter={"max_w": 6000}, soc_pct=60)
    assert a.now.roof.battery_w == pytest.approx(-discharge_w, abs=1)
    assert shown(a, "sensor.battery") == [pytest.approx(-discharge_w, abs=1)]


def test_the_battery_nets_all_phases_and_spreads_itself_evenly():
    a = after(40, 0.0, base_w=0.0, loads={"car": charger(max_a=15)})
    assert [a.now.net_a[p] for p in GRID] == pytest.approx([10, -5, -5], abs=0.05)
    assert sum(a.now.net_a.values()) == pytest.approx(0, abs=0.05)


def test_the_battery_begins_at_the_given_charge():
    assert shown(after(1, 3000, soc_pct=31), "sensor.soc") == [31.0]
    assert after(1, 0, soc_pct=20).now.roof.battery_w == 0


def test_a_parallel_inverter_shows_the_sun_a_series_one_what_is_behind_it():
    a = after(60, 4500, inverter={"output": OUTPUT})
    assert shown(a, *OUTPUT.values()) == [1500, 1500, 1500]
    a = after(60, 4500, inverter={"output": OUTPUT, "wiring": "Series"}, loads={"car": charger(max_a=10)})
    assert shown(a, *OUTPUT.values()) == [3300, 1000, 1000]


def test_an_uneven_inverter_shows_on_each_phase_what_it_feeds_there():
    inverter = {"output": OUTPUT, "asymmetric": True}
    a = house(grid=GRID, site={"solar_w": "sensor.sun", "inverter": inverter}, base_w=0.0, solar=[3000.0] * 60)
    a.base["L1"].watts[:] = [3000.0] * len(a.base["L1"].watts)
    a.step(0)
    assert shown(a, *GRID.values(), *OUTPUT.values()) == [0, 0, 0, 3000, 0, 0]
    one = {"output": OUTPUT, "phases": ["L2"]}
    a = house(grid=GRID, site={"solar_w": "sensor.sun", "inverter": one}, solar=[3000.0] * 60)
    a.step(0)
    assert shown(a, *OUTPUT.values()) == [0, 3000, 0]


def test_an_inverter_stops_with_the_grid():
    a = house(grid={"L1": "sensor.l1"}, site={"solar_w": "sensor.sun", "battery": BATTERY}, solar=[1000.0] * 600)
    a.step(0)
    a.circuits["main"].trip = object()
    a.step(1)
    assert shown(a, "sensor.sun", "sensor.battery", "sensor.l1") == [0, 0, 0]


def test_sun_sun_follows_the_series_of_the_sun():
    a = house(site={"solar_w": "sensor.sun"}, solar=[0.0] * 100 + [800.0, 0.0, 700.0] + [0.0] * 497)
    heard = {t: states["sun.sun"]["state"] for t in range(200) if "sun.sun" in (states := a.step(t))}
    assert heard == {0: "below_horizon", 100: "above_horizon", 103: "below_horizon"}


def test_without_panels_the_sun_keeps_the_clock():
    start = datetime(2025, 4, 24, 3, 0, tzinfo=UTC)
    first, second = daylight(start, 2 * 86_400 - 3 * 3600, None)
    rise = start + timedelta(seconds=first.start)
    assert 5 <= rise.hour <= 6
    assert len(first) / 3600 == pytest.approx(day_length_h(start), abs=0.1)
    assert second.start - first.start == pytest.approx(86_400, abs=200)


def test_a_dark_day_of_the_panels_is_a_day_all_the_same():
    start = datetime(2025, 1, 8, tzinfo=UTC)
    (day,) = daylight(start, 86_400, [0.0] * 86_400)
    assert 6 * 3600 < len(day) < 9 * 3600


def test_a_night_has_no_day():
    assert daylight(datetime(2025, 1, 8, 22, tzinfo=UTC), 3600, None) == ()


def test_a_plug_on_the_sun_shows_in_the_meter_of_all_phases():
    plug = {"type": "plug", "switch": "switch.pool", "power": "sensor.pool", "rated_w": 3000, "phases": ["L2"]}
    a = house(grid=GRID, site={"solar_w": "sensor.sun"}, solar=[4500.0] * 600, loads={"pool": plug})
    a.apply([call("switch.turn_on", "switch.pool")], 0)
    for t in range(3):
        a.step(t)
    assert shown(a, "sensor.l1", "sensor.l3") == [-500, -500]
    assert shown(a, "sensor.l2")[0] > 2000


@pytest.mark.parametrize(("limits", "solar_w"), [("export", 1600), ("Output", 600)])
def test_an_inverters_number_limits_its_export_or_all_that_it_delivers_some_seconds_later(limits, solar_w):
    export = {"curtail": {"number": "number.export", "unit": "%", "of_w": 6000, "limits": limits}}
    site = {"solar_w": "sensor.sun", "export": export}
    a = house(grid={"L1": "sensor.l1"}, site=site, base_w=1000.0, solar=[5000] * 60)
    a.step(0)
    assert shown(a, "number.export", "sensor.sun") == [100, 5000]
    a.apply([call("number.set_value", "number.export", value=10)], 0)
    a.step(1)
    assert shown(a, "number.export", "sensor.sun") == [10, 5000]
    for t in range(2, 10):
        a.step(t)
    assert shown(a, "sensor.sun") == [solar_w]
