"""Plans against the least that they can cost, over random houses; and what they keep whatever the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from random import Random

import pytest

from benchmarks.step import cpu_seconds, run_yardstick
from fusebox.planning.least_runs import Choice, cheapest_runs
from fusebox.planning.need import SLOT_H, Limit, Need, PeakTariff, PlanProblem, SlotForecast, Starts
from fusebox.planning.planner import Outcome, find_plan
from fusebox.planning.schedule import uninterrupted_runs

from .nights import night, prices, with_battery, with_peak
from .optimum import cost_of, optimum

KEPT_PCT = 99
"""Return the share of loads that get all they need, among those that could."""


def outlook(*cents: float, sun_kw: float = 0.0, known: int | None = None) -> SlotForecast:
    """Slots at these prices."""
    count = len(cents)
    told = tuple(slot < (count if known is None else known) for slot in range(count))
    return SlotForecast(tuple(cent / 100 for cent in cents), told, (0.0,) * count, (sun_kw,) * count)


def alone(need: Need, prices: SlotForecast, *limits: Limit, peak: PeakTariff | None = None) -> Outcome:
    return find_plan(PlanProblem((need,), limits, prices, peak))


def can_run(need: Need, powers: Sequence[float]) -> bool:
    """Whether a load can do this: each run long enough except the last before its time, never below its least."""
    if any(1e-6 < power < need.min_kw - 1e-6 for power in powers):
        return False
    long_enough = [
        end - start + (need.ran_slots if start == 0 else 0) >= need.min_slots or end == need.end
        for start, end in uninterrupted_runs(powers)
    ]
    return all(long_enough)


def kept(problem: PlanProblem, outcome: Outcome) -> None:
    """Whatever a plan is like: nothing above a limit, nothing outside of its time, nothing that a load cannot do."""
    for need in problem.needs:
        powers = outcome.powers[need.name]
        assert all(power < 1e-6 for slot, power in enumerate(powers) if not need.first <= slot < need.end)
        assert max(powers) <= need.max_kw + 1e-4
        assert can_run(need, powers)
        less = need.energy_kwh - outcome.missing_kwh.get(need.name, 0.0) - sum(powers) * SLOT_H
        assert -need.min_slots * need.min_kw * SLOT_H - 1e-4 <= less <= 1e-4
    for limit in problem.limits:
        for slot, room in enumerate(limit.headroom_kw):
            taken = sum(limit.weights.get(name, 0.0) * powers[slot] for name, powers in outcome.powers.items())
            assert taken <= max(room, 0.0) + 1e-4, (limit.name, slot)


@pytest.mark.parametrize("number", range(20))
def test_one_load_alone_costs_the_least(number: int) -> None:
    problem = night(1000 + number, loads=1, smooth=True)
    outcome, least = find_plan(problem), optimum(problem)
    kept(problem, outcome)
    assert sum(outcome.missing_kwh.values()) == pytest.approx(least.missing_kwh, abs=1e-3)
    assert cost_of(problem, outcome) == pytest.approx(least.cost, abs=1e-4)


def test_many_loads_cost_three_per_cent_more_than_the_least_at_most() -> None:
    gaps, whole, best = [], 0.0, 0.0
    for number in (*range(20), *range(100, 110)):
        problem = night(number, smooth=True)
        outcome, least = find_plan(problem), optimum(problem)
        kept(problem, outcome)
        if least.missing_kwh > 1e-3:
            continue
        energy = sum(need.energy_kwh for need in problem.needs)
        assert sum(outcome.missing_kwh.values()) <= 0.01 * energy
        gaps.append((cost_of(problem, outcome) - least.cost) / max(abs(least.cost), 0.05 * energy))
        whole, best = whole + cost_of(problem, outcome), best + least.cost
    assert len(gaps) > 25
    assert max(gaps) < 0.03
    assert whole < best + 0.002 * abs(best)


def test_loads_with_a_minimum_power_are_ready_in_time_near_the_lowest_cost() -> None:
    whole, best, needs, late = 0.0, 0.0, 0, 0
    for number in range(12):
        problem = night(number, loads=1 + number % 4, slots=48)
        least = optimum(problem, whole=True)
        if least.missing_kwh > 1e-3:
            continue
        outcome = find_plan(problem)
        kept(problem, outcome)
        needs, late = needs + len(problem.needs), late + len(outcome.missing_kwh)
        whole, best = whole + cost_of(problem, outcome), best + least.cost
    assert needs > 22
    assert late <= needs * (100 - KEPT_PCT) / 100
    assert whole < best + 0.03 * abs(best)


def test_two_cars_on_one_circuit_share_the_cheap_hours() -> None:
    cheap = outlook(*[30.0] * 8, *[10.0] * 8, *[20.0] * 8)
    cars = tuple(Need(name, 14.8, 7.4, 24, min_kw=1.38) for name in ("one", "other"))
    circuit = Limit("garage L1", {"one": 1.0, "other": 1.0}, (9.2,) * 24)
    problem = PlanProblem(cars, (circuit,), cheap)
    outcome = find_plan(problem)
    kept(problem, outcome)
    assert outcome.missing_kwh == {}
    assert cost_of(problem, outcome) == pytest.approx(optimum(problem).cost, rel=0.001)
    assert sum(outcome.powers["one"][8:16]) + sum(outcome.powers["other"][8:16]) == pytest.approx(8 * 9.2)


def test_two_cars_share_one_cheap_hour_although_one_leaves_less_than_a_minimum() -> None:
    """Behind 20 A one car at its most leaves 2.8 kW: nothing that the other one can run at."""
    cheap = outlook(*[30.0] * 12, *[10.0] * 4, *[28.0] * 12)
    cars = tuple(Need(name, 9.0, 11.04, 28, min_kw=4.14, priority=at) for at, name in enumerate(("one", "other")))
    circuit = Limit("garage L1", {"one": 1 / 3, "other": 1 / 3}, (20 * 0.23,) * 28)
    for limits in ((circuit,), (circuit, replace(circuit, name="main L1", headroom_kw=(5.2,) * 28))):
        problem = PlanProblem(cars, limits, cheap)
        outcome = find_plan(problem)
        kept(problem, outcome)
        assert outcome.missing_kwh == {}
        assert cost_of(problem, outcome) <= 1.03 * optimum(problem, whole=True).cost


@pytest.mark.parametrize("number", [218, 245, 265])
def test_where_fuses_leave_little_all_that_can_be_are_ready(number: int) -> None:
    """One after another some of them would lack something."""
    problem = night(number, loads=2 + number % 3, slots=48)
    tight = [
        replace(each, headroom_kw=tuple(max(room - 1.5, 0.0) for room in each.headroom_kw)) for each in problem.limits
    ]
    assert find_plan(replace(problem, limits=tuple(tight))).missing_kwh == {}


def test_a_load_that_can_wait_yields_to_one_that_cannot() -> None:
    hurried = Need("hurried", 1.85, 7.4, 1, priority=2)
    patient = Need("patient", 1.85, 7.4, 2, priority=1)
    wire = Limit("main L1", {"hurried": 1.0, "patient": 1.0}, (7.4, 7.4))
    outcome = find_plan(PlanProblem((patient, hurried), (wire,), outlook(10, 11)))
    assert outcome.missing_kwh == {}
    assert outcome.powers["hurried"] == pytest.approx((7.4, 0.0))
    assert outcome.powers["patient"] == pytest.approx((0.0, 7.4))


def test_what_does_not_fit_is_missing_for_the_last_in_line() -> None:
    first, second = (Need(name, 2.0, 4.0, 2, priority=at) for at, name in enumerate(["first", "second"]))
    wire = Limit("main L1", {"first": 1.0, "second": 1.0}, (4.0, 4.0))
    for needs in ((first, second), (second, first)):
        outcome = find_plan(PlanProblem(needs, (wire,), outlook(10, 11)))
        assert outcome.missing_kwh == {"second": pytest.approx(2.0)}


@pytest.mark.parametrize(("early", "slots"), [(False, [4, 5]), (True, [0, 1])])
def test_of_equal_prices_the_later_or_the_earlier(early: bool, slots: list[int]) -> None:
    powers = alone(Need("car", 5.5, 11.0, 6, early=early), outlook(*[20] * 8)).powers["car"]
    assert [slot for slot, power in enumerate(powers) if power] == slots


def test_what_is_needed_at_once_does_not_wait_for_a_price() -> None:
    now = Need("car now", 2.75, 11.0, 8, at_once=True)
    rest = Need("car", 2.75, 11.0, 8)
    one = Limit("car", {"car now": 1.0, "car": 1.0}, (11.0,) * 8)
    outcome = find_plan(PlanProblem((rest, now), (one,), outlook(50, 40, 30, 20, 10, 20, 30, 40)))
    assert outcome.powers["car now"] == pytest.approx((11.0, *[0.0] * 7))
    assert outcome.powers["car"] == pytest.approx((*[0.0] * 4, 11.0, *[0.0] * 3))


def test_a_price_limit_holds_as_long_as_what_is_not_known_yet_leaves_time() -> None:
    guessed = outlook(25, 25, 25, 25, 28, 28, 28, 28, known=4)
    limited = Need("car", 5.5, 11.0, 8, max_price=0.2)
    assert sum(alone(limited, guessed).powers["car"][:4]) == 0
    assert sum(alone(replace(limited, max_price=0.26), guessed).powers["car"][4:]) == 0
    assert alone(replace(limited, end=4), guessed).missing_kwh == {}


@pytest.mark.parametrize("ran_s", [0.0, 3600.0])
@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("dear", [(30, 30, 30, 30, 30, 30), (24, 26, 60, 60, 60, 60)])
def test_above_its_price_limit_a_load_waits_for_its_latest_start(ran_s: float, early: bool, dear) -> None:
    """Whether it runs already, would rather be early, or pays more then."""
    limited = Need("car", 11.0, 11.0, 8, ran_s=ran_s, early=early, max_price=0.2)
    powers = alone(limited, outlook(10, 10, *dear)).powers["car"]
    assert [slot for slot, power in enumerate(powers) if power] == [0, 1, 6, 7]
    powers = alone(replace(limited, energy_kwh=5.5), outlook(*dear, 30, 30)).powers["car"]
    assert [slot for slot, power in enumerate(powers) if power] == [6, 7]


@pytest.mark.parametrize("number", range(12))
def test_nothing_above_a_price_limit_is_taken_while_later_slots_have_room(number: int) -> None:
    random = Random(number)
    rooms = tuple(random.choice([3.0, 7.0, 11.0]) for _ in range(32))
    wire = Limit("main L1", {"car": 1.0}, rooms)
    car = Need("car", random.uniform(5, 40), 11.0, 30, max_price=0.2, ran_s=900.0, early=number % 2 == 0)
    costs = prices(random, 32)
    powers = alone(car, replace(outlook(*[0.0] * 32), prices=costs), wire).powers["car"]
    above = [slot for slot, power in enumerate(powers) if power and costs[slot] > 0.2]
    for slot in range(min(above, default=30) + 1, 30):
        assert powers[slot] == pytest.approx(rooms[slot]), slot


def test_a_car_that_cannot_run_low_takes_the_sun_of_many_slots_at_its_least() -> None:
    sunny = SlotForecast((0.3,) * 8, (True,) * 8, (0.05,) * 8, (3.0,) * 8)
    problem = PlanProblem((Need("car", 6.0, 11.0, 8, min_kw=4.0),), (), sunny)
    outcome = find_plan(problem)
    assert [power for power in outcome.powers["car"] if power] == [pytest.approx(4.0)] * 6
    assert cost_of(problem, outcome) == pytest.approx(6 * SLOT_H * (3 * 0.05 + 0.3))


def test_a_car_that_needs_little_does_not_run_twice_at_its_least_for_some_sun() -> None:
    some = SlotForecast((0.3, 0.3, 0.3), (True,) * 3, (0.05,) * 3, (0.5,) * 3)
    outcome = alone(Need("car", 1.4, 11.0, 3, min_kw=4.0), some)
    assert sorted(outcome.powers["car"]) == [0.0, 0.0, pytest.approx(5.6)]


def test_the_sun_is_used_before_the_grid_and_shared() -> None:
    sunny = SlotForecast((0.1, 0.3, 0.3), (True,) * 3, (0.05,) * 3, (0.0, 4.0, 0.0))
    cars = Need("one", 1.0, 4.0, 3), Need("other", 1.0, 4.0, 3)
    problem = PlanProblem(cars, (), sunny)
    assert cost_of(problem, find_plan(problem)) == pytest.approx(1.0 * 0.05 + 1.0 * 0.1)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("least", [2, 4])
def test_a_load_with_a_least_run_costs_the_least(seed: int, least: int) -> None:
    night_prices = [price + 0.3 for price in prices(Random(seed), 12)]
    units = [1] * 12
    wanted = 2 + seed % 6
    found = cheapest_runs(Choice(units, night_prices, wanted, least))
    fits = [
        chosen
        for count in range(wanted, 13)
        for chosen in combinations(range(12), count)
        if _long_enough(chosen, least)
    ]
    best = min(sum(night_prices[slot] for slot in chosen) for chosen in fits)
    assert _long_enough(tuple(found), least)
    assert sum(night_prices[slot] for slot in found) == pytest.approx(best)


def _long_enough(chosen: tuple[int, ...], least: int) -> bool:
    powers = [float(slot in chosen) for slot in range(12)]
    return all(end - start >= least or end == 12 for start, end in uninterrupted_runs(powers))


def test_a_load_takes_no_more_than_it_needs_were_it_for_nothing() -> None:
    earning = [-0.1] * 12
    for wanted in (3, 4, 7):  # the last run may have to be longer than what is needed
        assert wanted <= len(cheapest_runs(Choice([1] * 12, earning, wanted, 2))) <= wanted + 1
    assert cheapest_runs(Choice([1] * 12, earning, 0, 2)) == []
    assert len(cheapest_runs(Choice([4] * 12, earning, 3, 2))) == 2


def test_a_minimum_run_that_fits_nowhere_is_reported_as_missing_energy() -> None:
    shut = Limit("main L1", {"pump": 1.0}, tuple([2.0, 0.0] * 4))
    need = Need("pump", 1.0, 2.0, 8, min_kw=2.0, min_slots=2)
    assert alone(need, outlook(*range(8)), shut).missing_kwh == {"pump": pytest.approx(1.0)}


def test_two_pumps_on_a_wire_for_one_take_turns_in_the_sun() -> None:
    sunny = SlotForecast((0.3,) * 8, (True,) * 8, (0.05,) * 8, (4.0,) * 8)
    pumps = tuple(Need(name, 1.0, 2.0, 8, min_slots=2) for name in ("one", "other"))
    problem = PlanProblem(pumps, (Limit("main L1", {"one": 1.0, "other": 1.0}, (2.0,) * 8),), sunny)
    outcome = find_plan(problem)
    assert outcome.missing_kwh == {}
    assert cost_of(problem, outcome) == pytest.approx(2.0 * 0.05)


def test_a_run_that_has_begun_may_end_when_it_was_long_enough() -> None:
    need = Need("pump", 0.5, 2.0, 8, min_kw=2.0, min_slots=4)
    cheap_now = outlook(10, 50, 50, 50, 50, 20, 20, 20)
    new = alone(need, cheap_now).powers["pump"]
    assert [slot for slot, power in enumerate(new) if power] == [7]
    running = alone(replace(need, ran_s=2700.0), cheap_now).powers["pump"]
    assert [slot for slot, power in enumerate(running) if power] == [0]


def test_a_peak_is_not_raised_to_save_less_than_it_costs() -> None:
    cheap = outlook(*[30] * 8, *[10] * 4, *[28] * 8)
    car = Need("car", 11.0, 11.0, 20)
    dear = alone(car, cheap, peak=PeakTariff(4.0, 5.0, (0.5,) * 20))
    assert dear.missing_kwh == {}
    assert dear.peak_kw == 4.0
    assert max(dear.powers["car"]) <= 3.5 + 1e-6
    free = alone(car, cheap, peak=PeakTariff(4.0, 0.0, (0.5,) * 20))
    assert max(free.powers["car"]) == pytest.approx(11.0)


def test_a_peak_is_raised_as_far_as_the_time_makes_necessary() -> None:
    outcome = alone(Need("car", 11.0, 11.0, 8), outlook(*range(10, 18)), peak=PeakTariff(2.0, 50.0, (0.5,) * 8))
    assert outcome.missing_kwh == {}
    assert outcome.peak_kw == pytest.approx(6.0, abs=0.3)


def test_a_peak_without_an_end_is_not_raised_for_what_does_not_fit() -> None:
    shut = Limit("main L1", {"car": 1.0}, (3.0, *[0.0] * 7))
    outcome = alone(
        Need("car", 2.0, 7.4, 8, min_kw=1.4), outlook(*range(8)), shut, peak=PeakTariff(2.0, 1.0, (0.5,) * 8)
    )
    assert outcome.missing_kwh == {"car": pytest.approx(2.0 - 3.0 / 4)}
    assert outcome.peak_kw == pytest.approx(3.5)


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("price", [0.05, 0.3, 3.0])
def test_energy_and_peak_together_cost_nearly_the_least(number: int, price: float) -> None:
    problem = night(number, loads=2, slots=48, smooth=True)
    problem = replace(problem, peak=PeakTariff(3.0, price, (1.0,) * 48))
    outcome, least = find_plan(problem), optimum(problem)
    kept(problem, outcome)
    if least.missing_kwh < 1e-3:
        assert outcome.missing_kwh == {}
        assert cost_of(problem, outcome) <= least.cost + 0.03 * max(abs(least.cost), 1.0) + 0.2 * price


@pytest.mark.parametrize("number", range(20))
def test_whatever_is_wanted_a_plan_keeps_to_it(number: int) -> None:
    """Least runs, needs at once, price limits, a run that has begun, an optional load, and then less room on wires."""
    random = Random(number)
    problem = night(number, loads=4, slots=48)
    first, second, third, fourth = problem.needs
    needs = (
        replace(first, min_slots=random.randint(2, 4), ran_s=900.0 * random.randint(0, 2)),
        replace(second, at_once=True, min_kw=0.0, first=0),
        replace(third, max_price=0.2, min_slots=random.randint(1, 2)),
        replace(fourth, worth=random.uniform(0.0, 0.4), min_kw=0.0),
    )
    known = tuple(slot < 30 for slot in range(48))
    peak = PeakTariff(5.0, 0.5, (0.5,) * 48) if number % 2 == 0 else None
    problem = replace(problem, needs=needs, forecast=replace(problem.forecast, known=known), peak=peak)
    tight = [
        replace(each, headroom_kw=tuple(max(room - 1.5, 0.0) for room in each.headroom_kw)) for each in problem.limits
    ]
    before = find_plan(problem)
    for given, outcome in (
        (problem, before),
        (tighter := replace(problem, limits=tuple(tight)), find_plan(tighter, before.powers)),
    ):
        kept(replace(given, needs=needs[:3]), replace(outcome, powers=dict(list(outcome.powers.items())[:3])))
        for limit in given.limits:
            for slot, room in enumerate(limit.headroom_kw):
                taken = sum(limit.weights.get(name, 0.0) * powers[slot] for name, powers in outcome.powers.items())
                assert taken <= max(room, 0.0) + 1e-4
        assert sum(outcome.powers[fourth.name]) * SLOT_H <= fourth.energy_kwh + 1e-4


def test_the_same_house_has_the_same_plan() -> None:
    assert find_plan(night(7)) == find_plan(night(7))


def yardsticks(problems: Sequence[PlanProblem], work: Callable[[PlanProblem], object]) -> float:
    """Return the median over the problems of the CPU time of `work`, the least of three runs of each.

    Its unit is the CPU time of a fixed loop of plain Python (`run_yardstick`), which is measured just before.
    """
    took = []
    for problem in problems:
        yard_s = min(cpu_seconds(run_yardstick) for _ in range(5))
        took.append(min(cpu_seconds(partial(work, problem)) for _ in range(3)) / yard_s)
    return sorted(took)[len(took) // 2]


def test_two_days_of_five_loads_take_no_time() -> None:
    """A yardstick is about a third of a millisecond."""
    assert yardsticks([night(number, loads=5, slots=192) for number in range(7)], find_plan) < 150


def test_a_billed_peak_and_a_battery_take_little_more() -> None:
    problems = [with_peak(with_battery(night(number, loads=5, slots=192)), 2.5, 4.17, 9.0) for number in range(3)]
    assert yardsticks(problems, lambda problem: kept(musts_of(problem), find_plan(problem))) < 500


@pytest.mark.parametrize("price", [0.2, 1.0, 4.0])
def test_energy_peak_and_battery_together_cost_three_per_cent_more_than_the_least(price: float) -> None:
    whole, best = 0.0, 0.0
    for number in range(300, 310):
        problem = night(number, loads=2 + number % 4, slots=48 + 48 * (number % 2), smooth=True)
        problem = with_peak(with_battery(problem, parts=4), 3.0, price)
        least = optimum(problem)
        if least.missing_kwh > 1e-3:
            continue
        outcome = find_plan(problem)
        assert outcome.missing_kwh == {}
        whole, best = whole + paid(problem, outcome), best + least.cost
    assert whole < best + 0.03 * abs(best)


def musts_of(problem: PlanProblem) -> PlanProblem:
    return replace(problem, needs=tuple(need for need in problem.needs if need.worth is None))


def paid(problem: PlanProblem, outcome: Outcome) -> float:
    """Energy and peak, and what that is worth which was left."""
    left = [(n, n.energy_kwh - sum(outcome.powers[n.name]) * SLOT_H) for n in problem.needs if n.worth is not None]
    return cost_of(problem, outcome) + sum((need.worth or 0.0) * kwh for need, kwh in left)


@pytest.mark.parametrize("seed", range(60))
def test_a_load_with_few_starts_and_long_rests_costs_the_least(seed: int) -> None:
    random = Random(seed)
    night_prices = [price + 0.3 for price in prices(random, 10)]
    starts = Starts(random.randrange(3), random.randint(1, 2), random.randrange(2, 12), random.randint(1, 4))
    starts, wanted = starts._replace(is_on=random.random() < 0.5), random.randint(1, 6)
    units = [int(random.random() < 0.8) for _ in range(10)]
    found = cheapest_runs(Choice(units, night_prices, wanted, 1, 1 if starts.is_on else None, starts))

    def is_allowed(chosen: tuple[int, ...]) -> bool:
        runs = uninterrupted_runs([float(slot in chosen) for slot in range(10)])
        ends = [0] * starts.is_on + [end for _, end in runs]
        begins = [start for start, _ in runs if start or not starts.is_on]
        gaps = [start - max(end for end in ends if end <= start) for start in begins if any(e <= start for e in ends)]
        days = [sum(int(start >= starts.midnight) == day for start in begins) for day in (0, 1)]
        return all(gap >= starts.rest_slots for gap in gaps) and days[0] <= starts.left and days[1] <= starts.a_day

    usable = [slot for slot in range(10) if units[slot]]
    fits = [each for count in range(wanted + 1) for each in combinations(usable, count) if is_allowed(each)]
    most = max(map(len, fits))
    best = min(sum(night_prices[slot] for slot in each) for each in fits if len(each) == most)
    assert len(found) == most and is_allowed(tuple(found))
    assert sum(night_prices[slot] for slot in found) == pytest.approx(best)


@pytest.mark.parametrize("starts", [Starts(), Starts(1, 1, 20, is_on=True)])
def test_a_run_that_has_begun_lasts_its_least_time_too(starts: Starts) -> None:
    begun = Need("pump", 1.0, 2.0, 10, min_kw=2.0, min_slots=4, ran_s=900.0, starts=starts)
    powers = alone(begun, outlook(10, 90, 90, 90, 12, 12, 12, 12, 12, 12)).powers["pump"]
    assert [slot for slot, power in enumerate(powers) if power] == [0, 1, 2]


def test_a_pump_with_one_start_runs_once_and_goes_on_if_it_has_begun() -> None:
    cheap_twice = outlook(10, 50, 50, 50, 20, 50, 50, 50)
    pump = Need("pump", 1.0, 2.0, 8, min_kw=2.0)
    once = replace(pump, starts=Starts(1, 1, 20))

    def slots_of(need: Need) -> list[int]:
        return [slot for slot, power in enumerate(alone(need, cheap_twice).powers["pump"]) if power]

    assert slots_of(pump) == [0, 4]
    assert slots_of(once) == [0, 1]
    assert slots_of(replace(once, starts=Starts(0, 1, 20, is_on=True))) == [0, 1]
    assert slots_of(replace(once, starts=Starts(0, 1, 4))) == [4, 5]
    assert slots_of(replace(pump, starts=Starts(rest_slots=4))) == [0, 7]
    assert alone(replace(once, starts=Starts(0, 1, 20)), cheap_twice).missing_kwh == {"pump": pytest.approx(1.0)}
