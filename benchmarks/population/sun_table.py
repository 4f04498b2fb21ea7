"""The tables and the picture of a run in homes with sun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from rich.table import Table

from benchmarks.scenes.envelope import Point, overload_at

from .figures import QUANTILES, OwnFigure
from .sun import FUSEBOX, PEERS, SunRow

SunHomes = Mapping[int, Mapping[str, SunRow]]
"""Seed -> controller -> result."""

LEAST_KWH = 0.3
"""Homes with less usable surplus are left out of shares [kWh]."""

GRID, STARTS = "grid energy", "starts"

SHOWN_PEER = "patience 60 s"
"""The other controller of which the picture has a point for each home."""

SUN_FIGURES = (
    OwnFigure("share of the sun [%]", lambda row: row.share_pct, 1, is_best_high=True),
    OwnFigure("grid energy, kWh", lambda row: row.grid_kwh, 2),
    OwnFigure("starts", lambda row: row.starts),
    OwnFigure("commands an hour", lambda row: row.commands / row.hours),
)


def with_sun(homes: SunHomes) -> SunHomes:
    """Return the homes with a usable surplus."""
    return {seed: rows for seed, rows in homes.items() if rows[FUSEBOX].usable_kwh >= LEAST_KWH}


def known_to_peers(homes: SunHomes) -> SunHomes:
    """Return the homes that every controller has played."""
    return {seed: rows for seed, rows in homes.items() if PEERS.keys() <= rows.keys()}


def rows_by_mode(homes: SunHomes) -> Mapping[str, Sequence[SunRow]]:
    """Return mode -> Fusebox's rows."""
    found: dict[str, list[SunRow]] = {}
    for row in sorted((rows[FUSEBOX] for rows in homes.values()), key=lambda row: row.mode):
        found.setdefault(row.mode, []).append(row)
    return found


def modes_table(homes: SunHomes) -> Table:
    """Return Fusebox's quantiles over homes by mode, the bad end last."""
    table = Table(title=f"Fusebox by mode, {'/'.join(QUANTILES)}", title_justify="left")
    table.add_column("mode")
    for name in ("homes", *(figure.name for figure in SUN_FIGURES)):
        table.add_column(name, justify="right")
    for mode, rows in rows_by_mode(homes).items():
        table.add_row(mode, str(len(rows)), *("/".join(figure.cells(rows)) for figure in SUN_FIGURES))
    return table


def frontier_table(homes: SunHomes) -> Table:
    """Return a table of each controller's totals over the homes that all controllers support.

    The last row has the other controllers' frontier at Fusebox's share of the sun: their grid energy and starts.
    """
    table = Table(title=f"The {len(homes)} homes that other controllers know, together", title_justify="left")
    for name in ("controller", "share of the sun [%]", "grid, % of the usable", "starts a home", "commands an hour"):
        table.add_column(name, justify="left" if name == "controller" else "right")
    found = {name: sum_of_homes([rows[name] for rows in homes.values()]) for name in (FUSEBOX, *PEERS)}
    for name, of in found.items():
        cells = (f"{of.share_pct:.1f}", f"{of.grid_pct:.1f}", f"{of.starts:.1f}", f"{of.commands_h:.0f}")
        table.add_row(name, *cells, style="bold" if name == FUSEBOX else None)
    ours = found[FUSEBOX]
    peers = [found[name] for name in PEERS]
    grid = overload_at(ours.share_pct, [Point(of.share_pct, of.grid_pct) for of in peers])
    starts = overload_at(ours.share_pct, [Point(of.share_pct, of.starts) for of in peers])
    table.add_section()
    table.add_row("their frontier at our share", f"{ours.share_pct:.1f}", f"{grid:.1f}", f"{starts:.1f}", "")
    return table


def worst_table(homes: SunHomes, count: int = 10) -> Table:
    """Return the homes where Fusebox lost the largest share of the sun."""
    table = Table(title="Where most of the sun was lost", title_justify="left")
    for name in ("seed", "mode", "usable, kWh", "share of it [%]", "grid, kWh", "starts"):
        table.add_column(name, justify="left" if name == "mode" else "right")
    for row in least_of_the_sun(homes)[:count]:
        cells = (f"{row.usable_kwh:.1f}", f"{row.share_pct:.0f}", f"{row.grid_kwh:.2f}", str(row.starts))
        table.add_row(str(row.seed), row.mode, *cells)
    return table


def least_of_the_sun(homes: SunHomes) -> Sequence[SunRow]:
    """Return Fusebox's rows, the smallest share of the sun first."""
    return sorted((rows[FUSEBOX] for rows in homes.values()), key=lambda row: row.share_pct)


class Together:
    """One controller over many homes."""

    def __init__(self, share_pct: float, grid_pct: float, starts: float, commands_h: float) -> None:
        self.share_pct, self.grid_pct, self.starts, self.commands_h = share_pct, grid_pct, starts, commands_h


def sum_of_homes(rows: Sequence[SunRow]) -> Together:
    """Return summed energies as shares of the usable surplus [%], and mean starts and commands."""
    usable = sum(row.usable_kwh for row in rows)
    return Together(
        100 * sum(row.own_kwh for row in rows) / usable,
        100 * sum(row.grid_kwh for row in rows) / usable,
        sum(row.starts for row in rows) / len(rows),
        sum(row.commands / row.hours for row in rows) / len(rows),
    )


def draw_sun(path: Path, homes: SunHomes) -> None:
    """Write a PNG: a point for each home, ours and one other's, then all homes' grid energy and starts by delay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure, (each, *both) = pyplot.subplots(1, 3, figsize=(16, 4.5))
    for name, colour in ((SHOWN_PEER, "tab:blue"), (FUSEBOX, "tab:green")):
        rows = [rows[name] for rows in homes.values()]
        each.scatter([row.share_pct for row in rows], [row.grid_kwh for row in rows], s=16, color=colour, label=name)
    each.set_ylabel("grid energy in two hours, kWh")
    each.set_title("each home")
    each.legend()
    for axes, label in zip(both, (GRID, STARTS), strict=True):
        for name in (*PEERS, FUSEBOX):
            of = sum_of_homes([rows[name] for rows in homes.values()])
            ours, y = name == FUSEBOX, of.grid_pct if label == GRID else of.starts
            axes.scatter(of.share_pct, y, color="tab:green" if ours else "tab:blue", s=60 if ours else 30)
            axes.annotate(name, (of.share_pct, y), xytext=(5, 4), textcoords="offset points", fontsize=8)
        axes.set_ylabel("grid energy, % of the usable sun" if label == GRID else "starts in a home")
        axes.set_title(f"{len(homes)} homes together")
    for axes in (each, *both):
        axes.set_xlabel("share of the usable sun, %")
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
