"""Days of changing clouds: a car that may switch, compared with one phase only, three phases only, and the laws of
others.

    python -m benchmarks.phases.days [--seeds 101-104] [--pv CSV --pv-days 0-1] [--workers 2] [--keep FILE]

A day from 7 to 18, a roof of 9 kWp, a car of 16 A that is never full; simulated skies, and those of a measured roof.
Sun is the part of the car's draw that no other load needs in that second. Results of this code are stored in a journal
next to FILE. Half a minute of CPU for a day of Fusebox, a few seconds for one of the others.
"""

from __future__ import annotations

import argparse
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.peers.phase_laws import Evcc, OpenWb, PhaseLaw
from benchmarks.phases.bound import HindsightEnergy
from benchmarks.phases.days_table import print_tables
from benchmarks.phases.kept import Row, play_with_journal
from benchmarks.phases.scene import PHASES, START, VOLTS, PhaseScene, config, only_charger, play_scene
from benchmarks.scenes.evening import daytime
from benchmarks.seeds import first_to_last
from simhouse.devices.phase_box import PhaseBox
from simhouse.house.house import House, Instant
from simhouse.house.plan import sun_from_trace
from simhouse.house.traces import read_trace
from simhouse.physics.car import Car, Visit
from simhouse.physics.sun import sunny_seconds

LENGTH_S = 11 * 3600
FROM_H = 7
PEAK_W = 9000.0
ROOFS = 2.0
"""Factor from the measured roof to this house's roof."""
MAX_A = 16.0
WS_PER_KWH = 3_600_000
SUN = {"mode": "solar_only", "max_a": int(MAX_A)}
WAYS: Mapping[str, Callable[[Any], PhaseLaw] | Mapping[str, Any]] = {
    "one phase": {**SUN, "switch_phases": False, "phases": ["L1"], "draw": "sensor.car_current_l1"},
    "three phases": {**SUN, "switch_phases": False},
    "switching": SUN,
    "evcc's law": Evcc,
    "openWB's law": OpenWb,
}
KEPT = Path(".cache/phase_days")


class Day(NamedTuple):
    """A sky with a controller. `pv`: the measured roof, whose days count from 0; without it the sky is made up."""

    way: str
    number: int
    pv: str = ""


@dataclass
class DayResult:
    """The car's energy of a day [kWh], and the contactor's moves."""

    sun_kwh: float = 0.0
    grid_kwh: float = 0.0
    bound_kwh: float = 0.0
    """The possible energy without the grid and with the allowed number of switches [kWh]."""
    switches: int = 0
    starts: int = 0
    under_current: int = 0


def roof_power_by_second_w(day: Day) -> Sequence[float]:
    """Return the roof's power in each second from `FROM_H` on, for `LENGTH_S` [W].

    For a day without a file, changing clouds are made up; otherwise it is that day of the measured roof, times `ROOFS`.
    """
    if not day.pv:
        start = START.replace(hour=FROM_H)
        return sunny_seconds(start, LENGTH_S, PEAK_W, Random(f"{day.number}:sun"))
    trace = read_trace(Path(day.pv), time_zone=None)
    midnight = trace.start.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight + timedelta(days=day.number, hours=FROM_H)
    return [ROOFS * watts for watts in sun_from_trace(trace, start, LENGTH_S)]


def play_day_row(day: Day) -> Row:
    """Play a day with one controller; return a row for the journal."""
    how = WAYS[day.way]
    load = dict(how) if isinstance(how, Mapping) else dict(SUN)
    wires = daytime(Random(f"{day.number}:daytime"), LENGTH_S)
    base = {phase: array("d", wire.watts) for phase, wire in zip(PHASES, wires, strict=True)}
    car = Car(phases=1 if "phases" in load else 3, max_a=MAX_A, battery_kwh=200.0, visits=(Visit(0, 1e9, 5.0),))
    written = config(load, solar_w="sensor.solar_power")
    if "phases" in load:
        del written["loads"]["car"]["phase_switch"]
    scene = PhaseScene(base, roof_power_by_second_w(day), car, PhaseBox(), written)
    taken, surplus = DayResult(), HindsightEnergy(MAX_A)

    def watch(house: House, instant: Instant, _: object) -> None:
        car_w = sum(instant.loads_a["car"].values()) * VOLTS
        surplus_w = max(instant.roof.solar_w - sum(instant.base_a.values()) * VOLTS, 0.0)
        taken.sun_kwh += min(car_w, surplus_w) / WS_PER_KWH
        taken.grid_kwh += max(car_w - surplus_w, 0.0) / WS_PER_KWH
        surplus.add_second(surplus_w)

    host = None if isinstance(how, Mapping) else how(scene.config)
    box = only_charger(play_scene(scene, host, watch))
    taken.switches, taken.under_current = box.contactor.moves, box.contactor.under_current
    taken.starts, taken.bound_kwh = box.car_state.starts, surplus.best_ws / WS_PER_KWH
    return {"way": day.way, "day": f"{'roof' if day.pv else 'sky'} {day.number}", **asdict(taken)}


def main(argv: Sequence[str] | None = None) -> None:
    """Play all days and print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.phases.days", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default="101-104", help="skies; 1-6 were there to tune with")
    parser.add_argument("--pv", type=Path, help="CSV of a measured roof: time + watts")
    parser.add_argument("--pv-days", type=first_to_last, default="0-1", help="its days")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the journal is")
    options = parser.parse_args(argv)
    skies = [(number, "") for number in options.seeds]
    skies += [(number, str(options.pv)) for number in options.pv_days] if options.pv else []
    days = [Day(way, *each) for each in skies for way in WAYS]
    *_, rows = play_with_journal(days, play_day_row, options.keep, options.workers)
    print_tables(rows, list(WAYS))


if __name__ == "__main__":
    main()
