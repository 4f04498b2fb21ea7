"""Houses whose load and sun stand still: once Fusebox has settled there, it should send no more commands.

    python -m benchmarks.still_houses [--houses 60] [--first 1] [--sun] [--workers N]

Fuse, contract, sun, loads and sensors follow from the seed. Sensors report seldom, late or in coarse steps, devices
follow late, cars take less than they are offered or use one phase of three. Printed are the houses that are not still:
commands of the last five minutes, seconds above a limit, energy of the loads and from the grid. A second of CPU each.

With `--sun` every house has sun that moves slowly, and some have a battery that keeps import and export at zero.
Commands are those of a quarter hour, and each house is played again with exact sensors: `exact` is what remains then.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple

from fusebox.control.control import step
from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.equipment import Battery, Source
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import NEVER, BatteryReadings, LoadState, Reading, Snapshot, Status
from simhouse.sweep.crews import run_here
from tests.control.houses import METER, T0_S, car, in_watts, plug, site

VOLTAGE_V = 230.0
SETTLE_S, COUNT_S, QUARTER_S = 400, 300, 900
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


EXACT = Sensor(1, 0, 0, 0.0, renewed=False)


class House(NamedTuple):
    """A house: its load without sun [A], its highest sun [W], and by what part that falls once in `period_s`."""

    site: Site
    devices: Sequence[Device]
    house_a: Mapping[Phase, float]
    sun_w: float
    meter: Sensor
    falls: float = 0.0
    period_s: float = 600.0
    soc_pct: float = 50.0

    def sun_at(self, t_s: int) -> float:
        """Return the sun of a second [W]."""
        return self.sun_w * (1 - self.falls * (1 - math.cos(2 * math.pi * t_s / self.period_s)) / 2)


def draw_house(seed: int, sunny: bool = False) -> House:
    """Return the house of a seed; if `sunny` one with sun that moves, perhaps with a battery."""
    random = Random(seed)
    phases = random.choice([(Phase.L1,), ALL_PHASES, ALL_PHASES])
    has_sun = random.random() < 0.35 or sunny
    sun_w = random.uniform(500, 9000) if has_sun else 0.0
    count, fuse_a = random.choice([1, 1, 2, 3, 4]), random.choice([16, 20, 25, 25, 32, 35])
    devices = [_draw_device(random, f"load{place}", phases, sun_w > 0) for place in range(count)]
    more: dict[str, Any] = {"margin_a": random.choice([0.0, 0.5, 0.5, 1.0])}
    more["distribution"] = Distribution(random.choice(["shared", "priority", "optimized", "strict"]))
    if random.random() < 0.35:
        more["max_import_w"] = round(fuse_a * len(phases) * VOLTAGE_V * random.uniform(0.5, 0.9))
    if sun_w:
        more |= {"solar_w": Source(entity="sensor.sun"), "netting": random.choice(["per_phase", "sum"])}
    built = site(*[d.load for d in devices], fuse_a=fuse_a, phases=" ".join(p.name for p in phases), **more)
    house_a = {phase: random.uniform(0.5, fuse_a * 0.5) for phase in phases}
    house = House(built, devices, house_a, sun_w, _draw_sensor(random))
    if not sunny:
        return house
    sun_w, house_a = random.uniform(500, 4000) * len(phases), {phase: random.uniform(0.2, 3.0) for phase in phases}
    if random.random() < 0.4:
        built = replace(built, batteries=(Battery(METER, METER),))
    falls, period_s = random.choice([0.0, 0.2, 0.6]), random.uniform(600, 2400)
    soc_pct = random.choice([random.uniform(30, 79), random.uniform(80, 99)])
    return house._replace(site=built, house_a=house_a, sun_w=sun_w, falls=falls, period_s=period_s, soc_pct=soc_pct)


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


def play(seed: int, settle_s: int = SETTLE_S, count_s: int = COUNT_S, sunny: bool = False) -> dict[str, float]:
    """Return seed, commands, seconds above a limit, and energy of loads and grid [kWh] of a house's last `count_s`.

    It runs for `settle_s` before that.
    """
    return {"seed": seed, **_play_house(draw_house(seed, sunny), settle_s, count_s)}


def play_sunny(seed: int) -> dict[str, float]:
    """Return the row of `play` for a quarter hour of a sunny house, and `exact`: its commands with exact sensors."""
    exact = draw_house(seed, sunny=True)
    for device in exact.devices:
        device.sensor, device.displays_s = EXACT, 0
    remaining = _play_house(exact._replace(meter=EXACT), SETTLE_S, QUARTER_S)["commands"]
    return {**play(seed, SETTLE_S, QUARTER_S, sunny=True), "exact": remaining}


def _play_house(house: House, settle_s: int, count_s: int) -> dict[str, float]:
    """Return commands, seconds above a limit, and energies of the last `count_s` of a house after `settle_s`."""
    site, meter, memory, true, battery_w = house.site, house.meter, Memory(), list[list[float]](), 0.0
    row = {"commands": 0.0, "above_s": 0.0, "kwh": 0.0, "grid_kwh": 0.0}
    for t_s in range(settle_s + count_s):
        drawn = [device.draw(t_s) for device in house.devices]
        sun_w = house.sun_at(t_s)
        given_a = (sun_w - battery_w) / VOLTAGE_V / len(house.house_a)
        net_a = [a - given_a + sum(each.get(p, 0.0) for each in drawn) for p, a in house.house_a.items()]
        true.append([*net_a, sun_w / VOLTAGE_V, battery_w / VOLTAGE_V])
        (*shown, sun_a, battery_a), age_s = meter.read(true, t_s)
        power = _reading(battery_a * VOLTAGE_V, age_s, meter.every_s)
        states = {device.load.name: device.state(t_s) for device in house.devices}
        snapshot = Snapshot(
            T0_S + t_s,
            {MAIN: {p: _reading(a, age_s, meter.every_s) for p, a in zip(house.house_a, shown, strict=True)}},
            states,
            _reading(sun_a * VOLTAGE_V, age_s, meter.every_s) if house.sun_w else NEVER,
            (BatteryReadings(_reading(house.soc_pct, 0.0, 1), power),) if site.batteries else (),
        )
        decision = step(site, snapshot, memory)
        memory = decision.memory
        for command in decision.commands:
            next(d for d in house.devices if d.load.name == command.load).obey(t_s, command.current_a, command.on)
        if t_s >= settle_s:
            bought_a = max(sum(net_a), 0.0) if site.netting == "sum" else sum(max(a, 0.0) for a in net_a)
            most_a = float(site.max_import_w or math.inf) / VOLTAGE_V + ABOVE_A * len(net_a)  # type: ignore
            above = bought_a > most_a or max(net_a) > site.circuits[0].fuse_a + ABOVE_A
            used_a = sum(sum(each.values()) for each in drawn)
            found = (len(decision.commands), above, used_a * VOLTAGE_V / 3.6e6, bought_a * VOLTAGE_V / 3.6e6)
            row = {name: value + more for (name, value), more in zip(row.items(), found, strict=True)}
        if site.batteries:
            # It follows the grid's power within some seconds.
            battery_w = min(max(battery_w - sum(net_a) * VOLTAGE_V / 2, -5000.0), 5000.0)
    return row


def _reading(value: float, age_s: float, period_s: float) -> Reading:
    return Reading(value, value, age_s, period_s)


def main(argv: Sequence[str] | None = None) -> None:
    """Play the houses; print a line for each that is not still, and the sums of all."""
    parser = argparse.ArgumentParser(prog="benchmarks.still_houses", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--houses", type=int, default=60)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--sun", action="store_true")
    parser.add_argument("--workers", type=int, default=None)
    options = parser.parse_args(argv)
    seeds = range(options.first, options.first + options.houses)
    rows = sorted(run_here(seeds, play_sunny if options.sun else play, options.workers), key=lambda row: row["seed"])
    sums = {name: sum(row[name] for row in rows) for name in rows[0] if name != "seed"}
    still = {"houses": len(rows), "still": sum(not row["commands"] for row in rows)}
    for row in [*(row for row in rows if row["commands"] or row["above_s"]), still | sums]:
        print(", ".join(f"{name} {value:.5g}" for name, value in row.items()))


if __name__ == "__main__":
    main()
