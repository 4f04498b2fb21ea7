"""An asymmetric inverter of the simulated house gives each phase what that takes, as far as its power goes."""

from __future__ import annotations

import pytest

from simhouse.devices.roof import Generation, Roof
from simhouse.physics.battery import Battery

TAKEN_W = {"L1": 1000.0, "L2": 200.0, "L3": 0.0}


@pytest.mark.parametrize(
    ("given_w", "fed_w"),
    [
        (1200.0, (1000, 200, 0)),
        (600.0, (500, 100, 0)),  # the same part of each
        (0.0, (0, 0, 0)),
        (1500.0, (1100, 300, 100)),
        (-300.0, (-100, -100, -100)),  # it charges from all
    ],
)
def test_each_phase_has_what_it_takes(given_w, fed_w):
    roof = Roof(asymmetric=True, now=Generation(solar_w=given_w))
    assert tuple(roof.fed_w(TAKEN_W).values()) == pytest.approx(fed_w)


def test_it_follows_each_phase_with_the_lag_of_its_battery():
    roof = Roof(asymmetric=True, battery=Battery(settles_s=2.0), now=Generation(solar_w=1200.0))
    roof.fed_w(TAKEN_W)
    roof.now = Generation(solar_w=1700.0)
    assert roof.fed_w({**TAKEN_W, "L3": 1000.0})["L3"] == pytest.approx(500)


def test_a_symmetric_one_gives_all_phases_the_same():
    assert Roof(now=Generation(solar_w=1200.0)).fed_w(TAKEN_W) == dict.fromkeys(TAKEN_W, 400.0)
