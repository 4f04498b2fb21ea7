"""A plan that is made while loads run breaks off none before its time, and begins none for less than its least time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fusebox.planning.continuity import plan_running, takes_all_now
from fusebox.planning.need import Limit, Need, PlanProblem, SlotForecast

CAR = Need("car", 2.75, 11.0, 8, min_kw=4.1)
FALLING = (0.3, 0.3, 0.3, 0.3, 0.3, 0.2, 0.1, 0.3)
FIRST = (0.1, 0.3, 0.3, 0.3, 0.3, 0.2, 0.3, 0.3)


def powers(
    need: Need, prices: Sequence[float], passed_s: float = 0.0, limits: Sequence[Limit] = ()
) -> dict[int, float]:
    """Slot -> what is planned for it, where that is anything."""
    count = len(prices)
    outlook = SlotForecast(tuple(prices), (True,) * count, (0.0,) * count, (0.0,) * count)
    found = plan_running(PlanProblem((need,), tuple(limits), outlook), passed_s).powers[need.name]
    return {slot: pytest.approx(power) for slot, power in enumerate(found) if power}


@pytest.mark.parametrize(
    ("ran_s", "passed_s", "found"),
    [
        (0.0, 300.0, {6: 11.0}),
        (290.0, 300.0, {0: 4.1, 6: 11.0}),  # to the end of its quarter hour
        (4000.0, 300.0, {0: 4.1, 6: 11.0}),
        (890.0, 5.0, {6: 11.0}),  # a quarter hour except some seconds
        (400.0, 5.0, {0: 4.1, 6: 11.0}),  # its least time is not over
        (895.0, 895.0, {0: 4.1, 6: 11.0}),
        (300.0, 890.0, {0: 11.0, 1: 4.1, 6: 11.0}),  # a slot later is no cheaper
    ],
)
def test_a_run_that_has_begun_continues_for_its_least_time_and_its_quarter_hour(ran_s, passed_s, found) -> None:
    assert powers(replace(CAR, ran_s=ran_s), FALLING, passed_s) == found


@pytest.mark.parametrize(
    ("ran_s", "planned", "prices", "takes_all"),
    [
        (1000.0, (6.0, 11.0), (0.1, 0.1), True),
        (1000.0, (6.0, 11.0), (0.2, 0.1), False),  # the dearest: no more than has to be
        (0.0, (6.0, 11.0), (0.1, 0.1), False),
        (1000.0, (6.0, 0.0), (0.1, 0.1), False),  # all that it needs
        (1000.0, (0.0, 11.0), (0.1, 0.1), False),
    ],
)
def test_a_running_load_uses_the_rest_of_a_quarter_hour_unless_later_is_cheaper(ran_s, planned, prices, takes_all):
    assert takes_all_now(replace(CAR, ran_s=ran_s), planned, prices) is takes_all


TWO_CARS = (replace(CAR, name="one", energy_kwh=12.0), replace(CAR, name="other", energy_kwh=12.0, priority=2))
CIRCUIT_KW = 13.8


def test_runs_that_continue_into_a_slot_with_less_room_fit_there() -> None:
    """Both have to go on at 4.1 kW in the second slot, which has room for one: the second in line stops."""
    prices, headroom_kw = (0.1,) + (0.3,) * 3 + (0.2,) * 8, (CIRCUIT_KW, 6.0) + (CIRCUIT_KW,) * 10
    outlook = SlotForecast(prices, (True,) * 12, (0.0,) * 12, (0.0,) * 12)
    needs = tuple(replace(car, end=12, ran_s=300.0) for car in TWO_CARS)
    circuit = Limit("garage L1", {"one": 1.0, "other": 1.0}, headroom_kw)
    found = plan_running(PlanProblem(needs, (circuit,), outlook), 890.0).powers
    assert found["one"][1] == pytest.approx(4.1)
    assert found["other"][1] == 0.0


@pytest.mark.parametrize("ran_s", [(900.0, 900.0), (900.0, 0.0), (400.0, 400.0)])
@pytest.mark.parametrize("headroom_kw", [CIRCUIT_KW, 9.0, 6.0])
@pytest.mark.parametrize("prices", [(0.1,) * 4 + (0.3,) * 8, (0.2,) * 12, FALLING + (0.3,) * 4])
def test_no_slot_is_planned_above_what_its_wire_can_carry(ran_s, headroom_kw, prices) -> None:
    """A run that takes all of a quarter hour, or continues at its minimum, leaves the others less."""
    outlook = SlotForecast(tuple(prices), (True,) * 12, (0.0,) * 12, (0.0,) * 12)
    needs = tuple(replace(car, end=12, ran_s=ran) for car, ran in zip(TWO_CARS, ran_s, strict=True))
    circuit = Limit("garage L1", {"one": 1.0, "other": 1.0}, (headroom_kw,) * 12)
    outcome = plan_running(PlanProblem(needs, (circuit,), outlook), 300.0)
    assert max(map(sum, zip(*outcome.powers.values(), strict=True))) <= headroom_kw + 1e-6
    assert all(kw == 0 or kw >= CAR.min_kw - 1e-6 for powers in outcome.powers.values() for kw in powers)


def test_a_longer_least_time_is_kept_too() -> None:
    pump = replace(CAR, min_slots=3, min_kw=11.0, energy_kwh=8.25, ran_s=900.0)
    assert powers(pump, FALLING).keys() >= {0, 1}
    assert 0 not in powers(replace(pump, ran_s=2700.0), FALLING)


def test_a_price_above_its_limit_ends_a_run_before_its_least_time_is_over() -> None:
    pump = replace(CAR, min_slots=3, min_kw=11.0, ran_s=600.0, max_price=0.2)
    prices = (0.2, 0.3, *FIRST)
    for limit, held in ((None, {0, 1}), (0.2, {0}), (0.15, set())):
        assert powers(replace(pump, max_price=limit), prices, 600.0).keys() & {0, 1} == held


def test_what_runs_at_more_than_its_least_does_so() -> None:
    assert powers(replace(CAR, ran_s=290.0), FIRST, 300.0) == {0: 11.0}


def test_none_begins_for_less_than_its_least_time() -> None:
    assert powers(CAR, FIRST, 5.0) == {0: 11.0}
    assert powers(CAR, FIRST, 300.0) == {5: 11.0}
    assert powers(replace(CAR, energy_kwh=5.5), (0.1, *FIRST), 300.0) == {0: 11.0, 1: 11.0}
    assert powers(replace(CAR, energy_kwh=5.5, min_slots=2), (0.1, *FIRST), 300.0).keys() == {1, 2}


def test_a_load_that_needs_it_to_be_ready_starts_for_less() -> None:
    assert powers(replace(CAR, end=1), FIRST, 300.0) == {0: 11.0}
    narrow = Limit("main L1", {"car": 1.0}, (11.0, *(0.0,) * 7))
    assert powers(CAR, FIRST, 300.0, [narrow]) == {0: 11.0}


def test_optional_and_already_running_loads_keep_their_plan() -> None:
    assert powers(replace(CAR, at_once=True), FALLING, 300.0) == {0: 11.0}
    assert powers(replace(CAR, worth=0.25), FIRST, 300.0)[0] == 11.0


def test_at_equal_prices_a_running_load_continues() -> None:
    assert powers(CAR, (0.2,) * 8) == {7: 11.0}
    assert powers(replace(CAR, ran_s=900.0), (0.2,) * 8) == {0: 11.0}
    assert powers(replace(CAR, ran_s=900.0, energy_kwh=8.25), (0.2,) * 8) == dict.fromkeys((0, 1, 2), 11.0)
    hour = (0.2, 0.2, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2)
    assert powers(replace(CAR, ran_s=900.0, energy_kwh=8.25), hour) == dict.fromkeys((0, 1, 7), 11.0)
