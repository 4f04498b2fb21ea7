"""Compare two runs of the same homes: what a change gained and lost, home by home."""

from __future__ import annotations

from rich.table import Table

from .figures import FIGURES
from .play import FUSEBOX
from .verdict import ByHome


def comparison_table(before: ByHome, after: ByHome) -> Table:
    """Return means before and after, numbers of homes that fell or rose, and the largest changes."""
    both = sorted(before.keys() & after.keys())
    table = Table(title=f"Fusebox in the {len(both)} homes of both runs", title_justify="left")
    for name in ("figure", "before", "after", "homes down", "homes up", "largest fall (seed)", "largest rise (seed)"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for figure in FIGURES:
        of = figure.of
        change = {seed: of(after[seed][FUSEBOX]) - of(before[seed][FUSEBOX]) for seed in both}
        lowest, highest = min(both, key=lambda seed: change[seed]), max(both, key=lambda seed: change[seed])
        table.add_row(
            figure.name,
            f"{sum(of(before[seed][FUSEBOX]) for seed in both) / len(both):,.2f}",
            f"{sum(of(after[seed][FUSEBOX]) for seed in both) / len(both):,.2f}",
            str(sum(value < 0 for value in change.values())),
            str(sum(value > 0 for value in change.values())),
            f"{change[lowest]:+,.1f} ({lowest})",
            f"{change[highest]:+,.1f} ({highest})",
        )
    return table
