"""How a charge point is seen to follow what it was commanded."""

from __future__ import annotations

from dataclasses import replace

from fusebox.devices.ocpp.compliance import update_compliance
from fusebox.devices.ocpp.draw import ReportedOffer
from fusebox.devices.ocpp.memory import Deviation, OcppMemory, SentLimit
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.states import Compliance, ComplianceEvent
from fusebox.devices.ocpp.step import Step
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import LoadState, Status

from ...runtime.home import Home
from .test_driver import ONE, point

FORM = ProfileForm("A", "absolute", 3)


class Walk:
    """A charge point that is commanded 16 A, step by step."""

    def __init__(self, **load):
        self.load, self.memory, self.now_s = point(phases=ONE, failsafe_a=6.0, **load), OcppMemory(), 0.0
        self.command(16)

    def command(self, current_a, lasts_s=120):
        limit = SentLimit(current_a, FORM, self.now_s, self.now_s, self.now_s + lasts_s)
        self.memory = replace(self.memory, commanded=limit, acknowledged=limit, safe_form=FORM)

    def sees(self, offered_a, seconds=11, status=Status.CHARGING, reported_s=None, draw_a=0.0):
        """Return the state after this time with this offer and draw."""
        self.now_s += seconds
        state = LoadState(draw_a=PerPhase(draw_a), draw_age_s=1e6, status=status, on=True)
        offered = ReportedOffer(offered_a, self.now_s if reported_s is None else reported_s)
        seen = Step(self.load, Home().view(self.now_s), state, 230.0, FORM, offered=offered)
        self.memory = replace(self.memory, compliance=update_compliance(seen, self.memory))
        return self.memory.compliance.state

    @property
    def deviation(self):
        """What it does otherwise, None while it follows."""
        seen = self.memory.compliance
        return None if seen.deviates_since_s is None else seen.deviation


def test_a_limit_is_unproven_until_it_had_its_time_and_then_confirmed():
    walk = Walk()
    assert walk.sees(16, 9) is Compliance.UNPROVEN
    assert walk.sees(16, 2) is Compliance.CONFIRMED


def test_a_limit_that_its_offer_moves_to_is_confirmed_at_once_unless_its_car_draws_more():
    walk = Walk()
    walk.sees(6, 1)
    assert walk.sees(16, 1) is Compliance.CONFIRMED
    walk = Walk()
    walk.sees(6, 1, draw_a=20.0)
    assert walk.sees(16, 1, draw_a=20.0) is Compliance.UNPROVEN


def test_a_limit_that_its_offer_moves_to_ends_the_deviation_from_the_one_before():
    walk = Walk()
    walk.sees(10)
    walk.command(13)
    assert walk.sees(13, 1) is Compliance.CONFIRMED and walk.deviation is None
    assert walk.sees(13, 20, reported_s=walk.now_s) is Compliance.CONFIRMED, "no report since is no user's change"


def test_what_is_within_an_ampere_is_followed():
    walk = Walk()
    assert walk.sees(15.2) is Compliance.CONFIRMED
    walk = Walk()
    assert walk.sees(14.9) is Compliance.UNPROVEN and walk.deviation is Deviation.UNDER


def test_a_charger_that_never_followed_does_not_follow_another_is_overridden():
    walk = Walk()
    assert walk.sees(9) is Compliance.UNPROVEN and walk.deviation is Deviation.UNDER
    assert walk.sees(16) is Compliance.CONFIRMED and walk.deviation is None
    assert walk.sees(9) is Compliance.OVERRIDDEN
    walk.command(12)
    assert walk.sees(9) is Compliance.OVERRIDDEN
    assert walk.sees(12) is Compliance.CONFIRMED


def test_a_lapsed_limit_is_no_users_change_and_one_at_the_safe_limit_ended_early():
    walk = Walk()
    walk.sees(16)
    assert walk.sees(6, 120) is Compliance.CONFIRMED and walk.memory.compliance.tried.kind_changes == 0
    walk = Walk()
    walk.sees(16)
    assert walk.sees(6) is Compliance.UNPROVEN and walk.memory.compliance.tried.kind_changes == 1


def test_an_old_report_is_no_evidence_and_a_new_car_starts_again():
    walk = Walk()
    walk.sees(9)
    walk.sees(9, 119, reported_s=11)
    assert walk.deviation is Deviation.UNDER
    walk = Walk()
    walk.sees(9)
    assert walk.sees(9, 121, reported_s=11) is Compliance.UNPROVEN
    assert walk.deviation is None
    walk.sees(16)
    walk.sees(9)
    assert walk.sees(0, status=Status.UNPLUGGED) is Compliance.UNPROVEN


def test_a_limit_of_its_own_is_no_fault():
    walk = Walk()
    walk.sees(16)
    walk.command(20)
    walk.memory = replace(walk.memory, compliance=walk.memory.compliance.after_event(ComplianceEvent.OUTDATED))
    walk.sees(16)
    assert walk.deviation is Deviation.UNDER
    walk.sees(16, 40)
    assert walk.deviation is Deviation.UNDER
    assert walk.sees(16, 20) is Compliance.UNPROVEN
    assert walk.deviation is None and walk.memory.compliance.evidence.own_limit_a == 16


def test_an_offer_withdrawn_from_a_car_that_needs_nothing_is_no_deviation():
    walk = Walk()
    walk.sees(16)
    assert walk.sees(0, status=Status.SUSPENDED_CAR) is Compliance.CONFIRMED and walk.deviation is None
