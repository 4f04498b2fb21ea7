"""A journal of what these benchmarks have played: a new run with the same code continues from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.scenes.direct_play import THINKS, hash_of_code
from simhouse.sweep.crews import run_here
from simhouse.sweep.results import Journal

Row = dict[str, Any]
SEES = ("benchmarks/peers", "benchmarks/phases", "simhouse")


def play_with_journal(
    jobs: Sequence[Any], row_of: Callable[[Any], Row], keep: Path, workers: int
) -> Iterator[Sequence[Row]]:
    """Yield after each job the rows of all jobs played so far; rows of this code come from the journal first."""
    keep.parent.mkdir(parents=True, exist_ok=True)
    journal = Journal(keep)
    keys = {_key(job): job for job in jobs}
    yield [journal.rows[key] for key in keys if key in journal.rows]
    for row in run_here(
        [job for key, job in keys.items() if key not in journal.rows], partial(_with_key, row_of), workers
    ):
        journal.add(row)
        yield [journal.rows[key] for key in keys if key in journal.rows]


def _with_key(row_of: Callable[[Any], Row], job: Any) -> Row:
    return {"key": _key(job), **row_of(job)}


def _key(job: Any) -> str:
    """Return an identifier of this job with this code."""
    return f"{hash_of_code(*SEES, *THINKS)[:16]}:{job}"
