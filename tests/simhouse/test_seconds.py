"""From samples to seconds: no energy is lost or made up, gaps are held and then unknown."""

from random import Random

import pytest

from simhouse.physics.seconds import HOLD_S, add_hob_bursts, energy_kwh, hold_samples

MINUTES = [float(t) for t in range(0, 3600, 60)]


def test_minutes_keep_their_energy_exactly():
    values = [float(Random(7).randint(100, 6000)) for _ in MINUTES]
    series = hold_samples(MINUTES, values, 3600, 90)
    assert energy_kwh(series.watts) == pytest.approx(sum(values) / 60 / 1000)
    assert all(series.known)


@pytest.mark.parametrize("seed", range(5))
def test_bursts_keep_the_energy_of_each_minute(seed):
    random = Random(seed)
    plain = hold_samples(MINUTES, [random.uniform(100, 6000) for _ in MINUTES], 3600, 90)
    cycling = add_hob_bursts(plain, random)
    assert cycling.watts != plain.watts
    for begin in range(0, 3600, 60):
        assert sum(cycling.watts[begin : begin + 60]) == pytest.approx(sum(plain.watts[begin : begin + 60]))
    assert min(cycling.watts) >= 0


def test_a_short_gap_is_held_and_a_long_one_becomes_unknown():
    values = [1000.0] * 10 + [None] * 20 + [2000.0] * 30
    series = hold_samples(MINUTES, values, 3600, 90)
    assert series.watts[600 + 60] == 1000.0
    assert series.known[600 + HOLD_S - 70] and not series.known[600 + HOLD_S + 70]
    assert series.known[1800] and series.watts[1800] == 2000.0


def test_a_gap_that_began_before_the_first_second_is_unknown_from_there_on():
    series = hold_samples([-1800.0, -900.0, -840.0, 60.0], [500.0, 2000.0, None, 700.0], 120, 90)
    assert not any(series.known[:60]) and all(series.known[60:])
    assert set(series.watts[:60]) == {2000.0}


def test_missing_rows_are_a_gap_too():
    series = hold_samples([0.0, 60.0, 1800.0], [500.0, 600.0, 700.0], 1900, 90)
    assert series.known[90] and not series.known[1000] and series.known[1800]


def test_a_history_holds_until_the_next_change():
    series = hold_samples([0.0, 2000.0], [500.0, 900.0], 2100, float("inf"))
    assert all(series.known) and series.watts[1999] == 500.0
