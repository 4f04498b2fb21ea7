"""Nights in which fuses decide and the house differs from its forecast: loads that could be ready in time are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.plan_nights import Kind, Night, make_night
from benchmarks.plans import Fusebox, play_night
from benchmarks.pump_days import best_gains, day_prices, gains_of_fusebox
from fusebox.planning.need import Need, PlanProblem, SlotForecast
from tests.planning.optimum import optimum

NIGHTS = range(4001, 4009, 2)
"""No peak is billed in them: raising one is a matter of money, and no departure."""
HUNGRY, SHORT_NIGHTS = 2.2, (4007, 4009, 4011)
"""This multiple of the energy, and nights in which that is more than fits."""


def wanting(number: int, times: float = 1.0) -> Night:
    """Its cars request this multiple; the battery requests nothing."""
    found = make_night(number)
    cars = (replace(need, energy_kwh=times * need.energy_kwh, priority=1) for need in found.needs if need.worth is None)
    return replace(found, needs=tuple(cars))


def cannot_have_kwh(found: Night) -> float:
    """Return the energy that is missing at least, with the house load known in advance."""
    return optimum(found.problem(found.house_kw, found.needs)).missing_kwh


def test_fact_7_departures_are_met_where_perfect_foresight_could_meet_them() -> None:
    could = [found for number in NIGHTS if cannot_have_kwh(found := wanting(number)) < 1e-3]
    kept = [each for found in could for each in play_night(found, Fusebox()).kept.values()]
    assert len(kept) >= 7
    assert sum(kept) >= 0.99 * len(kept)


def test_fact_7_otherwise_nearly_all_of_the_possible_energy_is_there() -> None:
    possible = had = 0.0
    for number in SHORT_NIGHTS:
        found = wanting(number, HUNGRY)
        cannot_kwh, wanted_kwh = cannot_have_kwh(found), sum(need.energy_kwh for need in found.needs)
        assert cannot_kwh > 1.0
        possible += wanted_kwh - cannot_kwh
        had += wanted_kwh - play_night(found, Fusebox()).missing_kwh
    assert had >= 0.98 * possible


@pytest.mark.parametrize(("kind", "above"), [(Kind.FEES, 0.3), (Kind.NEGATIVE, 0.3), (Kind.PUMP, 0.45)])
def test_nights_with_fees_negative_prices_or_a_heat_pump_cost_little_extra(kind: Kind, above: float) -> None:
    """In euros a night: what is earned is no base for a percentage. The bound lets a heat pump run by the minute."""
    for number in (4001, 4003):
        found = make_night(number, kind)
        had = play_night(found, Fusebox())
        assert all(had.kept.values())
        assert had.cost <= optimum(found.problem(found.house_kw, found.needs)).cost + above


def test_hourly_fees_are_in_the_prices_of_a_night() -> None:
    plain, fees = make_night(4001).outlook.prices, make_night(4001, Kind.FEES).outlook.prices
    added = [round(dear - price, 4) for price, dear in zip(plain, fees, strict=True)]
    # From four in the afternoon: an hour by day, four of the evening, three by day, six of the night, two by day.
    assert added == [0.14] * 4 + [0.24] * 16 + [0.14] * 12 + [0.08] * 24 + [0.14] * 8
    assert sum(price < 0 for price in make_night(4001, Kind.NEGATIVE).outlook.prices) >= 20


def test_the_integer_program_lets_a_heat_pump_run_for_its_least_time() -> None:
    prices = (0.1, 0.5, 0.1, 0.5, 0.3, 0.3, 0.5, 0.1)
    pump = Need("pump", 1.5, 3.0, 8, 0, 3.0, min_slots=2)
    problem = PlanProblem((pump,), (), SlotForecast(prices, (True,) * 8, (0.0,) * 8, (0.0,) * 8))
    assert optimum(problem, whole=True).cost == pytest.approx(0.75 * (0.1 + 0.5))
    assert optimum(replace(problem, needs=(replace(pump, min_slots=1),)), whole=True).cost == pytest.approx(0.15)


def test_the_hours_of_a_heat_pump_gain_nearly_what_the_best_ones_do() -> None:
    """No more than the integer program's, whose rules are the same; over some days nearly as much."""
    days = [day_prices(number, kind) for number in (7001, 7002, 7003) for kind in (Kind.PLAIN, Kind.FEES)]
    had, best = [gains_of_fusebox(day) for day in days], [best_gains(day) for day in days]
    for one, other in zip(had, best, strict=True):
        assert one.recommended <= other.recommended + 1e-6
        assert one.blocked <= other.blocked + 1e-6
    assert sum(each.recommended for each in had) >= 0.95 * sum(each.recommended for each in best)
    assert sum(each.blocked for each in had) >= 0.9 * sum(each.blocked for each in best)
