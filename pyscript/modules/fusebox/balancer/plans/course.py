"""The plan of one load from the present slot on, and its cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...planning.compose import Composed, load_of_need
from ...planning.in_time import energy_alone_kwh, latest_start_s
from ...planning.need import DUST_KW, SLOT_H, Need, SlotForecast
from ...planning.plan_progress import Standing
from ...planning.replan import Made
from ...planning.schedule import Block, at_once_cost, even_cost, plan_blocks
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

    need: Need
    """Its whole need from now on, without what it takes more at low prices if it needs anything else."""
    powers: Sequence[float]
    """The power for that in each slot [kW]."""
    total_kw: Sequence[float]
    """The power of all loads together in each slot [kW]."""
    outlook: SlotForecast
    blocks: Sequence[Block]
    """All of its blocks, for more than it needs too."""
    latest_start_s: float | None
    due_s: float | None
    """None if its time has passed, or is too far ahead to plan."""
    missing_kwh: float
    """The energy that it will lack at its time [kWh]."""
    runs: bool
    waits: bool
    """Whether it may wait: nothing of it is needed at once."""
    max_price: float | None = None
    peak_kw: float | None = None
    """The highest planned import [kW], None if no peak is billed."""

    def is_now(self, now_s: float) -> bool:
        """Return whether its first block has begun."""
        return bool(self.blocks) and self.blocks[0].start_s <= now_s

    def costs(self) -> Costs:
        """Return this load's planned cost, and what its need would cost at once and spread evenly.

        A slot's sun covers the same share of each load that runs in it and costs the export price, or the import price
        if that is lower. Of the present slot, only the energy that the later ones do not hold counts.
        """
        planned, outlook = 0.0, self.outlook
        left_kw = self.need.energy_kwh / SLOT_H
        now_kw = min(self.powers[0], max(left_kw - sum(self.powers[1:]), 0.0))
        for slot, most_kw in enumerate([now_kw, *self.powers[1:]]):
            # A run ends as soon as its energy is complete.
            power = min(most_kw, left_kw)
            left_kw -= power
            if power > DUST_KW:
                price, sun = outlook.prices[slot], min(outlook.sun_kw[slot] / self.total_kw[slot], 1.0)
                planned += power * SLOT_H * (price - sun * (price - min(price, outlook.export[slot])))
        return Costs(planned, at_once_cost(self.need, outlook), even_cost(self.need, outlook))


def build_courses(plans: Plans, now_s: float) -> dict[str, Course]:
    """Return the course of each load for which something is planned."""
    found = {name: _build_course(plans, now_s, name, standing) for name, standing in plans.standings.items()}
    return {name: course for name, course in found.items() if course is not None}


def _build_course(plans: Plans, now_s: float, name: str, standing: Standing) -> Course | None:
    """Return the course of one load, None if nothing is planned for it.

    A need with a value of its own (`worth`), such as what it takes beyond its time below a price, counts only in the
    blocks.
    """
    made, found = plans.made, plans.composed
    if made is None or found is None:
        return None
    every = [need for need in found.problem.needs if load_of_need(need.name) == name]
    own = [need for need in every if need.worth is None] or every
    if not own:
        return None
    outlook = found.problem.forecast
    slots = len(outlook.prices)
    by_need = {need: made.powers_from(need.name, found.from_s, slots) for need in every}
    powers = [sum(at_slot) for at_slot in zip(*(by_need[need] for need in own), strict=True)]
    every_kw = [sum(at_slot) for at_slot in zip(*by_need.values(), strict=True)]
    all_powers = [made.powers_from(each, found.from_s, slots) for each in made.outcome.powers]
    whole = replace(own[-1], energy_kwh=sum(need.energy_kwh for need in own))
    has_time = whole.name in found.spare_kwh
    return Course(
        need=whole,
        powers=powers,
        total_kw=[sum(at_slot) for at_slot in zip(*all_powers, strict=True)],
        outlook=outlook,
        blocks=plan_blocks(every_kw, outlook, found.from_s),
        latest_start_s=latest_start_s(whole, found.problem.limits, found.from_s) if has_time else None,
        due_s=standing.due_s if has_time else None,
        missing_kwh=_missing_kwh(made, found, own, whole, now_s) if has_time else 0.0,
        runs=name in plans.running,
        waits=has_time and not any(need.at_once for need in own),
        max_price=standing.plan.max_price,
        peak_kw=None if found.problem.peak is None else made.outcome.peak_kw,
    )


def _missing_kwh(made: Made, found: Composed, own: Sequence[Need], whole: Need, now_s: float) -> float:
    """Return the energy that a load will lack at its time [kWh], 0 for a small amount.

    By the plan less its reserve, but at least what it would lack if no other load ran.
    """
    planned_kwh = sum(made.outcome.missing_kwh.get(need.name, 0.0) for need in own)
    by_plan = planned_kwh - max(made.spare_kwh.get(whole.name, 0.0), 0.0)
    passed_s = now_s - found.from_s
    alone = whole.energy_kwh - energy_alone_kwh(whole, found.problem.limits, found.spare_kwh[whole.name], passed_s)
    missing_kwh = max(by_plan, alone)
    return missing_kwh if missing_kwh > LEAST_MISSING_KWH else 0.0
