"""From a plan's progress and new readings: the energy that it still needs, and when that is due. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from .. import tuning
from ..model.durations import HOUR_S
from ..model.load_plan import LoadPlan
from .plan_progress import (
    FULL_PCT,
    Charge,
    PlanFacts,
    PlanProgress,
    PlanReadings,
    PlanUsage,
    is_another_car,
    is_forgotten,
)
from .times import Ahead, next_departure_s

DONE_KWH = 0.02
"""A load that lacks no more than this is done [kWh]: the energy of a charger's last interval."""


class PlanStanding(NamedTuple):
    """The energy that a plan still needs, and when it is due."""

    plan: LoadPlan
    need_kwh: float
    """The energy still needed [kWh]."""
    due_s: float | None
    """When that is due [s since 1970], None where no time is set, or it has passed for good."""
    now_kwh: float = 0.0
    """The part needed at once, to reach the least state of charge [kWh]."""
    can_take_more: bool = True
    """Whether the load may take more at low prices: its car is not full, and the plan is not one of 0 kWh."""
    room_kwh: float = math.inf
    """The energy that its car takes until it is full or its session stops [kWh]; infinite where unknown."""


def update_progress(
    past: PlanProgress, facts: PlanFacts, readings: PlanReadings, ahead: Ahead
) -> tuple[PlanProgress, PlanStanding | None]:
    """Return the progress with these readings added, and the standing of the plan.

    The standing is None where there is no plan, or no car. A progress too old to go on begins anew; without a car a
    plan from a service ends at its time.
    """
    past, vehicle = PlanProgress() if is_forgotten(past, readings.now_s) else past, facts.vehicle.name
    if is_another_car(past.car, readings.recognised_car(vehicle)):
        past = _add_energy(past, readings._replace(is_here=False), vehicle)
    past = _add_energy(past, readings, vehicle)
    if not readings.is_here:
        return _end_service_plan_if_due(past, readings.now_s, ahead), None
    plan = past.own or facts.plan
    past = _adapt_to_plan(past, plan, readings.now_s)
    if plan is None:
        return past, None
    past, standing = _update_standing(past, plan, facts, readings, ahead)
    if standing is None:
        return past, None
    is_full = readings.is_full and not facts.begins_anew
    full_kwh = past.charge.energy_to_target_kwh(facts.vehicle, FULL_PCT)
    room_kwh = math.inf if full_kwh is None else full_kwh
    return past, standing._replace(can_take_more=not is_full and standing.plan.amount != 0, room_kwh=room_kwh)


def _update_standing(
    past: PlanProgress, plan: LoadPlan, facts: PlanFacts, readings: PlanReadings, ahead: Ahead
) -> tuple[PlanProgress, PlanStanding | None]:
    """Return the updated progress of a plan whose load is there, and its standing; None when its plan has ended.

    A plan without an amount, or of an unknown one, never ends. After its time a load that lacks energy is overdue,
    unless it `begins_anew`; one that is done, or begins anew, begins the next time, or waits for its car to leave.
    """
    is_full = readings.is_full and not facts.begins_anew
    if plan.amount is None:
        past = replace(past, overdue=False, done=is_full, had=_taken_when_done(past, plan) if is_full else None)
        now_kwh = 0.0 if is_full else _missing_to_minimum_kwh(past, plan, facts)
        return past, PlanStanding(plan, now_kwh, None, now_kwh)
    due_s = next_departure_s(plan.ready_by, past.from_s or readings.now_s, ahead)
    has_passed = past.overdue or (due_s is not None and due_s <= readings.now_s)
    # Until its car leaves, whatever its state of charge becomes: the plan's amount was delivered.
    ends_with_car = past.own is not None and facts.plan is None and not facts.begins_anew
    is_over = past.done and has_passed and ends_with_car
    need_kwh = 0.0 if is_over or is_full else _energy_left_kwh(past, plan, facts)
    is_done = _is_done(past, plan, need_kwh)
    if past.done and not is_done and plan.soc_target_pct is not None:
        past = past.without_usage()
    past = replace(past, done=is_done, had=_taken_when_done(past, plan) if is_done else None)
    if has_passed:
        if not past.done and not facts.begins_anew:
            return replace(past, overdue=True), PlanStanding(plan, need_kwh, due_s)
        if ends_with_car:
            return past, PlanStanding(plan, 0.0, due_s)
        past = _start_next_time(past, facts, readings.now_s, ahead)
        next_plan = past.own or facts.plan
        if next_plan is None:
            return past, None
        plan = next_plan
        need_kwh = _energy_left_kwh(past, plan, facts)
        due_s = next_departure_s(plan.ready_by, readings.now_s, ahead)
    now_kwh = 0.0 if past.done else min(_missing_to_minimum_kwh(past, plan, facts), need_kwh)
    return past, PlanStanding(plan, 0.0 if past.done else need_kwh, due_s, now_kwh)


def _missing_to_minimum_kwh(past: PlanProgress, plan: LoadPlan, facts: PlanFacts) -> float:
    """Return the energy from the wire that the car lacks of the plan's least charge [kWh]; 0 for none or unknown."""
    if plan.min_soc_pct is None:
        return 0.0
    return past.charge.energy_to_target_kwh(facts.vehicle, plan.min_soc_pct) or 0.0


