"""What a prophet would have charged: the 100 % that energy is measured against.

The prophet knows every second of the house and the sun, and of each car its ramps and when it wakes. What it offers
fits under the rating in every second: whole amps from 6 A to the maximum, or nothing. A car draws what it draws of
an offer, for the prophet too. A pause costs it nothing but the ramps. Several cars count as one with the sum of
their ramps. So its best is the largest curve under the level of each second whose slopes are the ramps: two passes of a
greedy, which for this is exact. It is a bound for all that keep to it; who overloads the fuse, or holds a car on half
a sun and half the grid, may come out above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import floor

from simhouse.devices.charger import Charger
from simhouse.house import House
from simhouse.physics.car import MINIMUM_A, Car

from .scene import FUSE_A


def optimum_kwh(house: House, solar: bool) -> float:
    """Energy of all cars together [kWh]."""
    chargers = list(house.chargers.values())
    cars = [charger.car for charger in chargers]
    phases = cars[0].phases
    best_a = _under_ramps(list(_levels(house, chargers, solar)), cars)
    return sum(best_a) * house.voltage_v * phases / 3_600_000


def _levels(house: House, chargers: Sequence[Charger], solar: bool) -> Iterator[float]:
    """The most that the cars could draw in each second by themselves [A a phase]."""
    groups = [group for count in range(len(chargers) + 1) for group in combinations(chargers, count)]
    for t_s in range(len(house.base[house.phases[0]].watts)):
        base_a = [house.base[phase].watts[t_s] / house.voltage_v for phase in house.phases]
        roof_a = 0.0
        if solar and house.roof.solar is not None:
            roof_a = house.roof.solar[t_s] / house.voltage_v / len(house.phases)
        room_a = FUSE_A - max(base_a) + roof_a
        if solar:
            room_a = min(room_a, roof_a - sum(base_a) / len(base_a))
        yield max(_drawn(group, room_a) for group in groups if all(_from_s(charger.car) <= t_s for charger in group))


def _drawn(chargers: Sequence[Charger], room_a: float) -> float:
    """What their cars draw together of the most that all of them can be offered [A]; 0 where their minimums lack."""
    offers_a = min(floor(room_a), sum(int(charger.spec.limit_a) for charger in chargers))
    if offers_a < MINIMUM_A * len(chargers):
        return 0.0
    cars = [charger.car for charger in chargers]
    return min(offers_a - sum(car.below_offer_a for car in cars), sum(car.max_a for car in cars))


def _from_s(car: Car) -> float:
    return car.visits[0].arrives_s + max(car.wakes_after_s, car.raise_after_s)


def _under_ramps(levels_a: list[float], cars: Sequence[Car]) -> list[float]:
    """The largest curve that is nowhere above these levels and nowhere steeper than the cars' ramps."""
    up_a, down_a = (sum(ramps) for ramps in zip(*((c.ramp_up_a_s, c.ramp_down_a_s) for c in cars), strict=True))
    for t_s in range(1, len(levels_a)):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s - 1] + up_a)
    for t_s in range(len(levels_a) - 2, -1, -1):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s + 1] + down_a)
    return levels_a
