"""The hours in which every number is tried: short, varied, each with a feature that the others lack."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from benchmarks.direct import Direct
from benchmarks.scenes.measure import Outcome, Tally
from benchmarks.scenes.optimum import optimum_kwh
from benchmarks.scenes.scene import SCENES, Scene
from benchmarks.two_cars import ARRANGEMENTS
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff
from simhouse.house.build import build_house
from simhouse.house.house import House
from simhouse.house.run import run
from simhouse.physics.household import household_seconds
from tests.tariff.evenings import START_S, box, play

HOUR_S = 3600
MIXED: Mapping[str, Any] = {
    "site": {
        "main_fuse_a": 25,
        "grid": {f"L{n}": f"sensor.grid_power_l{n}" for n in (1, 2, 3)},
        "solar_w": "sensor.solar_power",
        "netting": "sum",
        "battery": {"soc_pct": "sensor.battery_soc", "charge_w": "sensor.battery_power"},
    },
    "loads": {
        "car": {
            "type": "number",
            "mode": "solar_priority",
            "current": "number.car_current",
            "switch": "switch.car",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "max_a": 16,
        },
        "tank": {
            "type": "tank",
            "mode": "solar_priority",
            "switch": "switch.tank",
            "power": "sensor.tank_power",
            "temperature": "sensor.tank_temperature",
            "rated_w": 2500,
            "phases": ["L2"],
        },
        "pool": {
            "type": "plug",
            "mode": "excess",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "rated_w": 1100,
            "phases": ["L1"],
        },
        "pump": {
            "type": "sg_ready",
            "relay_1": "switch.pump_1",
            "relay_2": "switch.pump_2",
            "power": "sensor.pump_power",
            "rated_w": 3000,
        },
    },
}


class Hour(NamedTuple):
    """A house and a seed, by a name."""

    key: str
    seed: int


HOURS = (
    Hour("a", 1),
    Hour("b", 1),
    Hour("c", 2),
    Hour("one_wire", 21),
    Hour("three_first", 22),
    Hour("b10", 3),
    Hour("c30", 1),
    Hour("d", 1),
    Hour("mixed", 1),
    Hour("tariff", 500),
)


def play_hour(hour: Hour) -> tuple[Outcome, str]:
    """Return an hour's outcome, and a hash of all commands sent to its devices."""
    if hour.key == "tariff":
        return _play_under_tariff(hour.seed)
    if hour.key == "mixed":
        start = SCENES["d"].start + timedelta(hours=2)
        house = build_house(MIXED, start=start, length_s=HOUR_S, seed=hour.seed)
        return _run_house(house, dict(MIXED), start, solar=True)
    scene = _scene(hour.key)
    return _run_house(scene.house(hour.seed), scene.config, scene.start, scene.solar)


def _scene(key: str) -> Scene:
    scene = ARRANGEMENTS.get(key) or SCENES[key]
    return replace(scene, length_s=HOUR_S)


def _run_house(house: House, config: dict[str, Any], start: Any, solar: bool) -> tuple[Outcome, str]:
    tally, told = Tally(house, solar), hashlib.sha256()

    def watch(instant: Any, reply: Any) -> None:
        tally.watch(instant, reply)
        told.update(json.dumps(reply["calls"], sort_keys=True, default=str).encode())

    asyncio.run(run(house, Direct(config, start), HOUR_S, watch=watch))
    return tally.outcome(optimum_kwh(house, solar)), told.hexdigest()


def _play_under_tariff(seed: int) -> tuple[Outcome, str]:
    """Return the outcome of two hours under a tariff; power above the target counts like overload elsewhere [kW]."""
    device = box("car", max_a=16)
    seconds = household_seconds(datetime.fromtimestamp(START_S, UTC), 2 * HOUR_S + 1, 1, Random(seed))
    found = play(Tariff("fixed_limit", target_kw=4.5), device, {Phase.L1: list(seconds[0].watts)})
    over = sum(kw - 4.5 for kw in found.avoidable(4.5))
    mark = hashlib.sha256(repr(found.windows_kw).encode()).hexdigest()
    return (
        Outcome(over, over, over, found.taken_kwh, optimum_kwh=found.possible_kwh, starts=(device.starts,)),
        mark,
    )
