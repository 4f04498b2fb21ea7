"""Energy over overload, a point for each home: ours and theirs."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from .play import ALONE, FUSEBOX
from .verdict import ByHome, beyond_the_house, hot_s

SHOWN = {FUSEBOX: "tab:green", "sixty lines, 60 s": "tab:blue", "Load Juggler": "tab:orange", "naive": "tab:red"}
LINEAR_BELOW_S = 10.0


def draw(path: Path, homes: ByHome) -> None:
    """Writes a PNG; only controllers that were played are drawn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure, axes = pyplot.subplots(figsize=(9, 6))
    for name, colour in SHOWN.items():
        played = [rows for rows in homes.values() if name in rows and ALONE in rows]
        if not played:
            continue
        over_s = [beyond_the_house(rows, name, hot_s) for rows in played]
        energy = [min(rows[name].energy_pct, 110.0) for rows in played]
        axes.scatter(over_s, energy, s=14, alpha=0.6, color=colour, label=name, edgecolors="none")
    axes.set_xscale("symlog", linthresh=LINEAR_BELOW_S)
    axes.set_xlim(left=-0.5)
    axes.set_xlabel("seconds above 1.13 times the rating in an hour, beyond the house alone")
    axes.set_ylabel("energy of the steered loads, % of what was possible")
    axes.legend(loc="lower left")
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
