"""The energy that a load is planned to get: at once, later, and in addition while prices are low.

Prices are low up to the `max_price` of a plan without an end; for any other plan, below 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from .. import tuning
from ..model.durations import MINUTE_S, QUARTER_S
from ..model.load import Load
from ..model.load_plan import LoadPlan
from ..model.records import remember_results
from ..model.site import Site
from .need import (
    DUST_KW,
    MOST_SLOTS,
    SLOT_H,
    UNLIMITED_STARTS,
    Limit,
    Need,
    Starts,
    deadline_slot,
)
from .plan_standing import PlanStanding
from .prices import Prices
from .schedule import uninterrupted_runs

NOW = " now"
"""Suffix of the need for the part of a load's energy that does not wait for a price."""
MORE = " more"
"""Suffix of the need for the energy that a load takes in addition while prices are low."""


class LoadRequest(NamedTuple):
    """One load to be planned."""

    load: Load
    """With the phases that it is known to use."""
    standing: PlanStanding
    overdue: bool
    """Whether its time has passed before it was ready."""

    max_kw: float
    """The most that it was measured to draw, or may draw [kW]."""
    ran_s: float
    """How long it has been running [s], 0 while it does not."""
    starts: Starts = UNLIMITED_STARTS


def end_slot(request: LoadRequest, from_s: float) -> int | None:
    """Return the first slot after a load's time; None if it has passed, is not set or is too far ahead to plan."""
    due_s = request.standing.due_s
    end = None if request.overdue or due_s is None else deadline_slot(due_s, from_s)
    return None if end is None or end > MOST_SLOTS else end


