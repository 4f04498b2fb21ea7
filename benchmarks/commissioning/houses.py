"""Random houses with planted faults of wiring: which of them a test finds, and whom it accuses.

    python -m benchmarks.commissioning [--houses 500] [--first 1] [--only SEED] [--workers N]

Each house is played as `benchmarks.direct` plays evenings: the very thinking, without the host. Its loads, its meters,
the hour of the day and what its people switch are drawn from the seed; so are none to three faults.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from benchmarks.direct import Direct
from fusebox.balancer.commissioning import Commissioning
from fusebox.control.control import step
from fusebox.control.diagnostics.commissioning_plan import refusal
from fusebox.model.decision import Decision
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from simhouse.commission.faults import Planted, plant
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.car import Car, Visit, some_car
from simhouse.sweep.crews import here

DAY = datetime(2026, 3, 10, tzinfo=UTC)
QUIET_S, TEST_S, CALLS = 90, 640, 3
PHASES = ("L1", "L2", "L3")


class Outcome(NamedTuple):
    """What became of one house."""

    seed: int
    faults: tuple[str, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    accused: tuple[str, ...]
    state: str
    reason: str
    took_s: int
    calls: int
    over_s: int
    trips: int


class Tested(Direct):
    """The thinking, with a test that wishes."""

    def __init__(self, config: Mapping[str, Any], start: datetime) -> None:
        super().__init__(config, start)
        self.commissioning = Commissioning()
        self.last: tuple[Site, Snapshot, Decision] | None = None

    def decided(self, snapshot: Snapshot) -> tuple[Site, Decision]:
        """The decision on the site with what the test wishes."""
        site = self.commissioning.wished(self._site, self._site)
        decision = step(site, snapshot, self.memory)
        self.commissioning.observe(self._site, snapshot, decision)
        self.last = (self._site, snapshot, decision)
        return site, decision

    def begin(self) -> bool:
        """A test of all loads, from now on; False where it is refused."""
        if self.last is None or refusal(*self.last):
            return False
        self.commissioning.begin(*self.last, [load.name for load in self._site.loads])
        return True


def config_of(random: Random) -> dict[str, Any]:
    """A house as its owner would write it."""
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
        loads[f"car{number + 1}"] = _charger(f"car{number + 1}", random, phases, circuits)
    for number in range(random.randint(0 if len(phases) == 1 else 1, 2)):
        loads[f"plug{number + 1}"] = _plug(f"plug{number + 1}", random, phases, circuits)
    return {"site": site, "loads": loads}


def _charger(name: str, random: Random, phases: Sequence[str], circuits: Mapping[str, Any]) -> dict[str, Any]:
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


def _plug(name: str, random: Random, phases: Sequence[str], circuits: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "plug",
        "switch": f"switch.{name}",
        **({"power": f"sensor.{name}_power"} if random.random() < 1 / 2 else {}),
        "rated_w": random.choice((1200, 2000, 2400)),
        "mode": "off",
        "phases": [random.choice(phases)],
        **({"circuit": "garage"} if circuits and random.random() < 1 / 2 else {}),
    }


def faults_of(config: Mapping[str, Any], random: Random) -> list[str]:
    """None to three faults that this house can have; no two of them in one place."""
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
    """A fault and the places that it is about; "" where this house cannot have it."""
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
        # Where nobody else is seen on one of the two, exchanged meters would show the same.
        if any(load["phases"] == each["phases"] or each["phases"] == [other] for n, each in loads.items() if n != name):
            return f"phase:{name}={other}", {name, *load["phases"], other}
    if kind == "circuit" and "circuits" in config["site"]:
        return f"circuit:{name}={'main' if load.get('circuit') else 'garage'}", {name}
    if kind == "unit":
        where = random.choice(used) if random.random() < 1 / 2 else name
        key = "power" if load["type"] == "plug" else "draw"
        if where in phases or str(load.get(key, "")).endswith("power"):
            # Of a meter that shows nearly nothing nobody sees how late it is.
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
    """Two loads at least have to be on one of the two phases alone: else one of them may as well be elsewhere."""
    alone = [name for name, load in loads.items() if load["phases"] in ([one], [two])]
    return (f"exchanged:{one}={two}", {one, two, *alone}) if len(alone) > 1 else ("", set())


def house_of(seed: int) -> tuple[Planted, House, datetime]:
    """The house of a seed."""
    random = Random(f"{seed}:commissioning")
    config = config_of(random)
    faults = faults_of(config, random)
    planted, is_late = plant(config, faults), any(fault.startswith("late") for fault in faults)
    start = DAY + timedelta(hours=random.uniform(6, 22))
    every_s = random.choice((1, 1, 1, 5) if is_late else (1, 1, 1, 5, 10))
    length_s = QUIET_S + CALLS * TEST_S
    cars = {name: _car(random, load) for name, load in planted.real["loads"].items() if load["type"] == "number"}
    house = build_house(
        planted.real,
        start=start,
        length_s=length_s,
        seed=seed,
        inputs=Inputs(cars=cars),
        equipment=Equipment(meter_every_s=every_s),
    )
    planted.wire(house)
    return planted, house, start


def _car(random: Random, load: Mapping[str, Any]) -> Car:
    count = len(load["phases"])
    return some_car(random, count, (Visit(0.0, 1e9, 10.0),), 100.0, random.choice((16.0, 20.0, 32.0)))


def play(seed: int) -> dict[str, Any]:
    """One house, tested; what became of it as a row."""
    return asyncio.run(_play(seed))._asdict()


async def _play(seed: int) -> Outcome:
    planted, house, start = house_of(seed)
    over_s = trips = took_s = calls = 0
    async with Tested(planted.config, start) as host:
        test = host.commissioning
        for t_s in range(QUIET_S + CALLS * TEST_S):
            reply = await host.line({"t": t_s, "states": planted.shown(house.step(t_s), t_s)})
            house.apply(reply["calls"], t_s)
            if test.state == "running" and house.now is not None:
                over_s += any(abs(a) > planted.config["site"]["main_fuse_a"] for a in house.now.net_a.values())
                trips += len(house.now.trips)
                took_s += 1
            if (t_s - QUIET_S) % TEST_S == 0:
                if test.state == "done" and test.test is not None and not test.test.unsure:
                    break
                calls += host.begin()
        told = host.commissioning
    config = [*told.report.config, *_late_of(told)]
    found = tuple(line for line in planted.expected if _is_told(line, config))
    missed = tuple(line for line in planted.expected if line not in found)
    accused = tuple(line for line in config if not any(_is_told(each, [line]) for each in planted.expected))
    reason = told.test.reason if told.test else ""
    faults = tuple(fault for fault in _names(seed))
    return Outcome(seed, faults, found, missed, accused, told.state, reason, took_s, calls, over_s, trips)


def _names(seed: int) -> list[str]:
    random = Random(f"{seed}:commissioning")
    return faults_of(config_of(random), random)


LATE_S = 10


def _late_of(told: Commissioning) -> list[str]:
    lags_s = [
        row["late_s"]["median"]
        for row in told.report.rows
        if row.get("meter") and "circuits" not in row["meter"] and row["late_s"]
    ]  # type: ignore[index]
    return [f"late: {lag_s:g}" for lag_s in lags_s[:1] if lag_s > LATE_S]


def _is_told(expected: str, told: Sequence[str]) -> bool:
    """Whether one of these lines is the one that mends it; a lag to within what a meter's interval leaves open."""
    if expected.startswith("late: "):
        late_s = float(expected.removeprefix("late: "))
        return any(line.startswith("late: ") and abs(float(line[6:]) - late_s) <= LATE_S for line in told)
    return expected in told


