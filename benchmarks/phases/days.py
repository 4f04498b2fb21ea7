"""Days of changing clouds: a car that may switch, beside one phase only, three phases only, and the laws of others.

    python -m benchmarks.phases.days [--seeds 1-6] [--pv CSV]

A day from 7 to 18, a roof of 9 kWp, a car of 16 A that is never full. Sun is what the car takes of what nobody else
needs in that second. The bound switches without losing a second, and knows each of them.
"""

from __future__ import annotations

import argparse
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.peers.phase_laws import LEAST_A, LINES, VOLTS, Evcc, OpenWb, PhaseLaw
from benchmarks.phases.scene import PHASES, START, PhaseScene, charger_of, config, play
from benchmarks.scenes.evening import daytime
from benchmarks.seeds import first_to_last
from simhouse.devices.phase_box import PhaseBox
from simhouse.house.house import House, Instant
from simhouse.house.plan import sun_of
from simhouse.house.traces import read_trace
from simhouse.physics.car import Car, Visit
from simhouse.physics.sun import sunny_seconds

LENGTH_S = 11 * 3600
FROM_H = 7
PEAK_W = 9000.0
ROOFS = 2.0
"""How many of the measured roof are on the house."""
MAX_A = 16.0
WS_PER_KWH = 3_600_000
WIDE = 150
SUN = {"mode": "solar_only", "max_a": int(MAX_A)}
WAYS: Mapping[str, Callable[[Any], PhaseLaw] | Mapping[str, Any]] = {
    "Fusebox, switching": SUN,
    "Fusebox, one phase": {**SUN, "switch_phases": False, "phases": ["L1"], "draw": "sensor.car_current_l1"},
    "Fusebox, three phases": {**SUN, "switch_phases": False},
    "evcc's law": Evcc,
    "openWB's law": OpenWb,
}


@dataclass
class Taken:
    """What the car had of a day [kWh], and what that cost the contactor."""

    sun_kwh: float = 0.0
    grid_kwh: float = 0.0
    bound_kwh: float = 0.0
    switches: int = 0
    starts: int = 0
    under_current: int = 0


def most_w(surplus_w: float) -> float:
    """What a car could take of a surplus with the better of one phase and three [W]."""
    three_w = min(surplus_w, LINES * MAX_A * VOLTS) if surplus_w >= LINES * LEAST_A * VOLTS else 0.0
    one_w = min(surplus_w, MAX_A * VOLTS) if surplus_w >= LEAST_A * VOLTS else 0.0
    return max(one_w, three_w)


def sky(seed: int, pv: Path | None) -> Sequence[float]:
    """A made-up sky of changing clouds, or a day of a measured roof."""
    if pv is None:
        start = START.replace(hour=FROM_H)
        return sunny_seconds(start, LENGTH_S, PEAK_W, Random(f"{seed}:sun"))
    trace = read_trace(pv, time_zone=None)
    midnight = trace.start.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight + timedelta(days=seed, hours=FROM_H)
    return [ROOFS * watts for watts in sun_of(trace, start, LENGTH_S)]


def day_of(way: str, seed: int, pv: Path | None = None) -> Taken:
    """A day of one controller."""
    how = WAYS[way]
    load = dict(how) if isinstance(how, Mapping) else dict(SUN)
    wires = daytime(Random(f"{seed}:daytime"), LENGTH_S)
    base = {phase: array("d", wire.watts) for phase, wire in zip(PHASES, wires, strict=True)}
    car = Car(phases=1 if "phases" in load else 3, max_a=MAX_A, battery_kwh=200.0, visits=(Visit(0, 1e9, 5.0),))
    written = config(load, solar_w="sensor.solar_power")
    if "phases" in load:
        del written["loads"]["car"]["phase_switch"]
    scene = PhaseScene(base, sky(seed, pv), car, PhaseBox(), written)
    taken = Taken()

    def watch(house: House, instant: Instant, _: object) -> None:
        car_w = sum(instant.loads_a["car"].values()) * VOLTS
        surplus_w = max(instant.roof.solar_w - sum(instant.base_a.values()) * VOLTS, 0.0)
        taken.sun_kwh += min(car_w, surplus_w) / WS_PER_KWH
        taken.grid_kwh += max(car_w - surplus_w, 0.0) / WS_PER_KWH
        taken.bound_kwh += most_w(surplus_w) / WS_PER_KWH

    host = None if isinstance(how, Mapping) else how(scene.config)
    box = charger_of(play(scene, host, watch))
    taken.switches, taken.under_current = box.contactor.moves, box.contactor.under_current
    taken.starts = box.car_state.starts
    return taken


def main(argv: Sequence[str] | None = None) -> None:
    """Plays all days and prints the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.phases.days", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default="1-6", help="skies, or days of the measured roof from 0")
    parser.add_argument("--pv", type=Path, help="CSV of a measured roof: time + watts")
    options = parser.parse_args(argv)
    jobs = [(way, seed) for way in WAYS for seed in options.seeds]
    with get_context("spawn").Pool(2) as pool:
        found = dict(zip(jobs, pool.starmap(partial(day_of, pv=options.pv), jobs, chunksize=1), strict=True))
    title = f"{len(options.seeds)} days, means; {'a measured roof' if options.pv else 'changing clouds'}"
    table = Table("", "sun kWh", "of the bound", "grid kWh", "switches", "most", "starts", title=title)
    means = {way: fmean(found[way, seed].sun_kwh for seed in options.seeds) for way in WAYS}
    bound = fmean(found["Fusebox, switching", seed].bound_kwh for seed in options.seeds)
    for way in WAYS:
        days = [found[way, seed] for seed in options.seeds]
        switches = [day.switches for day in days]
        table.add_row(
            way, f"{means[way]:.2f}", f"{100 * means[way] / bound:.1f} %", f"{fmean(d.grid_kwh for d in days):.2f}",
            f"{fmean(switches):.1f}", str(max(switches)), f"{fmean(d.starts for d in days):.1f}",
        )  # fmt: skip
    console = Console(width=WIDE)
    console.print(table)
    better = max(means["Fusebox, one phase"], means["Fusebox, three phases"])
    gain = 100 * (means["Fusebox, switching"] / better - 1)
    console.print(f"bound {bound:.2f} kWh; {gain:+.1f} % over the better of one phase and three", highlight=False)
    by_day = [
        f"{seed}: {' '.join(f'{found[way, seed].sun_kwh:.1f}' for way in WAYS)} of {found[way, seed].bound_kwh:.1f}"
        for seed in options.seeds
        for way in ["Fusebox, switching"]
    ]
    console.print("; ".join(by_day), highlight=False)


if __name__ == "__main__":
    main()
