"""Days on the sun through the links as they are shipped, over real sockets, in time-lapse.

    python -m benchmarks.sun_days [--pv CSV] [--seeds 1,2,3] [--phases 1,3]

The house of config_examples/easee_and_huawei.py: the inverter is read every 5 s of its clock, the charger every 10 s,
and commanded through a cloud that takes 2 s. Only the pauses that a real inverter needs between two requests are left
out. With `--pv` the sky is that of a measured roof, on each of its days; without it, and in addition, one of changing
clouds from a seed.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.surplus.day import Day
from benchmarks.surplus.measure import Outcome, Tally
from benchmarks.surplus.prophet import Keeps, usable_kwh
from simhouse.devices.modbus_server import Habits
from simhouse.host.pyscript_host import Host
from simhouse.house.house import House
from simhouse.house.plan import DAY_S
from simhouse.house.run import run
from simhouse.house.traces import read_trace

REACHED_PCT, GRID_KWH, STARTS = 90.0, 1.0, 12
WORKERS, WIDE = 2, 150
COLUMNS = ("usable kWh", "reached the car", "of the grid", "below the target", "starts", "battery at the end", "")


def main(argv: Sequence[str] | None = None) -> None:
    """Play every day with every controller and print the table."""
    options = _parse_options(argv)
    days = _make_days(options)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    began_s = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(min(WORKERS, os.cpu_count() or 1)) as pool:
        outcomes = pool.map(play_day, days, chunksize=1)
    console.print(_make_table(days, outcomes))
    console.print(f"{time.monotonic() - began_s:.0f} s", highlight=False)


def play_day(day: Day) -> Outcome:
    """Play a whole day and return its figures."""
    house = day.house()
    battery = day.config["site"].get("battery")
    keeps = None if battery is None else Keeps(battery["soc_target_pct"], battery["reserve_w"])
    tally = Tally(house, keeps)
    usable = usable_kwh(house, keeps)
    asyncio.run(_run_controller(day, house, tally))
    return tally.outcome(usable)


async def _run_controller(day: Day, house: House, tally: Tally) -> None:
    linked = house.linked
    assert linked is not None and linked.inverter is not None
    linked.inverter.server.habits = Habits(one_client=True, unit=1)
    with TemporaryDirectory(prefix="fusebox-surplus-") as folder:
        async with linked:
            file = Path(folder) / "site_config.py"
            file.write_text(f"CONFIG = {linked.with_addresses(day.config)!r}\n", encoding="utf-8")
            async with Host(config=file, start=house.start) as host:
                await run(house, host, 1)
                link = sys.modules["fusebox.devices.huawei.link"]
                link.AFTER_CONNECT_S = link.BETWEEN_S = 0.0  # type: ignore[attr-defined]
                await run(house, host, len(house.base["L1"].watts), from_s=1, watch=tally.watch)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.sun_days", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pv", type=Path, help="CSV of a measured roof: time + watts")
    parser.add_argument("--seeds", type=_numbers, default=[1, 2, 3], help="skies that are made up; default: 1,2,3")
    parser.add_argument("--phases", type=_numbers, default=[1, 3], help="houses: 1, 3 or 1,3")
    return parser.parse_args(argv)


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",") if word]


def _make_days(options: argparse.Namespace) -> list[Day]:
    measured = 0 if options.pv is None else -(-int(read_trace(options.pv).length_s) // DAY_S)
    days = []
    for phases in options.phases:
        for battery in (False, True):
            days += [Day(phases, battery, (options.pv, day)) for day in range(measured)]
            days += [Day(phases, battery, None, seed) for seed in options.seeds]
    return days


def _make_table(days: Sequence[Day], outcomes: Sequence[Outcome]) -> Table:
    title = f"Wanted: {REACHED_PCT:g} % of what a prophet could use, {GRID_KWH:g} kWh of the grid, {STARTS} starts"
    table = Table(title=title, title_justify="left")
    table.add_column("day", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for day, found in zip(days, outcomes, strict=True):
        met = found.reached_pct >= REACHED_PCT and found.grid_kwh < GRID_KWH and found.starts <= STARTS
        table.add_row(
            day.title,
            f"{found.usable_kwh:.1f}",
            f"{found.reached_pct:.1f} %",
            f"{found.grid_kwh:.2f} kWh",
            "" if found.last_pct is None else f"{found.borrowed_kwh:.2f} kWh",
            str(found.starts),
            "" if found.last_pct is None else f"{found.last_pct:.0f} %",
            "yes" if met else "[bold red]no[/]",
        )
    return table


if __name__ == "__main__":
    main()
