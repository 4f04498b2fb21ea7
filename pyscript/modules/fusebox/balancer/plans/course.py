"""What is planned for one load, from the slot on in which that was planned: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model.durations import QUARTER_S
from ...planning.compose import NOW, Composed
from ...planning.in_time import alone_kwh, latest_start_s
from ...planning.need import Need
from ...planning.replan import Made
from ...planning.schedule import blocks
from ...planning.wish import Standing
from .plans import Plans
from .told import LEAST_MISSING_KWH, Course


def course_of(plans: Plans, now_s: float, name: str, standing: Standing) -> Course | None:
    """None where nothing is planned for it."""
    made, found = plans.made, plans.composed
    own = [need for need in found.problem.needs if need.name in (name, name + NOW)] if found is not None else []
    if made is None or found is None or not own:
        return None
    skip = int((found.from_s - made.from_s) // QUARTER_S)
    outlook = found.problem.outlook
    powers = [0.0] * len(outlook.prices)
    for need in own:
        for slot, power in enumerate(made.outcome.powers.get(need.name, ())[skip : skip + len(powers)]):
            powers[slot] += power
    all_powers = [made.powers_from(each, found.from_s, len(powers)) for each in made.outcome.powers]
    whole = replace(own[-1], energy_kwh=sum(need.energy_kwh for need in own))
    has_time = whole.name in found.spare_kwh
    return Course(
        need=whole,
        powers=powers,
        total_kw=[sum(at_slot) for at_slot in zip(*all_powers, strict=True)],
        outlook=outlook,
        blocks=blocks(powers, outlook, found.from_s),
        latest_start_s=latest_start_s(whole, found.problem.limits, found.from_s) if has_time else None,
        due_s=standing.due_s if has_time else None,
        missing_kwh=_missing_kwh(made, found, own, whole, now_s) if has_time else 0.0,
        runs=name in plans.running,
        waits=has_time and not any(need.at_once for need in own),
        max_price=standing.plan.max_price,
        peak_kw=None if found.problem.peak is None else made.outcome.peak_kw,
    )


def _missing_kwh(made: Made, found: Composed, own: Sequence[Need], whole: Need, now_s: float) -> float:
    """What it will lack by the plan, less what it can still have in its reserve; and what it could not have alone."""
    planned_kwh = sum(made.outcome.missing_kwh.get(need.name, 0.0) for need in own)
    by_plan = planned_kwh - max(made.spare_kwh.get(whole.name, 0.0), 0.0)
    passed_s = now_s - found.from_s
    alone = whole.energy_kwh - alone_kwh(whole, found.problem.limits, found.spare_kwh[whole.name], passed_s)
    missing_kwh = max(by_plan, alone)
    return missing_kwh if missing_kwh > LEAST_MISSING_KWH else 0.0
