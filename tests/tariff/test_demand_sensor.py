"""Which of the meter's own figures is trusted, compared with our own sum."""

from __future__ import annotations

import pytest

from fusebox.tariff.metering import DemandReading, DemandSensor, Window, correct_by_sensor

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
