"""When a car will have what it is to have, and its state of charge: by its plan, otherwise at the present pace."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ... import tuning
from ...model.durations import HOUR_S, MINUTE_S, QUARTER_S
from ...model.load import Load, Mode
from ...planning.energy import FULL_PCT
from ...planning.need import DUST_KW, SLOT_H
from ...planning.plan_progress import PlanProgress
from ...planning.prices import quarter_start_s
from ..energy.load_energy import LoadEnergy
from .course import LEAST_MISSING_KWH, Course
from .inputs import PlanInputs
from .modes import reports_car
from .plan_format import iso_wall_time
from .plans import Plans


def car_attributes(plans: Plans, inputs: PlanInputs, load: Load, course: Course | None) -> dict[str, object]:
    """Return state of charge and ready time of the car at a load; empty if no car is known to be connected."""
    if load.is_switched or not reports_car(load):
        return {}
    past, energy = plans.progress.get(load.name, PlanProgress()), inputs.energy.loads.get(load.name)
    found: dict[str, object] = {}
    if load.vehicle.soc_pct is not None:
        now_pct = past.charge.estimated_soc_pct(load.vehicle)
        shown_pct = past.charge.soc_pct if now_pct is None else now_pct
        found["soc_pct"] = None if shown_pct is None else round(shown_pct)
    ready_s = None
    if energy is not None and energy.session is not None:
        if _is_off(plans, inputs, load):
            energy = replace(energy, counter=replace(energy.counter, power_w=0.0))
        runs_anyhow = load.name not in plans.running
        ready_s = _ready_s(load, past, energy, course, inputs.now_s, runs_anyhow=runs_anyhow)
    found["ready_at"] = (
        None if ready_s is None else iso_wall_time(math.ceil(ready_s / MINUTE_S) * MINUTE_S, inputs.ahead)
    )
    return found


def _is_off(plans: Plans, inputs: PlanInputs, load: Load) -> bool:
    """Return whether a load is to be off now, by its mode or its plan: a draw that is still measured ends at once."""
    past = inputs.memory.loads.get(load.name)
    is_boosted = past is not None and past.mode == Mode.BOOST
    return not is_boosted and (load.mode is Mode.OFF or load.name in plans.resting)


def _ready_s(
    load: Load, past: PlanProgress, energy: LoadEnergy, course: Course | None, now_s: float, *, runs_anyhow: bool
) -> float | None:
    """Return when the car at a load will be ready [s since 1970]; None if it is ready, will lack energy, or if unknown.

    By its plan, or earlier at its present pace; without one by its state of charge and the session's limits.
    `runs_anyhow`: whether it charges outside the blocks of its plan, so that its draw does not end with a block.
    """
    plan, power_w = past.own or load.plan, energy.counter.power_w
    if plan is not None and not plan.has_no_end and not past.skipped:
        if course is None or past.done or course.missing_kwh > LEAST_MISSING_KWH:
            return None
        at_pace_s = _ready_at_power_s(course.need.energy_kwh, power_w, now_s) if runs_anyhow else None
        by_plan_s = planned_end_s(course.powers, course.need.energy_kwh, now_s)
        return min((each_s for each_s in (at_pace_s, by_plan_s) if each_s is not None), default=None)
    of_charge_kwh = past.charge.energy_to_target_kwh(load.vehicle, load.stop_soc_pct or FULL_PCT)
    of_session_kwh = None if load.stop_energy_kwh is None else load.stop_energy_kwh - (energy.session_kwh or 0.0)
    needs_kwh = [each for each in (of_charge_kwh, of_session_kwh) if each is not None]
    return _ready_at_power_s(min(needs_kwh), power_w, now_s) if needs_kwh else None


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
