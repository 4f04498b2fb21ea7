"""What makes a load ready in time: its last slot, its reserve there, and its latest start."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .. import tuning
from ..model.durations import HOUR_S, QUARTER_S
from .need import DUST_KW, DUST_KWH, SLOT_H, Limit, Need


def latest_start_s(need: Need, limits: Sequence[Limit], from_s: float) -> float:
    """Return the latest start from which full power makes a need ready [s since 1970]; `from_s` where that has passed.

    Computed as if it were alone: the plan accounts for other loads, and an overdue load goes first.
    """
    left_kwh = need.energy_kwh
    for slot in range(need.end - 1, max(need.first, 0) - 1, -1):
        if left_kwh <= DUST_KWH:
            return from_s + (slot + 1) * QUARTER_S
        given_kwh = possible_power_kw(need, limits, slot) * SLOT_H
        if given_kwh >= left_kwh:
            return from_s + (slot + 1 - left_kwh / given_kwh) * QUARTER_S
        left_kwh -= given_kwh
    return from_s + max(need.first, 0) * QUARTER_S


def possible_power_kw(need: Need, limits: Sequence[Limit], slot: int) -> float:
    """Return the most that a need alone may have in a slot [kW]; 0 where that is below its least power."""
    rooms = (limit.room_kw[slot] / weight for limit in limits if (weight := limit.weights.get(need.name)))
    room_kw = min([need.max_kw, *rooms])
    return room_kw if room_kw > 0 and room_kw >= need.min_kw - DUST_KW else 0.0


def deadline_slot(ready_s: float, from_s: float) -> int:
    """Return the first slot after the time by which a load has to be ready, less the reserve; at least 1."""
    return max(math.ceil((ready_s - tuning.PLAN_RESERVE_S - from_s) / QUARTER_S), 1)


def reserved_part_s(ready_s: float, from_s: float, end: int) -> float:
    """Return how much of a last slot is in the reserve or after it [s]."""
    before_s = ready_s - tuning.PLAN_RESERVE_S - (from_s + (end - 1) * QUARTER_S)
    return QUARTER_S - min(max(before_s, 0.0), QUARTER_S)


def reserve_limit(need: Need, slots: int) -> Limit:
    """Return the limit that keeps a need's reserve free: less in its last slot, nothing after it."""
    share = 1 - need.cut_s / QUARTER_S if need.end > 1 else 1.0
    rooms = (need.max_kw,) * (need.end - 1) + (need.max_kw * share,) + (0.0,) * (slots - need.end)
    return Limit(f"{need.name} in time", {need.name: 1.0}, rooms)


def spare_energy_kwh(need: Need, limits: Sequence[Limit], reserve: Limit | None, ready_s: float) -> float:
    """Return the energy that a need could take in addition to the plan [kWh]: in its last slot without its reserve.

    `ready_s`: its time, counted from the first slot. Negative where the plan has more in the last slot than it can
    take.
    """
    last = need.end - 1
    rooms = [limit for limit in limits if limit is not reserve]
    left_h = (ready_s - last * QUARTER_S) / HOUR_S
    return possible_power_kw(need, rooms, last) * left_h - possible_power_kw(need, limits, last) * SLOT_H


def energy_alone_kwh(need: Need, limits: Sequence[Limit], spare: float, passed_s: float) -> float:
    """Return all energy that a need alone could take until its time [kWh]; `passed_s` of the first slot are over."""
    planned_kwh = sum(possible_power_kw(need, limits, slot) * SLOT_H for slot in range(max(need.first, 0), need.end))
    return planned_kwh + spare - possible_power_kw(need, limits, 0) * passed_s / HOUR_S
