"""What is told of a plan, and in what: its blocks, what it costs, times and energies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ...model.durations import DAY_S
from ...model.load_plan import ReadyBy
from ...planning.need import DUST_KW, SLOT_H, Need, Outlook
from ...planning.schedule import Block, at_once_cost, even_cost
from ...planning.times import Ahead

MOST_ROWS = 48
LEAST_MISSING_KWH = 0.05
"""Less is told as nothing [kWh]."""
FINER_KWH = 0.1
"""Less is told in hundredths [kWh]."""


class PlanState(StrEnum):
    """How far a plan is."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    LATE = "late"


class Costs(NamedTuple):
    """What the energy that is planned costs, and would cost otherwise."""

    planned: float
    at_once: float
    evenly: float


class Terms(NamedTuple):
    """In what things are told."""

    now_s: float
    currency: str
    ahead: Ahead
    has_prices: bool
    """Whether a price of now or later is known."""
    why_none: str
    """Why none is, as a half sentence."""


class Course(NamedTuple):
    """What is planned for one load."""

    need: Need
    """All that is to be planned now."""
    powers: Sequence[float]
    total_kw: Sequence[float]
    """What all loads take together."""
    outlook: Outlook
    blocks: Sequence[Block]
    latest_start_s: float | None
    due_s: float | None
    """None where its time has passed, or is too far to be planned."""
    missing_kwh: float
    """What it will not have by its time [kWh]."""
    runs: bool
    waits: bool
    """Whether nothing of it is needed at once."""
    max_price: float | None = None
    peak_kw: float | None = None
    """The highest import that is planned, None where no peak is billed."""

    def is_now(self, now_s: float) -> bool:
        """Whether its block has begun."""
        return bool(self.blocks) and self.blocks[0].start_s <= now_s


def iso(at_s: float, ahead: Ahead) -> str:
    """A time with its offset, as the wall clock shows it."""
    return _iso(at_s, ahead(at_s))


@lru_cache(maxsize=1024)
def _iso(at_s: float, ahead_s: float) -> str:
    """The same quarter hours of two days are told again and again."""
    zone = timezone(timedelta(seconds=ahead_s))
    return datetime.fromtimestamp(at_s, zone).isoformat(timespec="minutes")


def day_and_time(at_s: float, ahead: Ahead) -> str:
    """Return a time with its date, as the wall clock shows it."""
    return f"{datetime.fromtimestamp(at_s + ahead(at_s), UTC):%Y-%m-%d %H:%M}"


def clock(at_s: float, terms: Terms) -> str:
    """The time of day, with the day where that time comes more than once until then."""
    form = "%H:%M" if at_s - terms.now_s < DAY_S else "%a %d %b %H:%M"
    return datetime.fromtimestamp(at_s + terms.ahead(at_s), UTC).strftime(form)


def daily_time(ready_by: ReadyBy) -> str | None:
    """The time of day of a departure; None where it is not the same each day, or one date."""
    times = set() if ready_by is None or isinstance(ready_by, str) else set(ready_by)
    (time_s,) = times if len(times) == 1 else (None,)
    return None if time_s is None else f"{time_s // 3600:02}:{time_s % 3600 // 60:02}"


def energy(kwh: float) -> str:
    """An energy with its unit; a small one in finer steps."""
    return f"{kwh:.1f} kWh" if kwh >= FINER_KWH else f"{kwh:.2f} kWh"


def rows(blocks: Sequence[Block], terms: Terms) -> list[dict[str, object]]:
    """The blocks, small enough for a database."""
    return [
        {
            "start": iso(block.start_s, terms.ahead),
            "end": iso(block.end_s, terms.ahead),
            "price": round(block.price, 4) if terms.has_prices else None,
            "kw": round(block.power_kw, 2),
        }
        for block in blocks[:MOST_ROWS]
    ]


def costs(course: Course) -> Costs:
    """The sun that is expected is shared among all that run then; what is taken of the present slot is paid."""
    planned, outlook = 0.0, course.outlook
    left_kw = course.need.energy_kwh / SLOT_H
    now_kw = min(course.powers[0], max(left_kw - sum(course.powers[1:]), 0.0))
    for slot, most_kw in enumerate([now_kw, *course.powers[1:]]):
        # A run is as long as it has to be, and ends when all is there.
        power = min(most_kw, left_kw)
        left_kw -= power
        if power > DUST_KW:
            price, sun = outlook.prices[slot], min(outlook.sun_kw[slot] / course.total_kw[slot], 1.0)
            planned += power * SLOT_H * (price - sun * (price - min(price, outlook.export[slot])))
    return Costs(planned, at_once_cost(course.need, outlook), even_cost(course.need, outlook))
