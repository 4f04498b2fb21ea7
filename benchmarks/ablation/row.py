"""Measure one number or rule in one house."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

from benchmarks.scenes.direct_play import SEES, THINKS, digest

from .houses import Hour, played
from .numbers import asked, in_force, varied
from .rules import RULES, switched_off

Row = dict[str, Any]


class Job(NamedTuple):
    """An hour with one number times a factor, or with one rule off (factor 0); without a name as shipped."""

    hour: Hour
    name: str = ""
    factor: float = 1.0

    @property
    def key(self) -> str:
        """Return an identifier of this hour and change with this code."""
        code = digest(*SEES, *THINKS, "benchmarks/ablation/houses.py")[:16]
        return f"{self.hour.key} {self.hour.seed} {self.name} {self.factor:g} {code}"


def row_of(job: Job) -> Row:
    """Return house, number, a hash of all commands (`mark`), and the outcome; as shipped also the numbers read."""
    row: Row = {"key": job.key, "house": job.hour.key, "name": job.name, "factor": job.factor}
    if not job.name:
        with asked() as read:
            outcome, mark = played(job.hour)
        row["read"] = sorted(read)
    else:
        rule = RULES.get(job.name)
        with switched_off(rule) if rule else in_force(job.name, varied(job.name, job.factor)):
            outcome, mark = played(job.hour)
    return row | {"mark": mark, "energy_pct": outcome.energy_pct} | asdict(outcome)
