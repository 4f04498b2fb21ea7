"""Which form of profile is tried next where one is not followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.config.load_schemas import USUAL_PROFILE, USUAL_STACK_LEVEL
from fusebox.devices.ocpp.configuration import choose_next_form
from fusebox.devices.ocpp.memory import ComplianceMemory, Evidence, ProfilesTried
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.step import KINDS, UNITS, Step
from fusebox.model.snapshot import LoadState

from ...runtime.home import Home
from .test_driver import point

USUAL = ProfileForm("A", USUAL_PROFILE, USUAL_STACK_LEVEL)
LONG_AGO_S = -1000.0
DRAWS_THAT = {"at_safe_since_s": LONG_AGO_S}
"""Only the draw of its car suggests the safe limit."""


def tried_after(room=None, is_open=False, wrong=False, form=USUAL, **past):
    """What is tried after limits that were not followed, at the safe limit; None for nothing."""
    memory = ComplianceMemory(**{"is_at_safe": True, "deviates_since_s": LONG_AGO_S, **past})
    known = {"unit_is_open": is_open, "unit_may_be_wrong": wrong or is_open}
    return choose_next_form(memory, Step(point(), Home().view(), LoadState(), 230.0, form, **known), room)


ALONE = replace(USUAL, is_alone=True)
RELATIVE = replace(USUAL, kind="relative")
ENDLESS = replace(USUAL, kind="endless")


@pytest.mark.parametrize(
    "failure, tried",
    [
        ({"is_open": True}, ProfilesTried(unit_changes=1)),
        ({"is_open": True, "tried": ProfilesTried(len(UNITS))}, ProfilesTried(2, kind_changes=1)),
        ({"is_open": True, "evidence": Evidence(True, 6, True)}, ProfilesTried(kind_changes=1)),
        ({}, ProfilesTried(kind_changes=1)),
        ({"is_at_safe": False}, None),
        ({"form": RELATIVE}, ProfilesTried(replaces_safe=True)),
        ({"form": ALONE, "room": False}, ProfilesTried(replaces_safe=True)),
        ({"form": RELATIVE, "room": True}, ProfilesTried(kind_changes=1)),
        ({"form": replace(RELATIVE, is_alone=True, replaces_safe=True)}, ProfilesTried(kind_changes=1)),
        ({"form": ENDLESS, "tried": ProfilesTried(kind_changes=2)}, ProfilesTried(endless_failed=True)),
        ({"tried": ProfilesTried(endless_failed=True)}, None),
        ({"wrong": True}, ProfilesTried(kind_changes=1)),
        ({"wrong": True, "is_at_safe": False}, ProfilesTried(1, endless_failed=True)),
        ({"wrong": True, "is_at_safe": False, "deviates_since_s": 0.0}, None),
        ({"wrong": True, "tried": ProfilesTried(endless_failed=True)}, ProfilesTried(1, endless_failed=True)),
        (DRAWS_THAT, ProfilesTried(replaces_safe=True)),
        ({"room": True, **DRAWS_THAT}, None),
        ({"room": True, "wrong": True, **DRAWS_THAT}, ProfilesTried(1, endless_failed=True)),
    ],
    ids=[
        "the other unit", "no unit left", "the unit is right", "the next kind", "not at the safe limit",
        "in place of the safe one", "the room is said to be one", "there is room", "it lies there", "an end is better",
        "nothing left", "the stated unit is believed first", "the stated unit may be wrong",
        "one report says nothing of the stated unit",
        "the stated unit is doubted last", "by its draw in place of the safe one", "by its draw no other kind",
        "by its draw the other unit",
    ],
)  # fmt: skip
def test_the_first_attempt_that_fits_is_made(failure, tried):
    assert tried_after(**failure) == tried


def test_kinds_are_those_that_a_profile_may_have():
    assert KINDS[0] == USUAL_PROFILE and UNITS[0] == USUAL.unit
