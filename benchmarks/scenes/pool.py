"""Play many evenings in two worker processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .measure import Outcome
from .play import BEFORE, FUSEBOX, play_evening
from .scene import Scene

WORKERS = 2


class Job(NamedTuple):
    """One evening; `package`: the checkout whose scripts are played as `BEFORE`."""

    scene: Scene
    controller: str
    seed: int
    package: Path | None = None


Found = Mapping[tuple[str, str, int], Outcome]
"""By scene, controller and seed."""


def play_all(jobs: Sequence[Job]) -> Found:
    """Play all jobs, the long ones first so that no worker is left alone at the end."""
    jobs = sorted(jobs, key=lambda job: (job.controller not in (FUSEBOX, BEFORE), -job.scene.length_s))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    found: dict[tuple[str, str, int], Outcome] = {}
    with (
        multiprocessing.get_context("spawn").Pool(min(WORKERS, os.cpu_count() or 1)) as pool,
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("evenings", total=len(jobs))
        for (scene, controller, seed, _), outcome in pool.imap_unordered(_played, jobs):
            found[scene.key, controller, seed] = outcome
            progress.update(task, advance=1, description=f"{scene.key}, {controller}")
    return found


def _played(job: Job) -> tuple[Job, Outcome]:
    return job, play_evening(*job)
