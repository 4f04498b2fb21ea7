"""Measure one number or rule in one house."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

from benchmarks.scenes.direct_play import SEES, THINKS, hash_of_code

from .houses import Hour, play_hour
from .numbers import record_numbers_read, varied, with_number
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
        code = hash_of_code(*SEES, *THINKS, "benchmarks/ablation/houses.py")[:16]
        return f"{self.hour.key} {self.hour.seed} {self.name} {self.factor:g} {code}"


def play_row(job: Job) -> Row:
    """Return house, number, a hash of all commands (`mark`), and the outcome; as shipped also the numbers read."""
    row: Row = {"key": job.key, "house": job.hour.key, "name": job.name, "factor": job.factor}
    if not job.name:
        with record_numbers_read() as read:
            outcome, mark = play_hour(job.hour)
        row["read"] = sorted(read)
    else:
        rule = RULES.get(job.name)
        with switched_off(rule) if rule else with_number(job.name, varied(job.name, job.factor)):
            outcome, mark = play_hour(job.hour)
    return row | {"mark": mark, "energy_pct": outcome.energy_pct} | asdict(outcome)
