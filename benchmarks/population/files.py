"""Store one row for each home and controller as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from .row import Row
from .verdict import ByHome


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write a line for each row, in their order, creating the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def read_rows(path: Path) -> ByHome:
    """Return the rows of a file by `write_rows`. Raises OSError without the file, ValueError for other content."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [_parse_row(line) for line in csv.DictReader(file)]
    return by_home(rows)


def by_home(rows: Iterable[Row]) -> ByHome:
    """Return seed -> controller -> row; of several rows, the last counts."""
    found: dict[int, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row.seed, {})[row.controller] = row
    return found


def _parse_row(line: dict[str, str]) -> Row:
    kinds = {"seed": int, "starts": int, "commands": int, "controller": str}
    try:
        return Row(**{field.name: kinds.get(field.name, float)(line[field.name]) for field in fields(Row)})
    except KeyError as missing:
        raise ValueError(f"no column {missing} in the file; it is not of this benchmark") from None
