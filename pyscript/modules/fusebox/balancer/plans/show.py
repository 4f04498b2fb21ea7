"""The attributes of prices and of plans, of loads and of the home battery, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ... import tuning
from ...control.demand import tank
from ...model.durations import QUARTER_S, has_passed
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD
from ...model.load_plan import LoadPlan
from ...model.messages.message import Message, Value, code_of, message, values_of, with_frame, with_values
from ...model.numbers import rounded
from ...model.own_entities import appearance
from ...model.records import remember_results
from ...planning import battery
from ...planning.need import DUST_KW, MOST_SLOTS, deadline_slot
from ...planning.plan_progress import PlanProgress, PlanUsage
from ...planning.plan_standing import DONE_KWH, PlanStanding
from ...planning.price_reader import currency_notes
from ...planning.prices import Prices, quarter_start_s
from ...planning.schedule import PlanBlock, plan_blocks
from ...planning.times import Ahead
from . import reasons
from .course import Costs, Course, car_attributes
from .inputs import PlanInputs, is_hot_tank, may_not_run
from .modes import PlansInForce, power_of_load_kw, reports_car
from .plan_format import (
    PlanRows,
    PlanState,
    Terms,
    attributes_of_plan,
    block_rows,
    clock_or_date,
    departure_setting,
    iso_wall_time,
    span_times,
    time_row,
)
from .plans import Plans

Attributes = dict[str, Any]
ByLoad = Mapping[str, Attributes]
"""Load -> the attributes of its plan."""
NOTHING_PLANNED: Mapping[str, Any] = {"plan": [], "plan_reason": message("battery_plan_none")}
"""The attributes of a home battery for which nothing is planned."""
AMOUNT_AND_PRICE = ("energy_kwh", "soc_target_pct", "hours", "max_price")
"""The fields of a plan for its amount and its highest price."""
MOST_SLOTS_SHOWN = 180
"""The most quarter hours published; Home Assistant's recorder stores no larger attributes."""
STEADY = ("plan_reason", "plan_cost", "plan_cost_at_once", "plan_cost_evenly")
"""Attributes that are not published again while they mean the same."""


def prices_entity(plans: Plans, inputs: PlanInputs, source: str) -> tuple[str, dict[str, object]]:
    """Return state and attributes of the entity of the prices; the state is "unknown" without a present price.

    At most `MOST_SLOTS_SHOWN` slots are listed, from the present one on.
    """
    now_s, ahead, market = inputs.now_s, inputs.ahead, plans.imports.prices
    price = plans.prices.price_at(now_s)
    until_s = None if plans.prices.is_stale(now_s) else plans.prices.known_until_s
    return "unknown" if price is None else f"{price:.5g}", {
        **appearance("Fusebox prices", "mdi:cash-clock"),
        "unit_of_measurement": f"{inputs.site.currency}/kWh",
        "state_class": "measurement",
        "source": source,
        "known_until": None if until_s is None else iso_wall_time(until_s, ahead),
        "notes": [str(note) for note in (*market.notes, *currency_notes(market.unit, inputs.site.currency))],
        "slots": _price_rows(plans.prices, quarter_start_s(now_s), ahead),
    }


@remember_results
def _price_rows(prices: Prices, from_s: int, ahead: Ahead) -> PlanRows:
    """Return the first `MOST_SLOTS_SHOWN` slots from `from_s` on, with start, end and price."""
    coming = sorted(prices.from_now_on(from_s).by_start.items())[:MOST_SLOTS_SHOWN]
    return [time_row(start_s, start_s + QUARTER_S, price, ahead) for start_s, price in coming]


def present_terms(plans: Plans, inputs: PlanInputs) -> Terms:
    """Return the time, the currency and the prices with which plans are described now."""
    why_none = reasons.PRICES_ENDED if plans.imports.prices.by_start else reasons.NO_PRICES
    return Terms(inputs.now_s, inputs.site.currency, inputs.ahead, "" if plans.prices.by_start else why_none)


