"""Still houses: no house above its limit, and no load that is commanded again and again."""

from __future__ import annotations

import pytest

from benchmarks.still_houses import Sensor, play


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(8, id="two chargers in tenths of an amp and a load in watts"),
        pytest.param(21, id="a meter in half amps and a charger in tenths"),
        pytest.param(27, id="a load in watts whose sensor shows whole amps"),
        pytest.param(38, id="a charger in tenths whose sensor shows whole amps"),
        pytest.param(2054, id="a charger whose sensor is late and rounds"),
        pytest.param(58, id="a charger on the sun whose sensor is 8 s late"),
    ],
)
def test_in_a_still_house_nothing_is_sent(seed):
    row = play(seed, 240, 100)
    assert row["commands"] <= 1 and row["above_s"] == 0


def test_on_a_sun_that_moves_a_charger_is_not_commanded_again_and_again():
    assert play(99, 400, 300, sunny=True)["commands"] <= 6


def test_a_sensor_shows_what_it_measured_before_in_its_steps():
    true = [[0.3 * second] for second in range(20)]
    assert Sensor(5, 2, 3, 0.5, renewed=False).read(true, 17) == ([pytest.approx(3.5)], 2.0)
    assert Sensor(5, 2, 3, 0.5, renewed=True).read(true, 17) == ([pytest.approx(3.5)], 0.0)
