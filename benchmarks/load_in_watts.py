"""How close a load in watts stays to the surplus, over days of sun and clouds in the simulated house.

    python -m benchmarks.load_in_watts [--seeds 1,2,3] [--hours 6-20]

A heater of 6 kW on one phase follows 2 s after its command, one command every 10 s. `best`: the same device, sent the
surplus of that second each time it may be sent anything.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import fmean
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from simhouse.devices.heater import ANSWERS_S
from simhouse.house.build import build_house
from simhouse.house.house import House, Instant
from simhouse.house.run import run

from .direct import Direct

MOST_W, WRITE_S, NEAR_W = 6000.0, 10, 100.0
BEGINS_S = 120
"""The first seconds, in which it starts, are not counted [s]."""
NEVER_HOT_LITRES = 1e6
"""So much water takes the heat of any day: its own thermostat never opens."""
CONFIG: dict[str, Any] = {
    "site": {"main_fuse_a": 63, "grid": {"L1": "sensor.l1"}, "solar_w": "sensor.solar"},
    "loads": {
        "heater": {
            "type": "power",
            "power": "number.heater",
            "draw": "sensor.heater_power",
            "max_w": MOST_W,
            "write_every_s": WRITE_S,
            "mode": "solar_only",
        }
    },
}


class Distance(NamedTuple):
    """How far a draw was from the surplus."""

    mean_w: float
    near_pct: float
    """The share of the time in which it was within 100 W."""
    missed_kwh: float
    grid_kwh: float


def distance_from_surplus(surplus_w: Sequence[float], drawn_w: Sequence[float]) -> Distance:
    """Return the distance of a draw from the surplus, second by second [W]."""
    errors = [surplus - drawn for surplus, drawn in zip(surplus_w, drawn_w, strict=True)]
    missed, bought = sum(max(e, 0.0) for e in errors), sum(max(-e, 0.0) for e in errors)
    near_pct = 100 * fmean(abs(e) <= NEAR_W for e in errors)
    return Distance(fmean(map(abs, errors)), near_pct, missed / 3.6e6, bought / 3.6e6)


def best_draw(surplus_w: Sequence[float]) -> list[float]:
    """Return the draw of a device that is sent the present surplus as often as it may be sent anything [W]."""
    late = int(ANSWERS_S)
    sent = [surplus_w[second - second % WRITE_S] for second in range(len(surplus_w))]
    return [0.0] * late + sent[:-late]


def play_day(seed: int, hours: tuple[int, float]) -> tuple[Distance, Distance, float, int]:
    """Return the distances of Fusebox and of the best, the usable energy [kWh] and the commands of one day."""
    start, length_s = datetime(2026, 6, 15, hours[0], tzinfo=UTC), int((hours[1] - hours[0]) * 3600)
    house = build_house(CONFIG, start=start, length_s=length_s, seed=seed)
    heater: Any = house.plugs["heater"]
    heater.water.litres = NEVER_HOT_LITRES
    surplus_w: list[float] = []
    drawn_w: list[float] = []

    def watch(now: Instant, _reply: object) -> None:
        drawn = sum(now.loads_a["heater"].values()) * house.voltage_v
        exported = -sum(now.net_a.values()) * house.voltage_v
        drawn_w.append(drawn)
        surplus_w.append(min(max(exported + drawn, 0.0), MOST_W))

    asyncio.run(_play(house, start, length_s, watch))
    best_w = best_draw(surplus_w)
    usable_kwh = sum(surplus_w[BEGINS_S:]) / 3.6e6
    own, best = (distance_from_surplus(surplus_w[BEGINS_S:], draw[BEGINS_S:]) for draw in (drawn_w, best_w))
    return own, best, usable_kwh, heater.commands


async def _play(house: House, start: datetime, length_s: int, watch: Any) -> None:
    async with Direct(CONFIG, start) as direct:
        await run(house, direct, length_s, watch=watch)


def main(argv: Sequence[str] | None = None) -> None:
    """Play each day and print a row with how far the load stays from the surplus."""
    parser = argparse.ArgumentParser(prog="benchmarks.load_in_watts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--hours", default="6-20")
    options = parser.parse_args(argv)
    begin, end = map(int, options.hours.split("-"))
    table = Table("sky", "usable kWh", "", "mean W", "within 100 W", "missed kWh", "grid kWh", "commands an hour")
    for seed in map(int, options.seeds.split(",")):
        own, best, usable_kwh, commands = play_day(seed, (begin, end))
        for name, of, sent in (("Fusebox", own, f"{commands / (end - begin):.0f}"), ("best", best, "")):
            figures = f"{of.mean_w:.0f}", f"{of.near_pct:.0f} %", f"{of.missed_kwh:.2f}", f"{of.grid_kwh:.2f}"
            table.add_row(str(seed), f"{usable_kwh:.1f}", name, *figures, sent)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
