"""Tables of the days: each day compared with the better fixed variant and the bound, and the means by controller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

WIDE = 150
FIXED, OURS = ("one phase", "three phases"), "switching"

Rows = Sequence[Mapping[str, Any]]


def print_tables(rows: Rows, ways: Sequence[str]) -> None:
    """Print a table of every day, and one of the means by kind of day."""
    console = Console(width=WIDE)
    console.print(_days_table(rows, ways))
    for kind in sorted({str(row["day"]).split()[0] for row in rows}, reverse=True):
        console.print(_means_table([row for row in rows if str(row["day"]).startswith(kind)], ways, kind))


def _days_table(rows: Rows, ways: Sequence[str]) -> Table:
    table = Table(
        "", *ways, "bound", "gain", "bound's gain", "switches", title="kWh of sun by day", title_justify="left"
    )
    for day in dict.fromkeys(row["day"] for row in rows):
        found = {row["way"]: row for row in rows if row["day"] == day}
        bound_kwh = found[OURS]["bound_kwh"]
        gains = [_gain(found, kwh) for kwh in (found[OURS]["sun_kwh"], bound_kwh)]
        sun = [f"{found[way]['sun_kwh']:.2f}" for way in ways]
        table.add_row(day, *sun, f"{bound_kwh:.2f}", *gains, str(found[OURS]["switches"]))
    return table


def _gain(found: Mapping[str, Mapping[str, Any]], sun_kwh: float) -> str:
    """Return how much more energy this is than with the better fixed variant on that day."""
    return f"{100 * (sun_kwh / max(found[way]['sun_kwh'] for way in FIXED) - 1):+.1f} %"


def _means_table(rows: Rows, ways: Sequence[str], kind: str) -> Table:
    days = len({row["day"] for row in rows})
    title = f"{days} days of a {'measured roof' if kind == 'roof' else 'made-up sky'}, means"
    table = Table("", "sun kWh", "of the bound", "grid kWh", "switches", "most", "starts", title=title)
    bound_kwh = fmean(row["bound_kwh"] for row in rows)
    for way in ways:
        mine = [row for row in rows if row["way"] == way]
        sun_kwh, grid_kwh = (fmean(row[name] for row in mine) for name in ("sun_kwh", "grid_kwh"))
        switches = [row["switches"] for row in mine]
        starts = fmean(row["starts"] for row in mine)
        table.add_row(
            way, f"{sun_kwh:.2f}", f"{100 * sun_kwh / bound_kwh:.1f} %", f"{grid_kwh:.2f}",
            f"{fmean(switches):.1f}", str(max(switches)), f"{starts:.1f}",
        )  # fmt: skip
    return table
