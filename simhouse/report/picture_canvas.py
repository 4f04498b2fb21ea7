"""Shared by all strips of the demo's picture: colours, and a record in bins."""

from datetime import timedelta
from typing import Any

import numpy as np

from ..house.build import groups_of
from ..house.record import Record

BINS = 1500
INK, SOFT, GRID = "#22303c", "#6b7a88", "#e7ebef"
HOUSE, FUSE, SUN, NET = "#ccd3da", "#c1121f", "#f2b705", "#22303c"
BATTERY, EXPORT = "#7cc4ea", "#fbeab0"
LOADS = ("#1f9d8a", "#e8833a", "#4a7fc1", "#9b5fc0", "#c2577f", "#7a9a2e")
STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.edgecolor": "#b8c2cc",
    "axes.labelcolor": SOFT,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


class Canvas:
    """One binned record, with a colour for each load; the loads of a household have the same."""

    def __init__(self, record: Record) -> None:
        self.record, self.house = record, record.house
        self.width_s = max(1, -(-record.seconds // BINS))
        count = -(-record.seconds // self.width_s)
        self.times = [self.house.start + timedelta(seconds=i * self.width_s) for i in range(count)]
        self.end = self.house.start + timedelta(seconds=record.seconds)
        self.groups = groups_of(self.house.config.get("loads") or {})
        own = {load: group for group, loads in self.groups.items() for load in loads}
        named = list(dict.fromkeys(own.get(load, load) for load in record.loads))
        self.keys = {name: LOADS[i % len(LOADS)] for i, name in enumerate(named)}
        """Load or household -> its colour."""
        self.colours = {load: self.keys[own.get(load, load)] for load in record.loads}

    def binned(self, column: Any, how: Any = np.nanmean) -> Any:
        """Return a column of seconds as one value a bin."""
        values = np.asarray(column, dtype=float)
        short = -len(values) % self.width_s
        return how(np.pad(values, (0, short), mode="edge").reshape(-1, self.width_s), axis=1)

    def at(self, second: float) -> Any:
        """Return the time of a second since the start."""
        return self.house.start + timedelta(seconds=second)
