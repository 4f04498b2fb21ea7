"""Store one row for each home and controller as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from .row import Row
from .verdict import ByHome

AnyRow = TypeVar("AnyRow")


def write_rows(path: Path, rows: Iterable[Any]) -> None:
    """Write a line for each row (dataclasses of one kind, at least one), in their order, creating the folder."""
    found = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(found[0])])
        writer.writeheader()
        writer.writerows(map(asdict, found))


def read_rows(path: Path) -> ByHome:
    """Return the rows of a file by `write_rows`. Raises OSError without the file, ValueError for other content."""
    return by_home(read_rows_of(path, Row))


def read_rows_of(path: Path, kind: type[AnyRow]) -> list[AnyRow]:
    """Return the rows of one kind of dataclass, of text and numbers. Raises as `read_rows` does."""
    columns = get_type_hints(kind)
    with path.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    try:
        return [kind(**{name: columns[name](line[name]) for name in columns}) for line in lines]
    except KeyError as missing:
        raise ValueError(f"no column {missing} in the file; it is not of this benchmark") from None


def by_home(rows: Iterable[Row]) -> ByHome:
    """Return seed -> controller -> row; of several rows, the last counts."""
    found: dict[int, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row.seed, {})[row.controller] = row
    return found
