"""What of plans outlives a restart, as plain values for a file, and back. What makes no sense is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from ...model.durations import WEEKDAYS
from ...model.load_plan import LoadPlan, ReadyBy
from ...model.readings import finite
from ...planning.energy import Charge
from ...planning.wish import Taken, Wish

NAME = "fusebox.plans"
"""The file, in Home Assistant's `.storage`."""

_TAKEN = tuple(field.name for field in fields(Taken))
_FLAGS = ("was_here", "overdue", "done")
_NUMBERS = ("amount", "from_s", "at_s", "given_kwh", "ran_s", "paid", "counter_kwh", "at_once", "evenly")


def read(folder: Path) -> Mapping[str, Any]:
    """What was kept; nothing where there is no file yet. OSError or ValueError when it cannot be read."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(kept, dict):
        raise ValueError(f"{NAME} is no map")
    return kept


def plain_wish(wish: Wish) -> dict[str, Any]:
    """A wish as plain values."""
    return asdict(wish)


def wish_of(kept: object) -> Wish:
    """A wish from what was kept; of a value that makes no sense its usual one."""
    if not isinstance(kept, Mapping):
        return Wish()
    numbers: dict[str, Any] = {name: number for name in _NUMBERS if (number := finite(kept.get(name))) is not None}
    flags: dict[str, Any] = {name: kept[name] for name in _FLAGS if isinstance(kept.get(name), bool)}
    charge = kept.get("charge")
    told = charge if isinstance(charge, Mapping) else {}
    state = Charge(finite(told.get("soc_pct")), finite(told.get("given_kwh")) or 0.0)
    before = kept.get("before")
    taken = {name: finite(before.get(name)) or 0.0 for name in _TAKEN} if isinstance(before, Mapping) else {}
    own, ready_by = plan_of(kept.get("own")), _ready_by(kept.get("ready_by"))
    return replace(Wish(), own=own, ready_by=ready_by, charge=state, before=Taken(**taken), **numbers, **flags)


def plan_of(kept: object) -> LoadPlan | None:
    """A plan from what was kept, None where that is none."""
    if not isinstance(kept, Mapping):
        return None
    ready_by = _ready_by(kept.get("ready_by"))
    if ready_by is None:
        return None
    rest = {field.name: kept.get(field.name) for field in fields(LoadPlan) if field.name not in ("ready_by", "finish")}
    numbers: dict[str, Any] = {name: number for name, value in rest.items() if (number := finite(value)) is not None}
    return LoadPlan(ready_by, finish="early" if kept.get("finish") == "early" else "late", **numbers)


def _ready_by(kept: object) -> ReadyBy:
    if isinstance(kept, str) or not isinstance(kept, list | tuple):
        return kept if isinstance(kept, str) else None
    times_s = tuple(kept)
    is_week = len(times_s) == len(WEEKDAYS) and all(time_s is None or type(time_s) is int for time_s in times_s)
    return times_s if is_week else None
