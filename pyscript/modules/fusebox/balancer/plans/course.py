"""The plan of one load from the present slot on, its cost, and when its car will be ready."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ... import tuning
from ...model.durations import HOUR_S, MINUTE_S, QUARTER_S
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD
from ...planning.compose import LoadNeeds
from ...planning.load_needs import load_of_need
from ...planning.need import DUST_KW, SLOT_H, Need, SlotForecast, latest_start_s, possible_energy_kwh
from ...planning.plan_progress import FULL_PCT, PlanProgress
from ...planning.plan_standing import PlanStanding
from ...planning.prices import quarter_start_s
from ...planning.replan import PlanRecord
from ...planning.schedule import PlanBlock, at_once_cost, even_cost, plan_blocks, slot_cost
from ..energy.load_energy import LoadEnergy
from .inputs import PlanInputs, energy_to_stop_kwh
from .modes import reports_car
from .plan_format import iso_wall_time
from .plans import Plans

LEAST_MISSING_KWH = 0.05
"""A load that lacks no more than this lacks nothing [kWh]."""


class Costs(NamedTuple):
    """What the planned energy costs: as planned, all at once, and spread evenly."""

    planned: float
    at_once: float
    evenly: float


class Course(NamedTuple):
    """The plan of one load."""

    progress: PlanProgress
    standing: PlanStanding
    need: Need
    """Its whole need from now on, without what it takes more at low prices if it needs anything else."""
    powers: Sequence[float]
    """The power for that in each slot [kW]."""
    total_kw: Sequence[float]
    """The power of all loads together in each slot [kW]."""
    forecast: SlotForecast
    blocks: Sequence[PlanBlock]
    """All of its blocks, for more than it needs too."""
    latest_start_s: float | None
    due_s: float | None
    """None if its time has passed, or is too far ahead to plan."""
    missing_kwh: float
    """The energy that it will lack at its time [kWh]."""
    waits: bool
    """Whether it may wait: nothing of it is needed at once."""
    peak_kw: float | None = None
    """The highest planned import [kW], None if no peak is billed."""

    def is_now(self, now_s: float) -> bool:
        """Return whether its first block has begun."""
        return bool(self.blocks) and self.blocks[0].start_s <= now_s

    def costs(self, lost_kwh: float = 0.0) -> Costs:
        """Return this load's planned cost, and what its need would cost at once and spread evenly.

        Each without the energy that it will never get, because its plan begins anew at its time (`lost_kwh`).
        As planned, a slot's sun covers the same share of each load that runs in it. Of the present slot, only the
        energy that the later ones do not hold counts. Energy for which the plan has no room costs what it would spread
        evenly.
        """
        need = replace(self.need, energy_kwh=self.need.energy_kwh - lost_kwh)
        planned, forecast, evenly = 0.0, self.forecast, even_cost(need, self.forecast)
        whole_kw = left_kw = need.energy_kwh / SLOT_H
        now_kw = min(self.powers[0], max(left_kw - sum(self.powers[1:]), 0.0))
        for slot, most_kw in enumerate([now_kw, *self.powers[1:]]):
            # A run ends as soon as its energy is complete.
            power = min(most_kw, left_kw)
            left_kw -= power
            if power > DUST_KW:
                sun = min(forecast.sun_kw[slot] / self.total_kw[slot], 1.0)
                planned += slot_cost(forecast, slot, power, power * sun)
        planned += evenly * left_kw / whole_kw if left_kw > DUST_KW else 0.0
        return Costs(planned, at_once_cost(need, forecast), evenly)


def build_courses(plans: Plans, now_s: float) -> dict[str, Course]:
    """Return the course of each load for which something is planned."""
    made, found = plans.made, plans.composed
    if made is None or found is None:
        return {}
    needs = {name: [n for n in found.problem.needs if load_of_need(n.name) == name] for name in plans.standings}
    return {name: _build_course(plans, made, found, name, every, now_s) for name, every in needs.items() if every}


def _build_course(
    plans: Plans, made: PlanRecord, found: LoadNeeds, name: str, every: Sequence[Need], now_s: float
) -> Course:
    """Return the course of one load, which has the needs `every`.

    A need with a value of its own (`worth`), such as what it takes beyond its time below a price, counts only in the
    blocks.
    """
    standing, own = plans.standings[name], [need for need in every if need.worth is None] or every
    forecast = found.problem.forecast
    slots = len(forecast.prices)
    every_kw = made.total_from([need.name for need in every], found.from_s, slots)
    whole = replace(own[-1], energy_kwh=sum(need.energy_kwh for need in own))
    has_time = whole.name in found.spare_kwh
    return Course(
        progress=plans.progress[name],
        standing=standing,
        need=whole,
        powers=made.total_from([need.name for need in own], found.from_s, slots),
        total_kw=made.total_from(made.outcome.powers, found.from_s, slots),
        forecast=forecast,
        blocks=plan_blocks(every_kw, forecast, found.from_s),
        latest_start_s=latest_start_s(whole, found.problem.limits, found.from_s) if has_time else None,
        due_s=standing.due_s if has_time else None,
        missing_kwh=_missing_kwh(made, found, own, whole, now_s) if has_time else 0.0,
        waits=has_time and not any(need.at_once for need in own),
        peak_kw=None if found.problem.peak is None else made.outcome.peak_kw,
    )


def _missing_kwh(made: PlanRecord, found: LoadNeeds, own: Sequence[Need], whole: Need, now_s: float) -> float:
    """Return the energy that a load will lack at its time [kWh], at most its need; 0 up to `LEAST_MISSING_KWH`.

    That is what the plan lacks less the energy that the load could take in addition to it: `spare_kwh`, and what
    `likely_limits` leave more than the plan's. At least what it would lack by these if no other load ran.
    """
    planned_kwh = sum(made.outcome.missing_kwh.get(need.name, 0.0) for need in own)
    by_plan = planned_kwh - max(made.spare_kwh.get(whole.name, 0.0), 0.0)
    names, slots = [need.name for need in own], len(found.problem.forecast.prices)
    others = {n: made.powers_from(n, found.from_s, slots) for n in found.owners if n not in names}
    likely, passed_s = found.likely_limits, now_s - found.from_s
    by_plan += possible_energy_kwh(whole, found.problem.limits, passed_s, others)
    by_plan -= possible_energy_kwh(whole, likely, passed_s, others)
    alone = whole.energy_kwh - possible_energy_kwh(whole, likely, passed_s) - found.spare_kwh[whole.name]
    missing_kwh = min(max(by_plan, alone), whole.energy_kwh)
    return missing_kwh if missing_kwh > LEAST_MISSING_KWH else 0.0


def car_attributes(plans: Plans, inputs: PlanInputs, load: Load, course: Course | None) -> dict[str, object]:
    """Return state of charge [%] and ready time of the car at a load, None while unknown.

    Empty if no car is known to be connected; no state of charge without a sensor of it in CONFIG.
    """
    if load.is_switched or not reports_car(load):
        return {}
    past, energy = plans.progress_of(load.name), inputs.energy.loads.get(load.name)
    found: dict[str, object] = {}
    if load.vehicle.soc_pct is not None:
        now_pct = past.charge.estimated_soc_pct(load.vehicle)
        shown_pct = past.charge.soc_pct if now_pct is None else now_pct
        found["soc_pct"] = None if shown_pct is None else round(shown_pct)
    ready_s = None
    if energy is not None and energy.session is not None:
        ready_s = _ready_s(plans, inputs, load, energy, course)
    found["ready_at"] = (
        None if ready_s is None else iso_wall_time(math.ceil(ready_s / MINUTE_S) * MINUTE_S, inputs.ahead)
    )
    return found


def _ready_s(plans: Plans, inputs: PlanInputs, load: Load, energy: LoadEnergy, course: Course | None) -> float | None:
    """Return when the car at a load will be ready [s since 1970]; None if it is ready, will lack energy, or if unknown.

    By its plan, or, while it runs outside the blocks of that, earlier at its present pace; without a plan by its state
    of charge and the session's limits. The draw of a load that is to be off now, by its mode or its plan, ends at once.
    """
    past, now_s = plans.progress_of(load.name), inputs.now_s
    is_boosted = inputs.memory.loads.get(load.name, NEW_LOAD).mode == Mode.BOOST
    is_off = not is_boosted and (load.mode is Mode.OFF or load.name in plans.resting)
    plan, power_w = past.own or load.plan, 0.0 if is_off else energy.counter.power_w
    if plan is not None and not plan.has_no_end and not past.skipped:
        if course is None or past.done or course.missing_kwh > LEAST_MISSING_KWH:
            return None
        runs_by_plan, need_kwh = load.name in plans.running, course.need.energy_kwh
        at_pace_s = None if runs_by_plan else _ready_at_power_s(need_kwh, power_w, now_s)
        by_plan_s = planned_end_s(course.powers, need_kwh, now_s)
        return min((each_s for each_s in (at_pace_s, by_plan_s) if each_s is not None), default=None)
    need_kwh = energy_to_stop_kwh(load, past.charge, energy, load.stop_soc_pct or FULL_PCT)
    return None if math.isinf(need_kwh) else _ready_at_power_s(need_kwh, power_w, now_s)


def _ready_at_power_s(need_kwh: float, power_w: float, now_s: float) -> float | None:
    """Return when this power has given an energy [s since 1970]; None if none is needed, or below `ENERGY_DRAWS_W`."""
    if need_kwh <= 0 or power_w < tuning.ENERGY_DRAWS_W:
        return None
    return now_s + need_kwh * 1000 / power_w * HOUR_S


def planned_end_s(powers: Sequence[float], need_kwh: float, now_s: float) -> float | None:
    """Return when planned powers [kW] have given `need_kwh`, in slots from the present one on.

    None where none is planned. The end of the last planned slot where they give less; never before `now_s`.
    """
    from_s, last = quarter_start_s(now_s), max((slot for slot, kw in enumerate(powers) if kw > DUST_KW), default=None)
    if last is None:
        return None
    to_come_kwh = sum(powers) * SLOT_H - powers[0] * (now_s - from_s) / HOUR_S
    spare_s = max(to_come_kwh - need_kwh, 0.0) / powers[last] * HOUR_S
    return max(from_s + (last + 1) * QUARTER_S - min(spare_s, QUARTER_S), now_s)
