"""Every preset through the shipped scripts: raised, cut, paused, resumed, unplugged, and with a fault."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.presets import PRESETS, PauseBy
from fusebox.model.snapshot import Status
from simhouse.devices.entities import calls_in_reply
from simhouse.devices.makes import complete_with_preset

from .houses import amps, config, unit

FUSE_A, MIN_A = 25, 6


class Box:
    """A charger of a make with a car that takes what it is offered: it obeys calls, and displays what it does."""

    def __init__(self, name: str) -> None:
        row = PRESETS[name]
        load = {"type": "number", "preset": name, "current": row.names[0]["current"].replace("{p}", "box")}
        load |= {"phases": ["L1"], "min_write_s": 0, "pause_s": 10, "max_a": 16}
        self.load = load | ({"charger": "EH1"} if row.needs_charger else {})
        self.entities, self.make = complete_with_preset(self.load)
        self.row, self.current_a, self.may_charge, self.status = row, float(MIN_A), True, Status.CHARGING

    @property
    def draw_a(self) -> float:
        charges = self.status is Status.CHARGING and self.may_charge and self.current_a >= MIN_A
        return self.current_a if charges else 0.0

    def obey(self, calls: list[dict[str, Any]]) -> None:
        for call in calls_in_reply(calls):
            allowed = self.make.permission_set_by(call, self.entities.get("switch"))
            self.may_charge = self.may_charge if allowed is None else allowed
            current_a = self.make.current_set_by(call, self.entities["current"])
            self.current_a = self.current_a if current_a is None else current_a

    def states(self, house_a: float) -> dict[str, Any]:
        limits = {"min": 0 if self.row.pause.by is PauseBy.ZERO else MIN_A, "max": 32, "step": 1}
        is_sensor = self.entities["current"].startswith("sensor.")
        shown = {
            "sensor.l1": amps(house_a + self.draw_a),
            self.entities["current"]: unit(self.current_a, "A", **({} if is_sensor else limits)),
            self.entities["draw"]: unit(self.draw_a * 0.23, "kW"),
            self.entities["status"]: self._word(),
        }
        switch, stop = self.entities.get("switch"), self.entities.get("stop")
        if switch:
            shown[switch] = self.make.switch_word(switch, self.may_charge)
        return shown | ({stop: "unknown"} if stop else {})

    def _word(self) -> str:
        otherwise = {Status.FAULT: "Error", Status.CHARGING: "on" if "on" in self.row.words else "Charging"}
        word = next((word for word, status in self.row.words.items() if status is self.status), None)
        return word or otherwise.get(self.status, "Disconnected")


def run(home: Any, box: Box, house_a: float, seconds: int, every_s: int = 1, least_a: float = 99) -> None:
    """Run this many seconds, or until the car draws `least_a`."""
    for _ in range(0, seconds, every_s):
        box.obey(home.line(home.t + every_s, box.states(house_a), leap=every_s > 1)["calls"])
        if box.draw_a >= least_a:
            return


@pytest.mark.parametrize("name", PRESETS)
def test_every_make_is_raised_cut_paused_and_resumed_and_reports_its_state(house, name):
    box = Box(name)
    home = house(config(loads={"car": box.load}))
    run(home, box, 4, 40, 4, least_a=10.1)
    assert box.draw_a > 10, "raised"
    run(home, box, 15, 8)
    assert MIN_A <= box.draw_a <= FUSE_A - 15, "cut"
    run(home, box, 40, 8)
    assert box.draw_a == 0, "paused"
    run(home, box, 4, 60, 4, least_a=MIN_A)
    assert box.draw_a >= MIN_A, "resumed"
    box.status = Status.UNPLUGGED
    run(home, box, 4, 3)
    assert home.shown("car")["status"] == "unplugged"
    assert not any("lacks" in each for each in home.shown()["errors"])
    if box.entities["status"].startswith("sensor."):
        box.status = Status.FAULT
        run(home, box, 4, 3)
        assert home.shown("car")["status"] == "fault"
