"""Rows as comma-separated values, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

YES_OR_NO: Mapping[object, str] = {True: "yes", False: "no"}


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows below a line with the names of their fields; a missing or unknown value is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(row.get(field)) for field in fields])
    return text.getvalue()


def _cell(value: object) -> object:
    return YES_OR_NO[value] if isinstance(value, bool) else "" if value is None else value
