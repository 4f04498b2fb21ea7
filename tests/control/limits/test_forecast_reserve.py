"""What a window of a tariff keeps for the house, in watt-seconds."""

from __future__ import annotations

import pytest

from fusebox.control.limits.forecast_reserve import (
    expected_house_ws,
    power_left_for_loads_w,
    spare_energy_ws,
    surprising_house_ws,
)
from fusebox.control.limits.load_envelope import LoadEnvelope
from fusebox.model.house_memory import HouseMemory

LIMIT_W = 4000.0
CARS = LoadEnvelope(0.0, 0.0, 1400.0, most_w=22_000.0, rise_w_s=900.0, slow_s=0.0, starts_seldom=True)
PLUGS = LoadEnvelope(0.0, 0.0, 0.0, most_w=0.0, rise_w_s=900.0, slow_s=0.0, starts_seldom=True)


def steady(minutes: int) -> HouseMemory:
    """A house that has drawn 500 W for this many minutes."""
    bursts_ws = tuple(30_000.0 * number for number in range(1, min(minutes, 4) + 1))
    return HouseMemory(500.0, 0.0, 0.0, 500.0, minutes_w=(500.0,) * minutes, bursts_ws=bursts_ws)


@pytest.mark.parametrize(("minutes", "kept_ws"), [(9, 0.0), (10, 0.5 * LIMIT_W * 585)])
def test_once_it_is_known_half_of_the_limit_may_be_switched_on_and_stay(minutes: int, kept_ws: float) -> None:
    """Ten minutes before the end: 15 s less, in which loads are lowered."""
    assert spare_energy_ws(steady(minutes), 2.4e6, 600.0, LIMIT_W, PLUGS) == pytest.approx(2.4e6 - 3e5 - kept_ws)


@pytest.mark.parametrize(("slow_s", "kept_ws"), [(5.0, 0.0), (10.0, 6000.0), (60.0, 24_000.0)])
def test_a_slow_device_keeps_fifteen_hundredths_of_the_limit_as_long(slow_s: float, kept_ws: float) -> None:
    found = power_left_for_loads_w(steady(60), 100_000.0, 40.0, LIMIT_W, PLUGS._replace(slow_s=slow_s))
    assert found * 40 == pytest.approx(100_000 - kept_ws - 20_000)


@pytest.mark.parametrize(("for_s", "comes_ws"), [(10, 48_000), (120, 576_000), (900, 576_000)])
def test_an_appliance_never_observed_may_run_for_two_minutes(for_s: float, comes_ws: float) -> None:
    """4.8 kW, in addition to the house load."""
    assert surprising_house_ws(steady(60), for_s, LIMIT_W) == pytest.approx(500 * for_s + comes_ws)


@pytest.mark.parametrize(("starts_seldom", "ratio"), [(True, 0.8), (False, 0.5)])
def test_chargers_stop_for_less_once_they_have_started_often(starts_seldom: bool, ratio: float) -> None:
    """Big enough to use up any rest later; of the house nothing but its 500 W is expected."""
    kept_ws = ratio * LIMIT_W * 585
    found = spare_energy_ws(steady(60), 2.4e6, 600.0, LIMIT_W, CARS._replace(starts_seldom=starts_seldom))
    assert found == pytest.approx(2.4e6 - 3e5 - kept_ws)


def test_a_fall_of_the_house_is_trusted_in_two_minutes_and_three_for_the_coming_ones() -> None:
    house = HouseMemory(500.0, 0.0, 0.0, 500.0, minutes_w=(4000.0,) * 9 + (500.0,))
    until_ws = 500 * 60 + (4000 + 4000 + 500) / 3 * 180
    assert expected_house_ws(house, 600.0) == pytest.approx(until_ws + (4000 + 500) / 2 * 360)
