"""The days on the sun: what the prophet could have had, and what a played day is measured against."""

from __future__ import annotations

from array import array

import pytest

from benchmarks.surplus.day import CAR_MAX_A, LENGTH_S, Day
from benchmarks.surplus.measure import Tally
from benchmarks.surplus.prophet import Keeps, usable_kwh
from simhouse.house.house import House
from simhouse.physics.seconds import SecondSeries

HOURS = (LENGTH_S - 300) / 3600
"""How long the car is there."""


def under(sun_w: float, phases: int = 1, battery: bool = False, house_w: float = 300.0) -> House:
    """A day on which nothing changes."""
    house = Day(phases, battery, pv=None).house()
    for phase in house.base:
        house.base[phase].watts[:] = array("d", [house_w]) * LENGTH_S
    house.roof.solar = array("d", [sun_w]) * LENGTH_S
    return house


def drawn_kwh(house: House, offer_a: float) -> float:
    below_a = house.chargers["car"].car.below_offer_a
    return (offer_a - below_a) * 230 * len(house.phases) * HOURS / 1000


@pytest.mark.parametrize(("surplus_w", "offer_a"), [(6 * 230 - 1, 0), (6 * 230 + 1, 6), (2500, 10), (9000, CAR_MAX_A)])
def test_without_a_battery_it_is_whole_amps_of_the_surplus_from_six_on(surplus_w: float, offer_a: float):
    house = under(surplus_w + 300)
    assert usable_kwh(house, None) == pytest.approx(drawn_kwh(house, offer_a) if offer_a else 0.0)


def test_below_its_target_the_battery_keeps_its_reserve_and_then_the_car_has_all():
    keeps = Keeps(80.0, 5000.0)
    house = under(3000, battery=True, house_w=0.0)
    until_target_h = (80 - 60) / 100 * house.roof.battery.capacity_kwh / 3.0 / house.roof.battery.efficiency
    assert usable_kwh(house, keeps) == pytest.approx(3.0 * (HOURS - until_target_h), rel=1e-3)


def test_the_battery_lends_what_it_holds_above_its_target_and_no_more():
    house = under(0, battery=True, house_w=0.0)
    house.roof.battery_state = type(house.roof.battery_state)(100.0)
    assert usable_kwh(house, Keeps(80.0, 5000.0)) == pytest.approx(0.2 * house.roof.battery.capacity_kwh, rel=1e-6)


def test_import_next_to_a_car_counts_as_the_cars_and_battery_below_target_not_as_sun():
    house = under(1000, battery=True, house_w=0.0)
    tally = Tally(house, Keeps(80.0, 5000.0))
    charger = house.chargers["car"]
    charger.device.circuit_a = [10.0] * 3
    for t_s in range(900):
        house.step(t_s)
        tally.watch(house.now, None)
    found = tally.outcome(1.0)
    assert found.borrowed_kwh == pytest.approx(found.taken_kwh - 1.0 * 600 / 3600, rel=0.05)
    assert found.grid_kwh < 0.01


def test_the_same_seed_is_the_same_day_and_one_phase_has_a_household_of_one():
    first, again = (Day(1, False, None, 3).house() for _ in range(2))
    assert first.base["L1"].watts == again.base["L1"].watts
    assert first.roof.solar == again.roof.solar
    assert isinstance(first.base["L1"], SecondSeries) and min(first.base["L1"].watts) == 90.0
