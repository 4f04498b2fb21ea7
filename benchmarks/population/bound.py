"""What a controller that knows every second of a home could have given its loads: the 100 % of its energy.

In each second the loads that can run are switched on in the best combination, whole amps from the minimum up, under
the rating of every circuit. Cars keep their ramps: what all can draw together is cut to the largest curve whose slopes
are no steeper than theirs. A switched load may run or not as it likes, and radiators always want heat, so this is an
upper bound and a little generous. A Quasar gives what its controller requests and takes no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import ceil, floor, inf

from simhouse.house.house import House
from simhouse.physics.car import MINIMUM_A
from simhouse.physics.wiring import MAIN
from simhouse.population.home import Home

VOLTAGE_V = 230.0
BATTERY_W = 5000.0
"""Power that a battery can give, CONFIG's default [W]."""


@dataclass(frozen=True)
class Taker:
    """A load for the bound: amps on each of its phases between `least_a` and `most_a`, or 0."""

    phases: tuple[int, ...]
    circuits: tuple[str, ...]
    least_a: float
    most_a: float
    draws_a: float
    """Its draw at `most_a`, on each phase that it uses [A]."""

    uses: int
    """How many of its phases it uses."""

    below_a: float
    """How much less than its offer it draws [A]."""

    from_s: float
    up_a_s: float
    down_a_s: float
    until_s: float = inf
    name: str = ""
    """A charger's; only one of several with the same name may run. "" for other loads."""


def possible_kwh(home: Home, house: House) -> float:
    """Return the most energy that all controlled loads together can get in the simulated time [kWh]."""
    return sum(possible_levels_a(home, house)) * VOLTAGE_V / 3_600_000


def possible_levels_a(home: Home, house: House) -> list[float]:
    """Return the highest draw of all controlled loads together in each second [A, summed over phases]."""
    takers = make_takers(home, house)
    ratings_a = {MAIN: home.fuse_a} | {circuit.name: circuit.fuse_a for circuit in home.circuits}
    solar = house.roof.solar

    @cache
    def best_a(rooms_a: tuple[int, ...], present: tuple[int, ...]) -> float:
        some = [takers[n] for n in present]
        groups = [g for count in range(len(some) + 1) for g in combinations(some, count) if _is_each_once(g)]
        return max(highest_draw_a(group, rooms_a, ratings_a) for group in groups)

    levels_a = []
    for t_s in range(home.length_s):
        roof_a = 0.0 if solar is None else solar[t_s] / VOLTAGE_V / len(home.phases)
        battery_a = home.battery_kwh and BATTERY_W / VOLTAGE_V / len(home.phases)
        rooms = tuple(
            floor(
                home.fuse_a - house.base[phase].watts[t_s] / VOLTAGE_V + roof_a + battery_a + given_a(home, phase, t_s)
            )
            for phase in home.phases
        )
        present = tuple(n for n, taker in enumerate(takers) if taker.from_s <= t_s < taker.until_s)
        levels_a.append(best_a(rooms, present))
    return _limit_to_ramps(levels_a, takers)


def _is_each_once(group: Sequence[Taker]) -> bool:
    names = [taker.name for taker in group if taker.name]
    return len(set(names)) == len(names)


def make_takers(home: Home, house: House) -> list[Taker]:
    """Return the loads of a home; a charger that can switch phases is there with three and with one."""
    place = {phase: n for n, phase in enumerate(home.phases)}
    found = []
    for box in home.boxes:
        car, spec = box.car, house.chargers[box.name].spec
        most_a = float(floor(min(box.max_a, spec.max_a, ceil(car.max_a + car.below_offer_a))))
        found += [
            Taker(
                tuple(place[phase] for phase in box.phases[:uses]),
                house.ways[box.name],
                MINIMUM_A,
                most_a,
                min(most_a - car.below_offer_a, car.max_a),
                uses,
                car.below_offer_a,
                car.visits[0].arrives_s + max(car.wakes_after_s, car.raise_after_s),
                uses * car.ramp_up_a_s,
                uses * car.ramp_down_a_s,
                name=box.name,
            )
            for uses in {min(car.phases, len(box.phases)), *([1] if box.switches_phases else [])}
        ]
    found += _rare_takers(home, house, place)
    for load in home.switched:
        amps = house.plugs[load.name].load_w / VOLTAGE_V / len(load.phases)
        phases = tuple(place[phase] for phase in load.phases)
        found.append(Taker(phases, house.ways[load.name], amps, amps, amps, len(phases), 0.0, 0.0, inf, inf))
    # Those on most phases first: each amp of theirs counts on all of them.
    return sorted(found, key=lambda taker: -taker.uses)


