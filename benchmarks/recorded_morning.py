"""A recorded morning on three phases with two cars, under each distribution.

    python -m benchmarks.recorded_morning FILE [--distribution optimized] [--fuse 25]

FILE is `sim/simulation_data.csv` of github.com/dirkgroenen/hass-evse-load-balancer: 2.2 hours from 10:00:18 on, a row
each second, `corrected_l1` to `corrected_l3` are what the house leaves of 25 A. It is not part of this repository. The
first car charges on three phases from the beginning; the second one comes to L1 at 10:12. About 10 s of CPU for a run.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.direct import Direct
from benchmarks.scenes.measure import Outcome, Tally
from benchmarks.scenes.optimum import optimum_kwh
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.house.run import run
from simhouse.physics.breaker import breaker
from simhouse.physics.car import Car, Visit
from simhouse.physics.seconds import SecondSeries
from simhouse.physics.wiring import MAIN

DISTRIBUTIONS = ("shared", "priority", "optimized", "strict")
PHASES = ("L1", "L2", "L3")
RECORDED_FUSE_A = 25.0
VOLTAGE_V = 230.0
CAR_A = 16.0
FIRST, SECOND = "first", "second"
SECOND_COMES_S = 702
"""10:12:00 [s since the recording began]."""

NEVER_OPENS_A = 10_000.0
WIDE = 120


class Recording(NamedTuple):
    """The house's recorded power on each phase [W], by second."""

    start: datetime
    house: Mapping[str, SecondSeries]

    @property
    def length_s(self) -> int:
        """Length of the record [s]."""
        return len(self.house[PHASES[0]].watts)


class Morning(NamedTuple):
    """The result of one distribution."""

    outcome: Outcome
    kwh: Mapping[str, float]
    """By car."""


def main(argv: Sequence[str] | None = None) -> None:
    """Play the morning once for each distribution and print the table."""
    options = _parse_options(argv)
    recording = read_recording(options.file)
    table = Table(title=f"{recording.length_s} s at {options.fuse:g} A", title_justify="left")
    for name in ("distribution", "kWh", "of possible", *(f"{car} car" for car in (FIRST, SECOND)), "s above 1.13 In"):
        table.add_column(name, justify="left" if name == "distribution" else "right")
    for name in ("heat [A2s]", "starts", "commands an hour"):
        table.add_column(name, justify="right")
    for distribution in options.distribution or DISTRIBUTIONS:
        outcome, kwh = play_morning(recording, distribution, options.fuse)
        table.add_row(
            distribution,
            f"{outcome.kwh:.2f}",
            f"{outcome.energy_pct:.1f} %",
            *(f"{kwh[car]:.2f}" for car in (FIRST, SECOND)),
            f"{outcome.hot_s:.0f}",
            f"{outcome.heat_a2s:,.0f}",
            "+".join(map(str, outcome.starts)),
            f"{outcome.writes_h:.0f}",
        )
    Console(width=WIDE).print(table)


def read_recording(path: Path) -> Recording:
    """Read the house's draw from the file. Raises OSError without it, ValueError where rows are missing or broken."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise ValueError(f"{path} holds no rows")
    watts = {phase: array("d") for phase in PHASES}
    try:
        times = [datetime.fromisoformat(row["last_changed"]) for row in rows]
        for phase, amps in watts.items():
            left_a = (float(row[f"corrected_{phase.lower()}"]) for row in rows)
            amps.extend(max(0.0, RECORDED_FUSE_A - a) * VOLTAGE_V for a in left_a)
    except (KeyError, TypeError) as missing:
        raise ValueError(f"{path} is not that recording: no column {missing}") from None
    if (times[-1] - times[0]).total_seconds() != len(rows) - 1:
        raise ValueError(f"{path} does not have a row for each second")
    known = bytearray(b"\1" * len(rows))
    return Recording(times[0], {phase: SecondSeries(each, known) for phase, each in watts.items()})


def play_morning(recording: Recording, distribution: str, fuse_a: float) -> Morning:
    """Play the morning with Fusebox under one distribution."""
    config = home_config(distribution, fuse_a)
    house = recorded_house(recording, config)
    tally = Tally(house, solar=False)
    asyncio.run(_conduct(config, house, recording, tally))
    kwh = {name: charger.car_state.taken_kwh for name, charger in house.chargers.items()}
    return Morning(tally.outcome(optimum_kwh(house, solar=False)), kwh)


def home_config(distribution: str, fuse_a: float) -> dict[str, Any]:
    """Return the CONFIG of the home: two chargers, the first on three phases, the second on L1."""
    return {
        "site": {
            "main_fuse_a": fuse_a,
            "grid": {phase: f"sensor.grid_power_{phase.lower()}" for phase in PHASES},
            "distribution": distribution,
        },
        "loads": {FIRST: _charger_entry(FIRST, PHASES), SECOND: _charger_entry(SECOND, PHASES[:1])},
    }


def recorded_house(recording: Recording, config: Mapping[str, Any]) -> House:
    """Return the recorded house with its two cars. Its breaker never opens, so that an overload is measured whole."""
    until_s = recording.length_s + 1.0
    cars = {
        FIRST: Car(3, CAR_A, 100.0, (Visit(0.0, until_s, 10.0),)),
        SECOND: Car(1, CAR_A, 100.0, (Visit(SECOND_COMES_S, until_s, 10.0),)),
    }
    house = build_house(
        config,
        start=recording.start,
        length_s=recording.length_s,
        inputs=Inputs(recording.house, None, cars),
        equipment=Equipment(units={f"sensor.{name}_current": "A" for name in cars}),
    )
    house.circuits[MAIN].device = breaker(MAIN, NEVER_OPENS_A)
    return house


def _charger_entry(name: str, phases: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "number",
        "current": f"number.{name}_charging_current",
        "switch": f"switch.{name}_charging",
        "draw": f"sensor.{name}_current",
        "status": f"sensor.{name}_status",
        "phases": list(phases),
        "max_a": CAR_A,
    }


async def _conduct(config: Mapping[str, Any], house: House, recording: Recording, tally: Tally) -> None:
    async with Direct(config, recording.start) as fusebox:
        await run(house, fusebox, recording.length_s, watch=tally.watch)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.recorded_morning", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, help="the recording, a CSV")
    parser.add_argument("--distribution", choices=DISTRIBUTIONS, action="append", help="default: each of them")
    parser.add_argument("--fuse", type=float, default=RECORDED_FUSE_A, help="main fuse [A]")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
