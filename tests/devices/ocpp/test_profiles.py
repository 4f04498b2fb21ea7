"""A limit ends by itself, and what is left then is the safe current."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

import pytest

from fusebox.devices.ocpp.profiles import Connector, ProfileForm, limit_profile, safe_profile

from .hours import Hours

NOW_S, LEASE_S = 1_700_000_000.0, 120.0
CONNECTOR = Connector(1, 230.0, 6.0)
BY_THE_CLOCK = ProfileForm("A", "absolute", 3)


def told(form, current_a):
    profile = limit_profile(form, CONNECTOR, current_a, NOW_S, LEASE_S)
    return profile, profile["chargingSchedule"]


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


def test_by_the_clock_it_is_valid_until_its_lease_is_over():
    profile, schedule = told(BY_THE_CLOCK, 16.0)
    began_s = seconds(profile["validFrom"])
    assert began_s <= NOW_S
    assert seconds(profile["validTo"]) == NOW_S + LEASE_S == began_s + schedule["duration"]
    assert schedule["chargingSchedulePeriod"] == [{"startPeriod": 0, "limit": 16}]


def test_a_relative_one_has_a_duration():
    profile, schedule = told(ProfileForm("A", "relative", 3), 16.0)
    assert schedule["duration"] == LEASE_S
    assert "validTo" not in profile


@pytest.mark.parametrize("form", [ProfileForm("A", "relative", 3, is_alone=True), ProfileForm("A", "relative", 0)])
def test_with_no_safe_one_below_it_steps_down_by_itself(form):
    _, schedule = told(form, 16.0)
    assert schedule["chargingSchedulePeriod"] == [{"startPeriod": 0, "limit": 16}, {"startPeriod": 120, "limit": 6}]
    assert "duration" not in schedule


@pytest.mark.parametrize(("current_a", "limit"), [(5.9, 0), (0.0, 0), (6.0, 6), (9.96, 9.9)])
def test_it_is_nothing_or_six_amps_and_more_and_never_rounded_up(current_a, limit):
    assert told(BY_THE_CLOCK, current_a)[1]["chargingSchedulePeriod"][0]["limit"] == limit


def test_in_watts_it_is_that_of_all_phases():
    assert told(ProfileForm("W", "absolute", 3, phases=3), 10.0)[1]["chargingSchedulePeriod"][0]["limit"] == 6900


@pytest.mark.parametrize(
    ("current_a", "reported_v", "limit"),
    [
        (6.0, 236.0, 4248),
        (6.1, 236.0, 4248),
        (6.0, 236.1, 4250),
        (6.0, 225.0, 4140),
        (10.0, 236.0, 6900),
        (10.0, 212.0, 6360),
        (5.0, 236.0, 0),
    ],
)
def test_watts_count_the_lower_voltage_and_six_amps_the_higher(current_a, reported_v, limit):
    form, connector = ProfileForm("W", "absolute", 0, phases=3), replace(CONNECTOR, reported_v=reported_v)
    first, last = limit_profile(form, connector, current_a, NOW_S, LEASE_S)["chargingSchedule"][
        "chargingSchedulePeriod"
    ]
    assert (first["limit"], last["limit"]) == (limit, max(4140, math.ceil(18 * reported_v)))


def test_the_safe_one_has_no_end_and_lies_below():
    safe, limit = safe_profile(BY_THE_CLOCK, CONNECTOR), told(BY_THE_CLOCK, 16.0)[0]
    assert safe["stackLevel"] < limit["stackLevel"]
    assert safe["chargingProfileId"] != limit["chargingProfileId"]
    assert "duration" not in safe["chargingSchedule"]
    assert safe["chargingSchedule"]["chargingSchedulePeriod"] == [{"startPeriod": 0, "limit": 6}]


@pytest.mark.parametrize(("shown", "limit"), [("236", 1416), ("408", 1380), ("0", 1380), ("unknown", 1380)])
def test_only_a_voltage_that_a_phase_can_have_counts(shown, limit):
    hours = Hours(rate_unit="W")
    hours.reports(voltage=shown)
    hours.commands(6.0)
    assert hours.limits() == [limit]
