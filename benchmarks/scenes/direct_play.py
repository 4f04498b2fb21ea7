"""Evenings of Fusebox's logic and of sixty lines with every window and margin; results are stored in a journal."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.direct import Direct
from benchmarks.peers.sixty_lines import SixtyLines
from simhouse.house.run import run
from simhouse.sweep.crews import run_here
from simhouse.sweep.results import Journal

from .measure import Outcome, Tally
from .optimum import optimum_kwh
from .scene import Scene

ROOT = Path(__file__).parents[2]
SEES = ("benchmarks/peers", "benchmarks/scenes", "simhouse")
THINKS = ("benchmarks/direct.py", "pyscript/modules")


class Rule(NamedTuple):
    """A controller: sixty lines with a window and a margin, or Fusebox (without a window).

    Fusebox is played with `site` and `tuning` added to those sections of its CONFIG.
    """

    window_s: int = 0
    margin_a: float = 0.0
    site: tuple[tuple[str, str], ...] = ()
    tuning: tuple[tuple[str, float], ...] = ()

    @property
    def is_fusebox(self) -> bool:
        """Whether the controller is Fusebox."""
        return self.window_s == 0


class DirectJob(NamedTuple):
    """One evening."""

    scene: Scene
    rule: Rule
    seed: int

    @property
    def key(self) -> str:
        """Return an identifier of this evening with this code."""
        code = hash_of_code(*SEES, *THINKS) if self.rule.is_fusebox else hash_of_code(*SEES)
        house = {**vars(self.scene), "household": self.scene.household_name}
        told = repr((house, self.rule, self.seed, code))
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def hash_of_code(*places: str) -> str:
    """Return a hash of the code in these folders and files."""
    found = hashlib.sha256()
    for place in (ROOT / each for each in places):
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def play_directly(job: DirectJob) -> dict[str, Any]:
    """Play a whole evening; return its figures as a row for the journal."""
    house = job.scene.house(job.seed)
    tally = Tally(house, job.scene.solar)
    asyncio.run(_run_controller(job, house, tally))
    return {"key": job.key, **asdict(tally.outcome(optimum_kwh(house, job.scene.solar)))}


async def _run_controller(job: DirectJob, house: Any, tally: Tally) -> None:
    config = job.scene.config
    if job.rule.is_fusebox:
        config = {**config, "site": {**config["site"], **dict(job.rule.site)}, "tuning": dict(job.rule.tuning)}
        async with Direct(config, job.scene.start) as fusebox:
            await run(house, fusebox, job.scene.length_s, watch=tally.watch)
        return
    async with SixtyLines(config, job.rule.window_s, job.rule.margin_a) as peer:
        await run(house, peer, job.scene.length_s, watch=tally.watch)


def play_missing_jobs(jobs: Sequence[DirectJob], keep: Path, workers: int | None) -> Mapping[DirectJob, Outcome]:
    """Return the outcome of each job; jobs already played by this code come from the journal next to `keep`."""
    keep.parent.mkdir(parents=True, exist_ok=True)
    journal = Journal(keep)
    missing = [job for job in jobs if job.key not in journal.rows]
    for row in run_here(missing, play_directly, workers):
        journal.add(row)
    return {job: _outcome(journal.rows[job.key]) for job in jobs}


def _outcome(row: Mapping[str, Any]) -> Outcome:
    facts = {name: value for name, value in row.items() if name != "key"}
    return Outcome(**{n: tuple(v) if isinstance(v, list) else v for n, v in facts.items()})
