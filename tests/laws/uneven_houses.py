"""Random houses under a grid operator's limit on the unevenness of loads over the phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from simhouse.devices.phase_box import PhaseBox
from simhouse.physics.car import Car, Visit

START = datetime(2026, 6, 21, 10, 0, tzinfo=UTC)
PHASES = ("L1", "L2", "L3")
LENGTH_S = 240
WAKES_S = 15
"""A car that comes begins within this [s]."""
SUNNY = ("solar_only", "solar_priority", "excess")
WIRED = (("L1",), ("L2",), ("L3",), ("L1",), ("L2", "L3"), PHASES, PHASES)


@dataclass(frozen=True)
class UnevenHouse:
    """A CONFIG, the house's and the sky's power, and the cars."""

    config: Mapping[str, Any]
    base_w: Mapping[str, Sequence[float]]
    solar_w: Sequence[float] | None
    cars: Mapping[str, Car]
    boxes: Mapping[str, PhaseBox]


def uneven_house(seed: int) -> UnevenHouse:
    """Return a house with two to four chargers and maybe a plug, in any mode, under any fuse and meter."""
    dice = Random(f"uneven:{seed}")
    sun = dice.random() < 0.5
    loads: dict[str, Any] = {}
    cars: dict[str, Car] = {}
    boxes: dict[str, PhaseBox] = {}
    for name in [f"car{number}" for number in range(dice.randint(2, 4))]:
        wired = dice.choice(WIRED)
        loads[name] = _charger(dice, name, wired, sun)
        if len(wired) == len(PHASES) and dice.random() < 0.5:
            loads[name] |= {
                "switch_phases": True,
                "phase_switch": {"select": f"select.{name}_phases", "one": "1", "three": "2"},
                "phase_rest_s": 5,
                "phase_dwell_s": 60,
            }
            boxes[name] = PhaseBox(lines=dice.choice((1, 3)))
        arrives_s = dice.choice((0, 0, 0, dice.randint(10, 60)))
        # What nothing can measure is no law: a car with fewer phases than its box has a sensor for each of them.
        fewer = isinstance(loads[name]["draw"], dict) and dice.random() < 0.4
        cars[name] = Car(
            phases=dice.randint(1, len(wired)) if fewer else len(wired),
            max_a=dice.choice((16.0, 32.0)),
            visits=(Visit(arrives_s, 1e9, 5.0),),
            cut_after_s=dice.choice((1, 2, 4)),
            wakes_after_s=dice.uniform(2, WAKES_S),
        )
    if dice.random() < 0.4:
        loads["plug"] = {
            "type": "plug", "switch": "switch.plug", "power": "sensor.plug_power", "rated_w": dice.choice((1500, 3500)),
            "phases": [dice.choice(PHASES)], "mode": dice.choice((*SUNNY, "standard") if sun else ("standard",)),
            "min_on_s": 0, "min_off_s": 0,
        }  # fmt: skip
    site: dict[str, Any] = {
        "main_fuse_a": dice.choice((35, 50, 63)),
        "grid": {phase: f"sensor.grid_power_{phase.lower()}" for phase in PHASES},
        "netting": dice.choice(("sum", "per_phase")),
        "imbalance_max_a": dice.choice((8, 14, 20)),
        "distribution": dice.choice(("shared", "priority", "optimized", "strict")),
    }
    if sun:
        site["solar_w"] = "sensor.solar_power"
    base_w = {phase: _levels(dice, (200.0, 900.0, 2300.0, 4400.0)) for phase in PHASES}
    solar_w = _levels(dice, (2000.0, 6000.0, 12000.0, 20000.0)) if sun else None
    return UnevenHouse({"site": site, "loads": loads}, base_w, solar_w, cars, boxes)


def _charger(dice: Random, name: str, wired: Sequence[str], sun: bool) -> dict[str, Any]:
    by_phase = {phase: f"sensor.{name}_current_{phase.lower()}" for phase in wired}
    return {
        "type": "number",
        "current": f"number.{name}_current",
        "switch": f"switch.{name}",
        "status": f"sensor.{name}_status",
        "draw": dice.choice((by_phase, by_phase, f"sensor.{name}_current", f"sensor.{name}_power", None)),
        "phases": list(wired),
        "mode": dice.choice((*SUNNY, "standard", "continuous") if sun else ("standard", "continuous")),
        "max_a": dice.choice((16, 32)),
        "priority": dice.randint(1, 3),
        "start_after_s": 10,
        "stop_after_s": 20,
        "pause_s": 30,
    }


def _levels(dice: Random, levels: Sequence[float]) -> Sequence[float]:
    watts: list[float] = []
    while len(watts) < LENGTH_S:
        watts += [dice.choice(levels)] * dice.randint(25, 120)
    return watts[:LENGTH_S]
