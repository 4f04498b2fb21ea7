"""Where each fact that plans are accepted by is tested: its number, what it says, and the tests that would miss it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
READER, TABLE = "planning/test_price_reader.py", "planning/test_price_table.py"
FORECASTS, PLANNER = "planning/test_forecasts.py", "planning/test_planner.py"
REPLAN, NEEDS, POWER = "planning/test_replan.py", "planning/test_needs.py", "balancer/test_learnt_powers.py"
SCRIPTS, HOUSE = "scripts/test_plans.py", "scripts/test_plan_facts.py"
TOLD, NIGHTS, FOLLOW = "scripts/test_plan_slots.py", "benchmarks/test_plans.py", "planning/test_planned_power.py"

FACTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "1 every source gives the same list, whatever is odd about it": (
        (READER, "every_source_is_read_the_same"),
        (READER, "a_list_may_be_in_any_order_doubled_and_full_of_nothing"),
    ),
    "2 days of 92 and 100 quarters": (
        (READER, "days_of_23_and_25_hours_have_no_gap"),
        (TABLE, "the_night_of_a_day_that_is_an_hour_off"),
        (HOUSE, "fact_2_a_night_in_which_clocks_change_is_charged_in_its_cheapest_quarters"),
    ),
    "3 hours and quarters, and a change at midnight": (
        (READER, "hours_until_midnight_and_quarters_from_then_on"),
        (TOLD, "fact_3_hours_until_midnight_and_quarters_later_are_planned_in_quarters"),
        (TOLD, "fact_3_any_resolution_of_the_same_prices_makes_the_same_plan"),
    ),
    "4 units give the same plan, and are told": (
        (READER, "a_known_unit_gives_the_price_of_a_kilowatt_hour"),
        (READER, "a_source_without_a_unit"),
        (TOLD, "fact_4_units_of_one_price_make_the_same_plan_within_the_same_limit"),
    ),
    "5 tomorrow is not known yet: nothing is late, and prices that come are planned": (
        (FORECASTS, "prices_that_are_not_known_are_those_of_a_day_before"),
        (REPLAN, "a_night_in_which_everything_changes_still_ends_in_time"),
        (REPLAN, "a_plan_holds_for_its_quarter_hour"),
        (TOLD, "fact_5_when_tomorrow_comes_the_rest_is_planned_again_at_once"),
        (TOLD, "fact_5_without_tomorrow_the_latest_start_is_kept"),
        (FOLLOW, "a_load_without_time_left_runs_whatever_is_planned"),
        (REPLAN, "fact_5_learning_tomorrows_prices_in_the_afternoon_costs_little"),
    ),
    "6 no source, a stale one, or equal prices: by `finish`, and why is told": (
        (SCRIPTS, "without_prices_it_runs_as_late_or_as_early_as_it_can"),
        (SCRIPTS, "prices_that_have_ended_are_reported"),
        (SCRIPTS, "all_equal_prices_are_reported"),
    ),
    "7 departures are kept where they could be": (
        (PLANNER, "loads_with_a_minimum_power_are_ready_in_time_near_the_lowest_cost"),
        (NIGHTS, "fact_7_departures_are_met_where_perfect_foresight_could_meet_them"),
        (NIGHTS, "fact_7_otherwise_nearly_all_of_the_possible_energy_is_there"),
    ),
    "8 what a fuse took is planned anew": (
        (REPLAN, "a_plan_holds_for_its_quarter_hour"),
        (HOUSE, "fact_8_a_block_grows_by_what_a_fuse_took_from_it"),
    ),
    "9 two cars on one circuit": (
        (PLANNER, "two_cars_on_one_circuit_share_the_cheap_hours"),
        (SCRIPTS, "two_cars_side_by_side_keep_to_their_plans"),
    ),
    "10 what a car takes is learnt": (
        (POWER, "a_slow_car_is_planned_with_its_power_in_ten_minutes_and_noise_is_ignored"),
    ),
    "11 few starts, no short block": (
        (PLANNER, "a_load_with_a_least_run_costs_the_least"),
        (PLANNER, "whatever_is_wanted_a_plan_keeps_to_it"),
        (TOLD, "fact_11_no_block_is_short_and_starts_are_as_many_as_blocks"),
        ("planning/test_compose.py", "a_running_load_brings_the_time_it_has_run"),
        ("planning/test_continuity.py", "a_run_that_has_begun_continues_for_its_least_time_and_its_quarter_hour"),
        ("scripts/test_plan_runs.py", "fact_11_with_a_battery_and_a_billed_peak_runs_are_long_and_starts_are_few"),
    ),
    "12 a peak is not raised to save less than it costs": (
        (PLANNER, "a_peak_is_not_raised_to_save_less_than_it_costs"),
        (PLANNER, "energy_and_peak_together_cost_nearly_the_least"),
        (REPLAN, "a_peak_is_raised_for_loads_that_cannot_run_below_their_least"),
    ),
    "13 energy counts over restarts, and a state of charge that is silent goes on": (
        (SCRIPTS, "a_restart_in_a_block_continues_with_it"),
        (HOUSE, "a_process_that_is_killed_in_a_block_continues_with_it"),
        (NEEDS, "a_silent_state_of_charge_is_continued_by_the_energy_given"),
    ),
    "14 a plan is a wish": (
        (SCRIPTS, "outside_its_blocks_a_load_does_what_its_mode_says"),
        (HOUSE, "fact_14_whatever_is_planned_nothing_goes_above_a_fuse"),
    ),
    "15 a reason names price, rank, need and latest start, small enough for a database": (
        (SCRIPTS, "a_car_charges_in_its_cheap_hour_and_its_cost_is_reported"),
        (SCRIPTS, "prices_are_shown"),
        (TOLD, "fact_15_every_block_has_its_price_and_all_blocks_fit_into_a_database_row"),
    ),
}
"""Fact -> file and beginning of a test's name."""


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_its_tests(fact: str) -> None:
    for file, name in FACTS[fact]:
        text = (TESTS / file).read_text(encoding="utf-8")
        assert re.search(rf"^def test_{name}", text, re.MULTILINE), f"{file}: test_{name}"
