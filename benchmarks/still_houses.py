"""Houses whose load and sun stand still: once Fusebox has settled there, it should send no more commands.

    python -m benchmarks.still_houses [--houses 60] [--first 1] [--workers N]

Fuse, contract, sun, loads and sensors follow from the seed. Sensors report seldom, late or in coarse steps, devices
follow late, cars take less than they are offered or use one phase of three. Printed are the houses that are not still:
commands of the last five minutes, seconds above a limit, energy of the loads and from the grid. A second of CPU each.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from fusebox.control.control import step
from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.equipment import Source
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import NEVER, LoadState, Reading, Snapshot, Status
from simhouse.sweep.crews import run_here
from tests.control.houses import T0_S, car, in_watts, plug, site

VOLTAGE_V = 230.0
SETTLE_S, COUNT_S = 400, 300
"""For how long a house may settle, and for how long commands are counted then [s]."""
ABOVE_A = 0.6
"""A limit counts as exceeded beyond this [A]: half of it is hidden by a meter that rounds to whole amps."""
CAR_LEAST_A = 5.9  # below this offer a car draws nothing


class Sensor(NamedTuple):
    """A sensor that measures every `every_s` and reports it `late_s` later; `renewed`: as new each second."""

    every_s: int
    first_s: int
    late_s: int
    rounds_a: float
    renewed: bool

    def read(self, true: Sequence[Sequence[float]], t_s: int) -> tuple[list[float], float]:
        """Return what it shows at `t_s`, and the age of that report [s]. `true`: the values of each second [A]."""
        since_s = (t_s - self.late_s - self.first_s) % self.every_s
        values = true[max(t_s - self.late_s - since_s, 0)]
        shown = [round(a / self.rounds_a) * self.rounds_a if self.rounds_a else a for a in values]
        return shown, 0.0 if self.renewed else float(since_s)


def _draw_sensor(random: Random) -> Sensor:
    every_s, late_s = random.choice([1, 1, 2, 3, 5, 10, 15, 30]), random.choice([0, 0, 0, 1, 2, 3, 5, 8])
    renewed = every_s <= 5 and random.random() < 0.25
    return Sensor(every_s, random.randrange(30), late_s, random.choice([0, 0.1, 0.1, 0.5, 1.0]), renewed)


@dataclass
class Device:
    """A load's device: displays and follows late, draws up to `takes_a` on `used` phases, changed by `ramp_a` [A/s]."""

    load: Load
    displays_s: int
    follows_s: int
    ramp_a: float
    takes_a: float
    used: tuple[Phase, ...]
    sensor: Sensor | None
    switched: bool
    sent: list[tuple[int, float, bool]]  # second, current [A], switch
    drawn: list[list[float]] = field(default_factory=list)  # for each second, on each of its phases [A]

    def setting(self, t_s: int, delay_s: int) -> tuple[float, bool]:
        """Return current [A] and switch of the last command that is at least `delay_s` old."""
        return next((amps, on) for at_s, amps, on in reversed(self.sent) if at_s + delay_s <= t_s)

    def draw(self, t_s: int) -> Mapping[Phase, float]:
        """Add the draw of this second, and return it by phase [A]."""
        offer_a, on = self.setting(t_s, self.follows_s)
        least_a = CAR_LEAST_A if self.load.type == "number" else 0.0
        goal_a = min(offer_a, self.takes_a) if on and offer_a >= least_a else 0.0
        before_a = max(self.drawn[-1]) if self.drawn else 0.0
        now_a = before_a + max(min(goal_a - before_a, self.ramp_a), -self.ramp_a)
        self.drawn.append([now_a if phase in self.used else 0.0 for phase in self.load.phases])
        return dict(zip(self.load.phases, self.drawn[-1], strict=True))

    def state(self, t_s: int) -> LoadState:
        """Return the load's state at `t_s`, as its device and its sensor show it."""
        offer_a, on = self.setting(t_s, self.displays_s)
        facts: dict[str, Any] = {}
        if self.sensor is not None:
            shown, facts["draw_age_s"] = self.sensor.read(self.drawn, t_s)
            facts["draw_a"] = PerPhase.of(dict(zip(self.load.phases, shown, strict=True)))
        if self.load.on_off:
            return LoadState(switched=True, on=on, status=Status.CONNECTED, **facts)
        facts |= {"offer_a": offer_a, "device_step_a": self.load.step_a, "device_max_a": 40.0}
        if self.load.type == "power":
            return LoadState(offer_is_set=True, starts_at_a=1e-6, device_min_a=0.0, **facts)
        facts |= {"switched": True, "on": on, "device_min_a": 6.0} if self.switched else {"device_min_a": 0.0}
        return LoadState(status=Status.CHARGING if on and offer_a >= CAR_LEAST_A else Status.PAUSED, **facts)

    def obey(self, t_s: int, current_a: float | None, on: bool | None) -> None:
        """Take a command; None leaves a part as it is."""
        _, last_a, last_on = self.sent[-1]
        self.sent.append((t_s, last_a if current_a is None else current_a, last_on if on is None else on))


class House(NamedTuple):
    """A house; `house_a` is its house load less its sun [A]."""

    site: Site
    devices: Sequence[Device]
    house_a: Mapping[Phase, float]
    sun_w: float
    meter: Sensor


