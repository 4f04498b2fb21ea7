"""Homes under a tariff that limits quarter hours, an hour each, or hours, two of them: as `draw_home`.

They begin with a window. They have no battery and no Quasar: with these a window's energy has no simple bound. The
target is chosen.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from random import Random

from .draw import draw_home
from .home import Box, Home
from .household import VOLTAGE_V

WINDOW_S, HOUR_S = 900, 3600
"""Windows of a quarter hour and of an hour [s]."""

KINDS = {WINDOW_S: "fixed_limit", HOUR_S: "norway_steps"}
"""Length of a window [s] -> the tariff's kind."""

HOURLY_FROM_SEED, HOURLY_SHARE = 70_001, 0.5
"""From this seed on, this share of the homes has windows of an hour: earlier ones have published figures."""

TARGET_SHARE = (0.3, 0.6)
"""Range of the target, as a share of the power that the main fuse carries."""

LEAST_TARGET_KW = 2.5
"""The least target [kW]; below it no car could charge beside the house."""


def window_s_of(seed: int) -> int:
    """Return the length of the windows in the home of this seed [s]."""
    is_hourly = seed >= HOURLY_FROM_SEED and Random(f"{seed}:window").random() < HOURLY_SHARE
    return HOUR_S if is_hourly else WINDOW_S


def draw_tariffed_home(seed: int) -> Home:
    """Return the home under a tariff of this seed; equipment, people and cars as in `draw_home`."""
    home, window_s = draw_home(seed), window_s_of(seed)
    home = replace(home, start_hour=_begin_of_window(home.start_hour, window_s), battery_kwh=0.0, quasar=None)
    if window_s == WINDOW_S:
        return home
    length_s = 2 * HOUR_S
    return replace(home, length_s=length_s, boxes=tuple(_car_stays(box, length_s) for box in home.boxes))


def _begin_of_window(hour: float, window_s: int) -> float:
    windows_h = HOUR_S / window_s
    return floor(windows_h * hour) / windows_h


def _car_stays(box: Box, length_s: int) -> Box:
    """Return the charger with its car staying until the end."""
    visit = replace(box.car.visits[0], departs_s=length_s + 1.0)
    return replace(box, car=replace(box.car, visits=(visit,)))


def draw_target_kw(random: Random, home: Home) -> float:
    """Return a target for a home's windows [kW]."""
    fuse_w = home.fuse_a * VOLTAGE_V * len(home.phases)
    return round(max(LEAST_TARGET_KW, random.uniform(*TARGET_SHARE) * fuse_w / 1000), 1)


def target_of(home: Home) -> float:
    """Return the target of a home's windows [kW]."""
    return draw_target_kw(Random(f"{home.seed}:limits"), home)
