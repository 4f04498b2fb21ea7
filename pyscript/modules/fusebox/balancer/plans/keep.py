"""What of plans and of the home battery outlives a restart: the content of its file, with the type of each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, NamedTuple

from ...model.durations import DAY_S, LATEST_S, WEEKDAYS
from ...model.load_plan import LoadPlan
from ...planning.wish import Wish
from ...runtime.json_values import DAMAGED, Reader, read_json
from .battery_calls import KeptCall, KeptWrite

NAME = "fusebox.plans"
"""The file, in Home Assistant's `.storage`."""
MOST_KW = 1000.0
"""More than any house takes [kW]."""


def is_time(at_s: float) -> bool:
    """Whether a number of seconds since 1970 is a time of the calendar."""
    return 0 <= at_s <= LATEST_S


def is_plan(plan: LoadPlan) -> bool:
    """Whether the time of a plan can be one: a text, or a time of day or None for each day of a week."""
    times = plan.ready_by
    if not isinstance(times, tuple):
        return True
    return len(times) == len(WEEKDAYS) and all(time_s is None or 0 <= time_s <= DAY_S for time_s in times)


def is_usual(hour: tuple[float, float, float]) -> bool:
    """Whether mean, spread and count of an hour are those of a house."""
    mean_kw, spread_kw, seen = hour
    return abs(mean_kw) <= MOST_KW and 0 <= spread_kw <= MOST_KW and seen >= 0


LearntHours = Mapping[str, Mapping[str, Annotated[tuple[float, float, float], is_usual]]]
"""Phase -> hour of the week -> mean [kW], spread [kW] and how often it was seen."""


class KeptPower(NamedTuple):
    """What a load takes on so many of its phases."""

    load: str
    lines: int
    kw: Annotated[float, lambda kw: kw > 0]


class KeptPrices(NamedTuple):
    """The prices of a source: start of each quarter hour [s since 1970] -> price."""

    source: str
    slots: Mapping[Annotated[int, is_time], float]


NO_KEPT_PRICES = KeptPrices("", {})


@dataclass(frozen=True, slots=True)
class KeptPlans:
    """The whole file."""

    wishes: Mapping[str, Wish] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    """The loads whose plan waits, whatever their mode is."""
    ran_from_s: Mapping[str, float] = field(default_factory=dict)
    power: tuple[KeptPower, ...] = ()
    house: LearntHours = field(default_factory=dict)
    circuits: Mapping[str, LearntHours] = field(default_factory=dict)
    import_: KeptPrices = NO_KEPT_PRICES
    export: KeptPrices = NO_KEPT_PRICES
    release: tuple[KeptCall, ...] = ()
    """The calls that release the battery from orders of an earlier process."""
    blind: tuple[KeptWrite, ...] = ()
    """The writes of charging powers whose former values were not known: `BatteryControl.blind`."""


class Found(NamedTuple):
    """What was read, and the places of what could not be."""

    kept: KeptPlans
    damaged: tuple[str, ...] = ()


def plans_of(values: object) -> Found:
    """Read the values of a file. A plan of a service counts only undamaged: else CONFIG's counts."""
    reader = Reader(whole=(LoadPlan,))
    kept = reader.read(KeptPlans, values)
    if kept is DAMAGED:
        return Found(KeptPlans(), (NAME,))
    odd = [name for name, wish in kept.wishes.items() if wish.own is not None and not is_plan(wish.own)]
    wishes = {name: replace(wish, own=None) if name in odd else wish for name, wish in kept.wishes.items()}
    return Found(replace(kept, wishes=wishes), (*reader.damaged, *(f"wishes.{name}.own" for name in odd)))


def read(folder: Path) -> Found:
    """Read the file; nothing where there is none yet. OSError or ValueError when it cannot be read."""
    return plans_of(read_json(folder / NAME, {}))
