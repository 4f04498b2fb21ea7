"""The measurements of each number: printed, and stored in measured.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simhouse.sweep.results import Journal

from .numbers import FACTORS, names
from .row import Row
from .rules import OFF, RULES

WIDE = 150
NOTICED = Path(".cache/noticed")
FILE = Path(__file__).with_name("measured.csv")
COLUMNS = ("hot_s", "heat_a2s", "energy_pct", "starts", "pauses", "writes_h")
"""Seconds above 1.13 In, A2s above In, energy in % of the optimum, and of all cars together the rest."""

MEASURED = ("houses", "changed", *COLUMNS, "noticed_by")

Effects = Mapping[tuple[str, float], Mapping[str, Any]]


def effects_by_change(shipped: Sequence[Row], rows: Sequence[Row]) -> Effects:
    """Return (name, factor) -> number of houses tried, of houses changed, and the total change of each column."""
    base = {row["house"]: row for row in shipped}
    found: dict[tuple[str, float], dict[str, Any]] = {}
    for row in rows:
        of = base[row["house"]]
        entry = found.setdefault(
            (row["name"], row["factor"]), {"houses": 0, "changed": 0} | dict.fromkeys(COLUMNS, 0.0)
        )
        entry["houses"] += 1
        entry["changed"] += row["mark"] != of["mark"]
        for column in COLUMNS:
            entry[column] = round(entry[column] + _sum(row, column) - _sum(of, column), 3)
    return found


def _sum(row: Row, column: str) -> float:
    value = row[column]
    return float(sum(value) if isinstance(value, list | tuple) else value)


def print_effects(found: Effects) -> None:
    """Print a line for each number and factor: the change of each column, summed over the houses."""
    table = Table("number", "times", "houses", "changed", *COLUMNS)
    for (name, factor), entry in found.items():
        cells = [f"{entry[column]:+.1f}" for column in COLUMNS] if entry["changed"] else []
        table.add_row(name.lower(), f"{factor:g}", str(entry["houses"]), str(entry["changed"]), *cells)
    Console(width=WIDE).print(table)


def write_effects(found: Effects, noticed: Path) -> None:
    """Write a line for each number and factor, and for each rule; lines not measured now are kept."""
    tests = {(row["name"], row["factor"]): row["noticed_by"] for row in Journal(noticed).rows.values()}
    before = {(line["name"], line["factor"]): line for line in read_effects()}
    with FILE.open("w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, ("name", "factor", *MEASURED), lineterminator="\n")
        lines.writeheader()
        for name, factor in (*product(names(), FACTORS), *product(RULES, (OFF,))):
            key = {"name": name.lower() if factor else name, "factor": f"{factor:g}"}
            line = dict(before.get((key["name"], key["factor"]), {})) | key
            if (name, factor) in found:
                line |= {column: f"{value:g}" for column, value in found[name, factor].items()}
            if (name, factor) in tests:
                line["noticed_by"] = tests[name, factor]
            lines.writerow(line)


def read_effects() -> list[dict[str, str]]:
    """Return the lines of measured.csv; empty without the file."""
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
