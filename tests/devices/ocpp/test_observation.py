"""What a charge point has on offer: what it says while a session is on, else what it took, else the safe current."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.devices.ocpp.draw import NO_OFFER, ReportedOffer
from fusebox.devices.ocpp.memory import ComplianceMemory, Evidence, OcppMemory, OfferSource, SentLimit
from fusebox.devices.ocpp.observation import current_on_offer
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.step import Step
from fusebox.model.snapshot import Status

from ...control.houses import T0_S, car, charger
from ...runtime.home import Home

FORM = ProfileForm("A", "absolute", 3)
TOLD = SentLimit(16.0, FORM, T0_S, T0_S, T0_S + 120)
TOOK = OcppMemory(commanded=TOLD, acknowledged=TOLD)
LOAD = replace(car("car"), type="ocpp", failsafe_a=6.0)


@pytest.mark.parametrize(
    ("status", "says", "at_s", "source", "current_a"),
    [
        (Status.CHARGING, ReportedOffer(13.0, T0_S), 10, OfferSource.SHOWN, 13.0),
        (Status.CHARGING, NO_OFFER, 10, OfferSource.COMMANDED, 16.0),
        (Status.CHARGING, NO_OFFER, 121, OfferSource.LAPSED, 6.0),
        (Status.UNPLUGGED, NO_OFFER, 10, OfferSource.COMMANDED, 16.0),
        (Status.FAULT, ReportedOffer(13.0, T0_S), 10, OfferSource.NOTHING, 0.0),
        (Status.FULL, NO_OFFER, 10, OfferSource.NOTHING, 0.0),
    ],
)
def test_what_is_on_offer_and_where_that_is_known_from(status, says, at_s, source, current_a):
    seen = Step(LOAD, Home().view(T0_S + at_s), charger(16.0, status=status), 230.0, FORM, offered=says)
    assert current_on_offer(seen, TOOK) == (source, current_a)


@pytest.mark.parametrize(("says_a", "source"), [(16.0, OfferSource.SHOWN), (5.8, OfferSource.LAPSED)])
def test_the_fail_safe_current_without_our_limit_is_no_users_change(says_a, source):
    """After a restart Home Assistant shows first what was there before, and then what the charger fell back to."""
    seen = Step(LOAD, Home().view(T0_S + 1), charger(16.0), 230.0, FORM, offered=ReportedOffer(says_a, T0_S))
    assert current_on_offer(seen, OcppMemory()) == (source, says_a)


@pytest.mark.parametrize(("has_followed", "source"), [(False, OfferSource.LAPSED), (True, OfferSource.SHOWN)])
def test_the_fail_safe_current_before_a_limit_was_followed_is_no_users_change(has_followed, source):
    """The charger's clock may be wrong, so that each limit ends at once."""
    compliance = ComplianceMemory(evidence=Evidence(has_followed=has_followed))
    seen = Step(LOAD, Home().view(T0_S + 5), charger(16.0), 230.0, FORM, offered=ReportedOffer(6.0, T0_S + 5))
    assert current_on_offer(seen, replace(TOOK, compliance=compliance)) == (source, 6.0)
