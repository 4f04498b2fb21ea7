"""What is done about a charge point that does not follow, and about a car that sleeps: each condition of it counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from fusebox import tuning
from fusebox.control.control import step
from fusebox.devices.driver import Aim
from fusebox.devices.ocpp.memory import ComplianceMemory, Deviation, Evidence, OcppMemory, RecoveryMemory
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.recovery import may_clear_profiles, may_press_reset, should_reset_stuck_charger
from fusebox.devices.ocpp.states import Compliance
from fusebox.devices.ocpp.step import Step
from fusebox.model.durations import NEVER_S
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState, Status

from ...control.houses import seen, site
from .hours import Hours

NOW_S = 10_000.0
LONG_AGO_S = NOW_S - tuning.RETRY_LONGEST_S


def stuck(**other: object) -> bool:
    """Whether a charger that waits for its cable since we ended its session is to be reset, except for one
    condition."""
    facts = {"status": Status.FULL, "mode": Mode.STANDARD, "over_fuse": False, "stopped_s": LONG_AGO_S}
    facts |= {"follows": True} | other
    hours = Hours()
    load = replace(hours.load, mode=facts["mode"])
    aim = Aim(16.0, over_fuse=bool(facts["over_fuse"]))
    found = Step(
        load, hours.home.view(NOW_S), LoadState(status=facts["status"]), 230.0, ProfileForm("A", "absolute", 3), aim=aim
    )
    recovery = RecoveryMemory(stopped_s=float(str(facts["stopped_s"])))
    compliance = ComplianceMemory(evidence=Evidence(has_followed=True, follows_two=bool(facts["follows"])))
    recovery = replace(recovery, **facts.get("recovery", {}))  # type: ignore[arg-type]
    return should_reset_stuck_charger(found, OcppMemory(recovery=recovery, compliance=compliance))


@pytest.mark.parametrize(
    "but",
    [
        {"over_fuse": True},
        {"mode": Mode.OFF},
        {"status": Status.FAULT},
        {"stopped_s": float("-inf")},
        {"stopped_s": LONG_AGO_S + 1},
        {"recovery": {"pressed_s": LONG_AGO_S + 1}},
        {"recovery": {"presses": tuning.NO_CHANCE_TIMES}},
        {"follows": False},
    ],
    ids=[
        "its fuse is over its rating",
        "off",
        "a fault",
        "not by us",
        "a moment ago",
        "just reset",
        "reset twice",
        "it ignores every limit",
    ],
)
def test_a_charger_that_waits_for_its_cable_is_reset_unless_one_fact_forbids_it(but: dict[str, object]) -> None:
    assert stuck() and not stuck(**but)


@pytest.mark.parametrize("state, at_safe", list(product(Compliance, [False, True])))
@pytest.mark.parametrize("deviation", Deviation)
def test_profiles_are_cleared_for_too_much_and_never_for_a_users_wish(
    state: Compliance, at_safe: bool, deviation: Deviation
) -> None:
    seen = ComplianceMemory(state=state, deviation=deviation, is_at_safe=at_safe)
    is_its_own_wish = state is Compliance.OVERRIDDEN or at_safe
    assert may_clear_profiles(OcppMemory(compliance=seen)) is (deviation is Deviation.OVER or not is_its_own_wish)


@pytest.mark.parametrize("at_safe, has_followed", [(False, False), (False, True), (True, False), (True, True)])
@pytest.mark.parametrize("deviation", Deviation)
def test_only_a_fault_or_one_that_knows_no_limit_at_all_is_reset(
    deviation: Deviation, at_safe: bool, has_followed: bool
) -> None:
    seen = ComplianceMemory(deviation=deviation, is_at_safe=at_safe, evidence=Evidence(has_followed=has_followed))
    knows_limits = at_safe or has_followed
    assert may_press_reset(OcppMemory(compliance=seen)) is (
        deviation in (Deviation.OVER, Deviation.NOTHING) or not knows_limits
    )
    by_its_user = replace(seen, state=Compliance.OVERRIDDEN)
    assert not may_press_reset(OcppMemory(compliance=by_its_user))


def test_a_charger_that_obeys_the_fail_safe_limit_retains_its_profiles() -> None:
    hours = Hours()
    hours.reports(current_import="5.8", current_offered="6")
    for _ in range(400):
        hours.reports(current_import="5.8", current_offered="6")
        hours.step()
    services = {call.service for _, call in hours.sent}
    assert services == {"set_charge_rate", "get_configuration"}


@pytest.mark.parametrize("pauses", [1, 2, 5])
def test_a_sleeping_car_is_woken_once_in_a_session_however_often_it_is_paused(pauses: int) -> None:
    hours = Hours()
    hours.run(20)
    for pause in range(pauses):
        hours.commands(0.0)
        hours.reports(status_connector="SuspendedEVSE", current_import="0", current_offered="0")
        hours.run(70)
        hours.commands(16.0)
        resumed_s = hours.now_s
        hours.reports(status_connector="SuspendedEV", current_import="0", current_offered="16")
        hours.run(2 * tuning.SILENT_S)
        woken = 0.0 in hours.limits(resumed_s)
        assert woken is (pause == 0)
    hours.reports(status_connector="Available")
    hours.run(3)
    assert hours.memory is not None and not hours.memory.car.was_woken, "another car may sleep too"


@pytest.mark.parametrize(("status", "is_woken"), [("Charging", False), ("SuspendedEV", True)])
def test_a_car_whose_draw_is_unknown_sleeps_by_its_status(status: str, is_woken: bool) -> None:
    hours = Hours()
    hours.reports(current_import="unknown", current_offered="unknown")
    hours.run(20)
    hours.commands(0.0)
    hours.reports(status_connector="SuspendedEVSE")
    hours.run(70)
    hours.commands(16.0)
    resumed_s = hours.now_s
    hours.reports(status_connector=status)
    hours.run(2 * tuning.SILENT_S)
    assert (0.0 in hours.limits(resumed_s)) is is_woken


def test_a_session_ended_for_drawing_at_0_a_does_not_say_that_its_car_is_full() -> None:
    hours = Hours()
    hours.run(10)
    hours.commands(0.0)
    for _ in range(2000):
        hours.reports(current_import="15.8")
        hours.step()
        if hours.memory is not None and hours.memory.recovery.stopped_s > NEVER_S:
            break
    hours.reports(status_connector="Finishing", current_import="0")
    hours.run(5)
    decision = step(site(hours.load), seen({"L1": 0.0}, car=hours.state), Memory())
    said = decision.notes["car"].reason
    assert said.startswith("its session was ended because it drew current") and "full" not in said, said
    hours.reports(status_connector="Available")
    hours.run(5)
    hours.reports(status_connector="Finishing")
    hours.run(5)
    assert hours.state.idle_reason == "no charging session is active", "a user may have ended it"


def test_a_pause_of_a_charger_that_nothing_measures_is_not_confirmed() -> None:
    hours = Hours()
    hours.reports(current_import="unknown", current_offered="unknown")
    hours.run(20)
    hours.commands(0.0)
    hours.reports(status_connector="SuspendedEVSE")
    hours.run(60)
    assert hours.memory.compliance.state is Compliance.UNPROVEN
    assert not hours.memory.compliance.evidence.has_followed


def test_a_draw_that_is_unknown_at_times_is_no_limit_that_ends_early() -> None:
    hours = Hours()
    hours.load = replace(hours.load, failsafe_a=0.0)
    hours.reports(current_offered="unknown")
    hours.commands(16.0)
    for word, seconds in (("15.8", 40), ("unknown", 70)) * 4:
        hours.reports(current_import=word)
        hours.run(seconds)
    assert hours.memory.compliance.tried.kind_changes == 0
