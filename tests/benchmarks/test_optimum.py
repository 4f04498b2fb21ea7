"""The greedy result with foresight is the optimum of the linear program, which no controller within the rating
exceeds."""

from __future__ import annotations

from random import Random

import numpy
import pytest
from scipy.optimize import linprog

from benchmarks.scenes.optimum import _highest_draw_a, _limit_to_ramps
from benchmarks.scenes.scene import SCENES
from simhouse.devices.charger import Charger, ChargerSpec
from simhouse.physics.car import Car


@pytest.mark.parametrize("seed", range(5))
def test_the_greedy_is_the_linear_programs_optimum(seed: int):
    random = Random(seed)
    levels_a = [random.choice((0.0, random.uniform(6, 16))) for _ in range(80)]
    car = Car(ramp_up_a_s=random.uniform(1, 2), ramp_down_a_s=random.uniform(3, 12))
    steps = numpy.eye(79, 80, 1) - numpy.eye(79, 80)
    found = linprog(
        -numpy.ones(80),
        A_ub=numpy.vstack((steps, -steps)),
        b_ub=[car.ramp_up_a_s] * 79 + [car.ramp_down_a_s] * 79,
        bounds=[(0, level_a) for level_a in levels_a],
    )
    assert sum(_limit_to_ramps(list(levels_a), [car])) == pytest.approx(-found.fun)


def test_a_slow_meter_looks_at_the_same_evening():
    for key in "abc":
        quick, slow = (SCENES[name].house(1) for name in (key, f"{key}30"))
        assert all(quick.base[p].watts == slow.base[p].watts for p in quick.phases)
        assert [c.car for c in quick.chargers.values()] == [c.car for c in slow.chargers.values()]
        assert all(quick.base["L1"].known)
        assert 4 * 20 <= slow.base["L1"].known.count(0) <= 4 * 90


def test_seeds_are_different_evenings():
    first, other = (SCENES["a"].house(seed).base["L1"].watts for seed in (1, 11))
    assert first != other


@pytest.mark.parametrize(
    ("rooms_a", "drawn_a"),
    [((25, 25, 25), 3 * 16 + 9), ((25, 8, 25), 3 * 8 + 16), ((13, 16, 16), 3 * 7 + 6), ((11, 25, 25), 0)],
)
def test_the_load_with_more_phases_goes_first_and_the_other_has_the_rest(rooms_a: tuple[float, ...], drawn_a: float):
    chargers = [
        Charger(ChargerSpec("car", ("L1", "L2", "L3"), "number.car", limit_a=16.0), car, Random(1), {})
        for car in (Car(phases=3, below_offer_a=0.0), Car(phases=1, below_offer_a=0.0))
    ]
    assert _highest_draw_a(chargers, rooms_a) == drawn_a
