"""The upper bound on the solar day: a controller that knows the probabilities of the sky, but not what comes next.

Clouds come and go without a memory there, so the best that can be done is found backwards from the evening, step by
step: for each moment, sky and state of the car the best that can still be had. Starts and energy from the grid are paid
for with two prices. Whatever the prices are, the best income plus the price of what is allowed is a bound (weak
duality) for every controller that stays within it on the mean of many days; the lowest of several prices is printed.

Because time and light are in steps it is an estimate; apart from that it is optimistic: the car follows at once when it
is awake, nothing but standby is on in the house, start and pause are as patient as CONFIG's defaults or more, as it
pays. What differs is the end of a charge: after `stop_after_s` of shade, no sooner and no later, or whenever it pays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import exp

import numpy as np
from numpy.typing import NDArray

from simhouse.physics.car import MINIMUM_A
from simhouse.physics.sun import (
    CLEAR_SHARE,
    CLOUD_FOLLOWS,
    CLOUD_SHARE,
    CLOUDY_S,
    EDGE_S,
    SUNNY_S,
    clear_sky_share,
)

from .evening import STANDBY_W
from .goals import SUN_GRID_KWH, SUN_STARTS
from .scene import PANELS_W, SCENES

Values = NDArray[np.float64]
SCENE = SCENES["d"]
STEP_S = 15
STEPS = SCENE.length_s // STEP_S
VOLTAGE_V = 230.0
PAUSE_S, START_AFTER_S, STOP_AFTER_S = 180, 60, 180  # CONFIG's defaults
BELOW_OFFER_A, WAKES_AFTER_S = 0.45, 30.0  # a car in the middle of the range that the scene draws from
GOOD = sum(CLEAR_SHARE) / 2
DEPTHS = 5
AROUND = tuple((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)
LIGHTS = np.linspace(CLOUD_SHARE[0], GOOD, 16)
"""Steps of the light that passes [share of a clear sky]: a cloud has edges."""


@dataclass(frozen=True)
class Day:
    """By step and sky: what a car that is on has from the sun and from the grid [kWh], and whether its minimum fits.

    A sky is what is coming, nothing (first) or a cloud of one of some depths, and how light it is by now; `turns`: how
    likely each follows each in a step. The day begins with the last light of nothing.
    """

    own_kwh: Values
    grid_kwh: Values
    fits: NDArray[np.bool_]
    turns: Values
    first: int = 0

    @property
    def optimum_kwh(self) -> float:
        """Return the mean energy of a car that is on whenever its minimum fits [kWh]."""
        odds, total_kwh = np.eye(len(self.turns))[self.first], 0.0
        for own_kwh, fits in zip(self.own_kwh, self.fits, strict=True):
            total_kwh += float(odds @ (own_kwh * fits))
            odds = odds @ self.turns
        return total_kwh


def figures_of_day() -> Day:
    """Return the figures of the scene's day."""
    low, high = CLOUD_SHARE
    targets = [GOOD, *(low + (high - low) * (n + 0.5) / DEPTHS for n in range(DEPTHS))]
    clear_w = [PANELS_W * clear_sky_share(SCENE.start + timedelta(seconds=STEP_S * n)) for n in range(STEPS)]
    a_watt = VOLTAGE_V * SCENE.phases
    surplus_w = np.outer(clear_w, np.tile(LIGHTS, len(targets))) - STANDBY_W * SCENE.phases
    offer_a = np.minimum(np.floor(surplus_w / a_watt), SCENE.car_max_a)
    drawn_w = (np.maximum(offer_a, MINIMUM_A) - BELOW_OFFER_A) * a_watt
    own_kwh, drawn_kwh = (watts * STEP_S / 3_600_000 for watts in (np.clip(surplus_w, 0.0, drawn_w), drawn_w))
    covers, clears = 1 - exp(-STEP_S * CLOUD_FOLLOWS / SUNNY_S), 1 - exp(-STEP_S / CLOUDY_S)
    comes = np.diag([1 - covers] + [1 - clears] * DEPTHS)
    comes[0, 1:], comes[1:, 0] = covers / DEPTHS, clears
    # What is coming at the end of a step has been lighting or darkening the sky in it.
    turns = np.block([[odds * _towards(target) for odds, target in zip(row, targets, strict=True)] for row in comes])
    return Day(own_kwh, drawn_kwh - own_kwh, offer_a >= MINIMUM_A, turns, len(LIGHTS) - 1)


