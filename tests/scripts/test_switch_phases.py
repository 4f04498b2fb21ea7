"""One phase or three, through the scripts: by hand and by a full phase, in the same order, and told."""

from __future__ import annotations

from .switching import home


def test_by_hand_it_is_stopped_switched_and_begins_again(house):
    life = home(house)
    life.run(30)
    assert "response" in life.house.call("fusebox_switch_phases", load="car", phases="1")
    life.run(4)
    assert life.house.shown("car")["status"] == "switching"
    life.run(170)
    assert life.moved_at_a == [0.0]
    assert life.devices["car"].draw_a == 16.0
    shown = life.house.shown("car")
    assert (shown["phases_used"], shown["phase_switches"], shown["status"]) == (["L1"], 1, "charging")


def test_a_full_phase_is_a_reason_and_is_told(house):
    life = home(house)
    life.run(130)
    life.base_a["L2"] = 24.0
    life.run(260)
    assert life.devices["car"].phases == "L1"
    assert life.devices["car"].draw_a > 6.0
    assert life.moved_at_a == [0.0]
    assert "one phase: main L2 has 1 A left; 1 switch today of 12" in life.house.shown("car")["reason"]


def test_who_cannot_switch_is_refused_with_a_sentence(house):
    life = home(house, switch_phases=False)
    life.run(3)
    assert "does not switch phases" in life.house.call("fusebox_switch_phases", load="car", phases=1)["error"]


def test_two_phases_are_none_that_there_are(house):
    life = home(house)
    life.run(3)
    assert "is neither 1 nor 3" in life.house.call("fusebox_switch_phases", load="car", phases=2)["error"]


def test_a_switch_that_is_given_up_starts_nobody_on_a_full_phase(house):
    """A car waits for L2, and nothing tells that it draws nothing."""
    life = home(house, without=("draw", "status"))
    life.devices["car"].on, life.base_a["L2"] = False, 22.0
    life.run(230)
    assert "does not tell that it has stopped" in life.house.shown("car")["reason"]
    assert not life.devices["car"].on and life.moved_at_a == []
