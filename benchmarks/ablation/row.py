"""One number in one house, measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .houses import Hour, played
from .numbers import asked, in_force, varied

Row = Mapping[str, Any]


def row_of(job: tuple[Hour, str, float]) -> dict[str, Any]:
    """As a line of the results: house and number, what was told (`mark`), and what came of it."""
    hour, name, factor = job
    row: dict[str, Any] = {"house": hour.key, "seed": hour.seed, "name": name, "factor": factor}
    if not name:
        with asked() as read:
            outcome, mark = played(hour)
        row["read"] = sorted(read)
    else:
        with in_force(name, varied(name, factor)):
            outcome, mark = played(hour)
    return row | {"mark": mark, "energy_pct": outcome.energy_pct} | asdict(outcome)


def rows_of(results: Path) -> list[Row]:
    """The lines of a file of results; none where there is no file yet."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return [json.loads(line) for line in lines]
