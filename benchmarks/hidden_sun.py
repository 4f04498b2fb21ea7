"""Days of a throttled inverter: how much of the hidden sun reaches a car or plugs, and what the grid pays for that.

    make bench-hidden-sun BENCH="--seeds 1,2"

A house on one phase under drawn skies, with each kind of inverter. The 100 % is somebody who knows each second what the
panels could give: in each he takes the most that whole amps, or plugs, fit into. What the grid pays is what it gives
more than to the same house without any load.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from math import inf
from random import Random
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.direct import Direct
from benchmarks.population.sun import Taker, highest_draw_w
from benchmarks.scenes.evening import daytime
from benchmarks.surplus.day import one_wire
from simhouse.devices.roof import Roof
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House, Instant
from simhouse.house.run import run
from simhouse.physics.car import MINIMUM_A, Visit, some_car
from simhouse.physics.sky import sky_seconds
from simhouse.physics.throttle import Throttle, WeakLine

LENGTH_S = 12 * 3600
PANELS_W, NOMINAL_W = 6000.0, 5000.0
CAR_MAX_A = 16.0
START = datetime(2026, 6, 10, 7, tzinfo=timezone(timedelta(hours=2)))
WS_PER_KWH = 3_600_000.0
INVERTERS: Mapping[str, Throttle] = {
    "zero export, 1 s": Throttle(export_max_w=0.0, lag_s=1.0),
    "zero export, 5 s": Throttle(export_max_w=0.0, lag_s=5.0),
    "zero export, 20 s": Throttle(export_max_w=0.0, lag_s=20.0),
    "60 % at the feed-in point": Throttle(export_max_w=0.6 * PANELS_W),
    "70 % at the inverter": Throttle(output_max_w=0.7 * PANELS_W),
    "voltage": Throttle(line=WeakLine(neighbours_v=18.0)),
}
PLUGS_W = {"boiler": 2000.0, "pump": 900.0}
WANTED_PCT, WANTED_GRID_KWH = {"car": 85.0, "plugs": 70.0}, 0.3
WORKERS = 2


class Day(NamedTuple):
    """One day: inverter, load (`car`, `plugs`), seed of sky and household, and whether CONFIG says `throttles`."""

    inverter: str
    load: str
    seed: int
    knows: bool = True

    @property
    def config(self) -> dict[str, Any]:
        """CONFIG of the house."""
        loads: dict[str, Any] = {
            "car": {
                "type": "number",
                "current": "number.car_current",
                "switch": "switch.car",
                "draw": "sensor.car_current",
                "status": "sensor.car_status",
                "step_a": 1,
                "max_a": CAR_MAX_A,
                "mode": "solar_only",
            }
        }
        if self.load == "plugs":
            loads = {
                name: {
                    "type": "plug",
                    "switch": f"switch.{name}",
                    "power": f"sensor.{name}_power",
                    "rated_w": rated_w,
                    "mode": "solar_only",
                }
                for name, rated_w in PLUGS_W.items()
            }
        site = {
            "main_fuse_a": 40,
            "grid": {"L1": "sensor.net_power"},
            "solar_w": "sensor.solar_power",
            "inverter": {"max_w": NOMINAL_W, "throttles": self.knows},
        }
        return {"site": site, "loads": loads}

    def house(self) -> House:
        """Return the simulated house of the day; its car is connected from the beginning and never full."""
        random = Random(f"{self.seed}:car")
        car = replace(some_car(random, 1, (Visit(0.0, LENGTH_S + 1.0, 5.0),), 200.0, CAR_MAX_A), max_a=CAR_MAX_A)
        sun = sky_seconds(START, LENGTH_S, PANELS_W, Random(f"{self.seed}:sky"))
        base = one_wire(daytime(Random(f"{self.seed}:house"), LENGTH_S)[:2])
        inputs = Inputs({"L1": base}, sun, {"car": car})
        made = Equipment(throttle=INVERTERS[self.inverter])
        return build_house(self.config, start=START, length_s=LENGTH_S, seed=self.seed, inputs=inputs, equipment=made)


class Outcome(NamedTuple):
    """Energies of a day [kWh]: what could be used, what of it was, what the grid paid; and starts."""

    usable_kwh: float
    own_kwh: float
    grid_kwh: float
    starts: int

    @property
    def reached_pct(self) -> float:
        """The sun that reached the loads, of what could have [%]."""
        return 100 * self.own_kwh / self.usable_kwh if self.usable_kwh else 100.0


class Tally:
    """Watches a day, beside a roof of the same house without loads."""

    def __init__(self, house: House) -> None:
        roof = house.roof
        self._house = house
        self._alone = Roof(roof.solar, roof.inverter_max_w, throttle=roof.throttle)
        self.taken_ws = self.grid_ws = 0.0

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add a second of the house to the figures."""
        volts = self._house.voltage_v
        base_w = sum(instant.base_a.values()) * volts
        alone_w = base_w - self._alone.step(instant.t_s, base_w, dark=False).solar_w
        self.taken_ws += sum(sum(load.values()) for load in instant.loads_a.values()) * volts
        self.grid_ws += max(sum(instant.net_a.values()) * volts, 0.0) - max(alone_w, 0.0)

    def outcome(self, usable_kwh: float) -> Outcome:
        """Return the figures of the whole day; `usable_kwh`: the energy that perfect foresight would use."""
        taken_kwh, grid_kwh = self.taken_ws / WS_PER_KWH, self.grid_ws / WS_PER_KWH
        starts = sum(c.car_state.starts for c in self._house.chargers.values())
        starts += sum(plug.starts for plug in self._house.plugs.values() if hasattr(plug, "starts"))
        return Outcome(usable_kwh, taken_kwh - grid_kwh, grid_kwh, starts)


