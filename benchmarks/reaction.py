"""Reaction time: from the reading that shows an overload until the current is below the rating again.

    python -m benchmarks.reaction [--seeds 601-604]

A car charges with everything that is left; every five minutes a load comes on for two minutes that overloads the fuse
together with the car, but not with the car at its minimum. The true current is measured each second, whatever the meter
reports. EREC G100 requires 15 s, and 60 s at most. A cut that comes only after the load has ended counts with that
time.
"""

from __future__ import annotations

import argparse
import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from random import Random
from statistics import quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.direct import Direct
from benchmarks.peers.evse_balancer import EvseBalancer
from benchmarks.peers.load_juggler import LoadJuggler
from benchmarks.peers.sixty_lines import SixtyLines
from benchmarks.scenes.scene import AT_SIX, FUSE_A, Scene
from simhouse.house.house import Instant
from simhouse.house.run import run
from simhouse.physics.seconds import SecondSeries

PERIODS_S = (1, 2, 5, 10, 30)
FIRST_S, EVERY_S, LASTS_S, TIMES = 900, 300, 120, 12
STANDBY_W = (300.0, 900.0)
COMES_W = (1200.0, 3200.0)
G100_S, G100_LONGEST_S = 15, 60
WIDE = 150


def overloaded_phase_w(random: Random, length_s: int) -> list[SecondSeries]:
    """Return a phase's power with a large load that recurs, each time at another moment between two readings."""
    watts = array("d", [random.uniform(*STANDBY_W)]) * length_s
    for time in range(TIMES):
        at_s, power_w = FIRST_S + EVERY_S * time + random.randrange(60), random.uniform(*COMES_W)
        for second in range(at_s, at_s + LASTS_S):
            watts[second] += power_w
    return [SecondSeries(watts, bytearray(b"\1" * length_s))]


HOUSE = Scene("reaction", "", overloaded_phase_w, 1, 1, AT_SIX, FIRST_S + EVERY_S * TIMES, car_max_a=FUSE_A)
CONTROLLERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "Fusebox": partial(Direct, start=HOUSE.start),
    "sixty lines": SixtyLines,
    "Load Juggler": LoadJuggler,
    "evse-lb": EvseBalancer,
}


class Watch:
    """Measures times from the first reading above the rating to the first second that is not."""

    def __init__(self, period_s: int) -> None:
        self._period_s = period_s
        self._told_s: int | None = None
        self.found_s: list[int] = []

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add a second of the house; store how long an overload lasted once it has ended."""
        over = max(instant.net_a.values()) > FUSE_A
        if over and self._told_s is None and instant.t_s % self._period_s == 0:
            self._told_s = instant.t_s
        if not over and self._told_s is not None:
            self.found_s.append(instant.t_s - self._told_s)
            self._told_s = None


def reactions_s(controller: str, period_s: int, seed: int) -> Sequence[int]:
    """Return all reaction times of an evening [s]."""
    scene = replace(HOUSE, meter_every_s=period_s)
    watch = Watch(period_s)

    async def live() -> None:
        async with CONTROLLERS[controller](scene.config) as host:
            await run(scene.house(seed), host, scene.length_s, watch=watch.watch)

    asyncio.run(live())
    return watch.found_s


def main(argv: Sequence[str] | None = None) -> None:
    """Print a row for each controller, a column for each meter."""
    parser = argparse.ArgumentParser(prog="benchmarks.reaction", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="601-604", help="one, or a first and a last")
    first, _, last = parser.parse_args(argv).seeds.partition("-")
    jobs = [(n, p, seed) for n in CONTROLLERS for p in PERIODS_S for seed in range(int(first), int(last or first) + 1)]
    with get_context("spawn").Pool() as pool:
        found = dict(zip(jobs, pool.starmap(reactions_s, jobs, chunksize=1), strict=True))
    title = "Seconds from the reading to below the rating: p50 / worst (overloads that a reading showed)"
    table = Table("controller", title=title, title_justify="left")
    for period_s in PERIODS_S:
        table.add_column(f"{period_s} s meter", justify="right")
    for name in CONTROLLERS:
        cells = []
        for period_s in PERIODS_S:
            all_s = [s for (n, p, _), times_s in found.items() if (n, p) == (name, period_s) for s in times_s]
            cells.append(f"{quantiles(all_s)[1]:.0f} / {max(all_s)} ({len(all_s)})")
        table.add_row(name, *cells)
    table.add_row("EREC G100 asks", *[f"{G100_S} / {G100_LONGEST_S}"] * len(PERIODS_S))
    Console(width=WIDE).print(table)


if __name__ == "__main__":
    main()
