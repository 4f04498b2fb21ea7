"""A charge point that switches is sent its phases with each limit, also the fail-safe one; any other gets none."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.devices.driver import Answer, ServiceCall
from fusebox.devices.ocpp.configuration import SWITCH_KEY, record_answers
from fusebox.devices.ocpp.memory import OcppMemory
from fusebox.devices.ocpp.profiles import Connector, ProfileForm, limit_profile, safe_profile

CONNECTOR = Connector(1, 230.0, 6.0)


def periods(profile: Any) -> list[Any]:
    return list(profile["chargingSchedule"]["chargingSchedulePeriod"])


@pytest.mark.parametrize("lines", [1, 3])
def test_each_period_of_a_profile_has_the_number_of_phases(lines: int) -> None:
    form = ProfileForm("A", "absolute", 3, 3, phase_count=lines)
    told = periods(limit_profile(form, CONNECTOR, 16.0, 0.0, 120.0)) + periods(safe_profile(form, CONNECTOR))
    assert [period["numberPhases"] for period in told] == [lines, lines]


def test_without_switching_no_number_of_phases_is_sent() -> None:
    form = ProfileForm("A", "absolute", 3, 3)
    assert "numberPhases" not in periods(limit_profile(form, CONNECTOR, 16.0, 0.0, 120.0))[0]


@pytest.mark.parametrize(("word", "can"), [("true", True), ("false", False), (None, False)])
def test_reported_settings_of_a_charger_are_remembered(word: object, can: bool) -> None:
    call = ServiceCall("ocpp", "get_configuration", {"ocpp_key": SWITCH_KEY}, returns_response=True)
    memory = record_answers(OcppMemory(), (Answer(call, 0.0, {"value": word}),))
    assert memory.configuration.switches is can
