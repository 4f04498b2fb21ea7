"""What becomes of a plan at its time, look by look."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fusebox.config.times import DEPARTURE
from fusebox.model.load_plan import LoadPlan, ReadyBy
from fusebox.model.vehicle import Vehicle
from fusebox.planning.plan_progress import PlanFacts, PlanProgress, PlanReadings
from fusebox.planning.plan_standing import update_progress
from fusebox.runtime.json_values import Reader, to_json_values

from .samples import BERLIN, ahead_in

AHEAD = ahead_in(BERLIN)
NOON_S = 1_781_863_200.0
"""A noon in Berlin."""
BY_ONE = DEPARTURE.check("13:00")
CAR = PlanFacts(LoadPlan(BY_ONE, energy_kwh=4.0), Vehicle(), begins_anew=False, kw=4.0)
PUMP = CAR._replace(plan=LoadPlan(BY_ONE, hours=2.0), begins_anew=True)
BY_SOC = PlanFacts(LoadPlan(BY_ONE, soc_target_pct=80.0), Vehicle("sensor.soc", 50.0, 1.0), begins_anew=False, kw=4.0)


def restarted(past: PlanProgress) -> PlanProgress:
    """What is left of it after a restart."""
    return Reader().read(PlanProgress, json.loads(json.dumps(to_json_values(past))))


def lived(facts: PlanFacts, *seen: tuple[float, float, float | None], past: PlanProgress | None = None):
    """After looks of (hours since noon, counter, state of charge)."""
    standing, past = None, past or PlanProgress()
    for hours, kwh, soc_pct in seen:
        look = PlanReadings(NOON_S + 3600 * hours, True, True, kwh, soc_pct=soc_pct, price=0.5)
        past, standing = update_progress(past, facts, look, AHEAD)
    return past, standing


def test_a_car_that_was_not_ready_has_the_rest_at_once() -> None:
    past, standing = lived(CAR, (0, 0.0, None), (1.1, 3.0, None))
    assert (past.overdue, standing.need_kwh) == (True, 1.0)


def test_energy_counts_from_plugging_in_and_never_falls_below_nothing() -> None:
    assert lived(CAR, (0, 12.5, None), (0.2, 14.0, None))[1].need_kwh == 2.5
    assert lived(CAR, (0, 12.5, None), (0.2, 17.5, None))[1].need_kwh == 0.0


def test_hours_are_compared_in_time() -> None:
    """However little is taken in them, also where they become more when they were over."""
    small = PUMP._replace(kw=0.05)
    past, standing = lived(small, *((at / 360 - 3, 0.0, None) for at in range(720)))
    assert (past.done, standing.need_kwh) == (True, 0.0)
    past, standing = lived(small, *((at / 360 - 3, 0.0, None) for at in range(718)))
    assert (past.done, standing.need_kwh) == (False, pytest.approx(0.05 * 30 / 3600))
    longer = small._replace(plan=LoadPlan(BY_ONE, hours=2.25))
    past, _ = lived(small, *((at / 360 - 3, 0.0, None) for at in range(720)))
    past, standing = lived(longer, (-0.9, 0.0, None), past=past)
    assert (past.done, standing.need_kwh) == (False, pytest.approx(0.0125, abs=0.0005))


def test_a_switched_load_starts_again_at_its_time_without_catching_up() -> None:
    """Its appliance may need less: a tank that is hot, a machine that has ended."""
    past, standing = lived(PUMP, (0, 0.0, None), (1.1, 3.0, None))
    assert (past.overdue, standing.need_kwh, standing.due_s) == (False, 8.0, NOON_S + 25 * 3600)


@pytest.mark.parametrize("done", [True, False])
def test_a_plan_of_a_service_that_was_kept_is_no_reason_to_charge_at_its_time(done: bool) -> None:
    only = CAR._replace(plan=None)
    kwh = 4.0 if done else 3.0
    past, standing = lived(only, (0, 0.0, None), (0.9, kwh, None), (1.1, kwh, None), past=PlanProgress(own=CAR.plan))
    assert (past.done, past.overdue, standing.need_kwh) == (done, not done, 4.0 - kwh)
    assert standing.due_s == NOON_S + 3600


def test_after_it_the_plan_of_config_counts_again() -> None:
    past, standing = lived(
        CAR, (0, 0.0, None), (0.9, 1.0, None), (1.1, 1.0, None), past=PlanProgress(LoadPlan(BY_ONE, 1.0))
    )
    assert (past.own, standing.plan, standing.due_s) == (None, CAR.plan, NOON_S + 25 * 3600)


def test_a_plan_of_a_service_that_is_over_leaves_the_skip_below_it() -> None:
    own = LoadPlan(BY_ONE, energy_kwh=5.0)
    skipped = PlanProgress(skipped=True).with_service_plan(own, NOON_S)
    assert not skipped.skipped
    assert restarted(skipped).without_service_plan(NOON_S).skipped
    assert skipped.with_service_plan(own, NOON_S).without_service_plan(NOON_S).skipped
    assert not skipped.resume_skipped().without_service_plan(NOON_S).skipped
    past, _ = lived(PUMP, (0, 0.0, None), (1.1, 0.0, None), past=skipped)
    assert (past.own, past.skipped) == (None, True)


def test_energy_after_a_completed_plan_does_not_count_for_it() -> None:
    past, _ = lived(CAR, (0, 0.0, None), (0.2, 4.0, None), (0.4, 6.0, None))
    assert (past.had.given_kwh, past.had.paid, past.given_kwh) == (4.0, 2.0, 6.0)
    past, _ = lived(CAR._replace(plan=LoadPlan(BY_ONE, energy_kwh=8.0)), (0.5, 6.0, None), past=past)
    assert (past.had, past.done) == (None, False)
    past, _ = lived(CAR._replace(plan=LoadPlan(BY_ONE, energy_kwh=0.0)), (0, 0.0, None), (0.2, 1.0, None))
    assert past.had.given_kwh == 0.0


def test_what_was_taken_since_plugging_in_counts_when_a_plan_of_a_service_is_cleared() -> None:
    past, _ = lived(CAR, (0, 0.0, None), (0.2, 1.0, None))
    past, standing = lived(
        CAR, (0.4, 3.0, None), past=past.with_service_plan(LoadPlan(BY_ONE, energy_kwh=5.0), NOON_S + 720)
    )
    assert (standing.need_kwh, past.paid) == (3.0, 1.0)
    kept = restarted(past)
    assert kept == past
    past, standing = lived(CAR, (0.5, 3.5, None), past=kept.without_service_plan(NOON_S + 1600))
    assert (standing.plan, standing.need_kwh, past.paid) == (CAR.plan, 0.5, 1.75)


def test_what_a_pump_has_run_counts_after_the_time_of_a_plan_of_a_service() -> None:
    later = PUMP._replace(plan=LoadPlan(DEPARTURE.check("15:00"), hours=2.0))
    past, _ = lived(later, *((minute / 60, 0.0, None) for minute in range(60)))
    past = past.with_service_plan(LoadPlan(BY_ONE, hours=0.5), NOON_S + 59 * 60)
    past, standing = lived(later, (1.01, 0.0, None), past=past)
    assert (past.own, standing.need_kwh) == (None, pytest.approx(4.0, abs=0.2))


def test_a_user_who_requests_a_little_more_gets_it() -> None:
    past, standing = lived(CAR, (0, 0.0, None), (0.5, 4.0, None))
    assert (past.done, standing.need_kwh) == (True, 0.0)
    more = CAR._replace(plan=LoadPlan(BY_ONE, energy_kwh=4.3))
    past, standing = lived(more, (0.6, 4.0, None), past=replace(past, at_once=2.0, evenly=1.0))
    assert (past.done, past.at_once, standing.need_kwh) == (False, None, pytest.approx(0.3))


def test_the_cost_of_a_completed_plan_is_reported_until_more_is_needed() -> None:
    past, _ = lived(BY_SOC, (0, 0.0, 60.0), (0.5, 5.0, 70.0), (0.9, 10.0, 80.0), (1.1, 10.0, 80.0))
    assert (past.done, past.given_kwh, past.paid) == (True, 10.0, 5.0)
    past, standing = lived(BY_SOC, (2, 10.0, 70.0), past=past)
    assert (past.done, past.given_kwh, past.paid, standing.need_kwh) == (False, 0.0, 0.0, 5.0)


def test_a_plan_of_a_service_that_was_done_in_time_charges_nothing_after_it() -> None:
    """Its car is heated in the morning and loses some: what somebody wanted, it had."""
    only = BY_SOC._replace(plan=None)
    looks = ((0, 0.0, 60.0), (0.5, 10.0, 80.0), (1.1, 10.0, 80.0))
    past, standing = lived(only, *looks, (2, 10.0, 70.0), past=PlanProgress(own=BY_SOC.plan))
    assert (past.done, past.overdue, standing.need_kwh) == (True, False, 0.0)


def test_a_state_of_charge_that_drops_before_its_time_is_planned_again() -> None:
    only = BY_SOC._replace(plan=None)
    past, standing = lived(
        only, (0, 0.0, 60.0), (0.5, 10.0, 80.0), (0.6, 10.0, 70.0), past=PlanProgress(own=BY_SOC.plan)
    )
    assert (past.done, past.overdue, standing.need_kwh) == (False, False, 5.0)


def test_a_plan_of_a_service_that_is_done_at_its_very_time_is_kept_too() -> None:
    only = CAR._replace(plan=None)
    past, standing = lived(only, (0, 0.0, None), (0.99, 3.9, None), (1.0, 4.0, None), past=PlanProgress(own=CAR.plan))
    assert (past.own, past.done, standing.need_kwh) == (CAR.plan, True, 0.0)


PLUGGED = ((-3, 0.0, None), (-1, 0.0, None))


def test_a_plan_that_is_written_while_a_car_stands_there_has_missed_nothing() -> None:
    past, _ = lived(CAR._replace(plan=None), (-26, 0.0, None), (-1, 0.0, None))
    past, standing = lived(CAR, (0, 0.0, None), past=past)
    assert (past.overdue, standing.due_s) == (False, NOON_S + 3600)


@pytest.mark.parametrize(("by", "due_h"), [("11:00", 23), ("14:00", 2)])
@pytest.mark.parametrize("before", ["12:30", "11:30"], ids=["to come", "missed"])
def test_a_time_that_is_moved_counts_from_then_on(before: str, by: str, due_h: int) -> None:
    moved = CAR._replace(plan=LoadPlan(DEPARTURE.check(by), energy_kwh=4.0))
    past, _ = lived(CAR._replace(plan=LoadPlan(DEPARTURE.check(before), energy_kwh=4.0)), *PLUGGED, (-0.1, 0.0, None))
    assert past.overdue is (before == "11:30")
    past, standing = lived(moved, (0, 0.0, None), past=restarted(past))
    assert (past.overdue, standing.due_s) == (False, NOON_S + due_h * 3600)


def test_an_unknown_amount_is_not_done_and_waits_for_nothing() -> None:
    past, standing = lived(CAR._replace(plan=LoadPlan(BY_ONE)), *PLUGGED)
    assert (past.done, standing.due_s, standing.can_take_more) == (False, None, True)
    past, standing = lived(CAR, (1.5, 0.0, None), past=past)
    assert (past.overdue, standing.need_kwh) == (True, 4.0)


def test_an_entity_without_a_time_for_a_moment_has_not_moved_it() -> None:
    """Nor has a restart."""
    past, _ = lived(CAR, (0, 0.0, None), (1.1, 3.0, None))
    past, _ = lived(CAR._replace(plan=LoadPlan(None, energy_kwh=4.0)), (1.2, 3.0, None), past=past)
    kept = restarted(past)
    past, standing = lived(CAR, (1.3, 3.0, None), past=kept)
    assert (past.overdue, standing.need_kwh) == (True, 1.0)


@pytest.mark.parametrize("ready_by", [BY_ONE, "2026-06-19T13:00"], ids=["time", "date"])
@pytest.mark.parametrize("kwh", [0.0, 3.0])
def test_a_plan_of_a_service_is_over_at_its_time_where_no_car_came(ready_by: ReadyBy, kwh: float) -> None:
    own = LoadPlan(ready_by, kwh)
    past = PlanProgress(own=own, from_s=NOON_S, ready_by=ready_by)
    for hours in (0.0, 0.9):
        past, _ = update_progress(past, CAR, PlanReadings(NOON_S + 3600 * hours, False, False, 0.0), AHEAD)
    assert (past.own, past.from_s) == (own, NOON_S)
    assert lived(CAR, (0.95, 0.0, None), past=past)[1].due_s == NOON_S + 3600
    past, _ = update_progress(past, CAR, PlanReadings(NOON_S + 3600, False, False, 0.0), AHEAD)
    assert past.own is None
    past, standing = lived(CAR, (2, 0.0, None), past=past)
    assert (past.overdue, standing.need_kwh, standing.due_s) == (False, 4.0, NOON_S + 25 * 3600)


@pytest.mark.parametrize("facts", [CAR, PUMP, BY_SOC], ids=("car", "pump", "state of charge"))
@pytest.mark.parametrize("here", [True, False])
def test_a_plan_not_evaluated_for_more_than_a_day_starts_again(facts: PlanFacts, here: bool) -> None:
    """A plan that a service has set before Fusebox was removed does not run when it is installed again."""
    own = LoadPlan("2026-06-25 07:00", energy_kwh=30.0)
    old, _ = update_progress(
        PlanProgress().with_service_plan(own, NOON_S), facts, PlanReadings(NOON_S, here, True, 2.0), AHEAD
    )
    after = lambda hours: update_progress(old, facts, PlanReadings(NOON_S + 3600 * hours, here, True, 9.0), AHEAD)  # noqa: E731
    assert after(23)[0].own == own
    assert (
        after(25)[0]
        == update_progress(PlanProgress(), facts, PlanReadings(NOON_S + 3600 * 25, here, True, 9.0), AHEAD)[0]
    )


@pytest.mark.parametrize(
    ("vehicle", "session_s", "later_s", "stays"),
    [
        ("leaf", 1.0, 10, True),  # the same stay
        ("leaf", 2.0, 10, True),  # its charger has restarted
        ("leaf", 1.0, 3600, True),  # Fusebox was away
        ("ioniq", 1.0, 10, True),  # corrected
        ("ioniq", 2.0, 10, False),
        ("guest", 2.0, 10, False),
        ("ioniq", 1.0, 3600, False),  # another car came while Fusebox was away
        (None, 2.0, 10, True),  # not recognised yet
    ],
)
def test_a_plan_of_a_service_ends_once_another_car_is_recognised(vehicle, session_s, later_s, stays) -> None:
    def facts(name: str | None) -> PlanFacts:
        return CAR._replace(vehicle=Vehicle(name=name))

    own, look = LoadPlan(BY_ONE, energy_kwh=9.0), PlanReadings(NOON_S, True, True, 2.0, session_s=1.0)
    past, _ = update_progress(PlanProgress().with_service_plan(own, NOON_S), facts("leaf"), look, AHEAD)
    look = look._replace(now_s=NOON_S + later_s, session_s=session_s, counter_kwh=3.0)
    past, _ = update_progress(restarted(past), facts(vehicle), look, AHEAD)
    assert (past.own, past.given_kwh) == ((own, 1.0) if stays else (None, 0.0))
    if vehicle is None:
        past, _ = update_progress(past, facts("ioniq"), look._replace(now_s=NOON_S + 20), AHEAD)
        assert past.own is None


BELOW = CAR._replace(plan=LoadPlan(max_price=0.12))


def test_a_plan_without_an_end_is_never_late_and_is_done_when_its_car_is_full() -> None:
    past, standing = lived(BELOW, (0, 0.0, None), (20, 40.0, None))
    assert (past.overdue, past.done, standing.due_s, standing.can_take_more) == (False, False, None, True)
    full = PlanReadings(NOON_S + 21 * 3600, True, True, 40.0, is_full=True)
    past, standing = update_progress(past, BELOW, full, AHEAD)
    assert (past.done, standing.can_take_more, past.had.given_kwh) == (True, False, 40.0)
    past, standing = lived(BELOW, (22, 40.0, None), past=past)
    assert (past.done, standing.can_take_more) == (False, True)


def test_a_plan_of_a_service_without_an_end_is_over_when_its_car_leaves() -> None:
    past = PlanProgress().with_service_plan(LoadPlan(max_price=0.12), NOON_S)
    away = PlanReadings(NOON_S + 3600, False, False, 0.0)
    past, _ = update_progress(past, CAR, away, AHEAD)
    assert past.own == BELOW.plan
    past, standing = lived(CAR, (2, 0.0, None), past=past)
    assert standing.plan == BELOW.plan
    assert update_progress(past, CAR, away._replace(now_s=NOON_S + 3 * 3600), AHEAD)[0].own is None


def test_a_price_limit_that_is_moved_keeps_what_the_plan_has_had() -> None:
    past, _ = lived(CAR, (0, 0.0, None), (0.2, 3.0, None))
    past = past.with_max_price(CAR.plan, 0.2, NOON_S + 800)
    past, standing = lived(CAR, (0.3, 3.5, None), past=past)
    assert (standing.plan, standing.need_kwh) == (replace(CAR.plan, max_price=0.2), 0.5)
    past = past.with_max_price(CAR.plan, 0.3, NOON_S + 1200).without_service_plan(NOON_S + 1300)
    assert lived(CAR, (0.4, 3.5, None), past=past)[1].need_kwh == 0.5
    assert PlanProgress().with_max_price(None, 0.2, NOON_S).own == LoadPlan(max_price=0.2)


def test_a_least_state_of_charge_is_needed_whatever_the_price() -> None:
    least = BY_SOC._replace(plan=LoadPlan(max_price=0.12, min_soc_pct=30.0))
    assert lived(least, (0, 0.0, 20.0))[1].now_kwh == 5.0
    assert lived(least, (0, 0.0, 40.0))[1].now_kwh == 0.0
