"""Every form of meter that CONFIG knows shows the same house: 30 A on a 25 A fuse, so a car at 16 A goes to 11 A."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config, plug, switched, unit, watts


def cut(house, grid, states, **site):
    """Return the commands to the car in a house with this meter."""
    home = house(config(loads={"car": charger()}, grid=grid, **site))
    home.line(0, {**states, **charging()})
    return home


@pytest.mark.parametrize(
    "value, of",
    [("30", "A"), ("30000", "mA"), ("6900", "W"), ("6.9", "kW"), ("6900", "w"), ("6.9", "KW"), (" 30 ", " A ")],
)
def test_a_single_meter_in_any_unit(house, value, of):
    home = cut(house, {"L1": "sensor.m"}, {"sensor.m": unit(value, of)})
    assert home.sent("number.car") == [11]
    assert home.shown()["grid_a"] == {"L1": 30.0}


def test_a_unit_in_config_stands_in_for_a_missing_one(house):
    home = cut(house, {"L1": {"entity": "sensor.m", "unit": "W"}}, {"sensor.m": "6900"})
    assert home.sent("number.car") == [11]


def test_a_unit_that_contradicts_the_entitys_own_is_a_mistake_with_its_path(house):
    home = cut(house, {"L1": {"entity": "sensor.m", "unit": "kW"}}, {"sensor.m": unit("6.9", "W")})
    assert (home.state(SITE), home.shown()["grid_a"]) == ("blind", {"L1": None})
    (told,) = home.shown()["errors"]
    assert told.startswith("site.grid.L1: sensor.m is in W, but CONFIG says 'unit': 'kW'; remove the unit, or write")


def test_a_unit_in_config_counts_where_it_says_that_the_entitys_own_is_wrong(house):
    grid = {"L1": {"entity": "sensor.m", "unit": "kW", "unit_is_wrong": True}}
    home = cut(house, grid, {"sensor.m": unit("6.9", "W")})
    assert home.sent("number.car") == [11]


@pytest.mark.parametrize("of", ["V", "kWh", "%"])
def test_a_meter_in_another_unit_is_unknown(house, of):
    home = cut(house, {"L1": "sensor.m"}, {"sensor.m": unit("3", of)})
    assert home.state(SITE) == "blind"
    assert home.shown()["grid_a"] == {"L1": None}
    assert home.sent("number.car") == [6]
    (told,) = home.shown()["errors"]
    assert told.startswith(f"site.grid.L1: sensor.m has the unit {of!r}, which is neither")


def test_a_meter_without_any_unit_is_unknown(house):
    home = cut(house, {"L1": "sensor.m"}, {"sensor.m": "3"})
    assert home.state(SITE) == "blind"


@pytest.mark.parametrize(
    "shown, why",
    [
        (unit("3", "kWh"), "has the unit 'kWh', which is neither a current nor a power; name another entity"),
        ("3", "has no unit, so it is neither a current nor a power; write {'entity': 'sensor.car_draw', 'unit': 'W'}"),
        ("Charging", "displays 'Charging', which is no number; name another entity"),
    ],
)
def test_a_draw_that_measures_none_is_named(house, shown, why):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(5), **charging(), "sensor.car_draw": shown})
    (told,) = home.shown()["errors"]
    assert told.startswith(f"loads.car.draw: sensor.car_draw {why}")


@pytest.mark.parametrize("shown", ["unavailable", "unknown", amps(3), watts(700)])
def test_a_draw_that_measures_or_is_away_is_not(house, shown):
    home = house(config(loads={"car": charger(), "pool": plug(power="sensor.pool_power")}))
    home.line(0, {"sensor.l1": amps(5), **charging(), **switched(on=True), "sensor.pool_power": shown})
    assert [error for error in home.shown()["errors"] if "pool" in error] == []


def test_a_turned_clamp_is_inverted(house):
    home = cut(house, {"L1": {"entity": "sensor.m", "invert": True}}, {"sensor.m": amps(-30)})
    assert home.sent("number.car") == [11]


def test_import_and_export_are_one_signed_value(house):
    grid = {"L1": {"import": "sensor.use", "export": "sensor.back"}}
    home = cut(house, grid, {"sensor.use": watts(6900), "sensor.back": watts(0)})
    assert home.sent("number.car") == [11]
    home.line(1, {"sensor.use": watts(0), "sensor.back": unit(1.15, "kW")})
    assert home.shown()["grid_a"] == {"L1": -5.0}


@pytest.mark.parametrize("gone", ["sensor.use", "sensor.back"])
def test_a_pair_is_unknown_when_either_half_is(house, gone):
    grid = {"L1": {"import": "sensor.use", "export": "sensor.back"}}
    home = cut(house, grid, {"sensor.use": watts(4600), "sensor.back": watts(0)})
    home.line(1, {gone: "unavailable"})
    assert home.state(SITE) == "blind"
    assert home.shown()["grid_a"] == {"L1": None}


def test_watts_become_amps_with_the_sites_voltage(house):
    home = cut(house, {"L1": "sensor.m"}, {"sensor.m": watts(7200)}, voltage_v=240)
    assert home.sent("number.car") == [11]


def test_watts_become_amps_with_a_live_voltage(house):
    home = cut(
        house,
        {"L1": "sensor.m"},
        {"sensor.m": watts(7200), "sensor.u": unit(240, "V")},
        voltage_v="sensor.u",
    )
    assert home.sent("number.car") == [11]
    home.line(1, {"sensor.u": unit(225, "V")})
    assert home.shown()["grid_a"] == {"L1": 32.0}


def test_on_two_phases_the_fuller_one_counts(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2"])}, phases="L1 L2"))
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(29), **charging()})
    assert home.sent("number.car") == [12]
    assert home.shown("car")["limited_by"] == "main L2"


def test_on_three_phases_the_fullest_one_counts(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"])}, phases="L1 L2 L3"))
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(29), "sensor.l3": amps(31), **charging()})
    assert home.sent("number.car") == [10]
    assert home.shown("car")["limited_by"] == "main L3"


def test_a_load_without_phases_is_on_all_of_the_site(house):
    written = config(loads={"car": charger()}, phases="L1 L2")
    del written["loads"]["car"]["phases"]
    home = house(written)
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(29), **charging()})
    assert home.sent("number.car") == [12]


def test_an_overload_on_a_foreign_phase_leaves_the_car_alone(house):
    home = house(config(loads={"car": charger()}, phases="L1 L2"))
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(40), **charging()})
    assert home.calls == []
    assert home.state(SITE) == "over"
