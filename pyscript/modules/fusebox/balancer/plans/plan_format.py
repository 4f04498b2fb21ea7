"""The format in which plans are published: states, times, energies and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from ...model.durations import DAY_S, WEEKDAYS
from ...model.load_plan import ReadyBy
from ...model.local_day import utc_suffix
from ...model.messages.message import Message
from ...planning.schedule import PlanBlock
from ...planning.times import Ahead

MOST_ROWS = 48
PlanRows = Sequence[dict[str, object]]
"""Spans of time, each with its attributes."""


class PlanState(StrEnum):
    """The state of a plan."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    LATE = "late"


class Terms(NamedTuple):
    """The time, the currency and the prices used to describe plans."""

    now_s: float
    currency: str
    ahead: Ahead
    why_no_prices: str
    """Why no price for now or later is known, as a part of a sentence; "" if one is."""


def iso_wall_time(at_s: float, ahead: Ahead) -> str:
    """Return a time [s since 1970] by the wall clock with its offset in ISO format, such as 2024-05-01T14:30+02:00."""
    zone = timezone(timedelta(seconds=ahead(at_s)))
    return datetime.fromtimestamp(at_s, zone).isoformat(timespec="minutes")


def day_and_time(at_s: float, ahead: Ahead) -> str:
    """Return a time [s since 1970] by the wall clock, such as "2024-05-01 14:30", with `utc_suffix` after it."""
    return f"{datetime.fromtimestamp(at_s + ahead(at_s), UTC):%Y-%m-%d %H:%M}{utc_suffix(at_s, ahead)}"


def clock_or_date(at_s: float, terms: Terms) -> str:
    """Return a time of day such as "14:30", with its date before it if it is a day or more ahead."""
    found = day_and_time(at_s, terms.ahead)
    return found.partition(" ")[2] if at_s - terms.now_s < DAY_S else found


def span_times(start_s: float, end_s: float, terms: Terms) -> tuple[str, str]:
    """Return start and end of less than a day as times of day, the start with its date if it is a day or more ahead."""
    return clock_or_date(start_s, terms), clock_or_date(end_s, terms._replace(now_s=start_s))


def daily_time(ready_by: ReadyBy) -> str | None:
    """Return the time of day of a departure, such as "07:00"; None without one, for one date, and if days differ."""
    times = set() if ready_by is None or isinstance(ready_by, str) else set(ready_by)
    (time_s,) = times if len(times) == 1 else (None,)
    return None if time_s is None else _clock_text(time_s)


def departure_setting(ready_by: ReadyBy) -> str | dict[str, str] | None:
    """Return a departure as CONFIG and the service take it: a time of day, a date and time, or days with their times.

    Days in a row with the same time are one span, such as {"mon-fri": "07:00", "sat": "09:30"}. None without one.
    """
    if ready_by is None or isinstance(ready_by, str):
        return ready_by
    by_days: dict[str, str] = {}
    for time_s, group in groupby(range(len(WEEKDAYS)), key=ready_by.__getitem__):
        days = [WEEKDAYS[day] for day in group]
        if time_s is not None:
            by_days[days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"] = _clock_text(time_s)
    return daily_time(ready_by) or by_days or None


def _clock_text(time_s: int) -> str:
    """Return a time of day [s after midnight] such as "07:00"."""
    return f"{time_s // 3600:02}:{time_s % 3600 // 60:02}"


def time_row(start_s: float, end_s: float, price: float | None, ahead: Ahead, **more: object) -> dict[str, object]:
    """Return a span of time as an attribute: its local times, its price (None for none), and `more` of it."""
    known = None if price is None else round(price, 4)
    return {"start": iso_wall_time(start_s, ahead), "end": iso_wall_time(end_s, ahead), "price": known, **more}


def block_rows(blocks: Sequence[PlanBlock], terms: Terms) -> PlanRows:
    """Return at most `MOST_ROWS` blocks as attributes: local times, price (None without prices) and power [kW]."""
    pairs = [(block, None if terms.why_no_prices else block.price) for block in blocks[:MOST_ROWS]]
    return [time_row(each.start_s, each.end_s, price, terms.ahead, kw=round(each.power_kw, 2)) for each, price in pairs]


def attributes_of_plan(
    state: PlanState, reason: Message, rows: PlanRows = (), costs: Iterable[float] | None = None
) -> dict[str, Any]:
    """Return state, reason and rows of a plan as attributes, and its costs: as planned, all at once, spread evenly.

    Without `costs` only the first is there, as None.
    """
    found = {"plan": list(rows), "plan_state": state.value, "plan_cost": None, "plan_reason": reason}
    names = ("plan_cost", "plan_cost_at_once", "plan_cost_evenly")
    return found | {name: round(cost, 2) for name, cost in zip(names, costs or (), strict=False)}
