"""The battery is charged from the grid for what its energy saves later, and for no less than it loses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.planning.battery import Storage, battery_needs, relax_least_power
from fusebox.planning.need import SLOT_H, Limit, Need, PlanProblem, SlotForecast
from fusebox.planning.planner import find_plan

from .optimum import cost_of, optimum

STORE = Storage(stored_kwh=0.0, target_kwh=8.0, max_charge_kw=4.0, max_discharge_kw=3.0, roundtrip=0.9, end=8)


def outlook(*cents: float) -> SlotForecast:
    """An hour at each price."""
    prices = tuple(cent / 100 for cent in cents for _ in range(4))
    return SlotForecast(prices, (True,) * len(prices), (0.0,) * len(prices), (0.0,) * len(prices))


def charged(store: Storage, prices: SlotForecast, house_kw: float = 2.0) -> float:
    """What goes in [kWh]."""
    found, limits = battery_needs(store, prices, [house_kw] * len(prices.prices))
    if not found:
        return 0.0
    problem = PlanProblem(found, limits, prices)
    outcome, least = find_plan(problem), optimum(problem)
    taken = [sum(powers[slot] for powers in outcome.powers.values()) for slot in range(len(prices.prices))]
    assert max(taken, default=0.0) <= store.max_charge_kw + 1e-6
    given = {name: sum(powers) * SLOT_H for name, powers in outcome.powers.items()}
    unused = sum((need.worth or 0.0) * (need.energy_kwh - given[need.name]) for need in found)
    assert cost_of(problem, outcome) + unused == pytest.approx(least.cost, abs=1e-6)
    return sum(given.values())


def test_it_is_charged_for_a_dear_evening() -> None:
    assert charged(STORE, outlook(10, 12, 30, 30)) == pytest.approx(4.0 / 0.9)


def test_it_is_not_charged_for_less_than_it_loses() -> None:
    assert charged(STORE, outlook(27.1, 28, 30, 30)) == 0
    assert charged(STORE, outlook(26.9, 28, 30, 30)) == pytest.approx(4.0)


def test_only_as_far_as_the_price_limit_and_the_target_allow() -> None:
    assert charged(replace(STORE, max_price=0.11), outlook(10, 12, 30, 30)) == pytest.approx(4.0)
    assert charged(replace(STORE, target_kwh=2.0), outlook(10, 12, 30, 30)) == pytest.approx(2.0 / 0.9**0.5)
    assert charged(replace(STORE, stored_kwh=8.0), outlook(10, 12, 30, 30)) == 0


@pytest.mark.parametrize("least_kw", [0.0, 5.0])
def test_the_last_part_is_worth_what_its_own_uses_are(least_kw: float) -> None:
    store = replace(STORE, target_kwh=1.0, max_charge_kw=5.0, min_charge_kw=least_kw)
    assert charged(store, outlook(10, 12, 40, 40, 11)) == pytest.approx(1.0 / 0.9**0.5)


def test_one_that_lacks_less_than_a_slot_of_its_power_is_charged_for_the_mean_of_its_uses() -> None:
    store = replace(STORE, target_kwh=1.0, max_charge_kw=5.0, min_charge_kw=5.0)
    assert charged(store, outlook(10, 12, 40, 11), house_kw=0.5) == pytest.approx(1.0 / 0.9**0.5)
    assert charged(store, outlook(10, 12, 13, 8, 1), house_kw=0.5) == 0


def test_what_it_holds_already_goes_where_it_is_dearest() -> None:
    half = replace(STORE, stored_kwh=2.0 / 0.9**0.5, target_kwh=20.0)
    assert charged(half, outlook(10, 12, 30, 11)) == 0
    assert charged(half, outlook(10, 12, 30, 14)) == pytest.approx(2.0 / 0.9)


def test_no_more_than_the_house_will_take_from_it() -> None:
    assert charged(STORE, outlook(10, 12, 30, 30), house_kw=0.5) == pytest.approx(1.0 / 0.9)
    assert charged(STORE, outlook(10, 12, 30, 30), house_kw=-1.0) == 0


def test_a_car_that_has_to_be_ready_goes_first() -> None:
    prices = outlook(10, 25, 40, 40)
    found, limits = battery_needs(STORE, prices, [2.0] * 16)
    car = Need("car", 7.0, 7.0, 8, min_kw=1.4)
    wire = Limit("main L1", {need.name: 1.0 for need in (car, *found)}, (7.0,) * 16)
    problem = PlanProblem((*found, car), (*limits, wire), prices)
    outcome = find_plan(problem)
    assert outcome.missing_kwh == {}
    assert sum(outcome.powers["car"][:4]) == pytest.approx(28.0)
    in_battery = sum(sum(powers) for name, powers in outcome.powers.items() if name != "car") * SLOT_H
    assert in_battery == pytest.approx(4.0)


@pytest.mark.parametrize(("wire_kw", "least_kwh"), [(7.0, 4.4), (3.0, 3.4)])
def test_one_that_only_charges_at_full_power_is_not_planned_with_less_beside_a_car(
    wire_kw: float, least_kwh: float
) -> None:
    prices = outlook(10, 12, 15, 40, 40)
    store = replace(STORE, min_charge_kw=4.0, end=12)
    found, limits = battery_needs(store, prices, [2.0] * 20)
    car = Need("car", 5.0, 5.0, 12, min_kw=1.4)
    wire = Limit("main L1", {need.name: 1.0 for need in (car, *found)}, (wire_kw,) * 20)
    needs = relax_least_power((*found, car), (*limits, wire))
    outcome = find_plan(PlanProblem(needs, (*limits, wire), prices))
    assert outcome.missing_kwh == {}
    in_battery = [sum(powers[slot] for name, powers in outcome.powers.items() if name != "car") for slot in range(12)]
    rest_kw = 4.0 / 0.9 % 1.0 / SLOT_H  # it stops within its last slot
    assert {round(kw, 3) for kw in in_battery} <= {0.0, min(wire_kw, 4.0), round(rest_kw, 3)}
    assert sum(in_battery) * SLOT_H >= least_kwh


DAY = outlook(20, 20, 30, 25, 25, 40, 40)
"""Charged in the first two hours: then a morning, two hours that may be sunny, and an evening."""


def charged_on_day(morning_kw: float, sun_kw: float, store: Storage = STORE, evening_kw: float = 2.0) -> float:
    """What goes in [kWh]."""
    hours = (0.5, 0.5, morning_kw, -sun_kw, -sun_kw, evening_kw, evening_kw)
    found, _ = battery_needs(store, DAY, [kw for kw in hours for _ in range(4)])
    return sum(need.energy_kwh for need in found)


def test_what_the_sun_will_bring_is_not_bought() -> None:
    assert charged_on_day(0.0, sun_kw=0.0) == pytest.approx(4.0 / 0.9)
    assert charged_on_day(0.0, sun_kw=3.0) == 0
    assert charged_on_day(0.0, sun_kw=1.0) == pytest.approx(4.0 / 0.9 - 2.0)
    assert charged_on_day(0.0, sun_kw=9.0, store=replace(STORE, max_charge_kw=1.0)) == pytest.approx(4.0 / 0.9 - 2.0)


def test_what_is_used_before_the_sun_comes_is_bought() -> None:
    assert charged_on_day(1.0, sun_kw=3.0) == pytest.approx(1.0 / 0.9)
    assert charged_on_day(1.0, sun_kw=3.0, store=replace(STORE, stored_kwh=2.0)) == 0


def test_nothing_is_bought_that_does_not_fit_with_the_sun() -> None:
    small = replace(STORE, target_kwh=2.0)
    assert charged_on_day(0.0, sun_kw=3.0, store=small) == 0
    assert charged_on_day(1.0, sun_kw=3.0, store=small) == pytest.approx(1.0 / 0.9)


def test_sun_before_its_time_counts_except_for_what_is_used_until_then() -> None:
    hours = (-3.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    found, _ = battery_needs(STORE, DAY, [kw for kw in hours for _ in range(4)])
    assert sum(need.energy_kwh for need in found) == pytest.approx((2.0 - (3.0 * 0.9 - 1.0)) / 0.9)
