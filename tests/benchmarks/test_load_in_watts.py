"""A load in watts stays near the surplus: half an hour under clouds in the simulated house."""

from __future__ import annotations

import pytest

from benchmarks.load_in_watts import best_draw, distance_from_surplus, play_day


def test_the_distance_counts_missed_and_bought_energy():
    found = distance_from_surplus([1000.0, 1000.0, 0.0, 0.0], [900.0, 700.0, 50.0, 0.0])
    assert (found.mean_w, found.near_pct) == (112.5, 75.0)
    assert found.missed_kwh == pytest.approx(400 / 3.6e6)
    assert found.grid_kwh == pytest.approx(50 / 3.6e6)


def test_the_best_hears_every_ten_seconds_and_follows_two_seconds_later():
    surplus_w = [100.0 * second for second in range(14)]
    assert best_draw(surplus_w) == [0.0] * 2 + [0.0] * 10 + [1000.0] * 2


def test_it_stays_within_a_quarter_of_the_best_possible_distance_or_100_w():
    own, best, usable_kwh, _ = play_day(2, (13, 13.5))
    assert usable_kwh > 1
    assert own.mean_w <= max(100, 1.25 * best.mean_w)
