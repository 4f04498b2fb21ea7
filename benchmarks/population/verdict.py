"""From rows to a verdict: quantiles over homes, our share of the frontier at equal energy, and the worst homes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.scenes.envelope import Point, overload_at
from simhouse.population.draw import home_of

from .play import ALONE, FUSEBOX, SIXTY
from .row import Row

ByHome = Mapping[int, Mapping[str, Row]]
"""Seed -> controller -> what it came to."""

SAME_S = 5.0
"""Homes in which the frontier has less overload than this say nothing about a share of it [s]."""


@dataclass(frozen=True)
class Quantiles:
    """Of one figure over many homes; `worst` is the highest."""

    median: float
    p90: float
    p99: float
    worst: float


def quantiles(values: Sequence[float]) -> Quantiles:
    """By the nearest rank. Raises ValueError without values."""
    if not values:
        raise ValueError("no homes to take quantiles of")
    ordered = sorted(values)

    def rank(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return Quantiles(median(ordered), rank(0.90), rank(0.99), ordered[-1])


def beyond_the_house(rows: Mapping[str, Row], controller: str, of: Callable[[Row], float]) -> float:
    """A figure of a controller in one home, less what the house causes by itself."""
    return max(0.0, of(rows[controller]) - of(rows[ALONE]))


def hot_s(row: Row) -> float:
    """Seconds above 1.13 times the rating of the main fuse."""
    return row.hot_s


def all_hot_s(row: Row) -> float:
    """Seconds above 1.13 times the rating of the main fuse and of the circuits behind it."""
    return row.hot_s + row.circuits_hot_s


def steered_s(row: Row) -> float:
    """Return the seconds of `hot_s` in which a car drew more than its minimum, or the house alone was above."""
    return row.hot_s - row.held_s


def heat_a2s(row: Row) -> float:
    """Heat above the rating of the main fuse [A2s]."""
    return row.heat_a2s


@dataclass(frozen=True)
class Share:
    """Our overload in one home, and the frontier's at our energy: of all windows of the sixty-line controller."""

    seed: int
    ours: float
    frontier: float

    @property
    def ratio(self) -> float:
        """Ours as a share of the frontier's."""
        return self.ours / self.frontier if self.frontier else float("inf") if self.ours else 1.0


def shares(homes: ByHome, of: Callable[[Row], float]) -> list[Share]:
    """One for each home that the sixty-line controller can run."""
    found = []
    for seed, rows in homes.items():
        if not home_of(seed).known_to_peers or not set(SIXTY) <= rows.keys():
            continue
        points = [Point(rows[name].energy_pct, beyond_the_house(rows, name, of)) for name in SIXTY]
        frontier = overload_at(rows[FUSEBOX].energy_pct, points)
        found.append(Share(seed, beyond_the_house(rows, FUSEBOX, of), frontier))
    return found


def ratio_of_sums(found: Sequence[Share]) -> float | None:
    """Our overload of all these homes together as a share of the frontier's, None where that has none."""
    frontier = sum(share.frontier for share in found)
    return sum(share.ours for share in found) / frontier if frontier else None


def median_ratio(found: Sequence[Share]) -> float | None:
    """The share in the median home of those in which the frontier has an overload worth a share."""
    told = [share.ratio for share in found if share.frontier >= SAME_S]
    return median(told) if told else None


def above(found: Sequence[Share], most: float) -> list[Share]:
    """The homes with more than this share of the frontier, and with some seconds more than it; the worst first."""
    worse = [share for share in found if share.ours > most * share.frontier + SAME_S]
    return sorted(worse, key=lambda share: share.frontier - share.ours)
