"""The algorithms of acnportal 0.3.3 (`acnportal/algorithms/sorted_algorithms.py`), reimplemented from there.

Every five minutes each car gets a whole number of amps, or none; a car may be cut to nothing and begin again. As there,
what a car lacks at its end is left out where five minutes at the least current would be more than that. Here the
algorithms know what each car can take; tests/benchmarks holds them against the originals where those are installed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .sessions import KW_PER_A, MIN_A

STEP_H = 1 / 12
Amps = dict[int, int]
"""Charger -> amps on each phase of its car."""


class ParkedCar(NamedTuple):
    """A car at its charger."""

    charger: int
    arrived: int
    """Its first step."""
    leaves: int
    """The first step in which it is gone."""
    left_kwh: float
    max_a: int
    phases: tuple[int, ...]

    @property
    def kwh_of_an_amp(self) -> float:
        """Return the energy of one amp in a step [kWh]."""
        return KW_PER_A * len(self.phases) * STEP_H

    @property
    def left_amp_steps(self) -> float:
        """Return its remaining energy, as amps for one step."""
        return self.left_kwh / self.kwh_of_an_amp


Order = Callable[[ParkedCar, int], float]
"""(car, step) -> sort key; the lowest goes first."""


def first_come(car: ParkedCar, step: int) -> float:
    """Return the sort key of `first_come_first_served`."""
    return car.arrived


def earliest_deadline(car: ParkedCar, step: int) -> float:
    """Return the sort key of `earliest_deadline_first`."""
    return car.leaves


def least_laxity(car: ParkedCar, step: int) -> float:
    """Return the sort key of `least_laxity_first`: the remaining steps beyond those needed at full power."""
    return car.leaves - step - car.left_amp_steps / car.max_a


def share_in_order(cars: Sequence[ParkedCar], step: int, limit_a: float, order: Order) -> Amps:
    """Return amps as `SortedSchedulingAlgo`: each car in order takes all it can use of what is left."""
    room_a = dict.fromkeys(range(3), limit_a)
    amps: Amps = {}
    for car in _queue(cars, step, order):
        most_a = int(min(car.max_a, car.left_amp_steps, *(room_a[phase] for phase in car.phases)))
        amps[car.charger] = most_a if most_a >= MIN_A else 0
        for phase in car.phases:
            room_a[phase] -= amps[car.charger]
    return amps


def round_robin(cars: Sequence[ParkedCar], step: int, limit_a: float, order: Order = first_come) -> Amps:
    """Return amps as `RoundRobin`: each car in turn gets one amp more (first the minimum) until none can have more."""
    room_a = dict.fromkeys(range(3), limit_a)
    queue = deque(_queue(cars, step, order))
    amps: Amps = {car.charger: 0 for car in queue}
    while queue:
        car = queue.popleft()
        now_a = amps[car.charger]
        more_a = 1 if now_a else MIN_A
        fits = all(room_a[phase] >= more_a for phase in car.phases)
        if now_a + more_a <= min(car.max_a, car.left_amp_steps) and fits:
            amps[car.charger] += more_a
            for phase in car.phases:
                room_a[phase] -= more_a
            queue.append(car)
    return amps


def uncontrolled(cars: Sequence[ParkedCar], step: int, limit_a: float) -> Amps:
    """Return amps as `UncontrolledCharging`: full power regardless of the limit."""
    return {car.charger: car.max_a for car in cars}


def _queue(cars: Sequence[ParkedCar], step: int, order: Order) -> list[ParkedCar]:
    unfinished = [car for car in cars if car.left_amp_steps > MIN_A]
    return sorted(unfinished, key=lambda car: order(car, step))
