"""The states of a charge point: the tables, and their drawings in docs/ocpp.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fusebox.devices.ocpp.memory import ComplianceMemory
from fusebox.devices.ocpp.states import CAR, COMPLIANCE, Car, CarEvent, Compliance, ComplianceEvent

PAGE = (Path(__file__).parents[3] / "docs" / "ocpp.md").read_text(encoding="utf-8")
MACHINES = [
    pytest.param(COMPLIANCE, Compliance, ComplianceEvent, id="compliance"),
    pytest.param(CAR, Car, CarEvent, id="car"),
]


def drawing(states) -> str:
    """The drawing that begins with the first of the states; the code says what each state means."""
    drawings = re.findall(r"```mermaid\nstateDiagram-v2\n(.*?)```", PAGE, re.DOTALL)
    first = next(iter(states)).value
    return next(drawn for drawn in drawings if drawn.lstrip().startswith(f"[*] --> {first}\n"))


@pytest.mark.parametrize("rows, states, events", MACHINES)
def test_drawing_and_table_are_the_same(rows, states, events):
    table = [(str(before), str(event), str(after)) for (before, event), after in rows.items()]
    drawn = re.findall(r"^ +(\w+) --> (\w+): (.+)$", drawing(states), re.MULTILINE)
    assert sorted(table) == sorted((b, event, a) for b, a, many in drawn for event in many.split(", "))


@pytest.mark.parametrize("rows, states, events", MACHINES)
def test_every_state_and_event_is_used(rows, states, events):
    assert {event for _, event in rows} == set(events)
    assert {before for before, _ in rows} == set(states), "each can be left"
    assert set(rows.values()) == set(states), "each can be come to"
    assert all(after != before for (before, _), after in rows.items())


def test_what_its_user_wants_outlasts_a_clearing():
    past = ComplianceMemory(state=Compliance.OVERRIDDEN)
    assert past.after_event(ComplianceEvent.CLEARED) is past