def load_plan_attributes(plans: Plans, inputs: PlanInputs, load: Load, course: Course | None) -> Attributes:
    """Return the plan attributes of a load, and those of its car if one is known to be connected.

    Only `plan_state` "none" of the plan's without a plan, and for a plan that is only a car's least charge while that
    is met. `course`: None if nothing is planned.
    """
    progress, standing = plans.progress_of(load.name), plans.standings.get(load.name)
    plan, of_car = progress.own or load.plan, car_attributes(plans, inputs, load, course)
    if plan is None or (plan.is_min_soc_only and (standing is None or standing.now_kwh == 0)):
        return {**of_car, "plan_state": PlanState.NONE.value}
    return {**of_car, **_plan_attributes(plans, inputs, load, course), "plan_asked": plan_settings(plan)}


def add_price_signals(plans: Plans, inputs: PlanInputs, attributes: ByLoad) -> ByLoad:
    """Return load -> its plan attributes, with those of loads that prices steer and that have no other plan."""
    by_signal = plans.signals.attributes_by_load(inputs.site, plans.prices, present_terms(plans, inputs))
    planned = {name: each for name, each in attributes.items() if each["plan_state"] != PlanState.NONE}
    return {**attributes, **by_signal, **planned}


def plan_settings(plan: LoadPlan) -> dict[str, object]:
    """Return a plan's amount, time and highest price by the names of CONFIG, as `fusebox_set_plan` takes them."""
    found = {"ready_by": departure_setting(plan.ready_by), **{key: getattr(plan, key) for key in AMOUNT_AND_PRICE}}
    return {key: value for key, value in found.items() if value is not None}


def _plan_attributes(plans: Plans, inputs: PlanInputs, load: Load, course: Course | None) -> Attributes:
    """Return state, reason, blocks and cost of a load's plan as attributes.

    Waiting while the plan is skipped, while no car is there (no standing), off by hand, without blocks (`course` None)
    and before the first block; else done, running, or late when it will lack energy; off by hand late from its time on.
    A plan that has only a price limit is running or waiting, as `plans.running` has its load or not.
    """
    progress, standing = plans.progress_of(load.name), plans.standings.get(load.name)
    terms, is_running = present_terms(plans, inputs), load.name in plans.running
    state = PlanState.RUNNING if is_running else PlanState.WAITING
    if progress.skipped:
        return attributes_of_plan(PlanState.WAITING, reasons.skipped_reason(reports_car(load)))
    if standing is None:
        return attributes_of_plan(PlanState.WAITING, message("no_car"))
    blocks = [] if course is None else block_rows(course.blocks, terms)
    if progress.done:
        costs = _costs_of_done(progress)
        reason = reasons.done_reason(progress.had or PlanUsage(), costs, terms)
        if course is not None and course.is_now(inputs.now_s):
            reason = message("plan_takes_more", until=reasons.block_end(course, terms))
        return attributes_of_plan(PlanState.DONE, reason, blocks, costs)
    if inputs.memory.loads.get(load.name, NEW_LOAD).manual.off:
        return attributes_of_plan(PlanState.LATE if progress.overdue else PlanState.WAITING, message("off_by_hand"))
    if may_not_run(inputs, load):
        reason = message("maximum_below_minimum", max_a=load.max_a, min_a=load.min_a)
        return attributes_of_plan(PlanState.WAITING, reason)
    if standing.plan.has_no_end and standing.now_kwh == 0:
        reason = reasons.price_limit_reason(standing.plan, plans.prices, terms, runs_now=is_running)
        return attributes_of_plan(state, reason, blocks)
    if course is None:
        is_hot = is_hot_tank(inputs, load, standing)
        reason = message("plan_takes_nothing") if is_hot else _unplanned_reason(standing, terms)
        return attributes_of_plan(PlanState.WAITING, reason)
    costs = course.costs(0.0 if reports_car(load) else course.missing_kwh)
    takes_nothing = _switched_load_is_done(plans, inputs, load)
    if progress.overdue or (course.missing_kwh > 0 and not takes_nothing):
        state = PlanState.LATE
    # One that runs for a part of the quarter hour takes its least power meanwhile.
    is_limited = plans.running.get(load.name) is not None
    most_kw = max(power_of_load_kw(plans.planned_kw, load.name), course.need.min_kw) if is_limited else None
    runs_at_once = load.mode in (Mode.STANDARD, Mode.NORMAL, Mode.CONTINUOUS)
    runs_in = load.mode if runs_at_once and not is_running and load.name not in plans.resting else None
    reason = reasons.plan_reason(course, costs, terms, most_kw=most_kw, runs_in=runs_in, runs_now=is_running)
    if takes_nothing:
        reason = message("plan_takes_nothing", until=reasons.block_end(course, terms))
    is_known = not terms.why_no_prices and progress.unpriced_kwh <= DONE_KWH
    total = Costs(*(progress.paid + cost for cost in costs)) if is_known else None
    return {**attributes_of_plan(state, reason, blocks, total), "plan_peak_kw": rounded(course.peak_kw)}


