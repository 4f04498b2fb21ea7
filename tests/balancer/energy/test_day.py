"""A day of a simulated house with everything that makes counting hard: kept within 1 % of what truly flowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.balancer.energy.meter import energy_meter
from fusebox.config.read_config import read_config
from fusebox.runtime import lifecycle
from fusebox.runtime.load_files import LoadedConfig
from simhouse.host.event_loop import run_in_host_loop
from simhouse.house.build import Inputs, build_house
from simhouse.house.ledger import Ledger
from simhouse.physics.car import Car, Visit
from simhouse.physics.flows import Node

from ...runtime.home import Home

START = datetime(2025, 6, 24, 9, tzinfo=UTC)
HOUR_S, DAY_S = 300, 7_200
"""An hour of this day is a twelfth of a true one [s]: from nine in the morning to nine in the evening all is in it."""
LOOKS_S, SPLITS_S = 20, 5
"""The scripts look so seldom, and whose power it was is settled so seldom: a day is long."""
VOLTAGE_V, WS_PER_KWH = 230.0, 3_600_000
PHASES = ("L1", "L2", "L3")
LOADS: dict[str, Any] = {
    "car": {"type": "number", "current": "number.car_current", "switch": "switch.car", "draw": "sensor.car_current",
            "status": "sensor.car_status", "max_a": 16, "mode": "solar_priority"},
    "guest": {"type": "number", "current": "number.guest_current", "switch": "switch.guest",
              "draw": "sensor.guest_power", "phases": ["L2"], "max_a": 16},
    "pool": {"type": "plug", "switch": "switch.pool", "power": "sensor.pool_power", "energy": "sensor.pool_kwh",
             "rated_w": 1500, "phases": ["L1"]},
    "heater": {"type": "plug", "switch": "switch.heater", "rated_w": 1000, "phases": ["L3"]},
}  # fmt: skip
CONFIG: dict[str, Any] = {
    "site": {"main_fuse_a": 40, "grid": {p: f"sensor.net_{p.lower()}" for p in PHASES}, "solar_w": "sensor.solar",
             "battery": {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"}, "netting": "sum"},
    "loads": LOADS,
}  # fmt: skip
CARS = {
    "car": Car(
        phases=3,
        visits=(
            Visit(0, 4 * HOUR_S, 20.0),
            Visit(5 * HOUR_S, 11 * HOUR_S, 5.0),
            Visit(15 * HOUR_S, 23.8 * HOUR_S, 30.0),
        ),
    ),
    "guest": Car(visits=(Visit(2 * HOUR_S, 9 * HOUR_S, 30.0), Visit(13 * HOUR_S, 21 * HOUR_S, 15.0))),
}

Entities = dict[str, dict[str, Any]]


class Day:
    """The house with the balancer that lives in it, second by second, from nine in the morning on."""

    def __init__(self, folder: Path, store: dict[str, Any]) -> None:
        self.folder, self.store, self.home = folder, store, Home()
        self.house = build_house(CONFIG, start=START, length_s=DAY_S, inputs=Inputs(cars=CARS))
        self.ledger = Ledger(PHASES, list(LOADS), netted=True)
        self.second = 0
        self.taken_kwh = dict.fromkeys(LOADS, 0.0)
        self.counter_from_kwh = 5000.0
        self.away: set[str] = set()
        self.shown: dict[str, list[float]] = {name: [] for name in LOADS}
        self.sessions: tuple[dict[str, Any], ...] = ()

    @property
    def now_s(self) -> float:
        return START.timestamp() + self.second

    async def load(self) -> None:
        """Load the script, for the first time or again."""
        checked = read_config(CONFIG).config
        self.balancer = Balancer(LoadedConfig(checked, (), (), False, self.folder), self.home.ports)
        await self.balancer.restore_and_run(self.now_s)

    async def restart(self, away_s: int, power_cut: bool = False) -> None:
        """Stop Home Assistant, and start it after this time."""
        if not power_cut:
            await lifecycle.stop_all()
        self.store.clear()
        for _ in range(away_s - 1):
            self._lives(self.house.simulate_physics)
        self._look(self._lives(self.house.step))
        await self.load()

    async def until(self, hour: float) -> None:
        while self.second < hour * HOUR_S:
            for _ in range(LOOKS_S - 1):
                self._lives(self.house.simulate_physics)
            self._look(self._lives(self.house.step))
            await self.balancer.run(self.now_s)
            await self.balancer.sender.wait_for_all()
            calls = [{"service": name, "data": data} for name, data in self.home.calls if "entity_id" in data]
            self.home.calls.clear()
            self.house.apply(calls, self.second)
            for name, told in self.shown.items():
                told += map(float, self.home.written(f"sensor.fusebox_{name}_energy"))
            self.home.writes.clear()
            await self.written()

    async def written(self) -> None:
        """Return when all is on file that is being written: a disk is quicker than this day."""
        keeper = self.balancer.energy_keeper
        assert keeper is not None
        await asyncio.sleep(0)
        while keeper.disk.locked():
            await asyncio.sleep(0.001)

    def flip(self, entity: str, *, on: bool) -> None:
        """Somebody switches it."""
        service = "switch.turn_on" if on else "switch.turn_off"
        self.house.apply([{"service": service, "data": {"entity_id": entity}}], self.second)

    def _lives(self, second: Callable[[int], Any]) -> Any:
        """Run the house for a second; return the result."""
        given = second(self.second)
        now = self.house.now
        assert now is not None
        for name, drawn_a in now.loads_a.items():
            self.taken_kwh[name] += sum(drawn_a.values()) * VOLTAGE_V / WS_PER_KWH
        if self.second % SPLITS_S == 0:
            self.ledger.add(now, VOLTAGE_V)
        self.second += 1
        return given

    def _look(self, reports: Entities) -> None:
        """Home Assistant shows what was reported."""
        kwh = self.counter_from_kwh + self.taken_kwh["pool"]
        counter = {"state": f"{kwh:.2f}", "attributes": {"unit_of_measurement": "kWh"}}
        for entity, state in {**reports, "sensor.pool_kwh": counter}.items():
            if entity not in self.away:
                self.home.shows(entity, state["state"], self.now_s, **state.get("attributes", {}))
        for entity in self.away:
            self.home.shows(entity, "unavailable", self.now_s)

    def replace_counter(self, kwh: float) -> None:
        """Another meter is put in, which shows this now."""
        self.counter_from_kwh = kwh - self.taken_kwh["pool"]


async def _live_half_the_day(day: Day) -> None:
    await day.load()
    await day.until(0.5)
    await day.restart(away_s=45)
    await day.until(1)
    await day.load()
    await day.until(1.5)
    day.away.add("sensor.car_current")  # its draw, while it charges
    await day.until(1.8)
    day.away.clear()
    await day.until(2.5)
    await day.restart(away_s=120, power_cut=True)
    day.flip("switch.heater", on=False)
    await day.until(4.5)
    day.replace_counter(7.0)
    await day.until(5.5)
    day.away.add("sensor.pool_kwh")
    await day.until(6)
    day.replace_counter(8000.0)
    day.away.clear()
    day.flip("switch.heater", on=True)
    await day.until(6.5)
    await day.restart(away_s=200)
    day.away |= {"sensor.guest_power", "sensor.pool_power"}
    await day.until(6.8)
    day.away.clear()
    await day.load()
    await day.until(8)
    await day.restart(away_s=60, power_cut=True)
    await day.until(10)
    for name in ("pool", "heater"):
        day.flip(f"switch.{name}", on=False)
    await day.until(12)


async def _live_on_until_evening(day: Day) -> None:
    for name in ("pool", "heater"):
        day.flip(f"switch.{name}", on=True)
    await day.until(14)
    await day.restart(away_s=300)
    await day.until(16)
    day.away |= {"sensor.car_current", "sensor.car_status", "sensor.pool_power", "sensor.pool_kwh"}
    await day.until(16.3)
    day.replace_counter(0.0)
    day.away.clear()
    await day.until(17)
    await day.restart(away_s=90, power_cut=True)
    await day.until(18.5)
    await day.load()
    day.replace_counter(40_000.0)
    await day.until(19)
    day.away |= {"sensor.net_l1", "sensor.net_l2", "sensor.net_l3", "sensor.guest_power"}
    await day.until(19.1)
    day.away.clear()
    await day.until(22)
    day.flip("switch.pool", on=False)
    await day.restart(away_s=30)
    await day.until(24)


async def _live(day: Day) -> None:
    await _live_half_the_day(day)
    await _live_on_until_evening(day)
    assert day.balancer.energy_keeper is not None
    day.sessions = await day.balancer.energy_keeper.recent_sessions(day.now_s, 2)
    await lifecycle.stop_all()


def test_a_day_is_counted_as_it_was(tmp_path, store):
    day = Day(tmp_path, store)
    run_in_host_loop(_live(day))
    for name, shown in day.shown.items():
        true_kwh, energy = day.taken_kwh[name], energy_meter().loads[name]
        assert true_kwh > 1.5, f"{name} took nothing that could be counted"
        assert energy.counter.kwh == pytest.approx(true_kwh, rel=0.01), name
        assert shown[-1] == pytest.approx(true_kwh, rel=0.01), name
        assert shown == sorted(shown), f"{name} has gone back"
        own = [line["kwh"] for line in day.sessions if line["load"] == name]
        whole_kwh = sum(own) + (energy.session_kwh or 0.0)
        assert energy.counter.kwh * 0.99 <= whole_kwh <= energy.counter.kwh + 0.001 * len(own), name
    stays = [line for line in day.sessions if line["load"] == "car"]
    assert [(line["starts"], line["measured"]) for line in stays] == [(1, False), (1, True), (1, False)]
    for field, node in (("solar_pct", Node.SUN), ("battery_pct", Node.BATTERY)):
        found = sum(line["kwh"] * line[field] for line in stays) / sum(line["kwh"] for line in stays)
        assert found == pytest.approx(100 * day.ledger.kwh(node, "car") / day.ledger.taken_kwh("car"), abs=2), field
