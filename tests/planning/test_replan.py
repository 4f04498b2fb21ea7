"""When a plan is made again, and that the last moment to start is never missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from fusebox.planning.need import SLOT_H, Limit, Need, PeakTariff, PlanProblem, SlotForecast
from fusebox.planning.planner import Outcome, find_plan
from fusebox.planning.prices import Prices
from fusebox.planning.replan import PlanRecord, drop_small_unplanned_energy, least_power_now_kw, replan_cause

from .nights import prices

T0_S = 1_764_000_000.0
CAR = Need("car", 11.0, 11.0, 12)
CHEAP_LATE = Prices({int(T0_S) + at * 900: 0.3 - at / 100 for at in range(12)})


def made(need: Need = CAR, prices: Prices = CHEAP_LATE) -> PlanRecord:
    told = tuple(prices.by_start.values())
    count = len(told)
    outcome = find_plan(PlanProblem((need,), (), SlotForecast(told, (True,) * count, (0.0,) * count, (0.0,) * count)))
    return PlanRecord(T0_S, {need.name: need}, prices, outcome)


def test_a_plan_holds_for_its_quarter_hour() -> None:
    old = made()
    left = replace(CAR, energy_kwh=8.0)
    assert replan_cause(old, [left], CHEAP_LATE, T0_S, T0_S + 890) == ""
    assert replan_cause(old, [replace(CAR, end=11)], CHEAP_LATE, T0_S + 900, T0_S + 901) == "new_quarter"


@pytest.mark.parametrize(
    ("need", "prices", "why"),
    [
        (replace(CAR, end=10), CHEAP_LATE, "other_wish"),
        (replace(CAR, max_kw=7.4), CHEAP_LATE, "other_wish"),
        (replace(CAR, max_price=0.2), CHEAP_LATE, "other_wish"),
        (replace(CAR, name="other"), CHEAP_LATE, "other_loads"),
        (replace(CAR, energy_kwh=7.4), CHEAP_LATE, ""),
        (replace(CAR, energy_kwh=7.3), CHEAP_LATE, "other_energy"),
        (replace(CAR, energy_kwh=13.7), CHEAP_LATE, ""),
        (replace(CAR, energy_kwh=13.8), CHEAP_LATE, "other_energy"),
        (CAR, CHEAP_LATE.with_newer(Prices({int(T0_S) + 12 * 900: 0.1})), "new_prices"),
        (CAR, CHEAP_LATE.with_newer(Prices({int(T0_S) + 900: 0.1})), "new_prices"),
        (CAR, CHEAP_LATE.from_now_on(T0_S + 5000), ""),
    ],
)
def test_which_changes_cause_a_new_plan(need: Need, prices: Prices, why: str) -> None:
    assert replan_cause(made(), [need], prices, T0_S, T0_S + 300) == why


def left_to_plan(need: Need, old: PlanRecord, slot: int, peak: PeakTariff | None = None) -> float:
    count = len(CHEAP_LATE.by_start) - slot
    outlook = SlotForecast((0.2,) * count, (True,) * count, (0.0,) * count, (0.0,) * count)
    (found,) = drop_small_unplanned_energy(PlanProblem((need,), (), outlook, peak), old, T0_S + slot * 900).needs
    return found.energy_kwh


CHEAP_FIRST = Prices({int(T0_S) + at * 900: 0.1 + at / 100 for at in range(12)})


@pytest.mark.parametrize(
    ("need_kwh", "planned_kwh"),
    [(8.25, 8.25), (8.7, 8.25), (8.8, 8.8), (8.0, 8.0), (5.0, 5.0)],
    ids=["as planned", "a rest waits", "much more", "less", "much less"],
)
def test_a_rest_is_no_reason_for_a_start_of_its_own(need_kwh: float, planned_kwh: float) -> None:
    left = replace(CAR, energy_kwh=need_kwh, end=11)
    assert left_to_plan(left, made(prices=CHEAP_FIRST), 1) == pytest.approx(planned_kwh)


def test_nothing_waits_if_the_last_slot_is_planned_a_peak_is_billed_or_the_plan_ends() -> None:
    assert left_to_plan(replace(CAR, energy_kwh=11.3, end=11), made(), 1) == 11.3
    early, left = made(prices=CHEAP_FIRST), replace(CAR, energy_kwh=8.7, end=11)
    assert left_to_plan(left, early, 1, PeakTariff(4.0, 1.0, (0.0,) * 11)) == 8.7
    assert left_to_plan(replace(left, energy_kwh=0.1, end=5), early, 7) == 0.1
    # Of the last slot only the reserve is left: no place for a rest.
    narrow = Limit("car in time", {"car": 1.0}, (11.0,) * 3 + (0.7,))
    until_then = replace(left, energy_kwh=8.7, end=4, min_kw=1.4)
    outlook = SlotForecast((0.2,) * 4, (True,) * 4, (0.0,) * 4, (0.0,) * 4)
    old = replace(early, needs={"car": replace(CAR, end=5, min_kw=1.4)})
    for limits, planned_kwh in (((), 8.25), ((narrow,), 8.7)):
        (found,) = drop_small_unplanned_energy(PlanProblem((until_then,), limits, outlook), old, T0_S + 900).needs
        assert found.energy_kwh == pytest.approx(planned_kwh)
    (as_it_is,) = drop_small_unplanned_energy(PlanProblem((left,), (), SlotForecast((), (), (), ())), None, T0_S).needs
    assert as_it_is == left


def test_a_need_with_a_new_time_is_planned_whole() -> None:
    early = made(prices=CHEAP_FIRST)
    assert left_to_plan(replace(CAR, energy_kwh=8.7, end=11), early, 1) == pytest.approx(8.25)
    assert left_to_plan(replace(CAR, energy_kwh=8.7, end=10), early, 1) == 8.7


@pytest.mark.parametrize(("more_kwh", "planned_kwh"), [(0.02, 0.075), (0.03, 0.105)])
def test_what_a_small_pump_takes_in_a_quarter_hour_is_much(more_kwh: float, planned_kwh: float) -> None:
    pump = Need("pump", 0.1, 0.1, 12, min_kw=0.1)
    left = replace(pump, energy_kwh=0.075 + more_kwh, end=11)
    assert left_to_plan(left, made(pump, CHEAP_FIRST), 1) == pytest.approx(planned_kwh)


def rests(*needs: Need, planned: Mapping[str, Sequence[float]], headroom_kw: float) -> list[float]:
    """What is left to plan of these on one wire, with a plan of ten slots."""
    outlook = SlotForecast((0.2,) * 10, (True,) * 10, (0.0,) * 10, (0.0,) * 10)
    problem = PlanProblem(needs, (Limit("main", {need.name: 1.0 for need in needs}, (headroom_kw,) * 10),), outlook)
    powers = {name: tuple(each) for name, each in planned.items()}
    old = PlanRecord(T0_S, {need.name: need for need in needs}, CHEAP_FIRST, Outcome(powers, 0.0, {}))
    return [need.energy_kwh for need in drop_small_unplanned_energy(problem, old, T0_S).needs]


def test_a_rest_does_not_wait_for_what_another_load_or_another_rest_takes() -> None:
    first, second = Need("first", 2.4, 4.0, 8, min_kw=1.4), Need("second", 4.0, 4.0, 8, min_kw=1.4)
    early, late = [0.0, 0.0, 4.0, 4.0, 0.0, 0.0, 0.0, 0.0], [0.0] * 4 + [4.0] * 4
    assert rests(first, second, planned={"first": early, "second": [0.0] * 8}, headroom_kw=4.0) == [2.0, 4.0]
    assert rests(first, second, planned={"first": early, "second": late}, headroom_kw=4.0) == [2.4, 4.0]
    both = [2.0] * 7 + [0.0]
    first, second = replace(first, energy_kwh=3.8), replace(second, energy_kwh=3.8)
    assert rests(first, planned={"first": both}, headroom_kw=2.0) == [3.5]
    # In the slot that is left there is half a kWh.
    assert rests(first, second, planned={"first": both, "second": both}, headroom_kw=2.0) == [3.5, 3.8]


def test_without_a_plan_one_is_made() -> None:
    assert replan_cause(None, [CAR], CHEAP_LATE, T0_S, T0_S) == "no_plan"


def test_what_is_no_must_is_no_reason() -> None:
    assert replan_cause(made(), [CAR, Need("home battery 1", 3.0, 4.0, 9, worth=0.2)], CHEAP_LATE, T0_S, T0_S) == ""


@pytest.mark.parametrize("seed", range(20))
def test_a_night_in_which_everything_changes_still_ends_in_time(seed: int) -> None:
    """Prices come late, the fuse throttles for an hour, and the car is slower than assumed: planned again in each
    slot."""
    random = Random(seed)
    slots, need = 40, Need("car", 30.0, 11.0, 40, min_kw=4.1)
    prices = [random.uniform(0.1, 0.4) for _ in range(slots)]
    throttled = range(start := random.randrange(20), start + 4)
    known_from, old, got = random.randrange(12), None, 0.0
    for slot in range(slots):
        from_s = T0_S + slot * 900
        known = slots if slot >= known_from else 16
        told = Prices({int(T0_S) + at * 900: prices[at] for at in range(slot, max(known, slot + 1))})
        left = replace(
            need, energy_kwh=max(need.energy_kwh - got, 0.0), end=slots - slot, max_kw=11.0 if slot < 8 else 9.0
        )
        if left.energy_kwh < 1e-6:
            break
        if replan_cause(old, [left], told, from_s, from_s):
            guess = tuple(prices[at] if at < known else 0.25 for at in range(slot, slots))
            flags = tuple(at < known for at in range(slot, slots))
            nothing = (0.0,) * len(guess)
            outcome = find_plan(PlanProblem((left,), (), SlotForecast(guess, flags, nothing, nothing)))
            old = PlanRecord(from_s, {"car": left}, told, outcome)
        assert old is not None
        planned = old.outcome.powers["car"][int((from_s - old.from_s) // 900)]
        wanted = max(planned, least_power_now_kw(left, (), from_s, from_s))
        got += min(wanted, 4.1 if slot in throttled else 9.0) * SLOT_H
    assert got >= need.energy_kwh - 0.6


def test_a_peak_is_raised_for_loads_that_cannot_run_below_their_least() -> None:
    """Side by side they fit under a low one at powers that no car has."""
    count, house = 8, (1.0,) * 8
    cars = tuple(Need(name, 6.0, 11.0, count, min_kw=4.1, priority=at) for at, name in enumerate(("one", "other")))
    outlook = SlotForecast((0.2,) * count, (True,) * count, (0.0,) * count, (0.0,) * count)
    outcome = find_plan(PlanProblem(cars, (), outlook, PeakTariff(4.0, 1.0, house)))
    assert outcome.missing_kwh == {}
    assert outcome.peak_kw < 12


def test_fact_5_learning_tomorrows_prices_in_the_afternoon_costs_little() -> None:
    """Plugged in at noon, ready at seven; tomorrow comes at one, and until then it is guessed as today."""
    noon, slots, published = 48, 76, 4
    paid = best = 0.0
    for seed in range(40):
        random = Random(seed)
        today = prices(random, 96)
        tomorrow = tuple(price + random.uniform(-0.05, 0.05) for price in today)
        truth = (*today[noon:], *tomorrow)[:slots]
        guess = (*today[noon:], *today)[:slots]
        need = Need("car", random.uniform(5, 40), 11.0, slots, min_kw=4.1)
        nothing = (0.0,) * slots

        def made(prices: tuple[float, ...], known: int, need: Need) -> tuple[float, ...]:
            flags = tuple(at < known for at in range(len(prices)))
            none = (0.0,) * len(prices)
            return find_plan(PlanProblem((need,), (), SlotForecast(prices, flags, none, none))).powers["car"]

        first = made(guess, 48, need)[:published]
        given = sum(first) * SLOT_H
        left = replace(need, energy_kwh=need.energy_kwh - given, end=slots - published)
        rest = made(truth[published:], slots, left) if left.energy_kwh > 1e-6 else nothing
        powers = (*first, *rest)[:slots]
        assert sum(powers) * SLOT_H == pytest.approx(need.energy_kwh, abs=0.01)
        paid += sum(power * price for power, price in zip(powers, truth, strict=True)) * SLOT_H
        best += sum(power * price for power, price in zip(made(truth, slots, need), truth, strict=True)) * SLOT_H
    assert best <= paid + 1e-6
    assert paid <= 1.05 * best
