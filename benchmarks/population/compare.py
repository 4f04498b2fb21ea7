"""Compare two runs of the same homes: what a change gained and lost, home by home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.table import Table

from .play import FUSEBOX
from .row import Row
from .verdict import ByHome, all_hot_s, heat_a2s

DIFFERENCES: Mapping[str, Callable[[Row], float]] = {
    "s above 1.13 In": all_hot_s,
    "heat [A2s]": heat_a2s,
    "longest [s]": lambda row: row.longest_s,
    "trip budget [%]": lambda row: row.trip_pct,
    "energy [%]": lambda row: row.energy_pct,
    "starts": lambda row: row.starts,
    "commands an hour": lambda row: row.commands,
}


def comparison_table(before: ByHome, after: ByHome) -> Table:
    """Return means before and after, numbers of homes that fell or rose, and the largest changes."""
    both = sorted(before.keys() & after.keys())
    table = Table(title=f"Fusebox in the {len(both)} homes of both runs", title_justify="left")
    for name in ("figure", "before", "after", "homes down", "homes up", "largest fall (seed)", "largest rise (seed)"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for name, of in DIFFERENCES.items():
        change = {seed: of(after[seed][FUSEBOX]) - of(before[seed][FUSEBOX]) for seed in both}
        lowest, highest = min(both, key=lambda seed: change[seed]), max(both, key=lambda seed: change[seed])
        table.add_row(
            name,
            f"{sum(of(before[seed][FUSEBOX]) for seed in both) / len(both):,.2f}",
            f"{sum(of(after[seed][FUSEBOX]) for seed in both) / len(both):,.2f}",
            str(sum(value < 0 for value in change.values())),
            str(sum(value > 0 for value in change.values())),
            f"{change[lowest]:+,.1f} ({lowest})",
            f"{change[highest]:+,.1f} ({highest})",
        )
    return table
