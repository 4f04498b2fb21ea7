"""The height of a billed peak for loads that cannot run at just any power, and plans that go on."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from fusebox import tuning
from fusebox.planning.continuity import plan_running
from fusebox.planning.need import SLOT_H, Limit, Need, PeakTariff, PlanProblem, SlotForecast
from fusebox.planning.planner import find_plan, least_height_kw, peak_of_earlier_plan_kw

from .nights import night, with_peak
from .optimum import cost_of, optimum

SLOTS = 24
PRICES = tuple(0.1 if slot < 12 else 0.4 for slot in range(SLOTS))
HOUSE = tuple(1.5 if slot < 12 else 0.5 for slot in range(SLOTS))
CAR = Need("car", 11.0, 11.0, SLOTS, min_kw=4.1)


def problem(*needs: Need, free_kw: float = 5.0, price: float = 1.0) -> PlanProblem:
    outlook = SlotForecast(PRICES, (True,) * SLOTS, (0.0,) * SLOTS, (0.0,) * SLOTS)
    return PlanProblem(needs or (CAR,), (), outlook, PeakTariff(free_kw, price, HOUSE))


def test_a_little_more_height_opens_cheap_slots_for_a_car_that_cannot_run_lower() -> None:
    """Below 5 kW the cheap slots leave 3.5 kW, on paper enough for most of it, and nothing that it can run at."""
    outcome = find_plan(problem())
    assert 5.6 <= outcome.peak_kw < 6.0
    assert sum(outcome.powers["car"][:12]) * SLOT_H >= 11.0 - 1e-6


def test_a_dear_peak_is_not_raised_for_that() -> None:
    assert find_plan(problem(price=30.0)).peak_kw == 5.0


@pytest.mark.parametrize("price", [0.3, 3.0])
def test_a_price_limit_raises_no_peak_and_puts_off_what_is_above_it(price: float) -> None:
    """To wait for the latest start is no reason to charge faster then."""
    limited = replace(CAR, energy_kwh=22.0, max_price=0.2, early=True, min_kw=1.4)
    given = problem(limited, price=price)
    free, outcome = find_plan(problem(replace(limited, max_price=None), price=price)), find_plan(given)
    assert outcome.peak_kw <= free.peak_kw + 1e-6
    assert outcome.missing_kwh == {}
    above = outcome.powers["car"][12:]
    used = [slot for slot, power in enumerate(above) if power]
    assert used == list(range(12 - len(used), 12))
    assert sum(above) <= sum(free.powers["car"][12:]) + 1e-6


def test_no_peak_is_raised_by_a_heat_pump_that_has_to_run_on_and_a_car_that_could_wait() -> None:
    """It began a quarter hour ago and runs for an hour at least, though its later hours are cheaper."""
    prices = tuple(0.10 if slot < 4 else 0.12 if slot < 8 else 0.08 for slot in range(SLOTS))
    pump = Need("pump", 6.0, 3.0, SLOTS, 0, 3.0, min_slots=4, ran_s=900.0)
    car = replace(CAR, energy_kwh=2.0, min_kw=1.4, max_kw=3.5, end=8)
    given = problem(pump, car, price=5.0)
    outcome = plan_running(replace(given, forecast=replace(given.forecast, prices=prices)), 0.0)
    totals = [sum(kws) + house for *kws, house in zip(*outcome.powers.values(), HOUSE, strict=True)]
    assert outcome.powers["pump"][:3] == (3.0,) * 3
    assert max(totals) <= 5.0 + 1e-6
    assert outcome.missing_kwh == {}


def test_a_plan_continues_where_nothing_better_is_found() -> None:
    given = problem(CAR, replace(CAR, name="van", energy_kwh=7.0, min_kw=1.4))
    first = find_plan(given)
    again = find_plan(given, first.powers)
    assert cost_of(given, again) <= cost_of(given, first) + 1e-9
    assert again.missing_kwh == {}


def test_a_house_that_takes_a_little_else_does_not_make_a_good_plan_a_worse_one() -> None:
    better = 0
    for number in range(12, 24):
        random = Random(number)
        given = with_peak(night(number, loads=3, slots=48), 2.5, 4.17, 9.0)
        before = find_plan(given).powers
        assert given.peak is not None
        house = tuple(max(0.0, kw + random.gauss(0, 0.2)) for kw in given.peak.house_kw)
        now = replace(given, peak=replace(given.peak, house_kw=house))
        alone, beside = find_plan(now), find_plan(now, before)
        lacks_more = sum(beside.missing_kwh.values()) - sum(alone.missing_kwh.values())
        dearer = cost_of(now, beside) - cost_of(now, alone)
        assert lacks_more < -0.01 or (lacks_more < 0.01 and dearer < 0.03 * abs(cost_of(now, alone))), number
        better += lacks_more < -0.01 or dearer < -0.01
    assert better


def test_how_high_an_old_plan_comes_with_what_the_house_takes_now() -> None:
    peak = PeakTariff(3.0, 1.0, (2.0, 0.5, 9.0), 8.0)
    needs = (CAR, replace(CAR, name="van"))
    assert peak_of_earlier_plan_kw({"car": (3.0, 3.0, 0.0), "van": (1.0, 0.0, 0.0)}, needs, peak) == 6.0
    assert peak_of_earlier_plan_kw({"car": (7.0, 0.0, 0.0), "van": ()}, needs, peak) == 8.0
    half = replace(peak, import_per_kw=(2.0, 1.0, 1.0))
    assert peak_of_earlier_plan_kw({"car": (7.0, 0.0, 0.0), "van": ()}, needs, half) == 4.5
    assert (
        peak_of_earlier_plan_kw({"car": (0.0, 0.0, 0.0)}, needs, peak)
        == peak_of_earlier_plan_kw({}, needs, peak)
        == 3.0
    )


def test_a_pump_without_time_for_all_its_energy_is_planned_no_higher_than_it_runs() -> None:
    pump = Need("pump", 6.0, 2.0, 8, min_kw=2.0, min_slots=4)
    outcome = find_plan(problem(pump, CAR, free_kw=5.0))
    assert outcome.powers["pump"][:8] == pytest.approx((2.0,) * 8)
    assert outcome.missing_kwh == {"pump": pytest.approx(2.0)}


def test_no_load_buys_more_than_needed_because_that_earns() -> None:
    """With a price below 0 a plan would be the better the more it takes."""
    given = problem(CAR, replace(CAR, name="van", energy_kwh=7.0, max_kw=7.4, min_kw=1.4, min_slots=2))
    paid = replace(given, forecast=replace(given.forecast, prices=tuple(price - 0.5 for price in PRICES)))
    for outcome in (find_plan(paid), find_plan(paid, {"car": (5.0,) * SLOTS, "van": (2.0,) * SLOTS})):
        for need in given.needs:
            taken_kwh = sum(outcome.powers[need.name]) * SLOT_H
            assert need.energy_kwh - 1e-6 <= taken_kwh <= need.energy_kwh + need.min_slots * need.min_kw * SLOT_H


def test_loads_that_are_on_or_off_share_nearly_every_slot_below_a_low_peak() -> None:
    """Two switched loads, with almost one slot for everything that they need."""
    given = with_peak(night(54, loads=3, slots=48), 2.5, 4.17, 9.0)
    outcome = find_plan(given)
    assert outcome.missing_kwh == {}
    assert outcome.peak_kw < 5.4


def test_two_cars_that_cannot_run_lower_fill_the_cheap_slots_together() -> None:
    """One after another they left the cheap slots half empty: 7.58 with a peak of 5.18 kW."""
    van = replace(CAR, name="van", energy_kwh=8.0, max_kw=7.4, min_kw=1.4)
    given = problem(replace(CAR, energy_kwh=14.0), van, free_kw=4.0)
    outcome = find_plan(given)
    assert outcome.missing_kwh == {}
    assert cost_of(given, outcome) < 1.03 * optimum(given, whole=True).cost


def test_below_a_height_energy_cannot_fit_in_time() -> None:
    """Nine kWh in twelve slots above 1.5 kW are 3 kW more; what is due before that may need a higher peak alone."""
    slow, hurried = replace(CAR, energy_kwh=9.0, end=12), Need("hurried", 2.0, 11.0, 1)
    peak = PeakTariff(1.0, 1.0, HOUSE)
    assert least_height_kw([slow], peak) == pytest.approx(4.5)
    assert least_height_kw([hurried, slow], peak) == pytest.approx(9.5)
    assert least_height_kw([hurried, slow], replace(peak, most_kw=6.0)) == 6.0
    assert least_height_kw([slow], replace(peak, import_per_kw=(2.0,) * SLOTS)) == pytest.approx(2.25)
    assert least_height_kw([], peak) == least_height_kw([replace(slow, worth=0.1)], peak) == 1.0


TARGET_KW = 4.0
TIGHT = problem(replace(CAR, energy_kwh=4.0))
TIGHT_PEAK = replace(TIGHT, peak=PeakTariff(2.5, 1.0, HOUSE, TARGET_KW))
TIGHT_TARGET = Limit("tariff", {"car": 1.0}, tuple(TARGET_KW - kw for kw in HOUSE), is_energy=True)


@pytest.mark.parametrize("given", [TIGHT_PEAK, replace(TIGHT, peak=None, limits=(TIGHT_TARGET,))])
def test_a_car_runs_for_a_part_of_each_window_that_leaves_less_than_its_minimum(given: PlanProblem) -> None:
    outcome = find_plan(given)
    assert outcome.missing_kwh == {}
    parts = [kw / (TARGET_KW - house) for kw, house in zip(outcome.powers["car"], HOUSE, strict=True) if kw]
    assert parts == pytest.approx([tuning.PLAN_PART_SHARE] * len(parts))


def test_what_does_not_fit_into_the_parts_of_all_windows_is_missing() -> None:
    """They leave 18 kWh, of which it is expected to take 16.2."""
    outcome = find_plan(replace(TIGHT_PEAK, needs=(replace(CAR, energy_kwh=17.0),)))
    assert outcome.missing_kwh == {"car": pytest.approx(0.8)}


def test_a_window_that_leaves_the_minimum_goes_before_cheaper_ones_that_leave_less() -> None:
    rooms = tuple(2.5 if slot < 12 else 4.2 for slot in range(SLOTS))
    outcome = find_plan(replace(TIGHT, peak=None, limits=(replace(TIGHT_TARGET, headroom_kw=rooms),)))
    assert outcome.missing_kwh == {}
    assert not any(outcome.powers["car"][:12])


def test_where_a_wire_leaves_less_than_the_minimum_a_car_runs_for_no_part() -> None:
    wire = Limit("main L1", {"car": 1.0}, tuple(3.0 if slot < 20 else 11.0 for slot in range(SLOTS)))
    outcome = find_plan(replace(TIGHT_PEAK, limits=(wire,)))
    assert not any(outcome.powers["car"][:20])
    assert outcome.missing_kwh == {"car": pytest.approx(4.0 - 4 * 3.5 * SLOT_H * tuning.PLAN_PART_SHARE)}


def test_what_gives_way_at_the_highest_peak_leaves_room_there_and_nowhere_below() -> None:
    outlook = SlotForecast((0.1,) * 8, (True,) * 8, (0.0,) * 8, (0.0,) * 8)
    car, house = Need("car", 6.0, 4.0, 8, min_kw=0.5), (3.0,) * 8
    fixed = PeakTariff(2.0, 5.0, house, most_kw=5.0)
    assert find_plan(PlanProblem((car,), (), outlook, fixed)).missing_kwh == {"car": pytest.approx(2.0)}
    heated = find_plan(PlanProblem((car,), (), outlook, replace(fixed, sheds_kw=(2.0,) * 8)))
    assert (heated.missing_kwh, heated.peak_kw) == ({}, pytest.approx(5.0))
    assert max(heated.powers["car"]) <= 4.0 + 1e-6
    small = replace(car, energy_kwh=1.0)
    lower = find_plan(PlanProblem((small,), (), outlook, replace(fixed, sheds_kw=(2.0,) * 8)))
    assert (lower.missing_kwh, lower.peak_kw) == ({}, pytest.approx(3.5, abs=0.05))
