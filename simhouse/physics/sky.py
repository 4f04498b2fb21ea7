"""Skies drawn from a seed: the share of a clear sky's irradiance that the clouds let through, second by second.

The numbers are fitted to one measured month: global irradiance at Payerne, Switzerland, June 2016, one-minute means by
MeteoSwiss (L. Vuilleumier) for the Baseline Surface Radiation Network, as the package pvlib ships it for its tests
(`pvlib/data/bsrn-pay0616.dat.gz`, versions 0.9 and 0.10). Divided by Haurwitz's clear sky, where that has the sun more
than 12 degrees high, it is the clear-sky index: 355 whole hours. A minute is sunny above an index of 0.75.
`python -m benchmarks.skies` puts skies of this module beside that month and beside four other measured records.

Each hour has one of five kinds of weather, by the share of its minutes that were sunny. The next hour's kind is drawn
as often as it followed. Within an hour sunshine and clouds alternate, and the index drifts among the values that were
measured in that state. Thick clouds go with bright gaps, as edges of clouds add their own light.
"""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence
from datetime import datetime, timedelta
from math import erf, inf, log, sqrt
from random import Random
from typing import NamedTuple

from .sun import clear_sky_share

HOUR_S = 3600.0
EDGE_S = (5.0, 40.0)
"""Time constant of a cloud's edge [s], drawn for each: the steepest minute then has about two thirds of a step over six
minutes, as measured."""

SHARES = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1.0)
"""The quantiles that `Levels` lists; measured except the first and the last, which are chosen."""

Levels = tuple[float, ...]
"""The clear-sky index at each of `SHARES`."""


class Runs(NamedTuple):
    """Duration of a state [s]: lognormal, given by median and mean.

    Fitted so that whole days have as many runs an hour, and as long ones, as measured; ends of hours cut them.
    """

    median_s: float
    mean_s: float

    def draw(self, random: Random) -> float:
        """Return the random length of one run [s]."""
        return random.lognormvariate(log(self.median_s), sqrt(2 * log(self.mean_s / self.median_s)))


ALWAYS = None
"""A state that lasts as long as the weather does."""


class State(NamedTuple):
    """Sunshine or clouds in one kind of weather."""

    runs: Runs | None
    levels: Levels


class Weather(NamedTuple):
    """One kind of hour; a state that it does not have is None."""

    hours: int
    """How many of the 355 measured hours were of this kind."""

    followed_by: tuple[float, ...]
    """How often each kind was the next hour's."""

    drift_s: float
    """Time constant with which the index drifts within its levels [s], fitted to its change in five minutes."""

    clouds: State | None
    sunshine: State | None


OVERCAST = Weather(
    119,
    (0.71, 0.26, 0.02, 0.01, 0.0),
    8400,
    State(ALWAYS, (0.01, 0.05, 0.10, 0.20, 0.29, 0.38, 0.48, 0.59, 0.72)),
    None,
)
MOSTLY_CLOUDY = Weather(
    83,
    (0.31, 0.46, 0.15, 0.05, 0.03),
    2300,
    State(Runs(270, 1100), (0.05, 0.12, 0.22, 0.33, 0.43, 0.54, 0.64, 0.72, 0.75)),
    State(Runs(135, 320), (0.75, 0.75, 0.77, 0.82, 0.93, 1.09, 1.23, 1.42, 1.55)),
)
BROKEN = Weather(
    39,
    (0.06, 0.29, 0.21, 0.44, 0.0),
    1400,
    State(Runs(135, 440), (0.05, 0.11, 0.26, 0.35, 0.48, 0.62, 0.69, 0.74, 0.75)),
    State(Runs(180, 520), (0.75, 0.76, 0.80, 0.87, 1.01, 1.12, 1.22, 1.35, 1.50)),
)
MOSTLY_SUNNY = Weather(
    49,
    (0.0, 0.17, 0.25, 0.38, 0.20),
    1600,
    State(Runs(90, 210), (0.10, 0.18, 0.31, 0.41, 0.55, 0.66, 0.71, 0.74, 0.75)),
    State(Runs(180, 830), (0.75, 0.79, 0.88, 0.98, 1.02, 1.07, 1.14, 1.24, 1.40)),
)
CLEAR = Weather(
    65,
    (0.0, 0.02, 0.05, 0.16, 0.77),
    7200,
    None,
    State(ALWAYS, (0.60, 0.88, 0.92, 0.96, 0.99, 1.01, 1.03, 1.11, 1.20)),
)
WEATHERS = (OVERCAST, MOSTLY_CLOUDY, BROKEN, MOSTLY_SUNNY, CLEAR)


def sky_seconds(start: datetime, length_s: int, peak_w: float, random: Random) -> MutableSequence[float]:
    """Return a roof's AC power [W] for each second from `start` (local time), under a random sky.

    The inverter passes on at most `peak_w`, even when the edge of a cloud adds its light.
    """
    watts = array("d", bytes(8 * length_s))
    clear = 0.0
    for second, index in enumerate(clear_sky_index(length_s, random)):
        if second % 60 == 0:
            clear = clear_sky_share(start + timedelta(seconds=second))
        watts[second] = peak_w * min(clear * index, 1.0)
    return watts


def clear_sky_index(length_s: int, random: Random) -> array[float]:
    """Return the share of a clear sky's power in each second; above 1 at the bright edges of clouds."""
    found = array("d", bytes(8 * length_s))
    weather = random.choices(WEATHERS, [each.hours for each in WEATHERS])[0]
    sunny = random.random() < 0.5
    hour_left_s, run_left_s, edge_s = random.uniform(0.0, HOUR_S), 0.0, 1.0
    depth = random.gauss(0.0, 1.0)
    index = None
    for second in range(length_s):
        if hour_left_s <= 0:
            weather, hour_left_s = random.choices(WEATHERS, weather.followed_by)[0], HOUR_S
            if run_left_s == inf or _state(weather, sunny) is None:
                run_left_s = 0.0
        if run_left_s <= 0:
            sunny = not sunny if _state(weather, not sunny) is not None else sunny
            state = _state(weather, sunny)
            assert state is not None
            run_left_s = inf if state.runs is None else state.runs.draw(random)
            edge_s = random.uniform(*EDGE_S)
        depth += random.gauss(0.0, 1.0) * sqrt(2 / weather.drift_s) - depth / weather.drift_s
        target = _level_at_depth(_state(weather, sunny), -depth if sunny else depth)
        index = target if index is None else index + (target - index) / edge_s
        found[second] = index
        hour_left_s, run_left_s = hour_left_s - 1, run_left_s - 1
    return found


def _state(weather: Weather, sunny: bool) -> State | None:
    return weather.sunshine if sunny else weather.clouds


def _level_at_depth(state: State | None, depth: float) -> float:
    """Return the level at the quantile that `depth` has in a standard normal distribution."""
    assert state is not None
    share = (1 + erf(depth / sqrt(2))) / 2
    place = next(n for n, above in enumerate(SHARES[1:], 1) if share <= above)
    before, part = state.levels[place - 1], (share - SHARES[place - 1]) / (SHARES[place] - SHARES[place - 1])
    return before + (state.levels[place] - before) * part