def main(argv: Sequence[str] | None = None) -> None:
    """Plays the houses and prints what was found."""
    parser = argparse.ArgumentParser(prog="benchmarks.commissioning", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--houses", type=int, default=500)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--verbose", action="store_true", help="a line for each house that was not as it should be")
    options = parser.parse_args(argv)
    began_s = time.monotonic()
    outcomes = [
        Outcome(**row) for row in here(range(options.first, options.first + options.houses), play, options.workers)
    ]
    if options.verbose:
        for each in sorted(outcomes):
            if each.missed or each.accused or each.over_s:
                print(each, file=sys.stderr)
    print_table(outcomes)
    print(f"{time.monotonic() - began_s:.0f} s")


def print_table(outcomes: Sequence[Outcome]) -> None:
    """What was found, by kind, and whom it accused."""
    planted, found = Counter[str](), Counter[str]()
    for each in outcomes:
        for fault in each.faults:
            planted[fault.partition(":")[0]] += 1
        for line in each.found:
            found[_kind(line, each.faults)] += 1
    for kind, count in sorted(planted.items()):
        print(f"{kind:12} {found[kind]:4} of {count:4}")
    print(f"{'all':12} {sum(found.values()):4} of {sum(planted.values()):4}")
    sound = [each for each in outcomes if not each.faults]
    print(f"sound houses accused {sum(bool(e.accused) for e in sound)} of {len(sound)}")
    print(
        f"others accused of more {sum(bool(e.accused) for e in outcomes if e.faults)} of {len(outcomes) - len(sound)}"
    )
    print(f"ended {dict(Counter(e.state for e in outcomes))}")
    print(f"above a fuse in {sum(e.over_s > 0 for e in outcomes)} houses, tripped in {sum(e.trips for e in outcomes)}")


def _kind(line: str, faults: Sequence[str]) -> str:
    for fault in faults:
        kind, _, rest = fault.partition(":")
        where, _, what = rest.partition("=")
        signs = {
            "turned": f"site.grid.{where}: ",
            "exchanged": f"site.grid.{min(where, what)}: ",
            "late": "late",
            "phase": f"loads.{where}.phases",
            "circuit": f"loads.{where}.circuit",
            "rounding": f"loads.{where}.step_a",
            "deaf": f"loads.{where}.switch",
        }
        if kind in signs and line.startswith(signs[kind]) and ("kW" not in line):
            return kind
        if kind == "unit" and "kW" in line and f".{where}" in line:
            return kind
        if kind == "lying" and line.startswith(f"loads.{where}.") and line.endswith("None"):
            return kind
    return "unknown"


if __name__ == "__main__":
    main()
