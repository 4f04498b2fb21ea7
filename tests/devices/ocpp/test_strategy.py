"""Which form of profile is tried next where one is not followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.config.load_schemas import USUAL_PROFILE, USUAL_STACK_LEVEL
from fusebox.devices.ocpp.compliance import next_attempt
from fusebox.devices.ocpp.memory import ComplianceMemory, Evidence, ProfilesTried
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.step import KINDS, UNITS

USUAL = ProfileForm("A", USUAL_PROFILE, USUAL_STACK_LEVEL)
NOTHING_TRIED = ProfilesTried()


def failed(tried=NOTHING_TRIED, kind="absolute", alone=False, replaces=False, unit_is_open=False, room=None, **past):
    """What is tried after two limits that were not followed, at the safe limit."""
    memory = ComplianceMemory(**{"unfollowed": 2, "is_at_safe": True, "tried": tried, **past})
    return next_attempt(memory, replace(USUAL, kind=kind, is_alone=alone, replaces_safe=replaces), unit_is_open, room)


@pytest.mark.parametrize(
    "failure, tried",
    [
        ({"unit_is_open": True}, ProfilesTried(unit_changes=1)),
        ({"unit_is_open": True, "tried": ProfilesTried(len(UNITS) - 1)}, ProfilesTried(2, kind_changes=1)),
        ({"unit_is_open": True, "evidence": Evidence(True, 6, True)}, ProfilesTried(kind_changes=1)),
        ({}, ProfilesTried(kind_changes=1)),
        ({"is_at_safe": False}, NOTHING_TRIED),
        ({"kind": "relative"}, ProfilesTried(replaces_safe=True)),
        ({"alone": True, "room": False}, ProfilesTried(replaces_safe=True)),
        ({"kind": "relative", "room": True}, ProfilesTried(kind_changes=1)),
        ({"kind": "relative", "alone": True, "replaces": True}, ProfilesTried(kind_changes=1)),
        ({"kind": "endless", "tried": ProfilesTried(kind_changes=2)}, ProfilesTried(endless_failed=True)),
        ({"tried": ProfilesTried(endless_failed=True)}, ProfilesTried(endless_failed=True)),
    ],
    ids=[
        "the other unit", "no unit left", "the unit is right", "the next kind", "not at the safe limit",
        "in place of the safe one", "the room is said to be one", "there is room", "it lies there", "an end is better",
        "nothing left",
    ],
)  # fmt: skip
def test_the_first_attempt_that_fits_is_made(failure, tried):
    assert failed(**failure).tried == tried


def test_one_limit_that_was_not_followed_changes_no_form():
    assert failed(unit_is_open=True, unfollowed=1).tried == NOTHING_TRIED


def test_kinds_are_those_that_a_profile_may_have():
    assert KINDS[0] == USUAL_PROFILE and UNITS[0] == USUAL.unit
