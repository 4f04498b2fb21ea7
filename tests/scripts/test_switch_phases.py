"""One phase or three, through the scripts: by hand and by a full phase, in the same order, and told."""

from __future__ import annotations

from typing import Any

from .houses import House, charger, config
from .living import Device, Living

PHASES = "L1 L2 L3"
SELECT = {"select": "select.car_phases", "one": "1", "three": "2"}


class Switched(Living):
    """A house with one charger, whose box goes to one phase or three as it is told."""

    def __init__(self, house: House, base_a: dict[str, float]) -> None:
        super().__init__(house, base_a, car=Device(offer_a=16.0, phases=PHASES))
        self.moved_at_a: list[float] = []

    def states(self) -> dict[str, Any]:
        """With what the box is set to."""
        one = self.devices["car"].phases == "L1"
        return {**super().states(), "select.car_phases": "1" if one else "2"}

    def _obey(self) -> None:
        super()._obey()
        for call in self.house.reply["calls"]:
            if call["data"].get("entity_id") == "select.car_phases":
                self.moved_at_a.append(self.devices["car"].draw_a)
                self.devices["car"].phases = "L1" if call["data"]["option"] == "1" else PHASES


def home(house: Any, *, mqtt: bool = False, **car: Any) -> Switched:
    facts = {"phases": PHASES.split(), "switch_phases": True, "phase_switch": SELECT, "phase_rest_s": 5, **car}
    written = config(loads={"car": charger(**facts)}, phases=PHASES, mqtt=mqtt)
    return Switched(house(written), dict.fromkeys(PHASES.split(), 2.0))


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
