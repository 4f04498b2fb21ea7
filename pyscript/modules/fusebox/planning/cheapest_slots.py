"""Fills the cheapest free slots of one load, and removes what is too much."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from .need import DUST_KW, DUST_KWH, SLOT_H
from .sheet import Sheet

Slots = list[tuple[float, int]]
"""A heap of (cost of a kWh, slot)."""


def fill_cheapest_slots(sheet: Sheet, index: int) -> None:
    """Add the energy that a need lacks, in its cheapest free slots, as far as that costs less than lacking it.

    Nothing for a need that lacks none. Its least power may give too much: the excess is removed again from its dearest
    slots where possible.
    """
    heap, market = _free_slots(sheet, index), sheet.market
    spare, extra = sheet.spare_kw[index], market.extra[index]
    while sheet.left_kwh[index] > DUST_KWH and heap:
        cost, slot = heappop(heap)
        lacks = sheet.left_kwh[index] / SLOT_H
        power = _power_to_take_kw(sheet, index, slot, lacks)
        cost = sheet.mean_price(slot, power) + extra[slot]
        if power > lacks + DUST_KW:
            cost *= sheet.excess_ratio(index, power) if cost > 0 else 1.0
        if heap and cost > heap[0][0]:
            heappush(heap, (cost, slot))
        elif cost >= market.missing_price[index]:
            break
        else:
            sheet.add_power(index, slot, power)
            if spare[slot] > DUST_KW:
                heappush(heap, (sheet.marginal_price(slot, more=True) + extra[slot], slot))
    remove_excess(sheet, index)


def remove_excess(sheet: Sheet, index: int) -> None:
    """Remove excess energy of a need from its dearest slots; nothing without any.

    A slot is emptied if all of it is excess, unless the need has limited runs; any other keeps its least power.
    """
    if sheet.left_kwh[index] >= -DUST_KWH:
        return
    need, own = sheet.market.needs[index], sheet.power_kw[index]
    for _, slot in sorted(sheet.used_slots(index), reverse=True):
        excess = -sheet.left_kwh[index] / SLOT_H
        if excess <= DUST_KW:
            break
        if own[slot] <= excess + DUST_KW and not need.has_limited_runs:
            sheet.add_power(index, slot, -own[slot])
        elif own[slot] - need.min_kw > DUST_KW:
            sheet.add_power(index, slot, -min(excess, own[slot] - need.min_kw))


def _free_slots(sheet: Sheet, index: int) -> Slots:
    """Return a heap of (cost of a kWh, slot) where a need can run, or run higher, without displacing another one.

    A slot that it does not use yet needs headroom for its least power.
    """
    market, own, spare = sheet.market, sheet.power_kw[index], sheet.spare_kw[index]
    extra, least = market.extra[index], market.least_kw[index]
    heap = [
        (sheet.marginal_price(slot, more=True) + extra[slot], slot)
        for _, slot in market.order[index]
        if (kw := spare[slot]) > DUST_KW and (kw >= least[slot] - DUST_KW or own[slot])
    ]
    heapify(heap)
    return heap


def _power_to_take_kw(sheet: Sheet, index: int, slot: int, lacks_kw: float) -> float:
    """Return the power that a need takes in a slot [kW]: at most what it lacks, and of sun at most what there is.

    It is raised to the least power in a slot not used yet, but never above the headroom there.
    """
    market = sheet.market
    lowest = DUST_KW if sheet.power_kw[index][slot] else market.least_kw[index][slot]
    power = min(sheet.spare_kw[index][slot], max(lacks_kw, lowest))
    sun = market.sun_kw[slot] - sheet.total_kw[slot]
    return min(power, max(sun, lowest)) if sun > DUST_KW else power
