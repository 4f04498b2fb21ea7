"""The attributes of prices and plans, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...model.durations import QUARTER_S
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan
from ...planning.wish import Standing, Taken, Wish
from . import reasons
from .course import Costs, Course
from .modes import tells_of_car
from .plan_format import PlanState, Terms, clock, daily_time, energy, iso, rows
from .plans import Around, Plans

ASKED = ("energy_kwh", "soc_target_pct", "hours", "max_price")
"""The fields of a plan for its amount and its highest price."""
MOST_SLOTS_SHOWN = 180
"""The most quarter hours published; Home Assistant's recorder stores no larger attributes."""
STALE = "the prices that were known have ended"
NO_SOURCE = "no prices are known"


def prices(plans: Plans, around: Around, source: str) -> tuple[str, dict[str, object]]:
    """Return state and attributes of the entity of the prices."""
    now_s, ahead = around.now_s, around.ahead
    known = plans.prices.since(now_s)
    price = known.at(now_s)
    until_s = known.known_until_s
    slots = [
        {
            "start": iso(start_s, ahead),
            "end": iso(start_s + QUARTER_S, ahead),
            "price": round(price, 4),
        }
        for start_s, price in sorted(known.by_start.items())[:MOST_SLOTS_SHOWN]
    ]
    return "unknown" if price is None else f"{price:.5g}", {
        "friendly_name": "Fusebox prices",
        "icon": "mdi:cash-clock",
        "unit_of_measurement": f"{around.site.currency}/kWh",
        "state_class": "measurement",
        "source": source,
        "known_until": None if until_s is None else iso(until_s, ahead),
        "notes": list(plans.imports.prices.notes),
        "slots": slots,
    }


def terms_of(plans: Plans, around: Around) -> Terms:
    """Return the time, the currency and the prices with which plans are described now."""
    why_none = STALE if plans.imports.prices.by_start else NO_SOURCE
    return Terms(around.now_s, around.site.currency, around.ahead, bool(plans.prices.by_start), why_none)


def of_load(plans: Plans, around: Around, load: Load, course: Course | None) -> dict[str, Any]:
    """Return the plan attributes of a load. `course`: None if nothing is planned for it."""
    wish, standing = plans.wishes.get(load.name, Wish()), plans.standings.get(load.name)
    if wish.own is None and load.plan is None:
        return {"plan_state": PlanState.NONE.value}
    plan = wish.own or load.plan
    return {
        **_of_plan(plans, around, load, wish, standing, course),
        "plan_asked": None if plan is None else asked(plan),
    }


def asked(plan: LoadPlan) -> dict[str, object]:
    """Return a plan's settings by the names of CONFIG: amount, time and highest price.

    `ready_by` is missing where the time differs from day to day.
    """
    found = {"ready_by": daily_time(plan.ready_by), **{key: getattr(plan, key) for key in ASKED}}
    return {key: value for key, value in found.items() if value is not None}


def _of_plan(
    plans: Plans, around: Around, load: Load, wish: Wish, standing: Standing | None, course: Course | None
) -> dict[str, Any]:
    """Return state, reason, blocks and cost of a plan as attributes."""
    terms = terms_of(plans, around)
    if wish.skipped:
        return _attributes(PlanState.WAITING, reasons.skipped(tells_of_car(load)))
    if standing is None:
        return _attributes(PlanState.WAITING, "no car is connected")
    if wish.done:
        had = wish.had or Taken()
        before = None if wish.at_once is None or wish.evenly is None else Costs(had.paid, wish.at_once, wish.evenly)
        cost = None if before is None else had.paid
        return _attributes(PlanState.DONE, reasons.done(had.given_kwh, had.paid, before, terms), cost=cost)
    if course is None:
        return _attributes(PlanState.WAITING, _unplanned(standing, terms))
    takes_nothing = _takes_nothing(plans, around, load)
    if takes_nothing:
        course = course._replace(missing_kwh=0.0)
    costs = course.costs()
    state = PlanState.RUNNING if course.runs else PlanState.WAITING
    sentence = reasons.reason(course, costs, terms)
    if takes_nothing:
        sentence = f"it takes nothing now; {sentence}"
    if standing.plan.soc_target_pct is not None and wish.charge.soc_pct is None:
        sentence = f"{sentence}; its state of charge is not known, so it is taken to be empty"
    if not course.waits:
        cause = "its time has passed" if wish.overdue else "below min_soc_pct"
        when = "at once" if course.is_now(around.now_s) else "as soon as there is room for it"
        sentence = f"{cause}, so it charges {when}; {sentence}"
    if wish.overdue or course.missing_kwh > 0:
        state = PlanState.LATE
    cost = wish.paid + costs.planned if terms.has_prices else None
    return _attributes(state, sentence, rows(course.blocks, terms), cost)


