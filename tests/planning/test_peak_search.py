"""The height of a billed peak for loads that cannot run at just any power, and plans that go on."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from fusebox.planning.draft import Draft
from fusebox.planning.need import SLOT_H, Need, Outlook, Peak, Problem
from fusebox.planning.peak_search import continued, height_of, lowered, packed, raised
from fusebox.planning.peaks import best_draft
from fusebox.planning.planner import plan
from fusebox.planning.terms import Terms
from fusebox.planning.together import settled

from .nights import night, with_peak
from .optimum import optimum

SLOTS = 24
PRICES = tuple(0.1 if slot < 12 else 0.4 for slot in range(SLOTS))
HOUSE = tuple(1.5 if slot < 12 else 0.5 for slot in range(SLOTS))
CAR = Need("car", 11.0, 11.0, SLOTS, min_kw=4.1)


def problem(*needs: Need, free_kw: float = 5.0, price: float = 1.0) -> Problem:
    outlook = Outlook(PRICES, (True,) * SLOTS, (0.0,) * SLOTS, (0.0,) * SLOTS)
    return Problem(needs or (CAR,), (), outlook, Peak(free_kw, price, HOUSE))


def test_a_little_more_height_opens_cheap_slots_for_a_car_that_cannot_run_lower() -> None:
    """Below 5 kW the cheap slots leave 3.5 kW, on paper enough for most of it, and nothing that it can run at."""
    given = problem()
    outcome = plan(given)
    assert 5.6 <= outcome.peak_kw < 6.0
    assert sum(outcome.powers["car"][:12]) * SLOT_H >= 11.0 - 1e-6
    terms, peak = Terms(given), given.peak
    assert peak is not None
    draft = best_draft(terms, [0], peak)
    first = settled(draft, [0])
    assert first.cost + first.peak_cost > outcome.cost + outcome.peak_cost + 0.1
    _, higher = raised(draft, first, [0], peak)
    assert higher.cost + higher.peak_cost < first.cost + first.peak_cost - 0.1


def test_a_dear_peak_is_not_raised_for_that() -> None:
    assert plan(problem(price=30.0)).peak_kw == 5.0


def test_what_was_planned_goes_on_where_nothing_better_is_found() -> None:
    given = problem(CAR, replace(CAR, name="van", energy_kwh=7.0, min_kw=1.4))
    first = plan(given)
    again = plan(given, first.powers)
    assert again.cost + again.peak_cost <= first.cost + first.peak_cost + 1e-9
    assert again.missing_kwh == {}


@pytest.mark.parametrize("number", [12, 33])
def test_a_house_that_takes_a_little_else_does_not_make_a_good_plan_a_worse_one(number: int) -> None:
    random = Random(number)
    given = with_peak(night(number, loads=3, slots=48), 2.5, 4.17, 9.0)
    before = plan(given).powers
    assert given.peak is not None
    house = tuple(max(0.0, kw + random.gauss(0, 0.2)) for kw in given.peak.house_kw)
    now = replace(given, peak=replace(given.peak, house_kw=house))
    alone, beside = plan(now), plan(now, before)
    assert beside.cost + beside.peak_cost < alone.cost + alone.peak_cost - 0.01


def test_a_plan_that_goes_on_gets_what_has_come_to_lack_and_leaves_what_is_too_much() -> None:
    given = problem(replace(CAR, min_kw=0.0), free_kw=9.0)
    before = {"car": tuple(5.0 if slot < 8 else 0.0 for slot in range(SLOTS))}
    for energy_kwh in (11.0, 9.0):
        terms = Terms(replace(given, needs=(replace(given.needs[0], energy_kwh=energy_kwh),)))
        powers = continued(terms, [0], before, 9.0).powers["car"]
        assert sum(powers) * SLOT_H == pytest.approx(energy_kwh)
        assert all(kw <= 9.0 - 1.5 + 1e-6 for kw in powers[:12])
        assert sum(powers[12:]) == 0


def test_where_less_fits_now_what_was_planned_there_finds_other_slots() -> None:
    given = problem(replace(CAR, min_kw=0.0))
    before = {"car": tuple(5.5 if slot < 8 else 0.0 for slot in range(SLOTS))}
    powers = continued(Terms(given), [0], before, 5.0).powers["car"]
    assert max(powers[:12]) == pytest.approx(3.5)
    assert sum(powers) * SLOT_H == pytest.approx(11.0)


def test_how_high_an_old_plan_comes_with_what_the_house_takes_now() -> None:
    peak = Peak(3.0, 1.0, (2.0, 0.5, 9.0), 8.0)
    assert height_of({"car": (3.0, 3.0, 0.0), "van": (1.0, 0.0, 0.0)}, peak) == 6.0
    assert height_of({"car": (7.0, 0.0, 0.0)}, peak) == 8.0
    assert height_of({"car": (0.0, 0.0, 0.0)}, peak) == height_of({}, replace(peak, house_kw=())) == 3.0


def test_a_peak_that_is_a_little_too_high_comes_down() -> None:
    given = problem(replace(CAR, min_kw=0.0), price=3.0)
    terms, peak = Terms(given), given.peak
    assert peak is not None
    high = settled(Draft(terms, [0], 5.3), [0])
    (found,) = lowered(terms, [0], high, peak)
    assert found.peak_kw == pytest.approx(5.2)
    assert list(lowered(terms, [0], found, replace(peak, free_kw=5.3))) == []


def test_nobody_buys_more_than_is_needed_because_that_pays() -> None:
    """With a price below 0 a packing would be the better the more it takes."""
    given = problem(CAR, replace(CAR, name="van", energy_kwh=7.0, max_kw=7.4, min_kw=1.4, min_slots=2))
    paid = replace(given, outlook=replace(given.outlook, prices=tuple(price - 0.5 for price in PRICES)))
    for outcome in (plan(paid), plan(paid, {"car": (5.0,) * SLOTS, "van": (2.0,) * SLOTS})):
        for need in given.needs:
            taken_kwh = sum(outcome.powers[need.name]) * SLOT_H
            assert need.energy_kwh - 1e-6 <= taken_kwh <= need.energy_kwh + need.min_slots * need.min_kw * SLOT_H


def test_loads_are_packed_at_heights_about_what_is_known_and_within_what_is_billed() -> None:
    given = problem(replace(CAR, min_kw=0.0), price=3.0)
    terms, peak = Terms(given), given.peak
    assert peak is not None
    found = [each.peak_kw for each in packed(terms, [0], (5.2, 5.6), peak)]
    assert len(found) == 8
    assert (min(found), max(found)) == (5.0, pytest.approx(6.1))
    assert [each.peak_kw for each in packed(terms, [0], (5.2,), replace(peak, most_kw=5.0))] == [5.0]


def test_where_one_after_another_needs_a_much_higher_peak_a_packing_at_the_drafts_height_is_found() -> None:
    """Two loads that are on or off, and nearly a slot for each of all that they need."""
    given = with_peak(night(54, loads=3, slots=48), 2.5, 4.17, 9.0)
    outcome = plan(given)
    assert outcome.missing_kwh == {}
    assert outcome.peak_kw < 5.4


def test_two_cars_that_cannot_run_lower_are_packed_together() -> None:
    """One after another they left the cheap slots half empty: 7.58 with a peak of 5.18 kW."""
    van = replace(CAR, name="van", energy_kwh=8.0, max_kw=7.4, min_kw=1.4)
    given = problem(replace(CAR, energy_kwh=14.0), van, free_kw=4.0)
    outcome = plan(given)
    assert outcome.missing_kwh == {}
    assert outcome.cost + outcome.peak_cost < 1.03 * optimum(given, whole=True).cost
