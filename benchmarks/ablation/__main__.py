"""What is lost when a number of tuning.py is halved or doubled, in ten short houses; a row for each number.

    python -m benchmarks.ablation [--results FILE] [--only RAISE] [--table]

Two worker processes. What FILE holds already is not played again, so it may be stopped at any time; after a change of
the code begin with a new one. A number is played only in the houses in which it is read.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections.abc import Iterator, Sequence
from pathlib import Path

from fusebox import tuning

from .houses import HOURS, Hour
from .numbers import FACTORS, names, varied
from .row import Row, row_of, rows_of
from .table import printed

WORKERS = 2


def main(argv: Sequence[str] | None = None) -> None:
    """Plays what is missing, then prints the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=Path(".cache/ablation.jsonl"))
    parser.add_argument("--only", default="", help="numbers whose name begins so")
    parser.add_argument("--table", action="store_true", help="print what there is, play nothing")
    options = parser.parse_args(argv)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    if not options.table:
        _play(options.results, options.only)
    printed(rows_of(options.results))


def _play(results: Path, only: str) -> None:
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool, results.open("a", encoding="utf-8") as file:
        known = {_key(row) for row in rows_of(results)}
        for jobs in (_shipped(known), _varied(results, known, only)):
            for row in pool.imap_unordered(row_of, jobs):
                file.write(json.dumps(row) + "\n")
                file.flush()


def _shipped(known: set[tuple[object, ...]]) -> list[tuple[Hour, str, float]]:
    return [(hour, "", 1.0) for hour in HOURS if (*hour, "", 1.0) not in known]


def _varied(results: Path, known: set[tuple[object, ...]], only: str) -> Iterator[tuple[Hour, str, float]]:
    read = {(row["house"], row["seed"]): set(row["read"]) for row in rows_of(results) if not row["name"]}
    for name in names():
        for factor in FACTORS:
            for hour in HOURS:
                new = (*hour, name, factor) not in known and varied(name, factor) != getattr(tuning, name)
                if new and name.startswith(only) and name in read[hour]:
                    yield hour, name, factor


def _key(row: Row) -> tuple[object, ...]:
    return row["house"], row["seed"], row["name"], row["factor"]


if __name__ == "__main__":
    main()
