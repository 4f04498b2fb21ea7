"""Picture of energy over overload: a point for each home, and the means of all homes with frontier and bound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes

from benchmarks.scenes.envelope import Point, efficient_points
from simhouse.population.draw import draw_home
from simhouse.population.world import home_house

from .held import bound_of_pauses, together
from .play import ALONE, FUSEBOX, SIXTY
from .verdict import ByHome, beyond_the_house, hot_s

SHOWN = {
    FUSEBOX: "tab:green",
    "sixty lines, 60 s": "tab:blue",
    "Load Juggler": "tab:orange",
    "evse-lb": "tab:purple",
    "naive": "tab:red",
}
LINEAR_BELOW_S = 10.0


def draw_picture(path: Path, homes: ByHome) -> None:
    """Write a PNG; only controllers that were played are drawn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure, (each, means) = pyplot.subplots(1, 2, figsize=(15, 6))
    for name, colour in SHOWN.items():
        played = [rows for rows in homes.values() if name in rows and ALONE in rows]
        if not played:
            continue
        over_s = [beyond_the_house(rows, name, hot_s) for rows in played]
        energy = [min(rows[name].energy_pct, 110.0) for rows in played]
        each.scatter(over_s, energy, s=14, alpha=0.6, color=colour, label=name, edgecolors="none")
    each.set_xscale("symlog", linthresh=LINEAR_BELOW_S)
    each.set_xlim(left=-0.5)
    each.set_title("each home")
    _draw_means(means, homes)
    for axes in (each, means):
        axes.set_xlabel("seconds above 1.13 times the rating in an hour, beyond the house alone")
        axes.set_ylabel("energy of the steered loads, % of what was possible")
        axes.legend(loc="lower right" if axes is means else "lower left")
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)


def _draw_means(axes: Axes, homes: ByHome) -> None:
    names = [*SHOWN, *SIXTY]
    whole = {seed: rows for seed, rows in homes.items() if ALONE in rows and all(name in rows for name in names)}
    axes.set_title(f"the mean of {len(whole)} homes")
    if not whole:
        return
    found = {name: energy_and_overload(whole, name) for name in names}
    for name, colour in SHOWN.items():
        axes.scatter(found[name].overload, found[name].energy_pct, s=40, color=colour, label=name)
    _draw_curve(axes, efficient_points(found[name] for name in SIXTY), "sixty lines, every window", "tab:blue")
    _draw_curve(axes, bound_points(whole), "cars held at 6 A or paused, future known", "black")


def energy_and_overload(homes: ByHome, name: str) -> Point:
    """Return energy of all homes together [%] and the mean overload of a controller beyond the house alone [s]."""
    ours = [rows[name] for rows in homes.values()]
    energy_pct = 100.0 * sum(row.kwh for row in ours) / sum(row.possible_kwh for row in ours)
    return Point(energy_pct, fmean(beyond_the_house(rows, name, hot_s) for rows in homes.values()))


def bound_points(homes: ByHome) -> Sequence[Point]:
    """Return the curve of cars held at their minimum, of all homes together: energy [%] and mean overload [s]."""
    known = [draw_home(seed) for seed in homes]
    held = together([bound_of_pauses(home, home_house(home)) for home in known])
    possible_kwh = sum(next(iter(rows.values())).possible_kwh for rows in homes.values())
    return [Point(point.energy_pct, point.overload / len(known)) for point in held.points(possible_kwh)]


def _draw_curve(axes: Axes, points: Sequence[Point], label: str, colour: str) -> None:
    axes.plot([p.overload for p in points], [p.energy_pct for p in points], color=colour, label=label)
