"""Measure one hour of a random home with a number changed or a rule off."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from benchmarks.population.play import FUSEBOX, Job, play
from benchmarks.scenes.direct_play import SEES, THINKS, digest

from .fired import fired
from .numbers import asked, in_force, varied
from .rules import RULES, switched_off

Row = dict[str, Any]


class HomeJob(NamedTuple):
    """A home with one number times a factor, or with one rule off (factor 0); without a name as shipped."""

    seed: int
    name: str = ""
    factor: float = 1.0

    @property
    def key(self) -> str:
        """Return an identifier of this home and change with this code."""
        code = digest(*SEES, *THINKS, "benchmarks/population")[:16]
        return f"{self.seed} {self.name} {self.factor:g} {code}"


def row_of(job: HomeJob) -> Row:
    """Return the hour's result and a hash of all commands; as shipped, also the numbers read and the rules fired."""
    about = {"key": job.key, "seed": job.seed, "name": job.name, "factor": job.factor}
    if not job.name:
        with asked() as read, fired() as rules:
            measured = _played(job.seed)
        return about | measured | {"concerns": sorted(read | rules)}
    rule = RULES.get(job.name)
    with switched_off(rule) if rule else in_force(job.name, varied(job.name, job.factor)):
        return about | _played(job.seed)


def _played(seed: int) -> Row:
    mark = hashlib.sha256()

    def note(reply: Any) -> None:
        if reply["calls"]:
            mark.update(json.dumps([reply["t"], reply["calls"]], sort_keys=True, default=str).encode())

    (row,) = play(Job(seed, (FUSEBOX,)), watch=note)["rows"]
    return {
        "mark": mark.hexdigest(),
        "hot_s": row["hot_s"] + row["circuits_hot_s"],
        "heat_a2s": row["heat_a2s"],
        "energy_pct": 100.0 * row["kwh"] / row["possible_kwh"] if row["possible_kwh"] else 100.0,
        "starts": row["starts"],
        "commands": row["commands"],
    }
