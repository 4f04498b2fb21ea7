"""When a load has to be ready, and how much it still needs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fusebox.config.times import DEPARTURE
from fusebox.model.vehicle import Vehicle
from fusebox.planning.plan_progress import Charge
from fusebox.planning.times import from_wall_s, next_departure_s

from .samples import BERLIN, ahead_in

AHEAD = ahead_in(BERLIN)
CAR = Vehicle(capacity_kwh=50.0, efficiency=0.9)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


WEEK = {"mon-fri": "07:00", "sat": "09:30"}


@pytest.mark.parametrize(
    ("told", "now", "then"),
    [
        ("07:00", "2026-06-10T06:59", "2026-06-10T07:00"),
        ("07:00:00", "2026-06-10T07:00", "2026-06-11T07:00"),
        ("02:30", "2026-03-28T12:00", "2026-03-29T03:30"),  # in the hour that is left out, no hour early
        ("02:30", "2026-03-29T03:29", "2026-03-29T03:30"),
        ("02:30", "2026-03-29T03:30", "2026-03-30T02:30"),
        ("02:30", "2026-10-24T12:00", "2026-10-25T02:30"),  # of an hour that comes twice, the first
        ("02:30", "2026-10-25T02:30", "2026-10-26T02:30"),  # and that day not again
        ("07:00", "2026-10-24T20:00", "2026-10-25T07:00"),
        (WEEK, "2026-06-12T08:00", "2026-06-13T09:30"),
        (WEEK, "2026-06-13T10:00", "2026-06-15T07:00"),
        ({"sun": "10:00"}, "2026-06-14T10:00", "2026-06-21T10:00"),
        ({"sat-mon": "08:00"}, "2026-06-15T09:00", "2026-06-20T08:00"),
    ],
)
def test_the_next_departure_of_a_week_is_the_first_time_after_now(told: object, now: str, then: str) -> None:
    assert next_departure_s(DEPARTURE.check(told), at(now), AHEAD) == at(then)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Pacific/Auckland", "2026-04-05T02:30", "2026-04-04T13:30+00:00"),  # the first of an hour that comes twice
        ("Pacific/Chatham", "2026-04-05T02:30", "2026-04-04T12:45+00:00"),
        ("Pacific/Honolulu", "2026-04-05T02:30", "2026-04-05T12:30+00:00"),
    ],
)
def test_times_on_the_wall_clock_hold_far_from_utc(zone: str, wall: str, utc: str) -> None:
    wall_s = datetime.fromisoformat(f"{wall}+00:00").timestamp()
    assert from_wall_s(wall_s, ahead_in(ZoneInfo(zone))) == datetime.fromisoformat(utc).timestamp()


def test_a_week_without_times_has_no_departure() -> None:
    assert next_departure_s((None,) * 7, 0, AHEAD) is None
    assert next_departure_s(None, 0, AHEAD) is None


def test_a_date_is_a_departure_only_once() -> None:
    leave = DEPARTURE.read("2026-06-12 06:30:00")
    assert next_departure_s(leave, at("2026-06-10T12:00"), AHEAD) == at("2026-06-12T06:30")
    assert next_departure_s(leave, at("2026-06-12T06:30"), AHEAD) is None


def test_what_is_needed_up_to_a_target_with_its_loss() -> None:
    assert Charge(50.0).energy_to_target_kwh(CAR, 80.0) == pytest.approx(15 / 0.9)
    assert Charge(90.0).energy_to_target_kwh(CAR, 80.0) == 0
    assert Charge().energy_to_target_kwh(CAR, 80.0) is None


def test_a_silent_state_of_charge_is_continued_by_the_energy_given() -> None:
    charge = Charge(50.0)
    for soc_pct in (50.0, None, None, 50.0):
        charge = charge.after_report(soc_pct, 2.5)
    assert charge.estimated_soc_pct(CAR) == pytest.approx(50 + 100 * 10 * 0.9 / 50)
    assert charge.energy_to_target_kwh(CAR, 80.0) == pytest.approx((15 - 9) / 0.9)
    assert charge.after_report(72.0, 1.0) == Charge(72.0)
    assert replace_given(charge, 99).estimated_soc_pct(CAR) == 100


def test_a_charge_of_0_after_a_higher_one_is_no_report() -> None:
    charge = Charge(60.0, 5.0, "ioniq")
    assert charge.after_report(0.0, 1.0, "ioniq") == Charge(60.0, 6.0, "ioniq")
    assert charge.after_report(55.0, 1.0, "ioniq") == Charge(55.0, 0.0, "ioniq")
    assert charge.after_report(0.0, 1.0, "leaf") == Charge(0.0, 0.0, "leaf")
    assert Charge().after_report(0.0, 1.0) == Charge(0.0)
    assert Charge(0.0).after_report(0.0, 1.0) == Charge(0.0, 1.0)


def replace_given(charge: Charge, given_kwh: float) -> Charge:
    return Charge(charge.soc_pct, given_kwh)


def test_a_state_of_charge_of_another_car_counts_for_nothing() -> None:
    charge = Charge(80.0, 5.0, "ioniq")
    assert charge.after_report(None, 1.0, "leaf") == Charge(None, 0.0, "leaf")
    assert charge.after_report(80.0, 1.0, "leaf") == Charge(80.0, 0.0, "leaf")
    assert charge.after_report(None, 1.0, "ioniq") == Charge(80.0, 6.0, "ioniq")
