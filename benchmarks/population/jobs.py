"""Play jobs in processes, or on Dask; jobs already played by this code come from a journal."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import fusebox
from benchmarks.scenes.direct_play import SEES, hash_of_code
from simhouse.sweep.crews import Work, run_here, run_on_cluster
from simhouse.sweep.results import Journal

from .play import Job, play_home
from .row import Row

AnyJob = TypeVar("AnyJob", bound=Hashable)


def play_homes(
    jobs: Sequence[Job], out: Path, workers: int | None = None, scheduler: str | None = None
) -> Mapping[Job, Sequence[Row]]:
    """Return the rows of each job, as `rows_of` does."""
    found = play_jobs(jobs, play_home, out, workers, scheduler)
    return {job: [Row(**row) for row in rows] for job, rows in found.items()}


def play_jobs(
    jobs: Sequence[AnyJob], work: Work, out: Path, workers: int | None = None, scheduler: str | None = None
) -> Mapping[AnyJob, Sequence[dict[str, Any]]]:
    """Return the plain rows of each job. Rows that `work` has played are stored in a journal next to `out`.

    Raises InputError, which names the job, when one failed.
    """
    journal = Journal(out)
    keys = {job: _job_key(job) for job in jobs}
    missing = [job for job in jobs if keys[job] not in journal.rows]
    crew = run_here(missing, work, workers) if scheduler is None else run_on_cluster(missing, work, scheduler)
    by_repr = {repr(job): key for job, key in keys.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    for row in crew:
        journal.add({**row, "key": by_repr[row["key"]]})
    return {job: journal.rows[keys[job]]["rows"] for job in jobs}


def _job_key(job: Hashable) -> str:
    """Return an identifier of this home and its settings with this code."""
    package = Path(fusebox.__file__).parent
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py")))).hexdigest()
    told = repr((job, code, hash_of_code(*SEES, "benchmarks/direct.py", "benchmarks/population")))
    return hashlib.sha256(told.encode()).hexdigest()
