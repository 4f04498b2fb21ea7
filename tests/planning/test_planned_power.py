"""What a load is to take now by its plan, and that neither its time nor the month's peak is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fusebox.planning.need import Limit, Need, PeakTariff, PlanProblem, SlotForecast
from fusebox.planning.planner import Outcome
from fusebox.planning.prices import NO_PRICES
from fusebox.planning.replan import PlanRecord, even_power_kw, least_power_now_kw, powers_now_kw

SLOTS = 8
CAR = Need("car", 11.0, 11.0, SLOTS, min_kw=4.1)
OTHER = replace(CAR, name="other")
NOTHING = (0.0,) * SLOTS


def problem(*needs: Need, peak: PeakTariff | None = None, limits: tuple[Limit, ...] = ()) -> PlanProblem:
    return PlanProblem(needs, limits, SlotForecast((0.2,) * SLOTS, (True,) * SLOTS, NOTHING, NOTHING), peak)


def wanted(
    found: PlanProblem, now_s: float = 0.0, house_kw: float = 1.0, **powers: Sequence[float]
) -> dict[str, float]:
    padded = {name: (*kw, *NOTHING)[:SLOTS] for name, kw in powers.items()}
    needs = {need.name: need for need in found.needs}
    made = PlanRecord(0.0, needs, NO_PRICES, Outcome(padded, 8.0 if found.peak else 0.0, {}))
    if found.peak is not None:
        found = replace(found, peak=replace(found.peak, house_kw=(house_kw, *found.peak.house_kw[1:])))
    return dict(powers_now_kw(made, found, 0.0, now_s))


def test_a_load_runs_at_the_power_of_its_plan() -> None:
    assert wanted(problem(CAR, OTHER), car=[0.0, 11.0], other=[5.5]) == {"other": 5.5}
    assert wanted(problem(CAR), car=[6.0]) == {"car": 6.0}


def test_what_is_needed_at_once_takes_all_it_can() -> None:
    assert wanted(problem(replace(CAR, at_once=True)), car=[6.0]) == {"car": 11.0}


def test_a_load_without_time_left_runs_whatever_is_planned() -> None:
    assert least_power_now_kw(replace(CAR, end=4), (), 0.0, 0.0) == 11.0
    assert least_power_now_kw(replace(CAR, end=5), (), 0.0, 0.0) == 0.0
    assert least_power_now_kw(replace(CAR, energy_kwh=0.0, end=1), (), 0.0, 0.0) == 0.0
    assert least_power_now_kw(replace(CAR, end=4, first=1), (), 0.0, 0.0) == 0.0
    assert wanted(problem(replace(CAR, end=4)), car=[]) == {"car": 11.0}


def test_a_load_that_lacks_something_anyway_leaves_the_others_what_they_are_planned() -> None:
    late = replace(CAR, end=2, min_kw=1.4)
    wire = Limit("main L1", {"car": 1.0, "other": 1.0}, (9.0,) * SLOTS)
    given = problem(late, OTHER, limits=(wire,))
    for missing, car_kw in (({}, 11.0), ({"car": 3.0}, 4.0)):
        outcome = Outcome({"car": (2.0, *NOTHING[1:]), "other": (5.0, *NOTHING[1:])}, 0.0, missing)
        made = PlanRecord(0.0, {}, NO_PRICES, outcome)
        assert powers_now_kw(made, given, 0.0, 0.0) == {"car": car_kw, "other": 5.0}


def test_late_loads_alone_run_evenly_whatever_the_house_uses() -> None:
    """The house load includes radiators, which make way for them by priority."""
    late = replace(CAR, energy_kwh=4.0, min_kw=1.4)
    two = replace(late, name="two", energy_kwh=2.0)
    powers = {"car": (1.4, *NOTHING[1:]), "two": (1.4, *NOTHING[1:]), "other": (4.1, *NOTHING[1:])}
    made = PlanRecord(0.0, {}, NO_PRICES, Outcome(powers, 5.0, {"car": 3.6, "two": 1.6}))
    for needs, car_kw in (((late, two), 2.0), ((late, two, OTHER), 1.4)):
        given = problem(*needs, peak=PeakTariff(5.0, 1.5, (4.8,) * SLOTS))
        found = powers_now_kw(made, given, 0.0, 0.0)
        assert (found["car"], found["two"]) == (pytest.approx(car_kw), pytest.approx(1.4))
    assert even_power_kw(replace(late, end=4, cut_s=360.0), 0.0, 240.0) == pytest.approx(4.0 / (50 / 60))
    assert even_power_kw(replace(late, first=1), 0.0, 0.0) == 0.0


def test_what_finds_no_room_later_is_taken_in_the_rest_of_the_quarter_hour() -> None:
    small = replace(CAR, energy_kwh=11.0 / 4 + 1.5, end=2)
    assert least_power_now_kw(small, (), 0.0, 0.0) == pytest.approx(6.0)
    assert least_power_now_kw(small, (), 0.0, 450.0) == pytest.approx(11.0)
    assert least_power_now_kw(replace(small, energy_kwh=11.0 / 4 + 0.1), (), 0.0, 0.0) == 4.1
    narrow = Limit("main L1", {"car": 1 / 3}, (5.0, 1.0))
    assert (
        least_power_now_kw(replace(small, energy_kwh=2.0), (narrow,), 0.0, 0.0) == 8.0
    )  # below its least there is no room


def test_in_its_last_quarter_hour_it_does_not_run_lower_until_its_very_time() -> None:
    last = replace(CAR, energy_kwh=1.0, end=1, cut_s=300.0)
    assert least_power_now_kw(last, (), 0.0, 0.0) == pytest.approx(1.0 / (10 / 60))
    assert least_power_now_kw(replace(last, energy_kwh=0.8), (), 0.0, 300.0) == pytest.approx(0.8 / (5 / 60))
    assert least_power_now_kw(replace(last, energy_kwh=0.2), (), 0.0, 660.0) == 11.0


def test_the_house_is_taken_off_where_the_peak_that_was_planned_would_be_raised() -> None:
    peak = PeakTariff(5.0, 1.5, (1.0,) * SLOTS)
    assert wanted(problem(CAR, peak=peak), car=[7.0]) == {"car": 7.0}
    assert wanted(problem(CAR, peak=peak), house_kw=2.5, car=[7.0]) == {"car": 5.5}
    assert wanted(problem(CAR, peak=peak), house_kw=9.0, car=[7.0]) == {"car": 4.1}
    assert wanted(problem(CAR), house_kw=9.0, car=[7.0]) == {"car": 7.0}
    by_night = replace(peak, import_per_kw=(2.0,) * SLOTS)
    assert wanted(problem(CAR, peak=by_night), house_kw=10.0, car=[8.0]) == {"car": 6.0}
    battery = Need("home battery 1", 2.0, 3.0, SLOTS, worth=0.3)
    both = wanted(problem(CAR, battery, peak=peak), house_kw=3.0, **{"car": [5.0], "home battery 1": [2.0]})
    assert sum(both.values()) == pytest.approx(5.0)


def test_whose_time_ends_raises_the_peak() -> None:
    peak = PeakTariff(5.0, 1.5, (1.0,) * SLOTS)
    assert wanted(problem(replace(CAR, end=4), peak=peak), house_kw=2.5, car=[7.0]) == {"car": 11.0}


def test_a_late_load_stays_below_the_peak_as_long_as_that_makes_it_ready() -> None:
    peak = PeakTariff(5.0, 1.5, (1.0,) * SLOTS)
    late = replace(CAR, energy_kwh=2.0, end=2, min_kw=2.0)
    assert wanted(problem(late, peak=peak), car=[2.0, 6.0]) == {"car": 2.0}
    assert wanted(problem(late, OTHER, peak=peak), car=[0.0, 4.0], other=[0.0, 4.0]) == {"car": 5.0}


def test_a_battery_is_charged_as_planned_while_any_of_its_needs_is_left() -> None:
    parts = [Need(f"home battery {number}", 0.5, 3.0, SLOTS, worth=0.3) for number in (1, 2)]
    outcome = Outcome({"home battery 1": NOTHING, "home battery 2": (0.4, *NOTHING[1:])}, 0.0, {})
    made = PlanRecord(0.0, {part.name: part for part in parts}, NO_PRICES, outcome)
    for left in (parts, parts[:1]):
        assert powers_now_kw(made, problem(CAR, *left), 0.0, 0.0) == {"home battery 2": 0.4}
    assert powers_now_kw(made, problem(CAR), 0.0, 0.0) == {}
