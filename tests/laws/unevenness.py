"""Measure the unevenness that our loads cause, second by second."""

from __future__ import annotations

import asyncio
from array import array
from itertools import permutations

from benchmarks.direct import Direct
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, Instant
from simhouse.house.run import run
from simhouse.physics.seconds import SecondSeries

from .uneven_houses import LENGTH_S, PHASES, START, WAKES_S, UnevenHouse

METER_A = 0.5
"""Meters and cars are no finer [A]."""
LEAST_A = 5.0
"""A car that draws less is beginning or ending."""
FOLLOWS_S = 10
"""Time within which a cut caused by another load's fall follows [s]: a reading, a command, and a slow car."""


class Unevenness:
    """Difference of our loads between two phases, and whether it is ours."""

    def __init__(self, house: UnevenHouse) -> None:
        self.limit_a = float(house.config["site"]["imbalance_max_a"])
        wired = {name: len(house.config["loads"][name]["phases"]) for name in house.cars}
        self._fewer = [name for name, car in house.cars.items() if car.phases < wired[name]]
        self._comes_s = [car.visits[0].arrives_s for car in house.cars.values() if car.visits[0].arrives_s > 0]
        self.ours: list[str] = []
        self.closest_a = 0.0
        """The most that two phases have differed by [A]."""
        self._before = dict.fromkeys(PHASES, 0.0)
        self._fell_s = dict.fromkeys(PHASES, -FOLLOWS_S)
        self._unseen_s = -FOLLOWS_S

    def watch(self, instant: Instant, _: object) -> None:
        """Add a second. Room that other loads used on the lighter phase a moment ago is still being given back.

        A car that arrives at a charger that is on starts by itself, and has not shown its number of phases yet.
        """
        on = {phase: sum(load.get(phase, 0.0) for load in instant.loads_a.values()) for phase in PHASES}
        self._fell_s |= {phase: instant.t_s for phase in PHASES if on[phase] < self._before[phase] - METER_A}
        self._before = on
        begins = any(METER_A < max(instant.loads_a[name].values()) < LEAST_A for name in self._fewer)
        if begins or any(0 <= instant.t_s - at_s < WAKES_S for at_s in self._comes_s):
            self._unseen_s = instant.t_s
        for heavy, light in permutations(PHASES, 2):
            apart_a = on[heavy] - on[light]
            if instant.t_s - max(self._fell_s[light], self._unseen_s) > FOLLOWS_S:
                self.closest_a = max(self.closest_a, apart_a)
                if apart_a > self.limit_a + METER_A:
                    self.ours.append(f"{instant.t_s} s: {heavy} {apart_a:.1f} A over {light}")


def played(house: UnevenHouse) -> Unevenness:
    """Run the house with Fusebox and return its unevenness."""
    base = {p: SecondSeries(array("d", w), bytearray(b"\x01" * len(w))) for p, w in house.base_w.items()}
    solar = None if house.solar_w is None else array("d", house.solar_w)
    inputs = Inputs(base=base, solar=solar, cars=house.cars)
    equipment = Equipment(phase_boxes=house.boxes)
    built = build_house(house.config, start=START, length_s=LENGTH_S, inputs=inputs, equipment=equipment)
    seen = Unevenness(house)

    async def conduct() -> None:
        async with Direct(house.config, START) as fusebox:
            await run(built, fusebox, LENGTH_S, watch=seen.watch)

    asyncio.run(conduct())
    return seen
