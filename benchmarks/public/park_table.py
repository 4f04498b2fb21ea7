"""Play working days under one transformer and show them: one row per day, transformer and controller."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from .files import write_rows
from .park import CONTROLLERS, FUSES_A, DayRow, play_day_rows
from .wheel import read_public_data

WIDE = 130


def play_park(options: argparse.Namespace) -> None:
    """Play, write the rows, print the table."""
    data = read_public_data(options.data)
    rows = [row for day in range(options.days) for row in play_day_rows(data, options.seed, day)]
    write_rows(options.out, rows)
    Console(width=WIDE).print(energy_table(rows))


def energy_table(rows: Sequence[DayRow]) -> Table:
    """Return a table of energy and sessions of all days by transformer."""
    first = [row for row in rows if (row.transformer_a, row.controller) == (FUSES_A[0], rows[0].controller)]
    title = f"{len(first)} days, {sum(row.sessions for row in first)} sessions"
    found = Table(title=f"{title}: energy in time, % / sessions in full, % / starts", title_justify="left")
    found.add_column("controller", no_wrap=True)
    for limit_a in FUSES_A:
        found.add_column(f"{limit_a} A", justify="right")
    found.add_column("peak, A", justify="right")
    for name in CONTROLLERS:
        own = [row for row in rows if row.controller == name]
        cells = [_cell([row for row in own if row.transformer_a == limit_a]) for limit_a in FUSES_A]
        found.add_row(name, *cells, f"{max(row.peak_a for row in own):g}")
    return found


def _cell(rows: Sequence[DayRow]) -> str:
    energy = sum(row.delivered_kwh for row in rows) / sum(row.needed_kwh for row in rows)
    served = sum(row.served for row in rows) / sum(row.sessions for row in rows)
    return f"{100 * energy:.1f} / {100 * served:.1f} / {sum(row.starts for row in rows)}"
