"""Homes under a tariff that limits quarter hours: as `draw_home`, from the beginning of a quarter hour on.

They have no battery and no Quasar: with these a window's energy has no simple bound. The target is chosen.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from random import Random

from .draw import draw_home
from .home import Home
from .household import VOLTAGE_V

WINDOW_S = 900
TARGET_SHARE = (0.3, 0.6)
"""Range of the target, as a share of the power that the main fuse carries."""

LEAST_TARGET_KW = 2.5
"""The least target [kW]; below it no car could charge beside the house."""


def draw_tariffed_home(seed: int) -> Home:
    """Return the home under a tariff of this seed; equipment, people and cars as in `draw_home`."""
    home = draw_home(seed)
    return replace(home, start_hour=floor(4 * home.start_hour) / 4, battery_kwh=0.0, quasar=None)


def draw_target_kw(random: Random, home: Home) -> float:
    """Return a target for a home's quarter hours [kW]."""
    fuse_w = home.fuse_a * VOLTAGE_V * len(home.phases)
    return round(max(LEAST_TARGET_KW, random.uniform(*TARGET_SHARE) * fuse_w / 1000), 1)


def target_of(home: Home) -> float:
    """Return the target of a home's quarter hours [kW]."""
    return draw_target_kw(Random(f"{home.seed}:limits"), home)
