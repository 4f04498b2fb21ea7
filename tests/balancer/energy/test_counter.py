"""The energy counter of a load: from its own counter, its draw or its offer; it never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.balancer.energy.counter import EnergyCounter, EnergySource, Seen, advanced

START_S = 1_800_000_000.0
MOST_W = 11_040.0


class Count:
    """A counter over the seconds; what it is told holds from that second on."""

    def __init__(self) -> None:
        self.counter = EnergyCounter()
        self.at_s = START_S

    def run(self, seconds: float, power_w: float, reading_kwh=None, measured=True, every_s: float = 1.0) -> float:
        """So long at that power; `reading_kwh` is what the device shows all the while, or a function of the second."""
        steps = round(seconds / every_s)
        for step in range(1, steps + 1):
            self.at_s += every_s
            told = reading_kwh(step * every_s) if callable(reading_kwh) else reading_kwh
            self.counter = advanced(self.counter, Seen(self.at_s, power_w, measured, told, MOST_W))
        return self.counter.kwh

    def meter(self, from_kwh: float, power_w: float, grain_kwh: float = 0.001):
        """A device's counter that begins here."""
        return lambda s: (from_kwh + power_w * s / 3.6e6) // grain_kwh * grain_kwh


def test_a_draw_adds_up():
    count = Count()
    count.run(1, 3600)
    assert count.run(1000, 3600) == pytest.approx(1.0)
    assert count.counter.source is EnergySource.INTEGRATED


def test_what_is_reckoned_says_so():
    count = Count()
    count.run(10, 3600, measured=False)
    assert count.counter.source is EnergySource.RECKONED


def test_the_devices_counter_comes_before_its_draw():
    count = Count()
    count.run(1, 4000, 500.0)
    assert count.run(3600, 4000, count.meter(500.0, 3600)) == pytest.approx(3.6, abs=0.002)
    assert count.counter.source is EnergySource.COUNTER


def test_a_counter_that_begins_high_is_no_energy():
    count = Count()
    assert count.run(1, 0, 8000.0) == 0


def test_a_reset_loses_nothing_that_was_drawn():
    count = Count()
    count.run(1, 3600, 100.0)
    before = count.run(100, 3600, count.meter(100.0, 3600))
    after = count.run(1000, 3600, count.meter(0.0, 3600))
    assert after - before == pytest.approx(1.0, abs=0.005)


@pytest.mark.parametrize("fresh_kwh", [0.0, 50.0, 7000.0])
def test_another_counter_goes_on_where_the_first_ended(fresh_kwh):
    count = Count()
    count.run(1, 3600, 100.0)
    count.run(100, 3600, count.meter(100.0, 3600))
    before = count.run(50, 3600, None)
    after = count.run(1000, 3600, count.meter(fresh_kwh, 3600))
    assert after - before == pytest.approx(1.05, abs=0.005)
    assert count.counter.source is EnergySource.COUNTER


def test_a_glitch_to_zero_is_no_energy():
    count = Count()
    count.run(10, 0, 8000.0)
    count.run(1, 0, 0.0)
    assert count.run(10, 0, 8000.0) == 0


@pytest.mark.parametrize(("shows_kwh", "believed_kwh"), [(99.985, 100.0), (99.975, 99.975)])
def test_a_counter_may_go_back_by_a_last_digit_and_more_is_another_counter(shows_kwh, believed_kwh):
    count = Count()
    count.run(1, 0, 100.0)
    count.run(1, 0, shows_kwh)
    assert count.counter.reading_kwh == believed_kwh


def test_a_counter_that_stands_still_is_waited_for_until_a_kilowatt_hour_was_measured():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(980, 3600, 100.0) == 0
    assert count.run(40, 3600, 100.0) == pytest.approx(1.02, abs=0.002)


def test_a_last_digit_that_swings_adds_nothing():
    count = Count()
    count.run(1000, 0, lambda s: 100.0 + 0.01 * (s % 2))
    assert count.counter.kwh == pytest.approx(0.01, abs=0.011)