def given_a(home: Home, phase: str, t_s: int) -> float:
    """Return what the Quasar of a home is requested to give on a phase in a second [A]."""
    on_phase = home.quasar is not None and home.quasar.phase == phase
    return max(0.0, -home.quasar.requested_w(t_s) / VOLTAGE_V) if home.quasar is not None and on_phase else 0.0


def _rare_takers(home: Home, house: House, place: Mapping[str, int]) -> list[Taker]:
    """Return radiators and the load in watts with any current, and the Quasar for each charging time of its plan."""
    found = []
    if home.in_watts is not None:
        amps, way = home.in_watts.most_w / VOLTAGE_V, house.ways[home.in_watts.name]
        found.append(Taker((place[home.in_watts.phase],), way, 0.0, amps, amps, 1, 0.0, 0.0, inf, inf))
    if home.heating is not None:
        phases, step_a = (place[home.heating.phase],), home.heating.rated_w / VOLTAGE_V
        most_a, way = home.heating.count * step_a, house.ways[home.heating.name]
        found.append(Taker(phases, way, step_a, most_a, most_a, 1, 0.0, 0.0, inf, inf))
    if home.quasar is not None:
        ends_s = [*(from_s for from_s, _ in home.quasar.plan[1:]), inf]
        phases, way = (place[home.quasar.phase],), house.ways[home.quasar.name]
        for (from_s, power_w), until_s in zip(home.quasar.plan, ends_s, strict=True):
            amps = power_w / VOLTAGE_V
            if amps > 0:
                found.append(Taker(phases, way, MINIMUM_A, amps, amps, 1, 0.0, from_s, inf, inf, until_s))
    return found


def highest_draw_a(group: Sequence[Taker], rooms_a: Sequence[int], ratings_a: Mapping[str, float]) -> float:
    """Return this group's draw at its highest possible offer [A, summed over phases]; 0 if its minimums do not fit."""
    left = {
        (name, n): rooms_a[n] if name == MAIN else rating
        for name, rating in ratings_a.items()
        for n in range(len(rooms_a))
    }
    for taker in group:
        _take(left, taker, taker.least_a)
    if min(left.values()) < 0 and group:
        return 0.0
    total_a = 0.0
    for taker in group:
        room_a = min(left[name, n] for name in taker.circuits for n in taker.phases)
        more_a = max(0.0, min(taker.most_a - taker.least_a, room_a))
        _take(left, taker, more_a)
        total_a += taker.uses * min(taker.least_a + more_a - taker.below_a, taker.draws_a)
    return total_a


def _take(left: dict[tuple[str, int], float], taker: Taker, amps: float) -> None:
    for name in taker.circuits:
        for n in taker.phases:
            left[name, n] -= amps


def _limit_to_ramps(levels_a: list[float], takers: Sequence[Taker]) -> list[float]:
    """Return the largest curve that is nowhere above these levels and nowhere steeper than all ramps together."""
    up_a, down_a = (sum(ramps) for ramps in zip(*((t.up_a_s, t.down_a_s) for t in takers), strict=True))
    for t_s in range(1, len(levels_a)):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s - 1] + up_a)
    for t_s in range(len(levels_a) - 2, -1, -1):
        levels_a[t_s] = min(levels_a[t_s], levels_a[t_s + 1] + down_a)
    return levels_a
