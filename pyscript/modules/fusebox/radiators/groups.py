"""The `radiators` sections of CONFIG -> groups; and how often their turn is passed on at the latest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..config.tree import listed
from ..model.durations import MINUTES_AN_HOUR
from . import Group, Radiator


def groups_of(sections: Mapping[str, object]) -> tuple[Group, ...]:
    """The groups of resolved sections; none where there is no such section."""
    return tuple(_group(section) for section in listed(sections["radiators"]))


def _group(section: Mapping[str, Any]) -> Group:
    own = {key: value for key, value in section.items() if key != "radiators"}
    return Group(rows=tuple(Radiator(**row) for row in section["radiators"]), **own)


def longest_gap_s(step: str) -> float | None:
    """The longest time between two steps of a cron trigger that runs in every hour [s]; None for any other."""
    minute, *others = step.removeprefix("cron(").removesuffix(")").split()
    if any(other != "*" for other in others):
        return None
    minutes = sorted({each for part in minute.split(",") for each in _minutes(part)})
    gaps = [after - before for before, after in zip(minutes, [*minutes[1:], minutes[0] + MINUTES_AN_HOUR], strict=True)]
    return max(gaps) * 60.0


def _minutes(part: str) -> range:
    found = re.fullmatch(r"(\*|\d+)(?:-(\d+))?(?:/(\d+))?", part)
    if found is None:
        return range(MINUTES_AN_HOUR)
    start, end, every = found.groups()
    first = 0 if start == "*" else int(start)
    last = int(end) if end else MINUTES_AN_HOUR - 1 if start == "*" or every else first
    return range(first, last + 1, int(every or 1))