def test_a_counter_that_was_away_for_a_while_tells_the_rest_when_it_is_back():
    count = Count()
    count.run(1, 3600, 100.0)
    count.run(300, 4000, None)
    assert count.counter.kwh == 0
    assert count.run(1, 3600, 100.3) == pytest.approx(0.3)


def test_a_counter_that_stays_away_is_not_waited_for_and_nothing_is_counted_twice():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(3600, 3780, None) == pytest.approx(3.78, abs=0.01)
    assert count.counter.source is EnergySource.INTEGRATED
    assert count.run(1, 3600, 103.6) == pytest.approx(3.78, abs=0.01)
    assert count.run(999, 3600, count.meter(103.6, 3600)) == pytest.approx(4.6, abs=0.01)


def test_a_counter_that_stands_still_is_not_believed_while_more_is_measured():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(3600, 3600, 100.0) == pytest.approx(3.6, abs=0.01)


def test_a_counter_that_stands_still_is_believed_where_nothing_measures():
    count = Count()
    count.run(1, 3600, 100.0, measured=False)
    assert count.run(7200, 3600, 100.0, measured=False) == 0


@pytest.mark.parametrize("grain_kwh", [0.1, 1.0])
def test_a_coarse_counter_is_waited_for(grain_kwh):
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(20_000, 3700, count.meter(100.0, 3600, grain_kwh)) == pytest.approx(20, abs=grain_kwh * 1.1)


def test_a_restart_counts_between_what_was_and_what_is():
    count = Count()
    count.run(10, 3600)
    before = count.counter.kwh
    assert count.run(300, 1800, every_s=300) - before == pytest.approx(2700 * 300 / 3.6e6)


def test_of_a_long_gap_only_a_part_is_counted():
    count = Count()
    count.run(10, 3600)
    before = count.counter.kwh
    assert count.run(36_000, 3600, every_s=36_000) - before == pytest.approx(0.6), "ten minutes of it"


def test_a_counter_tells_what_a_long_gap_took():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(36_000, 3600, 140.0, every_s=36_000) == pytest.approx(40)


def test_a_clock_that_is_set_back_takes_nothing_off():
    count = Count()
    before = count.run(100, 3600)
    count.at_s -= 3600
    assert count.run(1, 3600) == before
    assert count.run(1000, 3600) == pytest.approx(before + 1.0)


seen = st.builds(
    Seen,
    now_s=st.floats(-10, 100_000, allow_nan=False).map(lambda s: START_S + s),
    power_w=st.floats(0, MOST_W),
    measured=st.booleans(),
    reading_kwh=st.none() | st.floats(0, 10_000, allow_nan=False),
    most_w=st.just(MOST_W),
)


@given(st.lists(seen, max_size=30))
def test_it_never_goes_back_and_waits_for_nothing_negative(instants):
    counter = EnergyCounter()
    for each in instants:
        after = advanced(counter, each)
        assert after.kwh >= counter.kwh
        assert min(after.waiting_kwh, after.ahead_kwh, after.unseen_kwh) >= 0
        counter = after


@given(st.lists(st.tuples(st.floats(0, MOST_W), st.booleans(), st.floats(0.9, 1.1)), min_size=1, max_size=60))
def test_it_stays_with_a_counter_that_is_silent_now_and_then(course):
    """However often it is silent, and whatever its draw is told wrong by, in the end it is where the counter is."""
    counter, true_kwh, at_s = EnergyCounter(), 500.0, START_S
    counter = advanced(counter, Seen(at_s, 0.0, True, true_kwh, MOST_W))
    for power_w, silent, told_ratio in course:
        for _ in range(10):
            at_s, true_kwh = at_s + 20.0, true_kwh + power_w * 20.0 / 3.6e6
            told_kwh = None if silent else true_kwh
            counter = advanced(counter, Seen(at_s, power_w * told_ratio, True, told_kwh, MOST_W))
    counter = advanced(counter, Seen(at_s + 1, 0.0, True, true_kwh, MOST_W))
    assert counter.kwh - (true_kwh - 500.0) == pytest.approx(0, abs=0.11 * (true_kwh - 500.0) + 0.03)
    assert counter.kwh >= true_kwh - 500.0 - 0.03