def _towards(target: float) -> Values:
    """Return the probability that each light follows each in a step while the sky changes to `target`."""
    after = target + (LIGHTS - target) * exp(-STEP_S / EDGE_S)
    return np.clip(1 - np.abs(after[:, None] - LIGHTS[None, :]) / (LIGHTS[1] - LIGHTS[0]), 0.0, None)


def best_income_kwh(day: Day, start_kwh: float, grid: float, patient: bool) -> float:
    """Return the best income of the day [kWh] at these prices; `patient`: it stops only after STOP_AFTER_S of shade."""
    pause, sunny, shade = PAUSE_S // STEP_S, START_AFTER_S // STEP_S, STOP_AFTER_S // STEP_S
    skies = len(day.turns)
    off: Values = np.zeros((pause + 1, sunny + 1, skies))
    on: Values = np.zeros((shade + 1, skies))
    less_pause = np.maximum(np.arange(pause + 1) - 1, 0)
    more_sun = np.minimum(np.arange(sunny + 1) + 1, sunny)
    more_shade = np.minimum(np.arange(shade + 1) + 1, shade)
    for own_kwh, grid_kwh, fits in zip(day.own_kwh[::-1], day.grid_kwh[::-1], day.fits[::-1], strict=True):
        off_then, on_then = off @ day.turns.T, on @ day.turns.T
        on = own_kwh - grid * grid_kwh + np.where(fits, on_then[0], on_then[more_shade])
        if patient:
            on[shade] = np.where(fits, on[shade], off_then[pause, 0])
        else:
            on = np.maximum(on, off_then[pause, 0])
        off = np.where(fits, off_then[less_pause][:, more_sun], off_then[less_pause][:, :1])
        started = on[0] - start_kwh - own_kwh * WAKES_AFTER_S / STEP_S
        off[0, sunny] = np.where(fits, np.maximum(off[0, sunny], started), off[0, sunny])
    return float(off[0, 0, day.first])


def bound_pct(patient: bool, starts: float = SUN_STARTS, grid_kwh: float = SUN_GRID_KWH) -> float:
    """Return the most energy [% of the optimum] that any controller can reach, on average over many days.

    `starts`: so many starts a day; `grid_kwh`: so much energy from the grid.
    """
    day = figures_of_day()

    def bound_kwh(prices: tuple[float, float]) -> float:
        return best_income_kwh(day, *prices, patient) + prices[0] * starts + prices[1] * grid_kwh

    at, factor = (0.5, 4.0), 4.0
    least_kwh = bound_kwh(at)
    while factor > 1.05:
        for a, b in AROUND:
            prices = at[0] * factor**a, at[1] * factor**b
            if (found_kwh := bound_kwh(prices)) < least_kwh:
                least_kwh, at = found_kwh, prices
                break
        else:
            factor **= 0.5
    return 100 * least_kwh / day.optimum_kwh


def bound_line() -> str:
    """Return a line with both bounds on the share of the sun."""
    return (
        f"Bound on {SCENE.key}, mean day, {SUN_STARTS} starts and {SUN_GRID_KWH:g} kWh from the grid: about "
        f"{bound_pct(patient=True):.0f} % with {STOP_AFTER_S} s of patience in every shade, "
        f"{bound_pct(patient=False):.0f} % for who stops and holds on as it pays"
    )
