"""An OpenEVSE whose number shows its highest soft current, and never the override that it was set to."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simhouse.host.pyscript_host import DEFAULT_START

from .houses import House, amps, config

SOFT_A = 32.0


class OpenEvse:
    """What Home Assistant shows of it; an override lasts until it is deleted, or until the car leaves."""

    def __init__(self) -> None:
        self.override: dict[str, Any] = {}
        self.plugged = True
        self.takes_a = SOFT_A

    @property
    def draw_a(self) -> float:
        if not self.plugged or self.override.get("state") == "disabled":
            return 0.0
        return min(float(self.override.get("charge_current", SOFT_A)), self.takes_a)

    def states(self) -> dict[str, Any]:
        status = "not_connected" if not self.plugged else "charging" if self.draw_a else "sleeping"
        return {
            "number.evse_charge_rate": amps(SOFT_A),
            "select.evse_override_state": self.override.get("state", "auto"),
            "sensor.evse_charging_current": amps(self.draw_a),
            "sensor.evse_charging_status": status,
        }

    def obey(self, call: dict[str, Any]) -> None:
        data = call["data"]
        if call["service"] == "number.set_value":
            self.override["charge_current"] = data["value"]
        elif call["service"] == "select.select_option":
            if data["option"] == "auto":
                self.override.clear()
            else:
                self.override["state"] = data["option"]

    def unplug(self) -> None:
        self.plugged = False
        self.override.clear()


class Life:
    def __init__(self, house: Any, box: OpenEvse | None = None) -> None:
        load = {"type": "number", "preset": "openevse", "current": "number.evse_charge_rate", "max_a": 16, "pause_s": 0}
        self.house = house(config(loads={"car": {**load, "phases": ["L1"]}}))
        self.box, self.second, self.base_a = box or OpenEvse(), 0, 2.0
        self.drawn_a: list[float] = []

    def run(self, seconds: int) -> None:
        for left in reversed(range(seconds)):
            self.drawn_a.append(self.box.draw_a)
            states = {"sensor.l1": amps(self.base_a + self.box.draw_a), **self.box.states()}
            self.house.report(self.second, states, last=left == 0)
            for call in self.house.reply["calls"]:
                self.box.obey(call)
            self.second += 1


@pytest.fixture
def life(house: Any) -> Life:
    return Life(house)


def test_it_starts_and_rises_although_its_number_stays_where_it_is(life: Life) -> None:
    life.box.override = {"state": "disabled", "charge_current": 6}
    life.run(90)
    assert life.box.draw_a == 16 and life.house.shown()["errors"] == []


def test_a_pause_and_the_charging_after_it_never_delete_the_override(life: Life) -> None:
    life.run(60)
    life.base_a = 21.0
    life.run(60)
    assert life.box.override["state"] == "disabled"
    life.base_a = 2.0
    life.run(200)
    assert life.box.draw_a == 16 and max(life.drawn_a[10:]) <= 16
    assert "auto" not in [data.get("option") for _, _, data in life.house.calls]


def test_a_car_that_comes_after_its_override_was_released_is_limited_at_once(life: Life) -> None:
    life.run(90)
    life.box.unplug()
    life.run(150)
    assert life.house.shown()["errors"] == []
    life.box.plugged, arrived = True, life.second
    life.run(60)
    assert max(life.drawn_a[arrived + 3 :]) <= 16 and life.house.shown()["errors"] == []


@pytest.mark.parametrize("gap_s, takes_a, base_a", [(5, 32, 2), (20, 10, 2), (20, 8.5, 2), (5, 32, 12)])
def test_a_restart_neither_stops_a_charging_car_nor_raises_it_at_once(
    house: Any, tmp_path: Path, gap_s: float, takes_a: float, base_a: float
) -> None:
    box = OpenEvse()
    box.takes_a = takes_a
    with ExitStack() as first:
        life = Life(lambda written: first.enter_context(House(tmp_path, written)), box)
        life.base_a = base_a
        life.run(60)
    before_a = box.draw_a
    again = Life(lambda written: house(written, start=DEFAULT_START + timedelta(seconds=60 + gap_s)), box)
    again.base_a = base_a
    again.run(15)
    assert box.override["charge_current"] <= before_a
    again.run(30)
    assert min(again.drawn_a) >= before_a - 1 and box.draw_a == before_a
    assert "disabled" not in [data.get("option") for _, _, data in again.house.calls]