def usable_surplus_w(day: Day, house: House) -> Iterator[float]:
    """Yield what somebody who knows the sun takes in each second [W]."""
    throttle, volts = INVERTERS[day.inverter], house.voltage_v
    takers = [Taker(0.0, plug.load_w, plug.load_w, plug.load_w, 0.0) for plug in house.plugs.values()]  # type: ignore[union-attr]
    for charger in house.chargers.values():
        below_w = charger.car.below_offer_a * volts
        takers.append(Taker(0.0, volts, MINIMUM_A * volts, CAR_MAX_A * volts, below_w))
    assert house.roof.solar is not None
    for t_s, panels_w in enumerate(house.roof.solar):
        given_w = min(panels_w, NOMINAL_W, throttle.output_max_w)
        if throttle.line is not None:
            given_w = min(given_w, throttle.line.allowed_w(0.0, panels_w, NOMINAL_W))
        yield highest_draw_w(takers, given_w - sum(line.watts[t_s] for line in house.base.values()))


def play_day(day: Day) -> Outcome:
    """Play one day behind a throttled inverter and return its figures."""
    house = day.house()
    tally = Tally(house)
    usable_kwh = sum(usable_surplus_w(day, house)) / WS_PER_KWH
    asyncio.run(_conduct(day, house, tally))
    return tally.outcome(usable_kwh)


async def _conduct(day: Day, house: House, tally: Tally) -> None:
    async with Direct(day.config, house.start) as fusebox:
        await run(house, fusebox, LENGTH_S, watch=tally.watch)


def main(argv: Sequence[str] | None = None) -> None:
    """Play all days and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.hidden_sun", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="1,2,3,4", help="skies; default: 1,2,3,4")
    parser.add_argument("--inverters", default="", help="only those whose names begin so")
    parser.add_argument("--loads", default="car,plugs")
    parser.add_argument("--each", action="store_true", help="a row for each day")
    parser.add_argument("--without", action="store_true", help="also without `throttles` in CONFIG")
    options = parser.parse_args(argv)
    seeds = [int(word) for word in options.seeds.split(",")]
    cases = [
        (name, load, knows)
        for name in INVERTERS
        if name.startswith(options.inverters)
        for load in options.loads.split(",")
        for knows in ((True, False) if options.without else (True,))
    ]
    days = [Day(name, load, seed, knows) for name, load, knows in cases for seed in seeds]
    with multiprocessing.get_context("spawn").Pool(min(WORKERS, os.cpu_count() or 1)) as pool:
        outcomes = dict(zip(days, pool.map(play_day, days, chunksize=1), strict=True))
    table = Table(title=f"{len(seeds)} skies of 12 hours each")
    for name in (
        "inverter",
        "load",
        "usable kWh a day",
        "reached",
        "worst day",
        "grid kWh a day",
        "worst",
        "starts",
        "",
    ):
        table.add_column(name, justify="left" if name in ("inverter", "load") else "right")
    for name, load, knows in cases:
        found = [outcomes[Day(name, load, seed, knows)] for seed in seeds]
        _add_row(table, name, load if knows else f"{load}, not told", found)
        if options.each:
            for seed, outcome in zip(seeds, found, strict=True):
                _add_row(table, "", f"seed {seed}", [outcome])
    Console(width=130).print(table)


def _add_row(table: Table, name: str, load: str, found: Sequence[Outcome]) -> None:
    usable, own, grid = (sum(values) for values in list(zip(*found, strict=True))[:3])
    reached_pct, count = 100 * own / usable if usable else 100.0, len(found)
    met = reached_pct >= WANTED_PCT.get(load, -inf) and grid / count < WANTED_GRID_KWH
    table.add_row(
        name,
        load,
        f"{usable / count:.1f}",
        f"{reached_pct:.1f} %",
        f"{min(each.reached_pct for each in found):.1f} %",
        f"{grid / count:.2f}",
        f"{max(each.grid_kwh for each in found):.2f}",
        f"{sum(each.starts for each in found) / count:.0f}",
        "yes" if met else "[red]no[/]",
    )


if __name__ == "__main__":
    main()
