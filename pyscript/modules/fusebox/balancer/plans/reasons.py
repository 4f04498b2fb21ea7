"""The sentences of plans: why a load waits or runs, and what its energy has cost."""

from __future__ import annotations

import re

from ...model.durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S
from ...model.electrics import DUST
from ...planning.need import DUST_KW
from ...planning.schedule import Block
from ...planning.wish import DONE_KWH
from .course import Costs, Course
from .plan_format import Terms, clock, energy

_NUMBER = re.compile(r"\d+:\d\d|\d+(?:\.\d+)?")
MOVED_SHARE = 0.1
"""The share by which an amount in a sentence may move before the sentence is published anew."""
MOVED_DIGITS = 5
"""Units of the last decimal that it may move in any case: 0.5 kWh, 0.05 EUR."""


def says_the_same(before: str, now: str) -> bool:
    """Return whether two sentences differ in nothing but amounts and times that have moved a little.

    While a plan charges, each look finds some watt-hours, cents or minutes less: each would be a row in a database.
    """
    if _NUMBER.sub("", before) != _NUMBER.sub("", now):
        return False
    return all(map(_is_near, _NUMBER.findall(before), _NUMBER.findall(now)))


def _is_near(before: str, now: str) -> bool:
    if ":" in before or ":" in now:
        return ":" in before and ":" in now and _apart_s(before, now) < QUARTER_S
    decimals = len(before.partition(".")[2])
    dust = MOVED_DIGITS * 10.0**-decimals if decimals else 0.0
    return abs(float(now) - float(before)) <= max(MOVED_SHARE * float(before), dust) + DUST


def _apart_s(before: str, now: str) -> float:
    """Return how far two times of day are apart, the shorter way round [s]."""
    apart_s = abs(_of_day_s(now) - _of_day_s(before))
    return min(apart_s, DAY_S - apart_s)


def _of_day_s(clock_time: str) -> float:
    hour, _, minute = clock_time.partition(":")
    return int(hour) * HOUR_S + int(minute) * MINUTE_S


def reason(course: Course, prices: Costs, terms: Terms) -> str:
    """Return why a load waits or runs."""
    due = f" by {clock(course.due_s, terms)}" if course.due_s is not None else ""
    parts = [f"late: {energy(course.missing_kwh)} will be missing{due}"] if course.missing_kwh > 0 else []
    parts += _block(course, terms)
    why = _why(course, terms)
    parts += [why] if why else []
    if course.max_price is not None:
        taken = zip(course.powers, course.outlook.prices, strict=True)
        is_above = any(power > DUST_KW and price > course.max_price for power, price in taken)
        limit = _price(course.max_price, terms)
        necessary = ": its time makes that necessary" if course.waits else ""
        parts.append(f"above {limit} too{necessary}" if is_above else f"nothing above {limit}")
    parts.append(f"{energy(course.need.energy_kwh)}{due}{_latest(course, terms)}")
    if terms.has_prices and course.blocks:
        is_all = course.due_s is not None and course.missing_kwh == 0
        parts.append(_compared(prices, terms) if is_all else f"costs {prices.planned:.2f} {terms.currency}")
        if course.peak_kw is not None:
            parts.append(f"the peak is planned at {course.peak_kw:.1f} kW")
    return "; ".join(parts)


def runs(until: str | None, mode: str | None, why: str) -> str:
    """Why a load runs by its plan. `until`: when its block ends; `mode`: the one that it was set to and that counts
    then, None where nobody has chosen one; `why`: the reason of the decision."""
    end = "" if until is None else f" until {until}"
    then = "" if mode is None else f", then in mode {mode}"
    return f"runs by its plan{end}{then}; {why}"


def skipped(has_car: bool) -> str:
    """Return why a load that was set to off does not run by its plan. `has_car`: whether its car is seen to leave."""
    return f"off by hand: plan skipped until {'its car leaves or ' if has_car else ''}its mode is changed"


def _block(course: Course, terms: Terms) -> list[str]:
    """Return the part about the first block, nothing for a load that charges at once and is in no block."""
    is_now = course.is_now(terms.now_s)
    if not course.blocks or not (course.waits or is_now):
        return []
    first = course.blocks[0]
    when = f"in its block until {clock(first.end_s, terms)}" if is_now else f"waits for {clock(first.start_s, terms)}"
    return [when + (f" at {_price(first.price, terms)}{_rank(course, first)}" if terms.has_prices else "")]


def _why(course: Course, terms: Terms) -> str:
    """Return why prices do not decide when it runs, "" if they do."""
    need, outlook = course.need, course.outlook
    then = f", so it runs as {'early' if need.early else 'late'} as it can"
    # What runs with time to spare has another reason than the end of its time.
    has_time = course.latest_start_s is not None and course.latest_start_s > terms.now_s
    runs_early = course.runs and has_time and not need.early
    if not course.waits or course.missing_kwh > 0 or runs_early:
        then = ""
    if not terms.has_prices:
        return f"{terms.why_none}{then}"
    is_same = need.end > 1 and len(set(outlook.prices[: need.end])) == 1 and not any(outlook.sun_kw[: need.end])
    return f"all prices are equal{then}" if is_same and then else ""


def _latest(course: Course, terms: Terms) -> str:
    """Return the part about its latest start, "" for a load that is late anyway or has no time."""
    if course.latest_start_s is None or course.missing_kwh > 0:
        return ""
    if course.latest_start_s <= terms.now_s:
        return ", no time left to wait"
    return f", latest start {clock(course.latest_start_s, terms)}"


def done(kwh: float, paid: float, prices: Costs | None, terms: Terms) -> str:
    """Return what a plan that is done has cost."""
    if kwh <= DONE_KWH:
        return "done: nothing was needed"
    if prices is None:
        return f"done: {energy(kwh)}"
    said = _compared(prices._replace(planned=paid), terms)
    return f"done: {energy(kwh)}; {said.replace('costs', 'cost', 1)}"


def _compared(prices: Costs, terms: Terms) -> str:
    amounts = [f"{amount:.2f}" for amount in prices]
    return f"costs {amounts[0]} {terms.currency}, at once {amounts[1]}, evenly {amounts[2]}"


def _price(price: float, terms: Terms) -> str:
    return f"{price:.3f} {terms.currency}/kWh"


def _rank(course: Course, block: Block) -> str:
    """Return the rank of a block among the prices until its time, "" for a load that does not wait."""
    if not course.waits:
        return ""
    window = course.outlook.prices[max(course.need.first, 0) : course.need.end]
    cheaper = sum(price < block.price - DUST_KW for price in window)
    return f" (number {cheaper + 1} of {len(window)} by price)"
