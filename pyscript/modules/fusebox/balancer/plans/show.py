"""What the entities tell of prices and plans: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model.durations import HOUR_S
from ...model.load import Load
from ...planning.compose import NOW
from ...planning.in_time import given_kw, latest_start_s, reserved
from ...planning.need import DUST_KW, SLOT_H, Need
from ...planning.schedule import blocks
from ...planning.wish import Standing, Wish
from . import told
from .plans import Around, Plans
from .told import Costs, Course, PlanState, Terms

PRICES_ENTITY = "sensor.fusebox_prices"
MOST_SLOTS_SHOWN = 180
"""Quarter hours: with more of them Home Assistant's database takes none."""
STALE = "the prices that were known have ended"
NO_SOURCE = "no prices are known"


def prices(plans: Plans, around: Around, source: str) -> tuple[str, dict[str, object]]:
    """State and attributes of the prices."""
    now_s, ahead = around.now_s, around.ahead
    known = plans.prices.since(now_s)
    price = known.at(now_s)
    until_s = known.known_until_s
    rows = [
        {"start": told.iso(slot.start_s, ahead), "end": told.iso(slot.end_s, ahead), "price": round(slot.price, 4)}
        for slot in known.slots[:MOST_SLOTS_SHOWN]
    ]
    return "unknown" if price is None else f"{price:.5g}", {
        "friendly_name": "Fusebox prices",
        "icon": "mdi:cash-clock",
        "unit_of_measurement": f"{around.site.currency}/kWh",
        "state_class": "measurement",
        "source": source,
        "known_until": None if until_s is None else told.iso(until_s, ahead),
        "notes": list(plans.imports.prices.notes),
        "slots": rows,
    }


def terms_of(plans: Plans, around: Around) -> Terms:
    """In what things are told now."""
    why_none = STALE if plans.imports.prices.slots else NO_SOURCE
    return Terms(around.site.currency, around.ahead, bool(plans.prices.slots), why_none)


def of_load(plans: Plans, around: Around, load: Load) -> dict[str, Any]:
    """What a load's entity tells of its plan."""
    wish, standing = plans.wishes.get(load.name, Wish()), plans.standings.get(load.name)
    if wish.own is None and load.plan is None:
        return {"plan_state": PlanState.NONE.value}
    terms = terms_of(plans, around)
    if standing is None:
        return _attributes(PlanState.WAITING, "no car is connected")
    if wish.done:
        before = None if wish.at_once is None or wish.evenly is None else Costs(wish.paid, wish.at_once, wish.evenly)
        cost = None if before is None else wish.paid
        return _attributes(PlanState.DONE, told.done(wish.given_kwh, wish.paid, before, terms), cost=cost)
    course = _course(plans, around, load.name, standing)
    if course is None:
        return _attributes(PlanState.WAITING, _unplanned(standing, wish, terms))
    costs = _costs(plans, course)
    state = PlanState.RUNNING if course.runs else PlanState.WAITING
    sentence = told.reason(course, costs, terms)
    if standing.plan.soc_target_pct is not None and wish.charge.soc_pct is None:
        sentence = f"{sentence}; its state of charge is not known, so it is taken to be empty"
    if wish.overdue:
        sentence = f"its time has passed, so it charges at once; {sentence}"
    if wish.overdue or course.missing_kwh > 0:
        state = PlanState.LATE
    cost = wish.paid + costs.planned if terms.has_prices else None
    return _attributes(state, sentence, told.rows(course.blocks, terms), cost)


def compared(plans: Plans, around: Around, name: str) -> Costs | None:
    """What a load's energy costs by its plan, at once and evenly, None where nothing is planned or prices."""
    standing = plans.standings.get(name)
    course = None if standing is None or not plans.prices.slots else _course(plans, around, name, standing)
    return None if course is None else _costs(plans, course)


def _attributes(
    state: PlanState, reason: str, rows: list[dict[str, object]] | None = None, cost: float | None = None
) -> dict[str, Any]:
    return {
        "plan": rows or [],
        "plan_state": state.value,
        "plan_cost": None if cost is None else round(cost, 2),
        "plan_reason": reason,
    }


def _unplanned(standing: Standing, wish: Wish, terms: Terms) -> str:
    if standing.due_s is not None:
        return f"{standing.need_kwh:.1f} kWh by {told.iso(standing.due_s, terms.ahead)}: planned two days before"
    if isinstance(standing.plan.ready_by, str):
        return f"ready_by, {standing.plan.ready_by}, has passed"
    return "ready_by tells no time"


def _course(plans: Plans, around: Around, name: str, standing: Standing) -> Course | None:
    """What is planned for a load, from the slot on in which that was planned."""
    made, found = plans.made, plans.composed
    own = [need for need in found.problem.needs if need.name in (name, name + NOW)] if found is not None else []
    if made is None or found is None or not own:
        return None
    skip = int((found.from_s - made.from_s) // told.SLOT_S)
    outlook = found.problem.outlook
    powers = [0.0] * len(outlook.prices)
    for need in own:
        for slot, power in enumerate(made.outcome.powers.get(need.name, ())[skip : skip + len(powers)]):
            powers[slot] += power
    last = own[-1]
    whole = Need(name, sum(need.energy_kwh for need in own), last.max_kw, last.end, early=last.early)
    latest_s = min(latest_start_s(need, found.problem.limits, found.from_s) for need in own)
    missing_kwh = sum(made.outcome.missing_kwh.get(need.name, 0.0) for need in own)
    if standing.due_s is not None:
        # Until its very time it may have what the plan keeps in reserve.
        planned = made.needs.get(last.name, last)
        reserve = reserved(planned, standing.due_s, made.from_s, planned.end)
        kept_kw = planned.max_kw - given_kw(planned, (reserve,), planned.end - 1)
        rest_s = standing.due_s - found.from_s - last.end * told.SLOT_S
        missing_kwh = max(missing_kwh - kept_kw * SLOT_H - last.max_kw * rest_s / HOUR_S, 0.0)
    return Course(
        whole,
        powers,
        outlook,
        blocks(powers, outlook, found.from_s),
        latest_s,
        standing.due_s,
        missing_kwh if missing_kwh > told.LEAST_MISSING_KWH else 0.0,
        name in plans.running,
        standing.plan.max_price,
    )


def _costs(plans: Plans, course: Course) -> Costs:
    total = [max(power, DUST_KW) for power in course.powers]
    return told.costs(course.need, course.powers, course.outlook, total)


Shown = Mapping[str, Mapping[str, Any]]
"""Load -> what its entity tells of its plan."""
