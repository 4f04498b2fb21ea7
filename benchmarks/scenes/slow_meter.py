"""How much heat a meter of 10 s causes for rules that wait for it: a family of rules without a delay of their own.

At each reading the car is sent what fits now, or less: it is raised only to the least room of the last `window_s`, less
`reserve_a`. It is never below its minimum, which the fuse has to tolerate. The charger obeys at once, and a car follows
downwards at once. So the overload is what came between two readings, and what a minimum adds to a house load above the
rating. It is no bound, because foresight may do better. It is the best that reacting alone can reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from statistics import fmean

from simhouse.house.house import House
from simhouse.physics.car import MINIMUM_A

from .goals import ENERGY_PCT
from .optimum import optimum_kwh
from .scene import FUSE_A, SLOW_METER_S, Scene

WINDOWS_S = (0, 10, 20, 30, 60, 90)
RESERVES_A = (0, 1, 2, 3, 4, 6)


@dataclass(frozen=True)
class RuleResult:
    """Heat above the rating [A2s] and energy [% of the optimum] of one rule in one evening."""

    heat_a2s: float
    energy_pct: float


def play_reacting_rule(house: House, window_s: int, reserve_a: float) -> RuleResult:
    """Return the overload and energy of an evening under a rule that reacts to each report of a slow meter.

    The rule leaves `reserve_a` below the highest current of the last `window_s` seconds.
    """
    chargers = list(house.chargers.values())
    cars = [charger.car for charger in chargers]
    least_a, most_a = MINIMUM_A * len(cars), sum(int(charger.spec.limit_a) for charger in chargers)
    below_a, takes_a = sum(car.below_offer_a for car in cars), sum(car.max_a for car in cars)
    ramp_a_s = sum(car.ramp_up_a_s for car in cars)
    from_s = max(car.visits[0].arrives_s + max(car.wakes_after_s, car.raise_after_s) for car in cars)
    base_a = [[watts / house.voltage_v for watts in house.base[phase].watts] for phase in house.phases]
    worst_a = [max(amps) for amps in zip(*base_a, strict=True)]
    told_a = drawn_a = heat_a2s = drawn_as = 0.0
    for t_s, now_a in enumerate(worst_a):
        if t_s % SLOW_METER_S == 0:
            lasting_a = max(worst_a[max(t_s - window_s, 0) : t_s + 1 : SLOW_METER_S])
            fits_a = min(floor(FUSE_A - now_a), most_a)
            told_a = max(min(fits_a, max(told_a, floor(FUSE_A - reserve_a - lasting_a))), least_a)
        aim_a = min(told_a - below_a, takes_a) if t_s >= from_s else 0.0
        drawn_a = min(aim_a, drawn_a + ramp_a_s)
        heat_a2s += sum(max(amps[t_s] + drawn_a - FUSE_A, 0.0) ** 2 for amps in base_a)
        drawn_as += drawn_a
    kwh = drawn_as * house.voltage_v * cars[0].phases / 3_600_000
    return RuleResult(heat_a2s, 100 * kwh / optimum_kwh(house, False))


def least_heat(scene: Scene, seeds: Sequence[int]) -> RuleResult:
    """Return the rule with the least heat among those that give the wanted energy, as means over the seeds."""
    return min(_play_rules(scene, seeds), key=lambda found: (found.energy_pct < ENERGY_PCT, found.heat_a2s))


def _play_rules(scene: Scene, seeds: Sequence[int]) -> Iterator[RuleResult]:
    for window_s in WINDOWS_S:
        for reserve_a in RESERVES_A:
            found = [play_reacting_rule(scene.house(seed), window_s, reserve_a) for seed in seeds]
            yield RuleResult(fmean(f.heat_a2s for f in found), fmean(f.energy_pct for f in found))


def reacting_line(scene: Scene, seeds: Sequence[int]) -> str:
    """Return a line to print: the least heat [A²s] of a rule that only reacts to a 10 s meter, and its energy [%]."""
    best = least_heat(scene, seeds)
    return (
        f"{scene.key}: who only reacts to a 10 s meter, without any delay, has {best.heat_a2s:.0f} A2s"
        f" at {best.energy_pct:.1f} % of the optimum"
    )
