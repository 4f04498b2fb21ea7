"""Which of the meter's own figures is trusted, compared with our own sum."""

from __future__ import annotations

import pytest

from fusebox.tariff.metering import DemandReading, DemandSensor, Window, correct_by_sensor, reset_after_window

QUARTER_S, FUSES_W = 900.0, 10_000.0


def measured_ws(window: Window, told_kw: float) -> float:
    """What counts as imported after a figure that comes now."""
    told = DemandReading(told_kw, window.at_s)
    return correct_by_sensor(window, DemandSensor(), told, QUARTER_S, FUSES_W)[0].measured_ws


@pytest.mark.parametrize(("told_kw", "believed"), [(0.01, True), (0.19, True), (0.21, False)])
def test_it_may_differ_by_a_tenth_of_a_kilowatt_of_the_windows_mean(told_kw: float, believed: bool) -> None:
    added = Window(0.0, 90.0, 0.0, measured_ws=90_000.0, added_ws=90_000.0)
    assert measured_ws(added, told_kw) == pytest.approx(told_kw * 900_000 if believed else 90_000)


@pytest.mark.parametrize(("told_kw", "believed"), [(4.9, True), (5.1, False)])
def test_or_by_a_quarter(told_kw: float, believed: bool) -> None:
    added = Window(0.0, 700.0, 0.0, measured_ws=3_600_000.0, added_ws=3_600_000.0)
    assert measured_ws(added, told_kw) == pytest.approx(told_kw * 900_000 if believed else 3_600_000)


@pytest.mark.parametrize(("told_kw", "believed"), [(0.99, True), (1.01, False)])
def test_its_clock_may_be_half_a_minute_late(told_kw: float, believed: bool) -> None:
    """After an unmeasured minute, 10 kW for 90 s are 1 kW of the window's mean."""
    unseen = Window(0.0, 60.0, 0.0, unseen_s=60.0)
    assert measured_ws(unseen, told_kw) == pytest.approx(told_kw * 900_000 if believed else 0.0)


def doubts_after(told_kw: float, windows: int = 2, added_kw: float = 1.0, unseen_s: float = 0.0) -> DemandSensor:
    """The sensor after windows of a steady import, of which it reports another mean at the end."""
    sensor = DemandSensor()
    for start_s in range(0, 900 * windows, 900):
        for at_s in (start_s + 600.0, start_s + 895.0):
            added_ws = added_kw * 1000 * (at_s - start_s)
            window = Window(start_s, at_s, measured_ws=added_ws, added_ws=added_ws, unseen_s=unseen_s)
            told = DemandReading(told_kw * (at_s - start_s) / 900, at_s)
            sensor = correct_by_sensor(window, sensor, told, QUARTER_S, FUSES_W)[1]
        sensor = reset_after_window(sensor, start_s, QUARTER_S)
    return sensor


def test_far_more_than_was_measured_is_a_doubt_in_each_window_of_its_own() -> None:
    found = doubts_after(4.0)
    assert found.doubts == 2
    assert found.doubted_kw == pytest.approx((4.0 * 895 / 900, 895 / 900))


@pytest.mark.parametrize(
    ("told_kw", "added_kw", "unseen_s"), [(1.9, 1.0, 0.0), (0.5, 1.0, 0.0), (0.19, 0.09, 0.0), (4.0, 1.0, 5.0)]
)
def test_less_is_none_nor_is_a_window_that_was_not_measured_whole(told_kw, added_kw, unseen_s) -> None:
    assert doubts_after(told_kw, added_kw=added_kw, unseen_s=unseen_s).doubts == 0


def test_a_report_that_stopped_early_or_is_right_again_is_no_doubt() -> None:
    doubted = doubts_after(4.0)
    assert reset_after_window(doubted, 1800.0, QUARTER_S).doubts == 2
    sensor = correct_by_sensor(
        Window(1800.0, 2690.0, measured_ws=9e5, added_ws=9e5), doubted, DemandReading(1.0, 2690.0), QUARTER_S, FUSES_W
    )[1]
    assert reset_after_window(sensor, 1800.0, QUARTER_S).doubts == 0
