"""The latency of meters, from all changes of a load: an oven on the same phase and another unit change nothing."""

from __future__ import annotations

import pytest

from fusebox.control.commissioning.level import (
    Sample,
    displayed_levels,
    fit_lags,
    likeliest_lag_s,
    report_intervals_s,
    sum_fits,
)
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading


def own_at(second: int) -> float:
    """A charger that goes up by 4 A and down again, each for 40 s, beginning after 40 s."""
    return 10.0 if second // 40 % 2 else 6.0


def sample(second: int, meter_a: float, drawn_a: float | None, offered_a: float = 6.0, sent_a: float = 6.0) -> Sample:
    draw = PerPhase() if drawn_a is None else PerPhase(drawn_a)
    shown = {MAIN: {Phase.L1: Reading(meter_a, meter_a, second % 5)}}
    return Sample(second, shown, draw, offered_a, sent_a, sent_a, 0.0)


def seen(late_s: int, oven_a: float = 0.0, unit: float | None = 1.0) -> list[Sample]:
    found = []
    for second in range(300):
        oven = oven_a if second % 47 < 23 else 0.0
        drawn_a = None if unit is None else unit * own_at(second)
        found.append(sample(second, own_at(second - late_s) + oven, drawn_a, own_at(second)))
    return found


@pytest.mark.parametrize("late_s", [0, 3, 17, 29])
@pytest.mark.parametrize("oven_a", [0.0, 3.0])
@pytest.mark.parametrize("unit", [1.0, 0.001, None], ids=["watts", "kilowatts", "no sensor"])
def test_the_lag_is_found_whatever_else_runs_and_the_sensor_reports(late_s, oven_a, unit):
    assert likeliest_lag_s(fit_lags(seen(late_s, oven_a, unit), MAIN)) == late_s


def test_a_meter_that_does_not_measure_it_has_none():
    assert likeliest_lag_s(fit_lags([sample(second, 4.0, own_at(second)) for second in range(300)], MAIN)) is None


@pytest.mark.parametrize(("gain", "found"), [(1.0, 17), (-1.0, 17), (-0.5, 17), (0.001, 17), (0.1, None)])
def test_a_meter_shows_an_amp_or_half_of_it_or_a_thousandth_and_no_tenth(gain, found):
    shown = [sample(second, gain * own_at(second - 17), own_at(second)) for second in range(300)]
    assert likeliest_lag_s(fit_lags(shown, MAIN)) == found


def test_one_load_among_ovens_does_not_outweigh_another_that_is_clear():
    clear, restless = ({MAIN: fit_lags(seen(3, oven_a), MAIN)} for oven_a in (0.0, 9.0))
    assert likeliest_lag_s(sum_fits(clear, restless)[MAIN]) == 3


def test_what_no_lag_explains_has_none():
    still = [sample(second, 9.0 if second > 280 else 4.0, own_at(second)) for second in range(300)]
    assert likeliest_lag_s(fit_lags(still, MAIN)) is None


def test_the_intervals_of_a_meter_are_those_between_its_reports():
    assert report_intervals_s([sample(second, 4.0, None) for second in range(12)]) == ((MAIN, Phase.L1, 5),) * 2


def test_the_rounding_of_the_first_command_is_known_after_a_lower_later_command():
    told = [sample(s, 4.0, None, offered_a=6.0 if s < 2 else 8.0, sent_a=9.0 if s < 8 else 8.0) for s in range(20)]
    assert displayed_levels(told) == ((9.0, 8.0), (8.0, 8.0))
    late = [sample(s, 4.0, None, offered_a=6.0 if s < 9 else 8.0, sent_a=9.0 if s < 8 else 8.0) for s in range(20)]
    assert displayed_levels(late) == ((8.0, 8.0),)


def test_a_current_that_was_sent_a_moment_ago_is_not_displayed_yet():
    sent = [sample(s, 4.0, None, offered_a=6.0 if s else 7.0, sent_a=10.0 if s == 19 else 6.5) for s in range(20)]
    assert displayed_levels(sent) == ((6.5, 6.0),)


def test_a_single_step_of_the_house_after_one_of_the_load_is_no_lag():
    found = [sample(second, 14.7 if second > 59 else 4.0, 14.5 if 30 < second <= 50 else 6.0) for second in range(71)]
    assert likeliest_lag_s(fit_lags(found, MAIN)) is None
