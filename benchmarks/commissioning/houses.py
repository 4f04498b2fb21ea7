"""Random houses as their owners would describe them, and as they really are: with none to three faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from simhouse.commission.faults import PlantedHouse, plant_faults
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.car import Car, Visit, some_car

from .roofs import Roof, random_roof

DAY = datetime(2026, 3, 10, tzinfo=UTC)
QUIET_S, TEST_S, CALLS, TESTS = 90, 640, 6, 3
"""Seconds before the first test, seconds before each further one while none has ended or been sure, and the highest
numbers of calls and of complete tests."""
PHASES = ("L1", "L2", "L3")


def random_config(random: Random) -> dict[str, Any]:
    """Return a house's CONFIG as its owner would write it."""
    phases = random.choice((PHASES, PHASES, PHASES[:1]))
    fuse_a = random.choice((25, 32, 35, 40)) if len(phases) > 1 else random.choice((32, 40, 63))
    circuits: dict[str, Any] = {}
    if random.random() < 1 / 3:
        grid = {phase: f"sensor.garage_power_{phase.lower()}" for phase in phases}
        circuits = {"garage": {"fuse_a": 20, "grid": grid}}
    site: dict[str, Any] = {
        "main_fuse_a": fuse_a,
        "grid": {phase: f"sensor.grid_power_{phase.lower()}" for phase in phases},
        **({"circuits": circuits} if circuits else {}),
    }
    loads = {}
    for number in range(random.randint(1, 2)):
        loads[f"car{number + 1}"] = _random_charger(f"car{number + 1}", random, phases, circuits)
    for number in range(random.randint(0 if len(phases) == 1 else 1, 2)):
        loads[f"plug{number + 1}"] = _random_plug(f"plug{number + 1}", random, phases, circuits)
    return {"site": site, "loads": loads}


def _random_charger(name: str, random: Random, phases: Sequence[str], circuits: Mapping[str, Any]) -> dict[str, Any]:
    mine = [*phases] if random.random() < 1 / 2 else [random.choice(phases)]
    kind = random.choice(("current", "power"))
    return {
        "type": "number",
        "current": f"number.{name}_charging_current",
        "switch": f"switch.{name}_charging",
        "draw": f"sensor.{name}_{kind}",
        "status": f"sensor.{name}_status",
        "mode": "standard",
        "phases": mine,
        "max_a": random.choice((16, 16, 20)),
        **({"circuit": "garage"} if circuits and random.random() < 1 / 2 else {}),
    }


def _random_plug(name: str, random: Random, phases: Sequence[str], circuits: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "plug",
        "switch": f"switch.{name}",
        **({"power": f"sensor.{name}_power"} if random.random() < 1 / 2 else {}),
        "rated_w": random.choice((1200, 2000, 2400)),
        "mode": "off",
        "phases": [random.choice(phases)],
        **({"circuit": "garage"} if circuits and random.random() < 1 / 2 else {}),
    }


def random_faults(config: Mapping[str, Any], random: Random) -> list[str]:
    """Return none to three faults that this house can have, no two of them in one place."""
    wanted, found, taken = random.choice((0, 1, 1, 2, 3)), list[str](), set[str]()
    for _ in range(50):
        if len(found) == wanted:
            break
        fault, places = _some_fault(config, random)
        if fault and not places & taken:
            found.append(fault)
            taken |= places
    return found


def _some_fault(config: Mapping[str, Any], random: Random) -> tuple[str, set[str]]:
    """Return a random fault and the places that it concerns; ("", empty) when this house cannot have it."""
    loads, phases = config["loads"], [*config["site"]["grid"]]
    name = random.choice([*loads])
    load, phase = loads[name], random.choice(phases)
    kind = random.choice(
        ("turned", "exchanged", "phase", "circuit", "unit", "unit", "late", "rounding", "deaf", "lying")
    )
    used = sorted({p for each in loads.values() for p in each["phases"]})
    if kind == "turned" and phase in used:
        return f"turned:{phase}", {phase}
    if kind == "exchanged" and len(phases) > 1:
        one, two = random.sample(phases, 2)
        return _identifiable_exchange(loads, one, two)
    if kind == "phase" and len(phases) > 1 and len(load["phases"]) == 1:
        other = random.choice([p for p in phases if p not in load["phases"]])
        # Without another load on one of the two, exchanged meters would show the same.
        if any(load["phases"] == each["phases"] or each["phases"] == [other] for n, each in loads.items() if n != name):
            return f"phase:{name}={other}", {name, *load["phases"], other}
    if kind == "circuit" and "circuits" in config["site"]:
        # Two loads that are not where a circuit's meter is, and a meter that is dead, show the same.
        return (f"circuit:{name}=main", {name, "gone"}) if load.get("circuit") else (f"circuit:{name}=garage", {name})
    if kind == "unit":
        where = random.choice(used) if random.random() < 1 / 2 else name
        key = "power" if load["type"] == "plug" else "draw"
        if where in phases or str(load.get(key, "")).endswith("power"):
            # The latency of a meter that shows almost nothing cannot be measured.
            return f"unit:{where}", {where, "late"} if where in phases else {where}
    if kind == "late":
        return f"late:{random.randint(10, 25)}", {"late"}
    if load["type"] == "number" and kind == "rounding":
        return f"rounding:{name}=2", {name}
    if load["type"] == "number" and kind == "deaf":
        return f"deaf:{name}", {name}
    if load["type"] == "number" and kind == "lying":
        return f"lying:{name}={random.choice((0, 1 / 2, 2))}", {name}
    return "", set()


def _identifiable_exchange(loads: Mapping[str, Any], one: str, two: str) -> tuple[str, set[str]]:
    """Return an exchange of two phases, only if at least two loads are on one of the two phases alone.

    With fewer, one of these loads could as well be elsewhere.
    """
    alone = [name for name, load in loads.items() if load["phases"] in ([one], [two])]
    return (f"exchanged:{one}={two}", {one, two, *alone}) if len(alone) > 1 else ("", set())


def house_with_faults(seed: int) -> tuple[PlantedHouse, House, datetime, Roof]:
    """Return the planted faults, house, start and roof of a seed."""
    random = Random(f"{seed}:commissioning")
    config = random_config(random)
    faults, roof = random_faults(config, random), random_roof(seed, [*config["site"]["grid"]])
    config["site"] |= roof.site
    planted, is_late = plant_faults(config, faults), any(fault.startswith("late") for fault in faults)
    start = DAY + timedelta(hours=random.uniform(6, 22))
    every_s = random.choice((1, 1, 1, 5) if is_late else (1, 1, 1, 5, 10))
    length_s = QUIET_S + CALLS * TEST_S
    cars = {name: _car(random, load) for name, load in planted.real["loads"].items() if load["type"] == "number"}
    house = build_house(
        planted.real,
        start=start,
        length_s=length_s,
        seed=seed,
        inputs=Inputs(cars=cars, soc_pct=roof.soc_pct),
        equipment=Equipment(meter_every_s=every_s),
    )
    planted.wire(house)
    roof.wire(house)
    return planted, house, start, roof


def _car(random: Random, load: Mapping[str, Any]) -> Car:
    count = len(load["phases"])
    return some_car(random, count, (Visit(0.0, 1e9, 10.0),), 100.0, random.choice((16.0, 20.0, 32.0)))


def faults_in(seed: int) -> list[str]:
    """Return the faults in the house of a seed."""
    random = Random(f"{seed}:commissioning")
    return random_faults(random_config(random), random)
