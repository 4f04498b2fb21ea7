"""The messages of plans: why a load waits or runs, and what its energy has cost."""

from __future__ import annotations

import re
from datetime import datetime

from ...model.durations import DAY_S, QUARTER_S
from ...model.electrics import DUST
from ...model.load import Mode
from ...model.load_plan import LoadPlan
from ...model.messages.message import DIGITS, Message, Value, message, unit_of
from ...planning.load_needs import low_price_slots
from ...planning.need import DUST_KW, MOST_SLOTS
from ...planning.plan_progress import PlanUsage
from ...planning.plan_standing import DONE_KWH
from ...planning.prices import Prices, quarter_start_s
from ...planning.schedule import PlanBlock
from .course import Costs, Course
from .plan_format import Terms, clock_or_date

MOVED_SHARE = 0.1
"""An amount in a sentence may change by this share before the sentence is published again."""
MOVED_DIGITS = 5
"""Units of the last decimal that it may move in any case: 0.5 kWh, 0.05 EUR."""
_CLOCK = re.compile(r"\d\d:\d\d")

NO_PRICES, PRICES_ENDED, EQUAL_PRICES = ("no prices are known", "the known prices have ended", "all prices are equal")
"""Why no price decides when a load runs."""

YIELDING = frozenset({"all_it_can_use", "rising", "next_command_due", "last_raise_unseen", "next_reading_awaited"})
"""Codes of decisions on a load that nothing limits: while its plan runs, the plan is its reason, else a limit or fault.
"""
OFF = frozenset({"mode_off", "tank_off", "tank_hot_enough"})
"""Codes of decisions on a load that is off by its mode: while it waits for its plan, the plan is its reason.

Not while it could not run in a block either: with a fault, without the grid, or switched off by hand.
"""


def plan_reason(
    course: Course, costs: Costs, terms: Terms, *, most_kw: float | None, runs_in: Mode | None, runs_now: bool
) -> Message:
    """Return why a load waits or runs by its plan: the deciding fact, the amount and its deadline.

    In this order: it is overdue, it will lack energy, its minimum charge goes first, nothing is placed; then its
    running block, or the next one with what decides that. `most_kw`: the power that its plan limits it to in its block
    [kW], None for no limit. `runs_in`: its mode, if it runs in that at once, before its block. `runs_now`: whether it
    runs by its plan: perhaps before its next block, because the later slots lack headroom.
    """
    is_now, standing, values = course.is_now(terms.now_s), course.standing, _goal_values(course, costs, terms)
    if not course.waits and course.progress.overdue:
        return message("plan_overdue_runs" if is_now else "plan_overdue_waits", **values)
    if course.missing_kwh > 0:
        return message("plan_late", missing_kwh=course.missing_kwh, **values)
    if not course.waits and standing.now_kwh > 0:
        code = "plan_minimum_runs" if is_now else "plan_minimum_waits"
        return message(code, minimum_pct=standing.plan.min_soc_pct or 0.0, energy_kwh=standing.now_kwh)
    if not course.blocks:
        return message("plan_unplaced", **values)
    first, cause = course.blocks[0], _why_prices_do_not_decide(course, terms) if course.waits else None
    values |= {"cause": cause} if cause else _price_rank_values(course, first, terms)
    if is_now:
        has_to_run = course.latest_start_s is not None and course.latest_start_s <= terms.now_s
        code = "plan_runs_early" if cause and course.need.early else "plan_runs"
        code = "plan_runs_out_of_time" if has_to_run else code
        return message(code, until=clock_or_date(first.end_s, terms), most_kw=most_kw, **values)
    if runs_now:
        until_s = quarter_start_s(terms.now_s) + QUARTER_S
        return message("plan_runs_out_of_time", until=clock_or_date(until_s, terms), **values)
    values["start"] = clock_or_date(first.start_s, terms)
    if runs_in is not None:
        return message("plan_mode_standard", mode=str(runs_in), **values)
    code = "plan_waits_early" if course.need.early else "plan_waits_late"
    return message(code if cause else "plan_waits", **values)


def block_end(course: Course, terms: Terms) -> str | None:
    """Return when the present block of a load ends, by the clock; None outside a block."""
    return clock_or_date(course.blocks[0].end_s, terms) if course.is_now(terms.now_s) else None


def _goal_values(course: Course, costs: Costs, terms: Terms) -> dict[str, Value | None]:
    """Return how much a load is to have by when, and for what price, as values of its message.

    No time without one; no price without prices or blocks; what is saved only if all of it will be there; from when on
    its prices are estimates. Its highest price if the plan takes dearer slots; "unknown" for a state of charge that
    counts as 0.
    """
    plan, is_priced = course.standing.plan, not terms.why_no_prices and bool(course.blocks)
    is_all = course.due_s is not None and course.missing_kwh == 0
    taken = [slot for slot, power in enumerate(course.powers) if power > DUST_KW]
    guessed = next((slot for slot in taken if not course.forecast.known[slot]), None) if is_priced else None
    guessed_s = None if guessed is None else quarter_start_s(terms.now_s) + guessed * QUARTER_S
    limit = plan.max_price if course.waits else None
    is_above = limit is not None and any(course.forecast.prices[slot] > limit for slot in taken)
    is_unknown = plan.soc_target_pct is not None and course.progress.charge.soc_pct is None
    return {
        "energy_kwh": course.need.energy_kwh,
        "due": None if course.due_s is None else clock_or_date(course.due_s, terms),
        "planned_cost": costs.planned if is_priced else None,
        "currency": terms.currency if is_priced else None,
        "at_once_cost": _dearer_cost(costs) if is_priced and is_all else None,
        "estimated_from": None if guessed_s is None else clock_or_date(guessed_s, terms),
        "limit_price": limit if is_above else None,
        "soc": "unknown" if is_unknown else None,
    }


