"""Measure one random home with a number changed or a rule off: its hour, also under limits, or two hours with sun."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.population.play import FUSEBOX, Job, play_home
from benchmarks.population.sun import SunJob, SunRow, play_sun
from benchmarks.scenes.direct_play import SEES, THINKS, hash_of_code

from .fired import record_fired_rules
from .limited import play_limited
from .numbers import record_numbers_read, varied, with_number
from .rules import RULES, switched_off

Row = dict[str, Any]


class HomeJob(NamedTuple):
    """A home with one number times a factor, or with one rule off (factor 0); without a name as shipped."""

    seed: int
    name: str = ""
    factor: float = 1.0
    sunny: bool = False
    """Whether it is the home with sun of this seed."""
    limited: bool = False
    """Whether its hour is under the limits of `limited.py`."""

    @property
    def key(self) -> str:
        """Return an identifier of this home and change with this code."""
        code = hash_of_code(*SEES, *THINKS, "benchmarks/population")[:16]
        return f"{self.seed} {self.name} {self.factor:g} {code}" + " sun" * self.sunny + " limits" * self.limited


def play_home_row(job: HomeJob) -> Row:
    """Return the home's result and a hash of all commands; as shipped, also the numbers read and the rules fired."""
    about = {"key": job.key, "seed": job.seed, "name": job.name, "factor": job.factor}
    if not job.name:
        with record_numbers_read() as read, record_fired_rules() as rules:
            measured = _play(job)
        return about | measured | {"concerns": sorted(read | rules)}
    rule = RULES.get(job.name)
    with switched_off(rule) if rule else with_number(job.name, varied(job.name, job.factor)):
        return about | _play(job)


def _play(job: HomeJob) -> Row:
    mark = hashlib.sha256()

    def note(reply: Any) -> None:
        if reply["calls"]:
            mark.update(json.dumps([reply["t"], reply["calls"]], sort_keys=True, default=str).encode())

    play = _play_with_sun if job.sunny else play_limited if job.limited else _play_hour
    measured = play(job.seed, note)
    return {"mark": mark.hexdigest()} | measured


def _play_hour(seed: int, watch: Callable[[Any], None]) -> Row:
    (row,) = play_home(Job(seed, (FUSEBOX,)), watch=watch)["rows"]
    return {
        "hot_s": row["hot_s"] + row["circuits_hot_s"],
        "heat_a2s": row["heat_a2s"],
        "energy_pct": 100.0 * row["kwh"] / row["possible_kwh"] if row["possible_kwh"] else 100.0,
        "starts": row["starts"],
        "commands": row["commands"],
    }


def _play_with_sun(seed: int, watch: Callable[[Any], None]) -> Row:
    row = SunRow(**play_sun(SunJob(seed, (FUSEBOX,)), watch)["rows"][0])
    return {
        "sun_pct": row.share_pct,
        "grid_kwh": row.grid_kwh,
        "starts": row.starts,
        "commands": row.commands,
    }
