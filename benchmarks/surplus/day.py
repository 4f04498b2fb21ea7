"""A day on the sun: config_examples/easee_and_huawei.py on one or three phases, with a battery or without one."""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.scenes.evening import STANDBY_W, daytime
from simhouse.house.build import Inputs, build_house
from simhouse.house.config_file import read_config_file
from simhouse.house.house import House
from simhouse.house.plan import DAY_S, EXAMPLES, sun_from_trace
from simhouse.house.traces import read_trace
from simhouse.physics.car import Visit, some_car
from simhouse.physics.seconds import SecondSeries
from simhouse.physics.sun import sunny_seconds

EXAMPLE = EXAMPLES / "easee_and_huawei.py"
LENGTH_S = 11 * 3600
CAR_MAX_A = 16.0
FROM_H = 7
PANELS_W = 3000.0
"""Peak of the panels of a sky that is made up, for each phase [W]; measured ones are taken as often as there are."""

PANELS_TIMES = {1: 1.0, 3: 2.0}
"""Phases -> how many of the measured roof are on the house: a car on three phases needs 4.1 kW to begin."""

BEGINS_PCT = 60.0
SUMMER_TIME = timezone(timedelta(hours=2))


@dataclass(frozen=True)
class Day:
    """`pv`: a CSV and which of its days, from 0; None for a sky of changing clouds, made up from the seed."""

    phases: int
    battery: bool
    pv: tuple[Path, int] | None
    seed: int = 1

    @property
    def title(self) -> str:
        """Return the day's name in a table."""
        wires = "one phase" if self.phases == 1 else "three phases"
        sky = f"changing sky, seed {self.seed}" if self.pv is None else f"measured sky, day {self.pv[1] + 1}"
        return f"{wires}{', battery' if self.battery else ''}: {sky}"

    @property
    def config(self) -> dict[str, Any]:
        """Return the example's CONFIG with meter and car on this day's phases, and without a battery if it has none."""
        config = deepcopy(dict(read_config_file(EXAMPLE)))
        names = [f"L{n + 1}" for n in range(self.phases)]
        config["site"]["grid"] = dict.fromkeys(names, "huawei")
        config["loads"]["car"]["phases"] = names
        if not self.battery:
            del config["site"]["battery"]
        return config

    def house(self) -> House:
        """Return the simulated house of the day; its car is connected from the beginning and never full."""
        start, sun = self._sky()
        wires = daytime(Random(f"{self.seed}:daytime"), LENGTH_S)
        if self.phases == 1:
            wires = [one_wire(wires[:2])]
        lines = dict(zip(self.config["site"]["grid"], wires, strict=True))
        visits = (Visit(300.0, LENGTH_S + 1.0, 5.0),)
        car = some_car(Random(f"{self.seed}:car"), self.phases, visits, 120.0, CAR_MAX_A)
        return build_house(
            self.config,
            start=start,
            length_s=LENGTH_S,
            seed=self.seed,
            inputs=Inputs(lines, sun, {"car": car}, soc_pct=BEGINS_PCT),
        )

    def _sky(self) -> tuple[datetime, MutableSequence[float]]:
        if self.pv is None:
            start = datetime(2026, 6, 10, FROM_H, tzinfo=SUMMER_TIME)
            return start, sunny_seconds(start, LENGTH_S, PANELS_W * self.phases, Random(f"{self.seed}:sun"))
        path, day = self.pv
        trace = read_trace(path, time_zone=None)
        midnight = trace.start.replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight + timedelta(seconds=day * DAY_S, hours=FROM_H)
        sun = sun_from_trace(trace, start, LENGTH_S)
        for t_s, watts in enumerate(sun):
            sun[t_s] = watts * PANELS_TIMES[self.phases]
        return start, sun


def one_wire(wires: Sequence[SecondSeries]) -> SecondSeries:
    """Kettles and laundry on the same wire, which has the standby of one."""
    sums = (sum(watts) - (len(wires) - 1) * STANDBY_W for watts in zip(*(wire.watts for wire in wires), strict=True))
    return SecondSeries(array("d", sums), wires[0].known)