def _costs_of_done(progress: PlanProgress) -> Costs | None:
    """Return the costs of a plan that is done: what was paid, and what its energy would have cost at once and evenly.

    The last two were computed for the energy that it seemed to need; they count in proportion to what it has taken.
    None where they are unknown.
    """
    had = progress.had or PlanUsage()
    if progress.at_once is None or progress.evenly is None or progress.unpriced_kwh > DONE_KWH:
        return None
    share = had.given_kwh / progress.costs_kwh if progress.costs_kwh else 1.0
    return Costs(had.paid, share * progress.at_once, share * progress.evenly)


def with_present_mode(in_force: PlansInForce, load: Load, chosen: str | None, decided: str) -> Attributes:
    """Return the plan attributes of a load, with `mode` while it runs or rests by its plan, and the plan's `reason`.

    Running: unless another reason than the plan decides (`decided`), with the mode that follows (`chosen`). Resting,
    skipped, or off while its plan waits: where only its mode keeps it off. A limit of the session that was reached
    comes before, unless the mode is off. Unchanged during a boost, and without attributes unless it runs or rests.
    `in_force`: the plans that were decided with; `chosen`: its mode, None where none was chosen; `decided`: the reason
    of that decision.
    """
    name, found = load.name, dict(in_force.attributes.get(load.name, {}))
    plan, runs, rests = found.get("plan_reason"), name in in_force.now.running, name in in_force.now.resting
    if load.mode is Mode.BOOST or not (found or rests or runs):
        return found
    if runs or rests:
        found["mode"] = str(load.mode)
    plan = plan if name in in_force.planned else None
    if load.stopped is not None and load.mode is not Mode.OFF:
        plan = load.stopped
    elif code_of(decided) not in (reasons.YIELDING if runs else reasons.OFF):
        plan = None
    elif runs:
        plan = plan if plan is None or chosen is None else with_values(plan, mode=chosen)
    elif rests:
        # Without a reason: its car has just come, or the scripts have just begun.
        plan = message("plan_unplaced") if plan is None else plan
    elif name in in_force.skipped and found["plan_state"] != PlanState.NONE:
        plan = reasons.skipped_reason(reports_car(load))
    elif load.mode is not Mode.OFF or name not in in_force.waiting:
        plan = None
    if plan is None:
        return found
    would = values_of(decided).get("would")
    return {**found, "reason": plan if would is None else with_frame(plan, "would", str(would))}


def keep_message_if_similar(before: Mapping[str, Any], found: Attributes) -> Attributes:
    """Return the new plan attributes with the previous message and costs, if both differ only a little.

    The new ones count where the plan's state or its settings have changed, or there was no message before.
    """
    is_same = all(before.get(key) == found.get(key) for key in ("plan_state", "plan_asked"))
    words, cost, cost_now = before.get("plan_reason"), before.get("plan_cost"), found.get("plan_cost")
    is_same = is_same and reasons.is_nearly_same_value("plan_cost", cost, cost_now)
    if words is None or not is_same or not reasons.is_nearly_same_message(words, found["plan_reason"]):
        return found
    return {**found, **{key: before[key] for key in STEADY if key in before}}


