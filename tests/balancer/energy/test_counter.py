"""The energy counter of a load: from its own counter, its draw or its offer; it never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox import tuning
from fusebox.balancer.energy.counter import EnergyCounter, EnergySource, LoadObservation, advance_counter

START_S = 1_800_000_000.0
MOST_W = 11_040.0


def observed(past: EnergyCounter, at_s: float, power_w: float, reading_kwh=None, measured=True) -> EnergyCounter:
    """The counter after an observation at a time of the wall clock, as its meter makes it."""
    passed_s = 0.0 if past.at_s is None else max(at_s - past.at_s, 0.0)
    idle = measured and power_w <= tuning.ENERGY_DRAWS_W
    return advance_counter(past, LoadObservation(at_s, passed_s, power_w, measured, idle, reading_kwh, MOST_W))


class Count:
    """A counter over the seconds; a set value holds from that second on."""

    def __init__(self) -> None:
        self.counter = EnergyCounter()
        self.at_s = START_S

    def run(self, seconds: float, power_w: float, reading_kwh=None, measured=True, every_s: float = 1.0) -> float:
        """Run for this time at that power; `reading_kwh` is the device's counter meanwhile, or a function of the
        second."""
        steps = round(seconds / every_s)
        for step in range(1, steps + 1):
            self.at_s += every_s
            told = reading_kwh(step * every_s) if callable(reading_kwh) else reading_kwh
            self.counter = observed(self.counter, self.at_s, power_w, told, measured)
        return self.counter.kwh

    def meter(self, from_kwh: float, power_w: float, grain_kwh: float = 0.001):
        """A device's counter that begins here."""
        return lambda s: (from_kwh + power_w * s / 3.6e6) // grain_kwh * grain_kwh


def test_a_draw_adds_up():
    count = Count()
    count.run(1, 3600)
    assert count.run(1000, 3600) == pytest.approx(1.0)
    assert count.counter.source is EnergySource.INTEGRATED


def test_a_calculated_value_is_marked_as_such():
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
def test_another_counter_continues_where_the_first_ended(fresh_kwh):
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
    assert count.counter.level.reading_kwh == believed_kwh


def test_a_counter_without_change_is_trusted_until_one_kwh_was_measured():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(980, 3600, 100.0) == 0
    assert count.run(40, 3600, 100.0) == pytest.approx(1.02, abs=0.002)


def test_a_last_digit_that_swings_adds_nothing():
    count = Count()
    count.run(1000, 0, lambda s: 100.0 + 0.01 * (s % 2))
    assert count.counter.kwh == pytest.approx(0.01, abs=0.011)


def test_a_counter_that_was_away_for_a_while_reports_the_rest_when_it_is_back():
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


@pytest.mark.parametrize(("after_w", "counted_w"), [(3600, 3600), (1800, 1800), (7200, 3600), (0, 0)])
def test_a_restart_counts_the_lower_power_of_before_and_after(after_w, counted_w):
    count = Count()
    count.run(10, 3600)
    before = count.counter.kwh
    assert count.run(300, after_w, every_s=300) - before == pytest.approx(counted_w * 300 / 3.6e6)


def test_of_a_long_gap_only_a_part_is_counted():
    count = Count()
    count.run(10, 3600)
    before = count.counter.kwh
    assert count.run(36_000, 3600, every_s=36_000) - before == pytest.approx(0.6), "ten minutes of it"


def test_a_counter_reports_what_a_long_gap_took():
    count = Count()
    count.run(1, 3600, 100.0)
    assert count.run(36_000, 3600, 140.0, every_s=36_000) == pytest.approx(40)


GLITCHES = {
    "drops by a little": lambda kwh: kwh - 0.03,
    "drops by 0.9 kWh": lambda kwh: kwh - 0.9,
    "drops to 0": lambda _: 0.0,
    "rises by 0.9 kWh": lambda kwh: kwh + 0.9,
    "shows Wh as kWh": lambda kwh: 1000 * kwh,
    "shows MWh as kWh": lambda kwh: kwh / 1000,
    "is away": lambda _: None,
    "is replaced": lambda kwh: kwh + 4321.0,
}


