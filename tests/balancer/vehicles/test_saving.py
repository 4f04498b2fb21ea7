"""When the car at a charger is written to the disk: as soon as it is recognised, as a power cut may follow."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.balancer.energy.storage import COUNTERS_NAME
from fusebox.balancer.vehicles import vehicles
from fusebox.config.read_config import read_config
from fusebox.runtime.load_files import LoadedConfig

from ...runtime.home import Home
from ...scripts.houses import charger, config

pytestmark = pytest.mark.usefixtures("store")

SAVE = "homeassistant.save_persistent_states"
START_S = 1_800_000_000.0
TIMES = ((5, "Available", ""), (5, "Charging", ""), (3, "Charging", "77"), (40, "Charging", "77"))
"""Seconds, the charger's status, and the tag that it displays."""


class Evening:
    """A box in a home that steps every second, with a disk."""

    def __init__(self, folder: Path) -> None:
        loads = {"car": charger(vehicles=["leaf"], tag="sensor.tag")}
        written = {**config(loads=loads), "vehicles": {"leaf": {"tags": ["77"]}}}
        self.home, self.folder, self.at_s = Home(), folder, START_S
        self.balancer = Balancer(LoadedConfig(read_config(written).config, (), (), False, folder), self.home.ports)

    async def run(self, seconds: int, status: str, tag: str) -> None:
        """Step with this status of the charger and this tag on it."""
        for _ in range(seconds):
            self.at_s += 1
            states = {"sensor.l1": ("3", "A"), "sensor.car_draw": ("0", "A"), "switch.car": ("on", None)}
            for entity, (word, unit) in {**states, "number.car": ("6", "A")}.items():
                self.home.shows(entity, word, self.at_s, unit_of_measurement=unit, min=6, max=32, step=1)
            self.home.shows("sensor.car_status", status, self.at_s)
            self.home.shows("sensor.tag", tag, self.at_s)
            await self.balancer.run(self.at_s)
            await asyncio.sleep(0)  # what was started in the background begins

    @property
    def saves(self) -> int:
        return [name for name, _ in self.home.calls].count(SAVE)

    def stored(self) -> dict[str, Any]:
        file = self.folder / COUNTERS_NAME
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


async def stays(evening: Evening) -> list[int]:
    """Return how often was saved: without a car, with an unknown one, when its tag is known, and later."""
    await evening.balancer.restore_and_run(evening.at_s)
    found = []
    for seconds, status, tag in (
        (5, "Available", ""),
        (5, "Charging", ""),
        (3, "Charging", "77"),
        (40, "Charging", "77"),
    ):
        await evening.run(seconds, status, tag)
        found.append(evening.saves)
    keeper = evening.balancer.energy_keeper
    while keeper is not None and keeper.disk.locked():
        await asyncio.sleep(0.001)
    return found


@pytest.fixture
def evening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evening:
    # Without Home Assistant, nothing is there to be asked for that.
    monkeypatch.setattr(vehicles, "save_persistent_states", lambda ports: ports.call(*SAVE.split(".")))
    return Evening(tmp_path)


def test_a_car_is_written_with_its_session_as_soon_as_it_is_recognised(evening) -> None:
    assert asyncio.run(stays(evening)) == [0, 0, 1, 1]
    assert evening.at_s - START_S < 60
    assert evening.stored()["car"]["session"]["start_s"] < evening.at_s - 40


def test_a_car_that_cannot_be_written_is_logged_and_stops_nothing(evening, caplog) -> None:
    evening.home.refuses[SAVE] = OSError("No space left on device")
    assert asyncio.run(stays(evening)) == [0, 0, 1, 1]
    assert "storing the car at a charger" in caplog.text and "No space left" in caplog.text
    assert evening.home.written("sensor.fusebox_car")
