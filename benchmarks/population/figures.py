"""The figures of a row that tables and the page show, and their quantiles over homes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .play import ALONE
from .row import Row
from .verdict import ByHome, Quantiles, all_hot_s, beyond_the_house, heat_a2s, quantiles


class Figure(NamedTuple):
    """A figure of a row."""

    name: str
    of: Callable[[Row], float]
    is_beyond_the_house: bool = False
    """Whether what the house alone causes is subtracted."""

    is_best_high: bool = False

    def values(self, homes: ByHome, controller: str) -> Sequence[float]:
        """Return this figure of a controller in each of these homes, all of which have to have its row."""
        if self.is_beyond_the_house:
            return [beyond_the_house(rows, controller, self.of) for rows in homes.values()]
        return [self.of(rows[controller]) for rows in homes.values()]

    def quantiles(self, homes: ByHome, controller: str) -> Quantiles:
        """Return its quantiles over these homes, the bad end last."""
        return quantiles(self.values(homes, controller), self.is_best_high)


class OwnFigure(NamedTuple):
    """A figure of rows of another kind, with one row for each home."""

    name: str
    of: Callable[[Any], float]
    digits: int = 0
    is_best_high: bool = False

    def cells(self, rows: Sequence[Any]) -> Sequence[str]:
        """Return mean, median, p90, p99 and worst of these rows as text, the bad end last."""
        found = quantiles([self.of(row) for row in rows], self.is_best_high)
        return [f"{value:,.{self.digits}f}" for value in found]


QUANTILES = ("mean", "median", "p90", "p99", "worst")

HOT = Figure("s above 1.13 In", all_hot_s, is_beyond_the_house=True)
HEAT = Figure("heat [A2s]", heat_a2s, is_beyond_the_house=True)
LONGEST = Figure("longest [s]", lambda row: row.longest_s)
TRIP = Figure("trip budget [%]", lambda row: row.trip_pct)
ENERGY = Figure("energy [%]", lambda row: row.energy_pct, is_best_high=True)
STARTS = Figure("starts", lambda row: row.starts)
COMMANDS = Figure("commands an hour", lambda row: row.commands)
FIGURES = (HOT, HEAT, LONGEST, TRIP, ENERGY, STARTS, COMMANDS)

TRIPS_PCT = 100.0
"""From this use of its earliest trip curve a fuse may open [%]."""


def may_trip(homes: ByHome, controller: str) -> Sequence[int]:
    """Return the seeds of the homes in which some fuse reaches its earliest trip curve under a controller."""
    return [seed for seed, rows in homes.items() if controller in rows and rows[controller].trip_pct >= TRIPS_PCT]


def most_overloaded(homes: ByHome, controller: str, count: int) -> Sequence[int]:
    """Return the seeds of this many homes with most seconds above 1.13 In beyond the house's own, the worst first."""
    return sorted(homes, key=lambda seed: -beyond_the_house(homes[seed], controller, all_hot_s))[:count]


def without_energy(homes: ByHome, controller: str, below_pct: float = 1.0) -> Sequence[int]:
    """Return the seeds of the homes whose loads get less than this share of their possible energy [%]."""
    return [seed for seed, rows in homes.items() if rows[controller].energy_pct < below_pct]


def longer_than(homes: ByHome, controller: str, seconds: float) -> int:
    """Return the number of homes in which some overload lasts longer than this without a break, but not in the house
    alone."""
    return sum(rows[controller].longest_s > seconds >= rows[ALONE].longest_s for rows in homes.values())
