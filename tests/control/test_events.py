"""The events of consecutive decisions: beginnings and ends, never the same every second."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fusebox.control.events import Event, EventMemory, find_events
from fusebox.model.decision import LoadNote
from fusebox.model.memory import Memory
from fusebox.model.messages.message import message, with_frame


def note(status: str, binding: str = "", reason: str = "why") -> LoadNote:
    return LoadNote(6.0, 6.0, 6.0, status, binding, reason)


class Days:
    """Consecutive decisions; `told` has the events of the last."""

    def __init__(self) -> None:
        self.watched, self.now_s = EventMemory(), 1_000_000.0
        self.see("ok")

    def see(self, state: str, *problems: str, later_s: float = 1, **loads: LoadNote) -> list[tuple[str, str, str]]:
        self.now_s += later_s
        memory = Memory(island_s=self.now_s if state == "island" else 0.0)
        notes = loads or {"car": note("charging")}
        decision: Any = SimpleNamespace(state=state, reason=f"it is {state}", notes=notes, memory=memory)
        self.watched, told = find_events(self.watched, self.now_s, decision, problems)
        return [(each.kind, each.load, each.message) for each in told]


def test_the_first_decision_after_a_start_reports_nothing():
    decision: Any = SimpleNamespace(state="blind", reason="", notes={"car": note("blind")}, memory=Memory())
    watched, told = find_events(EventMemory(), 0.0, decision, ["car needs a look"])
    assert told == ()
    assert find_events(watched, 1.0, decision, ["car needs a look"])[1] == ()


def test_a_limit_is_announced_at_its_begin_and_a_cycling_house_every_five_minutes():
    days = Days()
    assert days.see("limited") == [("limited", "", "it is limited")]
    assert days.see("limited") == []
    told = [each for second in range(600) for each in days.see("limited" if second % 2 else "ok")]
    assert len(told) == 2


def test_the_loss_and_the_return_of_the_grid_are_events_however_soon() -> None:
    days = Days()
    for _ in range(2):
        assert days.see("island") == [("island", "", "it is island")]
        assert days.see("island") == []
        assert [kind for kind, _, _ in days.see("ok")] == ["grid_back"]


def test_a_load_that_a_ceiling_stops_is_shed_and_one_that_its_user_stops_is_not():
    days = Days()
    assert days.see("limited", car=note("paused", "main L1", "L1 is full")) == [
        ("limited", "", "it is limited"),
        ("shed", "car", "L1 is full"),
    ]
    days = Days()
    assert days.see("ok", car=note("paused", "", "switched off by hand")) == []


def test_a_recovery_is_reported_however_soon():
    days = Days()
    assert days.see("blind") == [("blind", "", "it is blind")]
    assert days.see("ok") == [("recovered", "", "it is ok")]
    assert days.see("blind") == []
    assert days.see("ok") == []


def test_over_that_follows_limited_is_still_recovered_from():
    days = Days()
    assert days.see("over") == [("limited", "", "it is over")]
    assert days.see("limited") == [("recovered", "", "it is limited")]


def test_a_problem_is_announced_once_with_its_load_and_the_next_one_in_its_turn():
    days = Days()
    assert days.see("ok", "car: number.set_value failed", "the clock is odd") == [
        ("escalated", "car", "car: number.set_value failed"),
        ("escalated", "", "the clock is odd"),
    ]
    deaf = "loads.car: does not follow"
    assert days.see("ok", "car: number.set_value failed", deaf) == []
    assert days.see("ok", deaf, later_s=300.0) == [("escalated", "car", deaf)]
    assert days.see("ok", deaf, later_s=300.0) == []


def test_a_problem_of_a_setting_belongs_to_the_load_that_has_it():
    days = Days()
    days.see("ok")
    path = "loads.car.phases seems to be wrong"
    assert days.see("ok", path) == [("escalated", "car", path)]


def test_an_event_has_the_code_and_the_values_of_its_sentence():
    deaf = with_frame(message("ignores_limit", draw_a=10.0, set_a=6.0), "path", "loads.car")
    data = Event("escalated", "car", deaf).data
    assert str(data["message"]).startswith("loads.car: ignores its limit: draws 10 A")
    assert (data["code"], data["values"]) == ("ignores_limit", {"path": "loads.car", "draw_a": 10.0, "set_a": 6.0})
    plain = Event("escalated", "", "the clock is odd").data
    assert (plain["code"], plain["values"]) == (None, {})
