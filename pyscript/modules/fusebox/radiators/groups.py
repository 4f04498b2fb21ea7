"""The `radiators` sections of CONFIG -> groups; and how often their turn is passed on at the latest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from croniter import croniter

from ..config.tree import listed
from ..model.durations import MINUTES_AN_HOUR
from . import Group, Radiator


def groups_of(sections: Mapping[str, object]) -> tuple[Group, ...]:
    """The groups of resolved sections; none where there is no such section."""
    return tuple(_group(section) for section in listed(sections["radiators"]))


def _group(section: Mapping[str, Any]) -> Group:
    own = {key: value for key, value in section.items() if key != "radiators"}
    return Group(rows=tuple(Radiator(**row) for row in section["radiators"]), **own)


@cache
def longest_gap_s(step: str) -> float | None:
    """The longest time between two steps of a cron trigger that runs in every hour [s]; None for any other.

    Cached: it is asked for in every run, and croniter takes 0.4 ms to read a trigger.
    """
    (field, *others), _ = croniter.expand(step.strip().removeprefix("cron(").removesuffix(")"))
    if any(other != ["*"] for other in others):
        return None
    minutes = list(range(MINUTES_AN_HOUR)) if field == ["*"] else [int(minute) for minute in field]
    gaps = [after - before for before, after in pairwise([*minutes, minutes[0] + MINUTES_AN_HOUR])]
    return max(gaps) * 60.0