@pytest.mark.parametrize("glitch", GLITCHES.values(), ids=GLITCHES)
@pytest.mark.parametrize("lasts_s", [1, 10, 600])
@pytest.mark.parametrize("measured", [True, False])
def test_a_counter_that_goes_wrong_ten_times_and_recovers_adds_nothing(glitch, lasts_s, measured):
    count = Count()
    count.run(10, 0, 100.0, measured)
    for _ in range(10):
        count.run(lasts_s, 0, glitch(100.0), measured, every_s=min(lasts_s, 10))
        count.run(10, 0, 100.0, measured)
    # Where nothing measures the load, it may have taken 1.84 kWh in ten minutes, and a rise is believed once.
    assert count.counter.kwh == 0 or (count.counter.kwh < 0.91 and not measured and lasts_s == 600)


def test_a_glitch_counts_no_offer_that_the_counter_does_not_confirm():
    count = Count()
    count.run(600, 3600, 100.0, measured=False)
    count.run(10, 3600, 0.0, measured=False)
    assert count.run(600, 3600, 100.0, measured=False) == 0


@pytest.mark.parametrize("glitch", GLITCHES.values(), ids=GLITCHES)
@pytest.mark.parametrize("lasts_s", [1, 10, 600])
def test_a_counter_that_goes_wrong_while_a_load_draws_changes_nothing(glitch, lasts_s):
    count = Count()
    count.run(1, 3600, 100.0)
    began_s = count.at_s
    for _ in range(10):
        for seconds, shows in ((100, lambda kwh: kwh), (lasts_s, glitch), (10, lambda kwh: kwh)):
            true_kwh = count.meter(100.0 + (count.at_s - began_s) / 1000, 3600)
            count.run(seconds, 3600, lambda s, shows=shows, true_kwh=true_kwh: shows(true_kwh(s)))
    assert count.counter.kwh == pytest.approx((count.at_s - began_s) / 1000, abs=0.05)


seen = st.builds(
    LoadObservation,
    now_s=st.floats(-10, 100_000, allow_nan=False).map(lambda s: START_S + s),
    passed_s=st.floats(0, 100_000),
    power_w=st.floats(0, MOST_W),
    measured=st.booleans(),
    is_idle=st.booleans(),
    reading_kwh=st.none() | st.floats(0, 10_000, allow_nan=False),
    most_w=st.just(MOST_W),
)


@given(st.lists(seen, max_size=30))
def test_it_never_goes_back_and_counts_no_more_than_the_load_can_take(instants):
    counter, most_kwh = EnergyCounter(), 0.0
    for each in instants:
        after = advance_counter(counter, each)
        most_kwh += 3 * MOST_W * each.passed_s / 3.6e6 + tuning.ENERGY_JITTER_KWH
        assert counter.kwh <= after.kwh <= most_kwh
        counter = after


@given(st.lists(st.tuples(st.floats(0, MOST_W), st.booleans(), st.floats(0.9, 1.1)), min_size=1, max_size=60))
def test_it_stays_with_a_counter_that_is_silent_now_and_then(course):
    """However often it is silent, and however wrong its reported draw, it ends where the counter is."""
    counter, true_kwh, at_s = EnergyCounter(), 500.0, START_S
    counter = observed(counter, at_s, 0.0, true_kwh)
    for power_w, silent, told_ratio in course:
        for _ in range(10):
            at_s, true_kwh = at_s + 20.0, true_kwh + power_w * 20.0 / 3.6e6
            counter = observed(counter, at_s, power_w * told_ratio, None if silent else true_kwh)
    counter = observed(counter, at_s + 1, 0.0, true_kwh)
    assert counter.kwh - (true_kwh - 500.0) == pytest.approx(0, abs=0.11 * (true_kwh - 500.0) + 0.03)
    assert counter.kwh >= true_kwh - 500.0 - 0.03