def _add_energy(past: PlanProgress, readings: PlanReadings, vehicle: str | None) -> PlanProgress:
    """Return the progress with the energy and run time since the last readings; less energy than before adds none.

    A gap of more than `SLOWEST_S` adds no run time. Without a car only a service's plan for the next one remains (none
    if a car has just left), and a skip made since.
    """
    if not readings.is_here:
        rest = PlanProgress() if past.was_here or past.own is None else past
        is_skipped = past.skipped and not past.was_here
        away = PlanProgress(rest.own, from_s=rest.from_s, ready_by=rest.ready_by, before=rest.before)
        return replace(away, skipped=is_skipped, counter_kwh=readings.counter_kwh, at_s=readings.now_s)
    more_kwh = 0.0 if past.counter_kwh is None else max(readings.counter_kwh - past.counter_kwh, 0.0)
    passed_s = 0.0 if past.at_s is None else max(readings.now_s - past.at_s, 0.0)
    return replace(
        past,
        was_here=True,
        from_s=readings.now_s if past.from_s is None else past.from_s,
        given_kwh=past.given_kwh + more_kwh,
        ran_s=past.ran_s + (passed_s * readings.run_share if passed_s <= tuning.SLOWEST_S else 0.0),
        paid=past.paid + more_kwh * (readings.price or 0.0),
        unpriced_kwh=past.unpriced_kwh + (more_kwh if readings.price is None else 0.0),
        counter_kwh=readings.counter_kwh,
        at_s=readings.now_s,
        charge=past.charge.after_report(readings.soc_pct, more_kwh, vehicle),
        car=readings.recognised_car(vehicle) or past.car,
    )


def _end_service_plan_if_due(past: PlanProgress, now_s: float, ahead: Ahead) -> PlanProgress:
    """Return the progress while no car is connected: without the service's plan once its time has passed.

    A plan with neither time nor amount stays; an amount without a time ends at once. A skip of either plan remains.
    """
    if past.own is None or past.from_s is None or past.own.has_no_end:
        return past
    due_s = next_departure_s(past.own.ready_by, past.from_s, ahead)
    if due_s is not None and due_s > now_s:
        return past
    return replace(past, own=None, from_s=None, ready_by=None, skipped=past.is_skipped_anywhere, before=PlanUsage())


def _adapt_to_plan(past: PlanProgress, plan: LoadPlan | None, now_s: float) -> PlanProgress:
    """Return the progress adapted to the present plan; unchanged where time and amount are the same.

    Another time starts it anew and ends "overdue"; another amount ends "done" and drops the costs for comparison. A
    time without a value changes nothing.
    """
    ready_by = None if plan is None else plan.ready_by
    # An entity without a value for a moment has not changed the time.
    if plan is None or ready_by not in (None, past.ready_by):
        past = replace(past, ready_by=ready_by, from_s=now_s, overdue=False)
    if plan is not None and plan.amount != past.amount:
        # What it would have cost otherwise was reckoned for another amount, and it was done for that.
        known = past.amount is not None
        at_once, evenly = (None, None) if known else (past.at_once, past.evenly)
        past = replace(past, amount=plan.amount, at_once=at_once, evenly=evenly, done=past.done and not known)
    return past


def _is_done(past: PlanProgress, plan: LoadPlan, need_kwh: float) -> bool:
    """Return whether at most `DONE_KWH` is needed (`PLAN_OFF_KWH` if it was done), or of `hours` at most `SHOWN_S`."""
    if plan.hours is not None:
        return need_kwh <= 0 or _run_time_left_s(past, plan.hours) <= tuning.SHOWN_S
    return need_kwh <= (tuning.PLAN_OFF_KWH if past.done else DONE_KWH)


def _taken_when_done(past: PlanProgress, plan: LoadPlan) -> PlanUsage:
    """Return energy, run time and cost of a plan when it was first found done; all 0 for a plan of 0."""
    if plan.amount == 0:
        return PlanUsage()
    return past.had or PlanUsage(past.given_kwh, past.ran_s, past.paid)


def _run_time_left_s(past: PlanProgress, hours: float) -> float:
    """Return how long the load still has to run [s]."""
    return max(hours * HOUR_S - past.ran_s, 0.0)


def _energy_left_kwh(past: PlanProgress, plan: LoadPlan, facts: PlanFacts) -> float:
    """Return the energy that the plan still needs [kWh], 0 when reached; without a state of charge as for an empty car.

    Hours count with the power of the load.
    """
    if plan.hours is not None:
        return _run_time_left_s(past, plan.hours) / HOUR_S * facts.kw
    if plan.energy_kwh is not None:
        return max(plan.energy_kwh - past.given_kwh, 0.0)
    target_pct = plan.soc_target_pct or 0.0
    needed_kwh = past.charge.energy_to_target_kwh(facts.vehicle, target_pct)
    # If the state of charge is unknown, assume an empty car, which stops by itself when it is full.
    for_empty_car_kwh = Charge(0.0, past.given_kwh).energy_to_target_kwh(facts.vehicle, target_pct) or 0.0
    return for_empty_car_kwh if needed_kwh is None else needed_kwh


def _start_next_time(past: PlanProgress, facts: PlanFacts, now_s: float, ahead: Ahead) -> PlanProgress:
    """Return the progress for the next departure, without `overdue` and without a service's plan.

    The amount taken starts at 0 again for a plan that begins anew each time; after a service's plan only if the time of
    CONFIG's plan has passed as well, as that plan continues otherwise.
    """
    if past.own is None:
        past = replace(past, overdue=False, from_s=now_s)
        return past.without_usage() if facts.begins_anew else past
    due_s = None if facts.plan is None else next_departure_s(facts.plan.ready_by, past.from_s or now_s, ahead)
    has_passed = due_s is None or due_s <= now_s
    past = past.without_service_plan(now_s)
    return past.without_usage() if facts.begins_anew and has_passed else past
