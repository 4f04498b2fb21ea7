"""The bound of the solar day on days that can be counted by hand: one step is 15 s, 1 kWh from the sun in each."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.scenes.sun_bound import Day, best_income_kwh, figures_of_day

MISSED = 4 + 30 / 15
"""Steps until a car that is there at sunrise draws: a minute of sun, and it wakes."""


def day_of(sunny: int, dull: int) -> Day:
    """A number of steps with sun, then of night, in which everything comes from the grid."""
    fits = np.array([[True]] * sunny + [[False]] * dull)
    return Day(np.where(fits, 1.0, 0.0), np.where(fits, 0.0, 1.0), fits, np.eye(1))


@pytest.mark.parametrize("patient", [False, True])
def test_a_clear_day_is_used_except_for_the_wait_before_the_start(patient: bool) -> None:
    assert best_income_kwh(day_of(40, 0), 0.0, 1.0, patient) == pytest.approx(40 - MISSED)


def test_at_nightfall_the_patient_buy_three_minutes_of_it_and_others_nothing() -> None:
    assert best_income_kwh(day_of(40, 40), 0.0, 0.5, patient=False) == pytest.approx(40 - MISSED)
    assert best_income_kwh(day_of(40, 40), 0.0, 0.5, patient=True) == pytest.approx(40 - MISSED - 0.5 * 180 / 15)


@pytest.mark.parametrize("patient", [False, True])
def test_a_load_whose_start_costs_too_much_stays_off(patient: bool) -> None:
    assert best_income_kwh(day_of(40, 0), 50.0, 1.0, patient) == 0.0


def test_patience_is_never_worth_more_than_being_free() -> None:
    day = figures_of_day()
    patient_kwh, free_kwh = (best_income_kwh(day, 0.4, 4.0, patient) for patient in (True, False))
    assert 0 < patient_kwh < free_kwh
