"""Judge rows: quantiles over homes, our share of the frontier at equal energy, and the worst homes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import NamedTuple

from benchmarks.scenes.envelope import Point, overload_at
from simhouse.population.draw import draw_home

from .play import ALONE, FUSEBOX, SIXTY
from .row import Row

ByHome = Mapping[int, Mapping[str, Row]]
"""Seed -> controller -> row."""

SAME_S = 5.0
"""Homes in which the frontier has less overload are left out of median shares, and a home counts as above it only if
it has more than this beyond [s]."""


class Quantiles(NamedTuple):
    """Mean and quantiles of one figure over many homes; `worst` is at the bad end, and p90 and p99 are near it."""

    mean: float
    median: float
    p90: float
    p99: float
    worst: float


def quantiles(values: Sequence[float], is_best_high: bool = False) -> Quantiles:
    """Return quantiles by the nearest rank, with `is_best_high` counted from the highest value down.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("no homes to take quantiles of")
    ordered = sorted(values, reverse=is_best_high)

    def rank(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return Quantiles(fmean(ordered), median(ordered), rank(0.90), rank(0.99), ordered[-1])


def beyond_the_house(rows: Mapping[str, Row], controller: str, of: Callable[[Row], float]) -> float:
    """Return a controller's figure in one home less the house's own, at least 0."""
    return max(0.0, of(rows[controller]) - of(rows[ALONE]))


def hot_s(row: Row) -> float:
    """Return the seconds above 1.13 times the rating of the main fuse."""
    return row.hot_s


def all_hot_s(row: Row) -> float:
    """Return the seconds above 1.13 times the rating of the main fuse and of the circuits behind it."""
    return row.hot_s + row.circuits_hot_s


def steered_s(row: Row) -> float:
    """Return the seconds of `hot_s` in which a car drew more than its minimum, or the house alone was above."""
    return row.hot_s - row.held_s


def heat_a2s(row: Row) -> float:
    """Return the heat above the rating of the main fuse [A2s]."""
    return row.heat_a2s


@dataclass(frozen=True)
class Share:
    """Our overload in one home, and that of the frontier (all windows of the sixty-line controller) at our energy."""

    seed: int
    ours: float
    frontier: float

    @property
    def ratio(self) -> float:
        """Our overload as a share of the frontier's."""
        return self.ours / self.frontier if self.frontier else float("inf") if self.ours else 1.0


def shares_of_sixty_lines(homes: ByHome, of: Callable[[Row], float]) -> list[Share]:
    """Return a share for each home that the sixty-line controller can run."""
    found = []
    for seed, rows in homes.items():
        if not draw_home(seed).known_to_peers or not set(SIXTY) <= rows.keys():
            continue
        points = [Point(rows[name].energy_pct, beyond_the_house(rows, name, of)) for name in SIXTY]
        frontier = overload_at(rows[FUSEBOX].energy_pct, points)
        found.append(Share(seed, beyond_the_house(rows, FUSEBOX, of), frontier))
    return found


def ratio_of_sums(found: Sequence[Share]) -> float | None:
    """Return our total overload as a share of the frontier's, None if the frontier has none."""
    frontier = sum(share.frontier for share in found)
    return sum(share.ours for share in found) / frontier if frontier else None


def median_ratio(found: Sequence[Share]) -> float | None:
    """Return the median share over homes in which the frontier has enough overload, None without any."""
    told = [share.ratio for share in found if share.frontier >= SAME_S]
    return median(told) if told else None


def above(found: Sequence[Share], most: float, allowance_s: float = SAME_S) -> list[Share]:
    """Return the homes above this share of the frontier by more than some seconds [s], the worst first."""
    worse = [share for share in found if share.ours > most * share.frontier + allowance_s]
    return sorted(worse, key=lambda share: share.frontier - share.ours)


def shares_by_kind(homes: ByHome, figures: Sequence[Callable[[Row], float]]) -> Mapping[str, Sequence[Sequence[Share]]]:
    """Return for each kind of home, in order, one list of shares for each of these figures."""
    by_kind: dict[str, list[tuple[Share, ...]]] = defaultdict(list)
    for each in zip(*(shares_of_sixty_lines(homes, of) for of in figures), strict=True):
        by_kind[draw_home(each[0].seed).kind].append(each)
    return {kind: list(zip(*found, strict=True)) for kind, found in sorted(by_kind.items())}


def beyond_every_window(homes: ByHome) -> int:
    """Return the number of homes in which we give more energy than the sixty-line controller with any window.

    There the frontier has no point of equal energy, and its end with most energy is taken.
    """
    known = [rows for rows in homes.values() if set(SIXTY) <= rows.keys()]
    return sum(rows[FUSEBOX].energy_pct > max(rows[name].energy_pct for name in SIXTY) for rows in known)