def draw_house(seed: int) -> House:
    """Return the house of a seed."""
    random = Random(seed)
    phases = random.choice([(Phase.L1,), ALL_PHASES, ALL_PHASES])
    sun_w = random.uniform(500, 9000) if random.random() < 0.35 else 0.0
    count, fuse_a = random.choice([1, 1, 2, 3, 4]), random.choice([16, 20, 25, 25, 32, 35])
    devices = [_draw_device(random, f"load{place}", phases, sun_w > 0) for place in range(count)]
    more: dict[str, Any] = {"margin_a": random.choice([0.0, 0.5, 0.5, 1.0])}
    more["distribution"] = Distribution(random.choice(["shared", "priority", "optimized", "strict"]))
    if random.random() < 0.35:
        more["max_import_w"] = round(fuse_a * len(phases) * VOLTAGE_V * random.uniform(0.5, 0.9))
    if sun_w:
        more |= {"solar_w": Source(entity="sensor.sun"), "netting": random.choice(["per_phase", "sum"])}
    built = site(*[d.load for d in devices], fuse_a=fuse_a, phases=" ".join(p.name for p in phases), **more)
    house_a = {phase: random.uniform(0.5, fuse_a * 0.5) - sun_w / VOLTAGE_V / len(phases) for phase in phases}
    return House(built, devices, house_a, sun_w, _draw_sensor(random))


def _draw_device(random: Random, name: str, phases: Sequence[Phase], sunny: bool) -> Device:
    kind = random.choice(["switched", "switched", "current", "watts", "plug"])
    used = tuple(phases) if kind != "plug" and random.random() < 0.7 else (random.choice(phases),)
    mode = Mode(random.choice(["standard", "solar_only", "solar_only", "solar_priority"])) if sunny else Mode.STANDARD
    more: dict[str, Any] = {"phases": " ".join(p.name for p in used), "priority": random.choice([1, 2, 3])}
    takes_a, start_a, ramp_s = math.inf, 0.0, random.choice([0, 0, 2, 5, 8])
    if kind == "plug":
        load = plug(name, random.choice([800, 1500, 2300]), mode=mode if sunny else Mode.CONTINUOUS, **more)
        takes_a, start_a, ramp_s = load.max_a * random.choice([1.0, 1.0, 0.8]), load.max_a, 0
    elif kind == "watts":
        load = in_watts(name, random.choice([2000, 3000, 6000]), mode=mode, **more)
    else:
        more |= {"step_a": random.choice([1.0, 1.0, 0.1]), "max_a": random.choice([16.0, 16.0, 32.0])}
        load, takes_a, start_a = car(name, mode=mode, **more), random.choice([99.0, 99.0, 10.0, 13.3]), 6.0
        used = used if random.random() < 0.7 else used[:1]
    sensor, ramp_a = _draw_sensor(random) if random.random() < 0.8 else None, 16.0 / ramp_s if ramp_s else math.inf
    delays_s = random.choice([0, 0, 1, 2, 5]), random.choice([0, 1, 2, 3, 5, 8, 10])
    return Device(load, *delays_s, ramp_a, takes_a, used, sensor, kind == "switched", [(-99, start_a, True)])


def play(seed: int, settle_s: int = SETTLE_S, count_s: int = COUNT_S) -> dict[str, float]:
    """Return seed, commands, seconds above a limit, and energy of loads and grid [kWh] of a house's last `count_s`.

    It runs for `settle_s` before that.
    """
    house, memory, true = draw_house(seed), Memory(), list[list[float]]()
    row = {"seed": seed, "commands": 0.0, "above_s": 0.0, "kwh": 0.0, "grid_kwh": 0.0}
    for t_s in range(settle_s + count_s):
        drawn = [device.draw(t_s) for device in house.devices]
        true.append([a + sum(each.get(p, 0.0) for each in drawn) for p, a in house.house_a.items()])
        shown, age_s = house.meter.read(true, t_s)
        grid = {p: Reading(a, a, age_s, house.meter.every_s) for p, a in zip(house.house_a, shown, strict=True)}
        sun = Reading(house.sun_w, house.sun_w, age_s, house.meter.every_s) if house.sun_w else NEVER
        states = {device.load.name: device.state(t_s) for device in house.devices}
        decision = step(house.site, Snapshot(T0_S + t_s, {MAIN: grid}, states, sun), memory)
        memory = decision.memory
        for command in decision.commands:
            next(d for d in house.devices if d.load.name == command.load).obey(t_s, command.current_a, command.on)
        if t_s >= settle_s:
            bought_a = max(sum(true[-1]), 0.0) if house.site.netting == "sum" else sum(max(a, 0.0) for a in true[-1])
            most_a = float(house.site.max_import_w or math.inf) / VOLTAGE_V + ABOVE_A * len(true[-1])  # type: ignore
            above = bought_a > most_a or max(true[-1]) > house.site.circuits[0].fuse_a + ABOVE_A
            used_a = sum(sum(each.values()) for each in drawn)
            found = (0, len(decision.commands), above, used_a * VOLTAGE_V / 3.6e6, bought_a * VOLTAGE_V / 3.6e6)
            row = {name: value + more for (name, value), more in zip(row.items(), found, strict=True)}
    return row


def main(argv: Sequence[str] | None = None) -> None:
    """Play the houses; print a line for each that is not still, and the sums of all."""
    parser = argparse.ArgumentParser(prog="benchmarks.still_houses", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--houses", type=int, default=60)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    options = parser.parse_args(argv)
    seeds = range(options.first, options.first + options.houses)
    rows = sorted(run_here(seeds, play, options.workers), key=lambda row: row["seed"])
    sums = {name: sum(row[name] for row in rows) for name in rows[0] if name != "seed"}
    still = {"houses": len(rows), "still": sum(not row["commands"] for row in rows)}
    for row in [*(row for row in rows if row["commands"] or row["above_s"]), still | sums]:
        print(", ".join(f"{name} {value:.5g}" for name, value in row.items()))


if __name__ == "__main__":
    main()
