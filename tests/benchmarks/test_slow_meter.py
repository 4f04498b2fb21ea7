"""The rules that only react, on houses that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.scenes.scene import SCENES
from benchmarks.scenes.slow_meter import play_reacting_rule

SCENE = replace(SCENES["b10"], length_s=1800)


def house_of(amps):
    """The one-phase house with this current in each second."""
    house = SCENE.house(1)
    for t_s in range(len(house.base["L1"].watts)):
        house.base["L1"].watts[t_s] = amps(t_s) * house.voltage_v
    return house


def test_a_house_that_stands_still_has_no_heat_and_nearly_all_energy():
    found = play_reacting_rule(house_of(lambda t_s: 5.0), 0, 0)
    assert found.heat_a2s == 0
    assert found.energy_pct == pytest.approx(100, abs=1)


def test_what_comes_between_two_readings_is_heat_until_the_next_and_no_longer():
    late, soon = (
        play_reacting_rule(house_of(lambda t_s, at=at: 15.0 if at <= t_s < 1700 else 5.0), 0, 0) for at in (1601, 1609)
    )
    assert late.heat_a2s == pytest.approx(9 * soon.heat_a2s)
    assert soon.heat_a2s > 0


def test_a_reserve_is_paid_with_energy_and_spares_heat():
    def kettle(t_s):
        return 12.0 if 1605 <= t_s < 1700 else 5.0

    free, kept = play_reacting_rule(house_of(kettle), 0, 0), play_reacting_rule(house_of(kettle), 0, 4)
    assert kept.heat_a2s < free.heat_a2s and kept.energy_pct < free.energy_pct


def test_a_window_keeps_out_of_short_pauses():
    def hob(t_s):
        return 15.0 if 5 <= t_s % 40 < 25 else 5.0

    hasty, patient = play_reacting_rule(house_of(hob), 0, 0), play_reacting_rule(house_of(hob), 30, 0)
    assert patient.heat_a2s < hasty.heat_a2s / 10
