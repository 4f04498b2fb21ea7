"""What a simulated second costs, and how that grows with loads, phases and circuits; and what a second core brings.

    python -m benchmarks.cost [--seconds 300] [--rounds 3]

Whole houses through the embedded host, side by side in one run: CPU time, the least of some rounds that take turns, as
a ratio to the smallest house. The last lines run the same work in one process and in one for each core, by the clock:
they mean something on a quiet machine only, and say how busy this one was.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.run import run
from simhouse.physics.car import Car, Visit
from simhouse.sweep.crews import run_here
from simhouse.sweep.job import Job, Source, worked

START = datetime(2026, 1, 15, 17, tzinfo=UTC)
WARM_S = 60
RUN_S = 864
WAITS = Car(visits=(Visit(0, 1e9, 10.0),))
"""The car that charges at each charger, all the time."""

PHASES = ("L1", "L2", "L3")


@dataclass(frozen=True)
class Shape:
    """A house with numbers of phases, chargers, and circuits in addition to the main one; circuits share the
    chargers."""

    phases: int = 1
    loads: int = 1
    circuits: int = 0

    @property
    def config(self) -> dict[str, Any]:
        """The house's CONFIG."""
        on = PHASES[: self.phases]
        circuits = {f"circuit{n}": {"fuse_a": 32} for n in range(self.circuits)}
        loads = {
            f"car{n}": {
                "type": "number",
                "current": f"number.car{n}",
                "switch": f"switch.car{n}",
                "draw": f"sensor.car{n}_current",
                "status": f"sensor.car{n}_status",
                "circuit": f"circuit{n % self.circuits}" if self.circuits else "main",
            }
            for n in range(self.loads)
        }
        site = {"main_fuse_a": 63, "grid": {p: f"sensor.net_{p.lower()}" for p in on}, "circuits": circuits}
        return {"site": site, "loads": loads}


SMALLEST = Shape()
GROWN: Mapping[str, Sequence[Shape]] = {
    "loads": [Shape(loads=n) for n in (2, 3, 4, 8)],
    "phases": [Shape(phases=n) for n in (2, 3)],
    "circuits": [Shape(loads=8, circuits=n) for n in (0, 2, 8)],
    "all of it": [Shape(3, 8, 8)],
}


async def measure_cpu_s(shape: Shape, seconds: int) -> float:
    """Return the CPU time [s] of `seconds` of this house, after a minute to warm up."""
    cars = dict.fromkeys(shape.config["loads"], WAITS)
    house = build_house(shape.config, start=START, length_s=WARM_S + seconds, inputs=Inputs(cars=cars))
    with TemporaryDirectory(prefix="fusebox-cost-") as folder:
        path = Path(folder) / "site_config.py"
        path.write_text(f"CONFIG = {shape.config!r}\n", encoding="utf-8")
        async with Host(path, START) as host:
            await run(house, host, WARM_S)
            began_s = time.process_time()
            await run(house, host, WARM_S + seconds, WARM_S)
            return time.process_time() - began_s


def lowest_cpu_s(seconds: int, rounds: int) -> dict[Shape, float]:
    """Return the lowest CPU time of each house [s]; the houses are measured in turn."""
    shapes = list(dict.fromkeys([SMALLEST, *(shape for grown in GROWN.values() for shape in grown)]))
    found = dict.fromkeys(shapes, float("inf"))
    for _ in range(rounds):
        for shape in shapes:
            found[shape] = min(found[shape], asyncio.run(measure_cpu_s(shape, seconds)))
    return found


def measure_sweeps_s(jobs: int, workers: int) -> tuple[float, float]:
    """Return the elapsed time and CPU time [s] of `jobs` short sweeps in `workers` processes."""
    config = Source("cost.py", f"CONFIG = {Shape(3, 2).config!r}\n")
    began_s = time.monotonic()
    rows = list(run_here([Job(config, None, seed, days=RUN_S / 86_400) for seed in range(jobs)], worked, workers))
    if failed := [row["error"] for row in rows if row.get("error")]:
        raise RuntimeError(failed[0])
    return time.monotonic() - began_s, sum(row["cpu_s"] for row in rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the CPU time of houses and sweeps, and print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.cost", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(argv)
    found = lowest_cpu_s(options.seconds, options.rounds)
    print("                phases  loads  circuits  simulated s in a CPU s  cost beside the smallest house")
    for title, shapes in {"the smallest": [SMALLEST], **GROWN}.items():
        for shape in shapes:
            rate, ratio = options.seconds / found[shape], found[shape] / found[SMALLEST]
            print(f"{title:14} {shape.phases:7} {shape.loads:6} {shape.circuits:9} {rate:23.0f} {ratio:31.2f}")
    cores = os.cpu_count() or 1
    jobs = 2 * cores
    for workers in dict.fromkeys((1, cores)):
        clock_s, cpu_s = measure_sweeps_s(jobs, workers)
        rate, had = jobs * RUN_S / clock_s, 100 * cpu_s / clock_s
        told = f"{jobs} runs of {RUN_S} s, {workers} at a time: {rate:.0f} simulated s a second"
        print(f"{told}; {had:.0f} % of a core was had")
    return 0


if __name__ == "__main__":
    sys.exit(main())
