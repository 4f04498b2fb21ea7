"""The part of `benchmarks.population` for homes under a tariff: plays them, prints tables, writes the CSV."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from .figures import QUANTILES, OwnFigure
from .files import read_rows_of, write_rows
from .jobs import play_jobs
from .play import FUSEBOX, Job
from .tariff import TariffRow, play_tariff

WIDE = 130

TARIFF_FIGURES = (
    OwnFigure("windows above the target", lambda row: row.above, 1),
    OwnFigure("above it at worst, kW", lambda row: row.above_kw, 3),
    OwnFigure("energy [%]", lambda row: row.energy_pct, 1, is_best_high=True),
    OwnFigure("starts", lambda row: row.starts),
    OwnFigure("commands an hour", lambda row: row.commands_h),
)


def tariff_main(options: argparse.Namespace) -> None:
    """Play the missing homes, or read them, and show all results."""
    rows = read_rows_of(options.read, TariffRow) if options.read is not None else _played(options)
    write_rows(options.out, rows)
    console = Console(width=WIDE)
    console.print(quantiles_table(rows))
    console.print(worst_table(rows))


def _played(options: argparse.Namespace) -> list[TariffRow]:
    jobs = [Job(seed, (FUSEBOX,), options.site, options.tuning) for seed in options.seeds]
    found = play_jobs(jobs, play_tariff, options.out, options.workers, options.scheduler)
    return [TariffRow(**row) for plain in found.values() for row in plain]


def quantiles_table(rows: Sequence[TariffRow]) -> Table:
    """Return a line for each figure with its quantiles over homes, the bad end last."""
    table = Table(title=f"Fusebox in {len(rows)} homes under a tariff", title_justify="left")
    table.add_column("figure")
    for name in QUANTILES:
        table.add_column(name, justify="right")
    for figure in TARIFF_FIGURES:
        table.add_row(figure.name, *figure.cells(rows))
    return table


def worst_rows(rows: Sequence[TariffRow], count: int = 10) -> Sequence[TariffRow]:
    """Return the homes furthest above their target, then those with the least energy; the worst first."""
    return sorted(rows, key=lambda row: (-row.above_kw, row.energy_pct))[:count]


WORST_TITLES = ("seed", "target, kW", "windows above", "above at worst, kW", "energy [%]", "starts")


def worst_cells(row: TariffRow) -> Sequence[str]:
    """Return what `WORST_TITLES` name of a home."""
    energy = f"{row.energy_pct:.0f}"
    return (str(row.seed), f"{row.target_kw:g}", str(row.above), f"{row.above_kw:.3f}", energy, str(row.starts))


def worst_table(rows: Sequence[TariffRow]) -> Table:
    """Return a table of the worst homes."""
    table = Table(title="The worst homes", title_justify="left")
    for name in WORST_TITLES:
        table.add_column(name, justify="right")
    for row in worst_rows(rows):
        table.add_row(*worst_cells(row))
    return table
