"""The capabilities of a charge point are requested before any command that can wait for the answers."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.devices.driver import Answer
from fusebox.devices.ocpp.configuration import STACK_KEY

from .hours import Hours


def levels(hours: Hours) -> set[int]:
    """The stack levels of all profiles sent."""
    profiles = [call.data["custom_profile"] for _, call in hours.sent if call.service == "set_charge_rate"]
    return {profile["stackLevel"] for profile in profiles}


@pytest.mark.parametrize("rate_unit", ["auto", "A"])
def test_no_level_above_its_highest_is_sent_while_answers_come_one_by_one(rate_unit: str) -> None:
    hours = Hours(rate_unit)
    hours.step()
    asked, hours.answers = [call for _, call in hours.sent], ()
    for call in asked:
        value = "0" if call.data["ocpp_key"] == STACK_KEY else "Current" if "Unit" in call.data["ocpp_key"] else "2"
        hours.answers = (Answer(call, hours.now_s - 1, {"value": value}),)
        hours.step(0.5)
    hours.run(5)
    assert levels(hours) == {0}


def test_one_that_answers_nothing_is_not_waited_for() -> None:
    hours = Hours()
    for _ in range(int(tuning.MOMENT_S) + 2):
        hours.step()
        hours.answers = ()
    assert levels(hours) == {2, 3}