def ends_of_blocks(plans: Plans, around: Around, courses: Mapping[str, Course]) -> dict[str, str]:
    """Return load in a block -> wall time when the block ends."""
    terms = terms_of(plans, around)
    return {
        name: clock(course.blocks[0].end_s, terms)
        for name, course in courses.items()
        if name in plans.running and course.is_now(around.now_s)
    }


def with_mode(
    plans: Plans, load: Load, said: Mapping[str, Any], chosen: str | None, until: str | None, reason: str
) -> dict[str, Any]:
    """Return the plan attributes of a load together with its mode and reason.

    `said`: attributes of the last look; `chosen`: its mode, None where none was chosen; `until`: when its block ends;
    `reason`: of the last decision.
    """
    found, wish = dict(said), plans.wishes.get(load.name)
    if load.mode is Mode.BOOST or not found:
        return found
    if load.name in plans.running:
        found |= {"mode": str(load.mode), "reason": reasons.runs(until, chosen, reason)}
    elif load.name in plans.resting:
        found["mode"] = str(load.mode)
        if load.name in plans.standings:
            found["reason"] = f"its plan: {found['plan_reason']}"
    elif load.mode is Mode.OFF and load.name in plans.waiting and load.name in plans.standings:
        found["reason"] = f"its plan: {found['plan_reason']}; until then: {reason}"
    elif wish is not None and wish.skipped and found["plan_state"] != PlanState.NONE:
        found["reason"] = f"{reasons.skipped(tells_of_car(load))}; {reason}"
    return found


def with_steady_words(before: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return the plan attributes, with the previous sentence and cost while the new ones differ only a little."""
    is_same = all(before.get(key) == found.get(key) for key in ("plan_state", "plan_asked"))
    words, cost = before.get("plan_reason"), before.get("plan_cost")
    if words is None or not is_same or (cost is None) != (found.get("plan_cost") is None):
        return found
    if not reasons.says_the_same(words, found.get("plan_reason", "")):
        return found
    return {**found, "plan_reason": words, "plan_cost": cost}


def _attributes(
    state: PlanState, reason: str, plan: list[dict[str, object]] | None = None, cost: float | None = None
) -> dict[str, Any]:
    return {
        "plan": plan or [],
        "plan_state": state.value,
        "plan_cost": None if cost is None else round(cost, 2),
        "plan_reason": reason,
    }


def _unplanned(standing: Standing, terms: Terms) -> str:
    """Return why nothing is planned yet for a load with a plan."""
    if standing.due_s is not None:
        return f"{energy(standing.need_kwh)} by {clock(standing.due_s, terms)}: planned two days before"
    if isinstance(standing.plan.ready_by, str):
        return f"ready_by, {standing.plan.ready_by}, has passed: until it has all, it does what its mode says"
    return "ready_by tells no time: until it has all, it does what its mode says"


def _takes_nothing(plans: Plans, around: Around, load: Load) -> bool:
    """Return whether a load in its block draws nothing: a tank that is hot, a machine that has finished."""
    past, state = around.memory.loads.get(load.name), around.snapshot.loads.get(load.name)
    if not load.is_switched or load.name not in plans.running or past is None or state is None:
        return False
    if past.switched.need is not None and not past.switched.need.wants:
        return True
    energy = around.energy.loads.get(load.name)
    idle_w = min(tuning.ENERGY_DRAWS_W, (load.rated_w or 0.0) / 2)
    return state.on is True and energy is not None and energy.counter.power_w <= idle_w
