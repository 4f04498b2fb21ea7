"""What is told of a plan: its blocks, what it costs, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from ...model.durations import QUARTER_S
from ...planning.need import DUST_KW, SLOT_H, Need, Outlook
from ...planning.schedule import Block, at_once_cost, even_cost
from ...planning.times import Ahead

MOST_ROWS = 48
SLOT_S = QUARTER_S
LEAST_MISSING_KWH = 0.05
"""Less is told as nothing [kWh]."""


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

    currency: str
    ahead: Ahead
    has_prices: bool
    """Whether a price of now or later is known."""
    why_none: str
    """Why none is, as a half sentence."""


class Course(NamedTuple):
    """What is planned for one load."""

    need: Need
    """All that it needs until its time."""
    powers: Sequence[float]
    outlook: Outlook
    blocks: Sequence[Block]
    latest_start_s: float
    due_s: float | None
    missing_kwh: float
    """What it will not have by its time [kWh]."""
    runs: bool
    max_price: float | None = None


def iso(at_s: float, ahead: Ahead) -> str:
    """A time with its offset, as the wall clock shows it."""
    zone = timezone(timedelta(seconds=ahead(at_s)))
    return datetime.fromtimestamp(at_s, zone).isoformat(timespec="minutes")


def clock(at_s: float, ahead: Ahead) -> str:
    """The time of day."""
    return f"{datetime.fromtimestamp(at_s + ahead(at_s), UTC):%H:%M}"


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


def costs(need: Need, powers: Sequence[float], outlook: Outlook, total_kw: Sequence[float]) -> Costs:
    """The sun that is expected is shared among all that run then."""
    planned = 0.0
    for slot, power in enumerate(powers):
        if power > DUST_KW:
            price, sun = outlook.prices[slot], min(outlook.sun_kw[slot] / total_kw[slot], 1.0)
            planned += power * SLOT_H * (price - sun * (price - min(price, outlook.export[slot])))
    return Costs(planned, at_once_cost(need, outlook), even_cost(need, outlook))


def reason(course: Course, prices: Costs, terms: Terms) -> str:
    """Why a load waits or runs."""
    need, parts = course.need, []
    due = f" by {clock(course.due_s, terms.ahead)}" if course.due_s is not None else ""
    if course.missing_kwh > 0:
        parts.append(f"late: {course.missing_kwh:.1f} kWh will be missing{due}")
    if course.blocks:
        first = course.blocks[0]
        when = f"runs until {clock(first.end_s, terms.ahead)}"
        if not course.runs:
            when = f"waits for {clock(first.start_s, terms.ahead)}"
        parts.append(when + (f" at {_price(first.price, terms)}{_rank(course, first)}" if terms.has_prices else ""))
    if not terms.has_prices:
        parts.append(f"{terms.why_none}, so it runs as {'early' if need.early else 'late'} as it can")
    elif need.end > 1 and len(set(course.outlook.prices[: need.end])) == 1:
        parts.append(f"all prices are equal, so it runs as {'early' if need.early else 'late'} as it can")
    if course.max_price is not None:
        parts.append(f"nothing above {_price(course.max_price, terms)}")
    parts.append(f"{need.energy_kwh:.1f} kWh{due}, latest start {clock(course.latest_start_s, terms.ahead)}")
    if terms.has_prices:
        parts.append(_compared(prices, terms))
    return "; ".join(parts)


def done(kwh: float, paid: float, prices: Costs | None, terms: Terms) -> str:
    """What it did cost."""
    if prices is None or kwh <= 0:
        return f"done: {kwh:.1f} kWh"
    said = _compared(prices._replace(planned=paid), terms)
    return f"done: {kwh:.1f} kWh; {said.replace('costs', 'cost', 1)}"


def _compared(prices: Costs, terms: Terms) -> str:
    amounts = [f"{amount:.2f}" for amount in prices]
    return f"costs {amounts[0]} {terms.currency}, at once {amounts[1]}, evenly {amounts[2]}"


def _price(price: float, terms: Terms) -> str:
    return f"{price:.3f} {terms.currency}/kWh"


def _rank(course: Course, block: Block) -> str:
    """Which of the prices until its time this is."""
    window = course.outlook.prices[max(course.need.first, 0) : course.need.end]
    cheaper = sum(price < block.price - DUST_KW for price in window)
    return f" (number {cheaper + 1} of {len(window)} by price)"
