"""The states of a charge point: the tables, their drawing in docs/ocpp.md, and how a charger walks through them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fusebox.devices.ocpp.compliance import verified
from fusebox.devices.ocpp.memory import Limit, OcppMemory
from fusebox.devices.ocpp.observation import Observation, Offered
from fusebox.devices.ocpp.profiles import ProfileForm
from fusebox.devices.ocpp.states import (
    CAR,
    COMPLIANCE,
    RECOVERY,
    Car,
    CarEvent,
    Compliance,
    ComplianceEvent,
    Recovery,
    RecoveryStep,
)
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import LoadState, Status

from .test_driver import ONE, point

PAGE = (Path(__file__).parents[3] / "docs" / "ocpp.md").read_text(encoding="utf-8")
MACHINES = [
    pytest.param(COMPLIANCE, Compliance, ComplianceEvent, id="compliance"),
    pytest.param(RECOVERY, Recovery, RecoveryStep, id="recovery"),
    pytest.param(CAR, Car, CarEvent, id="car"),
]


def drawing(states) -> str:
    """The drawing that begins with the first of the states."""
    drawings = re.findall(r"```mermaid\nstateDiagram-v2\n(.*?)```(.*?)(?=\n\*\*|\n## )", PAGE, re.DOTALL)
    first = next(iter(states)).value
    return next(f"{drawn}{below}" for drawn, below in drawings if drawn.lstrip().startswith(f"[*] --> {first}\n"))


def arrows(states) -> list[tuple[str, str, str]]:
    """(before, event, after) of a drawing."""
    rows = re.findall(r"^ +(\w+) --> (\w+): (.+)$", drawing(states), re.MULTILINE)
    return sorted((before, event, after) for before, after, events in rows for event in events.split(", "))


@pytest.mark.parametrize("machine, states, events", MACHINES)
def test_drawing_and_table_are_the_same(machine, states, events):
    table = [(before, row.event, row.after) for row in machine.transitions for before in row.before]
    assert len(table) == len({(before, event) for before, event, _ in table}), "an event leads to one state"
    assert arrows(states) == sorted((str(before), str(event), str(after)) for before, event, after in table)


@pytest.mark.parametrize("machine, states, events", MACHINES)
def test_every_state_and_event_is_used_and_explained(machine, states, events):
    explained = re.findall(r"^\| `(\w+)` \|", drawing(states), re.MULTILINE)
    assert explained == [str(state) for state in states]
    assert {row.event for row in machine.transitions} == set(events)
    assert {state for row in machine.transitions for state in row.before} == set(states), "each can be left"
    assert {row.after for row in machine.transitions} == set(states), "each can be come to"
    assert all(row.why and row.after not in row.before for row in machine.transitions)


def test_what_is_in_no_row_changes_nothing():
    assert COMPLIANCE.after(Compliance.OVERRIDDEN, ComplianceEvent.CLEARED) is Compliance.OVERRIDDEN


FORM = ProfileForm("A", "absolute", 3)


class Walk:
    """A charge point that is commanded 16 A, step by step."""

    def __init__(self, **load):
        self.load, self.memory, self.now_s = point(phases=ONE, failsafe_a=6.0, **load), OcppMemory(), 0.0
        self.command(16)

    def command(self, current_a, lasts_s=120):
        limit = Limit(current_a, FORM, self.now_s, self.now_s, self.now_s + lasts_s)
        self.memory = replace(self.memory, commanded=limit, acknowledged=limit, safe_form=FORM)

    def sees(self, offered_a, seconds=11, status=Status.CHARGING, reported_s=None):
        """It offers so much so much later; the state that it is in then."""
        self.now_s += seconds
        state = LoadState(draw_a=PerPhase(0.0), draw_age_s=1e6, status=status, on=True)
        offered = Offered(offered_a, self.now_s if reported_s is None else reported_s)
        seen = Observation(self.load, state, offered, FORM, False, self.now_s)
        self.memory = replace(self.memory, compliance=verified(seen, self.memory))
        return self.memory.compliance.state


def test_a_limit_is_unproven_until_it_had_its_time_and_then_confirmed():
    walk = Walk()
    assert walk.sees(16, 9) is Compliance.UNPROVEN
    assert walk.sees(16, 2) is Compliance.CONFIRMED


def test_who_has_never_followed_does_not_and_who_has_is_overridden():
    walk = Walk()
    assert walk.sees(9) is Compliance.NOT_FOLLOWING
    assert walk.sees(16) is Compliance.CONFIRMED
    assert walk.sees(9) is Compliance.OVERRIDDEN
    walk.command(12)
    assert walk.sees(9) is Compliance.OVERRIDDEN, "until one is followed"
    assert walk.sees(12) is Compliance.CONFIRMED


def test_a_limit_that_ended_unrenewed_has_lapsed_and_one_at_the_safe_current_ended_early():
    walk = Walk()
    walk.sees(16)
    assert walk.sees(6, 120) is Compliance.LAPSED
    walk = Walk()
    walk.sees(16)
    assert walk.sees(6) is Compliance.NOT_FOLLOWING and walk.memory.compliance.tried.kind_changes == 1


def test_what_has_fallen_silent_is_unproven_and_so_is_who_was_unplugged():
    walk = Walk()
    assert walk.sees(9) is Compliance.NOT_FOLLOWING
    assert walk.sees(9, 119, reported_s=11) is Compliance.NOT_FOLLOWING
    walk = Walk()
    assert walk.sees(9) is Compliance.NOT_FOLLOWING
    assert walk.sees(9, 121, reported_s=11) is Compliance.UNPROVEN
    walk.sees(16)
    walk.sees(9)
    assert walk.sees(0, status=Status.UNPLUGGED) is Compliance.UNPROVEN


def test_a_limit_of_its_own_is_no_fault():
    walk = Walk()
    walk.sees(16)
    walk.command(20)
    walk.memory = replace(walk.memory, compliance=walk.memory.compliance.moved(ComplianceEvent.NEW_LIMIT))
    assert walk.sees(16) is Compliance.NOT_FOLLOWING
    assert walk.sees(16, 60) is Compliance.UNPROVEN and walk.memory.compliance.evidence.own_limit_a == 16