def _dearer_cost(costs: Costs) -> float | None:
    """Return what charging at once would have cost, None where that is no more."""
    digits = DIGITS["cost"]
    return costs.at_once if round(costs.at_once, digits) > round(costs.planned, digits) else None


def _why_prices_do_not_decide(course: Course, terms: Terms) -> str:
    """Return why prices do not decide when a load runs, "" if they do.

    Reasons: there are none, or all slots until its end cost the same and have no sun.
    """
    need, forecast = course.need, course.forecast
    is_same = need.end > 1 and len(set(forecast.prices[: need.end])) == 1 and not any(forecast.sun_kw[: need.end])
    return terms.why_no_prices or (EQUAL_PRICES if is_same else "")


def _price_rank_values(course: Course, block: PlanBlock, terms: Terms) -> dict[str, Value]:
    """Return a block's price and, for a load that may wait, the rank of that price (1 for the cheapest).

    The rank is among the quarter hours from its earliest start to its deadline; none if its plan uses power in all of
    them. Also returns how many these are, and in how many of all its plan uses power. Empty without prices, and where
    most of the first slot's power is sun.
    """
    slot = max(round((block.start_s - quarter_start_s(terms.now_s)) / QUARTER_S), 0)
    if terms.why_no_prices or 2 * course.forecast.sun_kw[slot] > course.total_kw[slot]:
        return {}
    found: dict[str, Value] = {"block_price": block.price}
    window = course.forecast.prices[max(course.need.first, 0) : course.need.end]
    needed = sum(power > DUST_KW for power in course.powers)
    if course.waits and needed < len(window):
        found["rank_nth"] = 1.0 + sum(price < block.price - DUST_KW for price in window)
        found["quarters"], found["needed_quarters"] = float(len(window)), float(needed)
    return found


def price_limit_reason(plan: LoadPlan, paid: Prices, terms: Terms, *, runs_now: bool) -> Message:
    """Return when a load runs whose plan only has a price limit: now, later, or at no known price.

    `paid`: the published prices with fees. `runs_now`: whether it runs at present.
    """
    if plan.max_price is None:
        return message("plan_below_price_unset")
    from_s = quarter_start_s(terms.now_s)
    limit: dict[str, Value] = {"limit_price": plan.max_price, "currency": terms.currency}
    slots = low_price_slots(plan, paid, from_s, runs_now=runs_now)
    if not slots:
        later = paid.from_now_on(terms.now_s).by_start
        lowest_s = min(later, key=lambda start_s: (later[start_s], start_s), default=None)
        if lowest_s is not None:
            limit |= {"lowest_price": later[lowest_s], "start": clock_or_date(lowest_s, terms)}
        return message("plan_below_price_unknown", **limit)
    if slots[0] > 0:
        return message("plan_below_price_waits", **limit, start=clock_or_date(from_s + slots[0] * QUARTER_S, terms))
    end = next(end for end in range(1, MOST_SLOTS + 1) if end not in slots)
    return message("plan_below_price_runs", **limit, until=clock_or_date(from_s + end * QUARTER_S, terms))


def done_reason(had: PlanUsage, costs: Costs | None, terms: Terms) -> Message:
    """Return what a plan that is done has given and cost; "needed nothing" for at most `DONE_KWH`.

    `costs`: what it has cost, and would have cost without the plan; None if unknown, then no cost is named.
    """
    if had.given_kwh <= DONE_KWH:
        return message("plan_needed_nothing")
    if costs is None:
        return message("plan_done", energy_kwh=had.given_kwh)
    planned, at_once = costs.planned, _dearer_cost(costs)
    return message(
        "plan_done", energy_kwh=had.given_kwh, planned_cost=planned, at_once_cost=at_once, currency=terms.currency
    )


def skipped_reason(has_car: bool) -> Message:
    """Return why the plan of a load that was set to off is skipped.

    `has_car`: whether the load shows when its car leaves, which ends that.
    """
    return message("plan_skipped_for_car" if has_car else "plan_skipped")


def is_nearly_same_message(before: Message, now: Message) -> bool:
    """Return whether two messages differ only in amounts and times that have moved a little.

    While a plan charges, each evaluation finds some watt-hours, cents or minutes less; each would be a row in the
    recorder. Where no cost of charging at once is named, that is the planned cost.
    """
    earlier, later = ({"at_once_cost": each.values.get("planned_cost"), **each.values} for each in (before, now))
    if before.code != now.code or earlier.keys() != later.keys():
        return False
    return all(is_nearly_same_value(name, earlier[name], value) for name, value in later.items())


def is_nearly_same_value(name: str, before: Value | None, now: Value | None) -> bool:
    """Return whether a value, by the unit that `name` ends in, has moved so little that no row is worth it.

    Clock times within a quarter hour count as the same, other texts only if equal; a value that is new does not.
    """
    if before is None or now is None:
        return before is now
    if isinstance(before, str) or isinstance(now, str):
        texts = (str(before), str(now))
        return before == now or (all(map(_CLOCK.fullmatch, texts)) and _distance_on_clock_s(*texts) < QUARTER_S)
    digits = DIGITS.get(unit_of(name), 0)
    dust = MOVED_DIGITS * 10.0**-digits if digits else 0.0
    return abs(now - before) <= max(MOVED_SHARE * before, dust) + DUST


def _distance_on_clock_s(before: str, now: str) -> float:
    """Return how far two times of day are apart, the shorter way round [s]."""
    first, second = (datetime.fromisoformat(f"1970-01-01T{text}Z") for text in (before, now))
    later_s = (second - first).seconds
    return min(later_s, DAY_S - later_s)
