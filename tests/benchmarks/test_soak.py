"""The soak: what it calls not flat, and some of its first hour."""

import asyncio
from dataclasses import replace

import pytest

from benchmarks.soak import Night, leaks_since, run_soak

CALM = Night(130.0, 48_000, 1200, 600, 4000, 0.1, 0.1, 0, 30.0)


def test_what_stays_as_it_is_is_flat():
    assert leaks_since([CALM] * 30) == []
    assert leaks_since([CALM, replace(CALM, resident_mb=138.0, objects=48_500, offer_gap_a=0.9)]) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"objects": 49_500}, "objects grew from 48000 to 49500"),
        ({"resident_mb": 145.0}, "memory grew from 130 to 145 MB"),
        ({"log_bytes": 30_000}, "30000 bytes of log"),
        ({"kept_bytes": 70_000}, "persisted states reached 70000"),
        ({"attributes_bytes": 17_000}, "attributes reached 17000 bytes"),
        ({"above_offer_s": 2}, "above its offer for 2 s"),
        ({"draw_gap_a": 1.5}, "drifts"),
    ],
)
def test_each_value_that_grows_is_reported(change, words):
    (told,) = leaks_since([CALM, CALM, replace(CALM, **change)])
    assert words in told


def test_some_quarter_hours_are_flat_and_the_car_is_reported_as_it_is():
    told = []
    nights, house, log = asyncio.run(run_soak(3, 300, 1, lambda part, night: told.append(part)))
    assert told == [0, 1, 2]
    assert leaks_since(nights) == []
    # ten minutes: what grows in them by so much would exceed the two percent of `leaks_since` in a quarter of an hour
    assert nights[2].objects <= 1.012 * nights[0].objects
    assert all(night.car_kwh > 0.2 and night.objects > 10_000 for night in nights)
    assert max(max(night.offer_gap_a, night.draw_gap_a) for night in nights) < 0.5
    assert house.circuits["main"].trip is None
    assert not [line for line in log.kinds if line.startswith(("ERROR", "WARNING"))]
