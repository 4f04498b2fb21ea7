"""What a controller with perfect foresight would have charged: the 100 % that energy is compared with.

It knows every second of the house and the sun, and of each car its ramps and when it wakes. What it offers fits under
the rating in every second: whole amps from 6 A to the maximum, or nothing. A car draws the same of an offer as in the
simulation. A pause costs only the ramps. Several cars count as one with the sum of their ramps. So its best is the
largest curve under the level of each second whose slopes are the ramps: two passes of a greedy, which for this is
exact. It is a bound for controllers within these rules; one that overloads the fuse, or holds a car partly from the
grid, may exceed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import floor

from simhouse.devices.charger import Charger
from simhouse.house.house import House
from simhouse.physics.car import MINIMUM_A, Car


def optimum_kwh(house: House, solar: bool) -> float:
    """Return the most energy of all cars together with perfect foresight [kWh]; `solar`: from the surplus only."""
    chargers = sorted(house.chargers.values(), key=lambda charger: -charger.car.phases)
    cars = [charger.car for charger in chargers]
    best_a = _limit_to_ramps(list(_highest_draws_a(house, chargers, solar)), cars)
    return sum(best_a) * house.voltage_v / 3_600_000


def _highest_draws_a(house: House, chargers: Sequence[Charger], solar: bool) -> Iterator[float]:
    """Yield the most that the cars could draw in each second, ignoring ramps [A, summed over their phases].

    Within the main fuse; `solar`: also within the surplus of all phases together.
    """
    groups = [group for count in range(len(chargers) + 1) for group in combinations(chargers, count)]
    fuse_a = float(house.config["site"]["main_fuse_a"])
    for t_s in range(len(house.base[house.phases[0]].watts)):
        base_a = [house.base[phase].watts[t_s] / house.voltage_v for phase in house.phases]
        roof_a = 0.0
        if solar and house.roof.solar is not None:
            roof_a = house.roof.solar[t_s] / house.voltage_v / len(house.phases)
        rooms_a = [fuse_a - amps + roof_a for amps in base_a]
        if solar:
            rooms_a = [min(*rooms_a, roof_a - sum(base_a) / len(base_a))] * len(rooms_a)
        yield max(
            _highest_draw_a(group, rooms_a) for group in groups if all(_from_s(charger.car) <= t_s for charger in group)
        )


def _highest_draw_a(chargers: Sequence[Charger], rooms_a: Sequence[float]) -> float:
    """Return the cars' draw summed over the phases [A] when each, in order, is offered the most whole amps that fit.

    First each gets its minimum; 0 if these do not fit. A car draws `below_offer_a` less than its offer, at most its
    maximum.
    """
    left_a = [floor(room_a) for room_a in rooms_a]
    for charger in chargers:
        for phase in range(charger.car.phases):
            left_a[phase] -= MINIMUM_A
    if min(left_a) < 0:
        return 0.0
    drawn_a = 0.0
    for charger in chargers:
        car = charger.car
        more_a = min(int(charger.spec.limit_a) - MINIMUM_A, *left_a[: car.phases])
        for phase in range(car.phases):
            left_a[phase] -= more_a
        drawn_a += car.phases * min(MINIMUM_A + more_a - car.below_offer_a, car.max_a)
    return drawn_a


def _from_s(car: Car) -> float:
    """Return when a car can draw first [s]: its arrival plus the longer of its wake-up and its raise delay."""
    return car.visits[0].arrives_s + max(car.wakes_after_s, car.raise_after_s)


def _limit_to_ramps(levels_a: list[float], cars: Sequence[Car]) -> list[float]:
    """Return the largest curve that is nowhere above these levels and nowhere steeper than the cars' ramps."""
    up_a, down_a = (
        sum(ramps)
        for ramps in zip(*((c.phases * c.ramp_up_a_s, c.phases * c.ramp_down_a_s) for c in cars), strict=True)
    )
    for t_s in range(1, len(levels_a)):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s - 1] + up_a)
    for t_s in range(len(levels_a) - 2, -1, -1):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s + 1] + down_a)
    return levels_a
