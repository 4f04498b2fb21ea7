"""Fills the cheapest free room of one load, and removes what exceeds its need; no other load moves."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from .need import DUST_KW, DUST_KWH, SLOT_H
from .sheet import Sheet

Slots = list[tuple[float, int]]
"""A heap of (cost of a kWh, slot)."""


def fill_cheapest_room(sheet: Sheet, at: int) -> None:
    """Add the energy that a need lacks, in its cheapest free room, as far as that costs less than lacking it.

    Its least power may give too much: the excess is removed again from its dearest slots where possible.
    """
    heap, market = _free_slots(sheet, at), sheet.market
    own, spare, extra = sheet.power_kw[at], sheet.spare_kw[at], market.extra[at]
    trims = False
    while sheet.left_kwh[at] > DUST_KWH and heap:
        cost, slot = heappop(heap)
        lacks = sheet.left_kwh[at] / SLOT_H
        power = _power_to_take_kw(sheet, at, slot, lacks)
        cost = sheet.mean_price(slot, power) + extra[slot]
        if power > lacks + DUST_KW:
            if not trims:
                # Dearer slots that also give too much are no choice.
                heap = [each for each in heap if own[each[1]] or market.sun_kw[each[1]] > 0]
                heapify(heap)
                trims = True
            cost *= sheet.excess_ratio(at, power) if cost > 0 else 1.0
        if heap and cost > heap[0][0]:
            heappush(heap, (cost, slot))
        elif cost >= market.missing_price[at]:
            break
        else:
            sheet.add_power(at, slot, power)
            if spare[slot] > DUST_KW:
                heappush(heap, (sheet.price_now[slot] + extra[slot], slot))
    remove_excess(sheet, at)


def remove_excess(sheet: Sheet, at: int) -> None:
    """Remove excess energy of a need from its dearest slots, as far as its least power allows.

    A need with a least run time loses no whole slot.
    """
    if sheet.left_kwh[at] >= -DUST_KWH:
        return
    need, own = sheet.market.needs[at], sheet.power_kw[at]
    for _, slot in sorted(sheet.used_slots(at), reverse=True):
        excess = -sheet.left_kwh[at] / SLOT_H
        if excess <= DUST_KW:
            break
        if own[slot] <= excess + DUST_KW and need.min_slots == 1:
            sheet.add_power(at, slot, -own[slot])
        elif own[slot] - need.min_kw > DUST_KW:
            sheet.add_power(at, slot, -min(excess, own[slot] - need.min_kw))


def _free_slots(sheet: Sheet, at: int) -> Slots:
    """Return a heap of (cost of a kWh, slot) where a need can run, or run higher, without displacing another one.

    Empty where it lacks nothing. A slot that it does not use yet needs room for its least power.
    """
    if sheet.left_kwh[at] <= DUST_KWH:
        return []
    market, own, spare, prices = sheet.market, sheet.power_kw[at], sheet.spare_kw[at], sheet.price_now
    extra, low = market.extra[at], market.least_kw[at] - DUST_KW
    heap = [
        (prices[slot] + extra[slot], slot)
        for _, slot in market.order[at]
        if (kw := spare[slot]) > DUST_KW and (kw >= low or own[slot])
    ]
    heapify(heap)
    return heap


def _power_to_take_kw(sheet: Sheet, at: int, slot: int, lacks_kw: float) -> float:
    """Return the power that a need takes in a slot [kW]: at most what it lacks, and of sun at most what there is."""
    market = sheet.market
    lowest = DUST_KW if sheet.power_kw[at][slot] else market.least_kw[at]
    power = min(sheet.spare_kw[at][slot], max(lacks_kw, lowest))
    sun = market.sun_kw[slot] - sheet.total_kw[slot]
    return min(power, max(sun, lowest)) if sun > DUST_KW else power
