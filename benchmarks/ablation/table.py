"""The table: what each number changes, against the houses as shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from .row import Row

WIDE = 150
COLUMNS = ("hot_s", "heat_a2s", "energy_pct", "starts", "pauses", "writes_h")
"""Seconds above 1.13 In, A2s above In, energy in % of the optimum, and of all cars together the rest."""


def printed(rows: Sequence[Row]) -> None:
    """A line for each number and factor: the change of each column, summed over the houses."""
    shipped = {(row["house"], row["seed"]): row for row in rows if not row["name"]}
    table = Table("number", "times", "houses", "changed", *COLUMNS)
    for name, factor, found in _grouped(rows):
        base = [shipped[row["house"], row["seed"]] for row in found]
        changed = sum(row["mark"] != of["mark"] for row, of in zip(found, base, strict=True))
        cells = [f"{sum(_sum(r, c) - _sum(b, c) for r, b in zip(found, base, strict=True)):+.1f}" for c in COLUMNS]
        table.add_row(name.lower(), f"{factor:g}", str(len(found)), str(changed), *(cells if changed else ()))
    Console(width=WIDE).print(table)


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[str, float, list[Row]]]:
    keys = dict.fromkeys((row["name"], row["factor"]) for row in rows if row["name"])
    for name, factor in keys:
        yield name, factor, [row for row in rows if (row["name"], row["factor"]) == (name, factor)]


def _sum(row: Row, column: str) -> float:
    value = row[column]
    return float(sum(value) if isinstance(value, list | tuple) else value)
