"""A plan as one line over MQTT: what is shown can be written again."""

from __future__ import annotations

import pytest

from fusebox.balancer.plan_services import plan_fields_from_text, plan_line
from fusebox.balancer.plans.show import plan_settings
from fusebox.config.plan_schema import plan_from_service
from fusebox.config.times import DEPARTURE
from fusebox.model.load_plan import LoadPlan
from fusebox.runtime.service_calls import ServiceError

SEVEN_S = 7 * 3600


@pytest.mark.parametrize(
    "line",
    [
        "20 kWh by 07:00",
        "7.5 kWh by 23:45 below 0.25",
        "80 % by 2026-11-24 06:30",
        "5 h by 20:00",
        "below 0.12",
        "below -0.02",
    ],
)
def test_what_is_shown_can_be_written_again(line):
    told = plan_fields_from_text(line)
    plan = LoadPlan(**plan_from_service(dict(told), is_car=" h " not in line))
    assert plan_line(plan) == line


@pytest.mark.parametrize("line", ["20kwh BY 07:00", " 20,0 kWh  by 07:00 "])
def test_case_blanks_and_a_comma_do_not_matter_in_a_plan_line(line):
    told = plan_fields_from_text(line)
    assert (float(told["energy_kwh"]), told["ready_by"]) == (20, "07:00")


@pytest.mark.parametrize("line", ["07:00", "20", "20 km by 07:00", "-5 kWh by 07:00", "below much", "x" * 5000])
def test_what_is_no_plan_is_refused_with_an_example(line):
    with pytest.raises(ServiceError, match="write it like '20 kWh by 07:00'") as refused:
        plan_fields_from_text(line)
    assert len(str(refused.value)) < 200


def test_a_price_limit_alone_may_be_written_with_a_comma():
    assert plan_fields_from_text("Below 0,12") == {"max_price": "0.12"}


def test_times_that_no_line_can_say_are_those_of_config():
    week = (SEVEN_S, SEVEN_S, SEVEN_S, SEVEN_S, SEVEN_S, None, None)
    assert plan_line(LoadPlan(week, energy_kwh=20.0)) == "20 kWh by CONFIG's times"
    assert plan_line(LoadPlan((SEVEN_S,) * 7, hours=2.5)) == "2.5 h by 07:00"
    assert plan_line(None) == ""


def test_a_plan_in_force_is_reported_by_the_names_of_config():
    week = (23_400,) * 7
    assert plan_settings(LoadPlan(week, soc_target_pct=80, max_price=0.3)) == {
        "ready_by": "06:30",
        "soc_target_pct": 80,
        "max_price": 0.3,
    }


@pytest.mark.parametrize(
    "ready_by",
    [
        "06:30",
        "2026-06-01T07:00",
        "2026-11-26 06:00",
        {"mon-fri": "07:00", "sat": "09:30"},
        {"mon": "07:00", "wed": "07:00", "fri-sun": "10:00"},
    ],
)
def test_a_departure_is_reported_as_the_service_takes_it(ready_by):
    tree = plan_from_service({"ready_by": ready_by, "energy_kwh": 20}, is_car=True)
    assert plan_settings(LoadPlan(**tree)) == {"ready_by": ready_by, "energy_kwh": 20}


def test_a_plan_without_a_departure_reports_none():
    assert plan_settings(LoadPlan(max_price=0.1)) == {"max_price": 0.1}


def test_a_date_without_a_time_is_refused_with_one_that_has_a_time():
    tree = plan_from_service({"ready_by": "2026-11-26", "energy_kwh": 20}, is_car=True)
    assert str(tree["ready_by"].text) == "'2026-11-26' is no time of day; write it like '2026-11-26 07:00'"
    assert DEPARTURE.read("2026-11-26") is None, "an entity without a time"
