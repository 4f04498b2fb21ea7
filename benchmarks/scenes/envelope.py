"""The frontier of a family of controllers: the lowest overload that any of them has at an energy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Point(NamedTuple):
    """A controller's mean over some evenings: energy [% of the optimum] and overload, in seconds or A2s."""

    energy_pct: float
    overload: float


def efficient_points(points: Iterable[Point]) -> Sequence[Point]:
    """Return the points with less overload than all with as much energy or more, the most energy first."""
    found: list[Point] = []
    for point in sorted(points, key=lambda p: (-p.energy_pct, p.overload)):
        if not found or point.overload < found[-1].overload:
            found.append(point)
    return found


def overload_at(energy_pct: float, points: Iterable[Point]) -> float:
    """Return the frontier's overload at this energy, interpolated; beyond its ends that of its end."""
    ends = efficient_points(points)
    above = [p for p in ends if p.energy_pct >= energy_pct]
    below = [p for p in ends if p.energy_pct < energy_pct]
    if not above or not below:
        return (above or below)[-1 if above else 0].overload
    high, low = above[-1], below[0]
    share = (energy_pct - low.energy_pct) / (high.energy_pct - low.energy_pct)
    return low.overload + share * (high.overload - low.overload)