def whole_need(site: Site, request: LoadRequest, from_s: float, *, early: bool) -> Need:
    """Return the energy that a load needs as a single need, which `split_into_now_and_later` may divide.

    Without a time that counts it is what is needed at once, or everything if overdue, in one slot more than that takes,
    at most `MOST_SLOTS`. An on/off load has its maximum as least power; it runs for `min_on_s`, if it needs so much.
    """
    load, plan, due_s = request.load, request.standing.plan, request.standing.due_s
    need_kwh, max_kw, end = request.standing.need_kwh, request.max_kw, end_slot(request, from_s)
    kw_per_a = site.voltage_v * len(load.phases) / 1000
    if end is None:
        # Without a time, or with one so far ahead that prices are unknown, only what is needed at once is planned.
        need_kwh = need_kwh if request.overdue else request.standing.now_kwh
    slots = math.ceil(need_kwh / (max_kw * SLOT_H))
    least_slots = min(math.ceil(load.min_on_s / QUARTER_S), slots + int(request.ran_s // QUARTER_S))
    # A limit that allows a start for each slot is none.
    left, a_day = (each if each < slots else math.inf for each in request.starts[:2])
    return Need(
        load.name,
        need_kwh,
        max_kw,
        min(slots + 1, MOST_SLOTS) if end is None else end,
        first=request.starts.first,
        min_kw=max_kw if load.on_off else min(load.min_a * kw_per_a, max_kw),
        priority=load.priority,
        min_slots=max(least_run_slots(plan), least_slots),
        ran_s=request.ran_s,
        early=early or plan.finish == "early",
        max_price=plan.max_price,
        cut_s=0.0 if end is None or due_s is None else reserved_part_s(due_s, from_s, end),
        starts=request.starts._replace(left=left, a_day=a_day),
    )


def needs_of_loads(
    site: Site, requests: Sequence[LoadRequest], paid: Prices, from_s: float, *, early: bool
) -> tuple[list[Need], dict[Need, tuple[int, ...]]]:
    """Return the needs of all loads, and for each need at low prices the slots in which it may run.

    `early`: the earlier of two equal prices is preferred.
    """
    needs: list[Need] = []
    low_slots: dict[Need, tuple[int, ...]] = {}
    for each in requests:
        whole = whole_need(site, each, from_s, early=early)
        needs += split_into_now_and_later(each, whole)
        # What is left for a price after its time might never be taken: its car has left by then.
        end = end_slot(each, from_s) or MOST_SLOTS
        low = low_price_slots(each.standing.plan, paid, from_s, runs_now=each.ran_s > 0)
        low = tuple(slot for slot in low if slot < end)
        if low and each.standing.can_take_more:
            needs.append(low_price_need(whole, each.standing, low))
            low_slots[needs[-1]] = low
    return needs, low_slots


def split_into_now_and_later(request: LoadRequest, whole: Need) -> list[Need]:
    """Divide a load's `whole` need into what it needs at once (all of it if overdue) and what may wait for a price.

    A part without energy is left out.
    """
    now_kwh = whole.energy_kwh if request.overdue else min(request.standing.now_kwh, whole.energy_kwh)
    now = replace(whole, name=whole.name + NOW, energy_kwh=now_kwh, at_once=True)
    later = replace(whole, energy_kwh=whole.energy_kwh - now_kwh)
    return [need for need in (now, later) if need.energy_kwh > 0]


def reserved_part_s(ready_s: float, from_s: float, end: int) -> float:
    """Return how much of a last slot is in the reserve or after it [s]."""
    before_s = ready_s - tuning.PLAN_RESERVE_S - (from_s + (end - 1) * QUARTER_S)
    return QUARTER_S - min(max(before_s, 0.0), QUARTER_S)


def reserve_limit(need: Need, slots: int) -> Limit:
    """Return the limit that keeps a need's reserve free: less in its last slot, nothing after it.

    A need of a single slot keeps that slot whole.
    """
    share = 1 - need.cut_s / QUARTER_S if need.end > 1 else 1.0
    headroom_kw = (need.max_kw,) * (need.end - 1) + (need.max_kw * share,) + (0.0,) * (slots - need.end)
    return Limit(f"{need.name} in time", {need.name: 1.0}, headroom_kw)


def cable_limits(needs: Sequence[Need], slots: int) -> list[Limit]:
    """Return a limit for each load with several needs (at once, later, at low prices), which share one cable."""
    parts: dict[str, list[Need]] = {}
    for need in needs:
        parts.setdefault(load_of_need(need.name), []).append(need)
    return [
        Limit(f"{name} itself", {need.name: 1.0 for need in own}, (own[0].max_kw,) * slots)
        for name, own in parts.items()
        if len(own) > 1
    ]


def load_of_need(need: str) -> str:
    """Return the load of a need."""
    return need.removesuffix(NOW).removesuffix(MORE)


def is_low_price(plan: LoadPlan, price: float) -> bool:
    """Return whether a load takes all it can at a price.

    A plan with neither time nor amount does so up to its `max_price`, any other plan below a price of 0.
    """
    if plan.has_no_end:
        return plan.max_price is not None and price <= plan.max_price
    return price < 0


@remember_results
def low_price_slots(plan: LoadPlan, paid: Prices, from_s: float, *, runs_now: bool) -> tuple[int, ...]:
    """Return the slots with a low published price; the first slot begins at `from_s`.

    Times that are shorter than the plan's least block are left out; a load that runs now is in one already.
    """
    low = {(start_s - from_s) // QUARTER_S for start_s, price in paid.by_start.items() if is_low_price(plan, price)}
    kws = [float(slot in low) for slot in range(MOST_SLOTS)]
    least = least_run_slots(plan)
    spans = [span for span in uninterrupted_runs(kws) if span[1] - span[0] >= least or (span[0] == 0 and runs_now)]
    return tuple(slot for start, end in spans for slot in range(start, end))


def least_run_slots(plan: LoadPlan) -> int:
    """Return for how many slots a load runs at least, once it runs."""
    return max(math.ceil(plan.min_block_min * MINUTE_S / QUARTER_S), 1)


def low_price_need(whole: Need, standing: PlanStanding, slots: tuple[int, ...]) -> Need:
    """Return a need that may stay unmet: all the energy that a load can take in these slots, which have low prices.

    A kWh is worth the `max_price` of a plan without an end, else 0. In a plan with an end its energy is at most the
    car's room, so that the lowest prices fill it, but a slot's energy at least: that room is an estimate. It may begin
    and end with any slot and starts with no run time. Next to another need of a load that can be regulated it has no
    least power. `whole`: the load's need, whose powers and priority count.
    """
    plan, slot_kwh = standing.plan, whole.max_kw * SLOT_H
    worth = plan.max_price if plan.has_no_end and plan.max_price is not None else 0.0
    most_kwh = math.inf if plan.has_no_end else max(standing.room_kwh - whole.energy_kwh, slot_kwh)
    return replace(
        whole,
        name=whole.name + MORE,
        energy_kwh=min(slot_kwh * len(slots), most_kwh),
        # In the slots of what it needs it comes on top of that.
        min_kw=0.0 if whole.energy_kwh > 0 and whole.min_kw < whole.max_kw else whole.min_kw,
        end=slots[-1] + 1,
        min_slots=1,
        ran_s=0.0,
        starts=UNLIMITED_STARTS,
        # A price at the limit itself is low enough.
        worth=worth + DUST_KW,
        max_price=worth,
        cut_s=0.0,
    )


def low_slots_limit(need: Need, low: tuple[int, ...], slots: int) -> Limit:
    """Return a limit that allows a need to run in its low slots only."""
    return Limit(need.name, {need.name: 1.0}, tuple(need.max_kw * (slot in low) for slot in range(slots)))