def _unplanned_reason(standing: PlanStanding, terms: Terms) -> Message:
    """Return why a load has a plan but no blocks.

    Its time is too far ahead, has passed or is unknown, or its amount is, or nothing has been planned since it changed.
    """
    if standing.due_s is not None:
        goal: dict[str, Value] = {"energy_kwh": standing.need_kwh, "due": clock_or_date(standing.due_s, terms)}
        if deadline_slot(standing.due_s, quarter_start_s(terms.now_s)) > MOST_SLOTS:
            return message("plan_far_away", **goal)
        return message("plan_unplaced", **(goal if standing.need_kwh > DONE_KWH else {}))
    if standing.plan.amount is None:
        return message("plan_amount_unknown")
    if isinstance(standing.plan.ready_by, str):
        return message("ready_by_passed", due=standing.plan.ready_by)
    return message("ready_by_unknown")


def _switched_load_is_done(plans: Plans, inputs: PlanInputs, load: Load) -> bool:
    """Return whether a switched load in its block draws nothing: a tank that is hot, a machine that has finished.

    False outside its block, for a charger, while its draw is unknown or may still be that of before it was switched on,
    and while it is unknown whether the tank needs heat in the block.
    """
    past, state = inputs.memory.loads.get(load.name), inputs.snapshot.loads.get(load.name)
    if not load.is_switched or load.name not in plans.running or past is None or state is None:
        return False
    need, tank_memory = past.switched.need, past.switched.tank
    if need is not None and not need.wants:
        # Before its block it may have been within its hysteresis.
        return tank_memory is None or tank_memory.mode in (tank.PLANNED, Mode.BOOST)
    energy = inputs.energy.loads.get(load.name)
    idle_w = min(tuning.ENERGY_DRAWS_W, (load.rated_w or 0.0) / 2)
    has_run = state.on is True and has_passed(tuning.LASTING_S, past.timing.switched_s, inputs.now_s)
    return has_run and energy is not None and energy.counter.power_w <= idle_w


def battery_plan_attributes(plans: Plans, inputs: PlanInputs) -> Attributes:
    """Return the blocks in which the batteries charge, with price and power, and the reason.

    Where a battery can be held for planned charging of cars, these blocks are listed too, with 0 kW. `NOTHING_PLANNED`
    without a controllable battery or a plan.
    """
    all_orders = [battery.orders for battery in inputs.site.batteries]
    if not all_orders or plans.made is None or plans.composed is None:
        return dict(NOTHING_PLANNED)
    forecast, from_s = plans.composed.problem.forecast, plans.composed.from_s
    chargers = {load.name for load in inputs.site.loads if not load.is_switched}
    own = [name for name in plans.made.needs if name.startswith(battery.NAME)]
    of_cars = [name for name in plans.made.needs if plans.composed.owners.get(name) in chargers]
    planned_kw = plans.made.total_from(own, from_s, len(forecast.prices))
    cars_kw = plans.made.total_from(of_cars, from_s, len(forecast.prices))
    # So little power is never sent to it.
    charge_kw = [kw if kw * 1000 >= tuning.CLEARLY_W else 0.0 for kw in planned_kw]
    may_hold = any(orders.hold is not None and "planned" in orders.hold_while for orders in all_orders)
    held_kw = [kw if may_hold and charge <= DUST_KW else 0.0 for kw, charge in zip(cars_kw, charge_kw, strict=True)]
    charges = plan_blocks(charge_kw, forecast, from_s)
    holds = [replace(block, power_kw=0.0) for block in plan_blocks(held_kw, forecast, from_s)]
    terms, reason = present_terms(plans, inputs), message("battery_plan_none")
    targets_pct = [orders.plan.soc_target_pct for orders in all_orders if orders.plan is not None]
    if charges and targets_pct:
        reason = message("battery_plan_charges", target_pct=max(targets_pct), **_block_times(charges[0], terms))
    elif holds:
        reason = message("battery_plan_held", **_block_times(holds[0], terms))
    blocks = sorted([*charges, *holds], key=lambda block: block.start_s)
    return {"plan": block_rows(blocks, terms), "plan_reason": reason}


def _block_times(block: PlanBlock, terms: Terms) -> dict[str, Value]:
    """Return `start` and `until` of a block as local times, for a message."""
    return dict(zip(("start", "until"), span_times(block.start_s, block.end_s, terms), strict=True))
