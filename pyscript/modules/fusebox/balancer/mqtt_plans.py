"""A plan as one line that a person reads and writes: `20 kWh by 07:00`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from reprlib import repr as shortened

from ..model.load_plan import LoadPlan, ReadyBy
from ..runtime.service_errors import ServiceError
from .plans.told import daily_time

UNITS: Mapping[str, str] = {"kWh": "energy_kwh", "%": "soc_target_pct", "h": "hours"}
"""How the line says how much -> the field of `fusebox_set_plan`."""
CLEARS = "none"
"""Written in place of a plan, it takes away the one that was set."""
LINE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kWh|%|h)\s+by\s+(.+)", re.IGNORECASE)


def plan_line(plan: LoadPlan | None) -> str:
    """The line of a plan, "" where there is none."""
    if plan is None:
        return ""
    amount = next(
        (f"{value:.6g} {unit}" for unit, key in UNITS.items() if (value := getattr(plan, key)) is not None), ""
    )
    return f"{amount} by {_ready_by(plan.ready_by)}"


def fields_of(line: str) -> Mapping[str, str]:
    """What `fusebox_set_plan` is told; ServiceError where the line is no plan."""
    found = LINE.fullmatch(line.strip())
    if found is None:
        raise ServiceError(
            f"plan: {shortened(line)} is no plan; write such as '20 kWh by 07:00', '80 % by 07:00' or '5 h by 20:00'"
        )
    amount, unit, ready_by = found.groups()
    keys = {known.lower(): key for known, key in UNITS.items()}
    return {keys[unit.lower()]: amount.replace(",", "."), "ready_by": ready_by}


def _ready_by(ready_by: ReadyBy) -> str:
    """One time of day, or a date and time; else which times these are stands in CONFIG."""
    return ready_by if isinstance(ready_by, str) else daily_time(ready_by) or "CONFIG's times"
