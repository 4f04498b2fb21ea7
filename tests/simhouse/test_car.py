"""A car follows a cut within five seconds, stays below its offer, fills up, sleeps after too many pauses."""

import itertools
from dataclasses import replace
from random import Random

import pytest

from simhouse.physics.car import FOLLOW_CUT_S, Car, CarState, Visit, some_car, step_car

ALWAYS = (Visit(0, float("inf"), 20.0),)


def driven(car, offers, state=None, from_s=0):
    """The draws [A] and the last state under these offers, one a second."""
    state, draws = state or CarState(), []
    for second, offer_a in enumerate(offers):
        state = step_car(car, state, offer_a, from_s + second)
        draws.append(state.draw_a)
    return draws, state


@pytest.mark.parametrize("seed", range(20))
def test_never_above_any_offer_of_the_last_five_seconds(seed):
    random = Random(seed)
    car = some_car(random, 1, ALWAYS, 60, 32)
    offers = []
    while len(offers) < 2000:
        offers += [random.choice([0, 6, 8, 10, 16, 20, 32])] * random.randint(1, 90)
    draws, _ = driven(car, offers)
    for second, draw_a in enumerate(draws):
        assert draw_a <= max(offers[max(0, second - FOLLOW_CUT_S) : second + 1])
    assert max(draws) > 16


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("cut_to_a", [6, 0])
def test_a_cut_from_32_a_is_followed_within_five_seconds(seed, cut_to_a):
    car = some_car(Random(seed), 3, ALWAYS, 60, 32)
    before, state = driven(car, [32.0] * 120)
    after, _ = driven(car, [cut_to_a] * 10, state, 120)
    assert before[-1] > 30
    assert after[FOLLOW_CUT_S] <= cut_to_a


def test_it_wakes_late_ramps_up_and_stays_a_little_below():
    car = Car(wakes_after_s=10, ramp_up_a_s=1.5, below_offer_a=0.4)
    draws, _ = driven(car, [16.0] * 60)
    assert draws[:10] == [0.0] * 10
    assert max(b - a for a, b in itertools.pairwise(draws)) <= 1.5
    assert draws[-1] == pytest.approx(15.6)


def test_less_than_six_amps_is_not_charging():
    assert max(driven(Car(), [5.9] * 100)[0]) == 0.0


def test_it_tapers_fills_up_and_stops_by_itself():
    car = Car(battery_kwh=21.0, visits=ALWAYS, max_a=32)
    draws, state = driven(car, [32.0] * 4000)
    assert state.full and draws[-1] == 0.0
    assert state.pauses == 0
    assert state.charge_kwh == pytest.approx(21.0, abs=0.01)
    top = draws.index(max(draws))
    assert any(2 <= draw < 10 for draw in draws[top:])


def test_energy_is_current_times_voltage_times_phases():
    car = Car(phases=3, visits=ALWAYS, max_a=16)
    draws, state = driven(car, [16.0] * 600)
    assert state.taken_kwh == pytest.approx(sum(draws) * 230 * 3 / 3_600_000)


def test_it_gives_up_after_too_many_pauses_until_it_is_plugged_in_again():
    car = Car(wakes_after_s=3, gives_up_after_pauses=2, visits=(Visit(0, 500, 20.0), Visit(600, 2000, 20.0)))
    draws, state = driven(car, ([16.0] * 60 + [0.0] * 20) * 2 + [16.0] * 100)
    assert state.pauses == 2 and max(draws[-100:]) == 0.0
    _, gone = driven(car, [16.0] * 10, state, 550)
    assert not gone.present
    back, _ = driven(car, [16.0] * 60, gone, 600)
    assert back[-1] > 10


def test_nothing_happens_without_a_car():
    assert driven(replace(Car(), visits=()), [32.0] * 50) == ([0.0] * 50, replace(CarState(), visit=None))
