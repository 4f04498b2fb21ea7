"""Every point of the standards, as a table, for the most sensitive and the most sluggish permitted device."""

import pytest

from simhouse.physics.breaker import Pole, breaker, step_pole

HOUR_S = 3600
# kind, rating [A], multiple of it, no sooner than [s], no later than [s] (None: never within the hour)
POINTS = [
    ("B", 25, 1.00, None, None),
    ("B", 25, 1.13, None, None),
    ("C", 16, 1.13, None, None),
    ("B", 25, 1.45, 60, HOUR_S),
    ("C", 63, 1.45, 60, HOUR_S),
    ("B", 25, 2.55, 1, 60),
    ("C", 32, 2.55, 1, 60),
    ("B", 40, 2.55, 1, 120),
    ("B", 25, 3.00, 0, 45),
    ("B", 40, 3.00, 0, 90),
    ("C", 25, 5.00, 0, 15),
    ("C", 40, 5.00, 0, 30),
    ("B", 25, 5.00, 0, 1),
    ("C", 25, 10.0, 0, 1),
    ("gG", 25, 1.25, None, None),
    ("gG", 25, 1.60, 60, HOUR_S),
    ("gG", 10, 1.50, None, None),
    ("gG", 10, 1.90, 10, HOUR_S),
    ("gG", 25, 4.40, 0, 5),
    ("linky", 45, 1.00, None, None),
    ("linky", 45, 1.40, 60, 250),
]


def trip_times(device, multiple, start=None, limit_s=HOUR_S):
    """Seconds until the sensitive and the sluggish integral trip at a constant multiple of the rating."""
    pole, early_s, late_s = start or Pole(), None, None
    for second in range(1, limit_s + 1):
        pole = step_pole(device, pole, multiple * device.rating_a)
        early_s = early_s or (second if pole.may_have_tripped else None)
        late_s = late_s or (second if pole.must_have_tripped else None)
        if late_s:
            break
    return early_s, late_s, pole


@pytest.mark.parametrize(("kind", "rating_a", "multiple", "soonest_s", "latest_s"), POINTS)
def test_point_of_the_standard(kind, rating_a, multiple, soonest_s, latest_s):
    early_s, late_s, _ = trip_times(breaker("main", rating_a, kind), multiple)
    if latest_s is None:
        assert (early_s, late_s) == (None, None)
    else:
        assert soonest_s < early_s <= late_s <= latest_s


def test_a_type_of_fuse_may_be_written_in_any_case():
    for text, kind in (("b", "B"), (" GG", "gG"), ("Linky", "linky")):
        assert breaker("main", 25, text) == breaker("main", 25, kind)


def test_145_right_after_an_hour_at_113_trips_within_the_hour():
    device = breaker("main", 25, "B")
    warm = trip_times(device, 1.13)[2]
    assert not warm.may_have_tripped
    early_s, late_s, _ = trip_times(device, 1.45, warm)
    assert early_s < 60 < late_s < HOUR_S


@pytest.mark.parametrize("kind", ["B", "C", "gG", "linky"])
def test_more_current_never_trips_later(kind):
    device = breaker("main", 25, kind)
    for curve in (device.early, device.late):
        times = [curve.seconds_to_trip(m / 100) for m in range(100, 1200, 5)]
        assert times == sorted(times, reverse=True)


def test_a_warm_breaker_trips_sooner_and_cools_down_again():
    device = breaker("main", 25, "B")
    cold_s = trip_times(device, 1.5)[0]
    loaded = trip_times(device, 1.0, limit_s=1800)[2]
    assert trip_times(device, 1.5, loaded)[0] < cold_s
    rested = trip_times(device, 0.0, loaded)[2]
    assert trip_times(device, 1.5, rested)[0] == pytest.approx(cold_s, abs=2)


def test_a_kettle_for_ten_seconds_at_1_2_times_the_rating_trips_nothing():
    for kind in ("B", "C", "gG", "linky"):
        device = breaker("main", 25, kind)
        loaded = trip_times(device, 0.8, limit_s=1800)[2]
        assert trip_times(device, 1.2, loaded, limit_s=10)[0] is None


def test_linky_cuts_as_its_filter_says():
    device = breaker("main", 45, "linky")
    loaded = trip_times(device, 0.8, limit_s=1800)[2]
    early_s, late_s, _ = trip_times(device, 2.0, loaded)
    assert (early_s, late_s) == (pytest.approx(14, abs=1), pytest.approx(47, abs=1))


def test_tallies_count_both_directions():
    device, pole = breaker("main", 20, "B"), Pole()
    for current_a in (10.0, 21.0, -23.0, 20.0):
        pole = step_pole(device, pole, current_a)
    assert (pole.over_rating_s, pole.over_113_s, pole.worst_a) == (2, 1, 23.0)
    assert pole.excess_a2s == pytest.approx(1**2 + 3**2)
