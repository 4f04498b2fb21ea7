"""Fills the cheapest free slots of one load, and computes what it would cost to move other loads out of a slot."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from .need import DUST_KW, DUST_KWH, SLOT_H
from .sheet import NEVER, Sheet

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


LEAST_KW = 0.02
"""The smallest power that is moved [kW]."""
NEAR = 0.05
"""Free slots count as equally good if their prices differ by no more than this share of all prices' span."""

Leaving = tuple[float, dict[int, float]]
"""The cost for the needs that leave a slot, and the power of each that leaves [kW]."""


class Displacement:
    """The costs of displacing loads on one sheet, which stays unchanged."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._market = sheet, sheet.market
        self._near = NEAR * (max(self._market.prices, default=0.0) - min(self._market.prices, default=0.0))
        self._cheapest: dict[int, tuple[float, float]] = {}

    def drop_cached_costs(self) -> None:
        """Drop cached costs, because the sheet has changed."""
        self._cheapest.clear()

    def choose_leaving(self, index: int | None, slot: int, slack: dict[int, float], saves: float) -> Leaving | None:
        """Return the added cost, and need -> power, of needs but `index` that leave a slot until no slack is below 0.

        None if that is not enough; only needs that can move leave. The cheapest ones leave first, each with all of its
        power if it cannot run at the rest. `slack`: limit -> what it has left in the slot [kW], updated in place, also
        for None; `saves`: what a kWh less saves in this slot.
        """
        sheet, market = self._sheet, self._market
        lost, leaves = 0.0, dict[int, float]()
        for limit in slack:
            while slack[limit] < -DUST_KW:
                best = None
                for other, share in market.shares[limit].items():
                    has = sheet.power_kw[other][slot]
                    if not has or other == index or other in leaves or not market.can_move[other]:
                        continue
                    power = min(-slack[limit] / share, has)
                    if power < has < power + market.least_kw[other][slot] - DUST_KW:
                        power = has  # it cannot run at the rest
                    cost = power * (self.cheapest_free_slots(other)[0] - saves - market.extra[other][slot])
                    rate = cost / min(power * share, -slack[limit])
                    if best is None or rate < best[0]:
                        best = rate, cost, other, power
                if best is None:
                    return None
                _, cost, other, power = best
                lost += cost
                leaves[other] = power
                for each, weight in market.weights[other]:
                    if each in slack:
                        slack[each] += power * weight
                if market.sun_limit in slack:
                    slack[market.sun_limit] += power
        return lost, leaves

    def cheapest_free_slots(self, index: int) -> tuple[float, float]:
        """Return the lowest price of free slots for a need, and the total power [kW] of all slots of nearly that price.

        Where sun is left in a slot only that sun counts; a slot too small for its least power does not. The price of
        missing energy, and unlimited power, where the need lacks energy already or has no free slots. Cached until
        `drop_cached_costs`.
        """
        if index in self._cheapest:
            return self._cheapest[index]
        sheet, market = self._sheet, self._market
        own, spare = sheet.power_kw[index], sheet.spare_kw[index]
        extra, low = market.extra[index], market.least_kw[index]
        best, power = NEVER, 0.0
        for least, slot in market.order[index] if sheet.left_kwh[index] <= DUST_KWH else ():
            if least >= best + self._near:
                break
            kw = spare[slot]
            if kw > LEAST_KW and (kw >= low[slot] - DUST_KW or own[slot]):
                sun = market.sun_kw[slot] - sheet.total_kw[slot]
                cost = extra[slot] + sheet.marginal_price(slot, more=True)
                kw = min(kw, sun) if sun > DUST_KW else kw
                if cost < best - self._near:
                    best, power = cost, kw
                elif cost < best + self._near:
                    best, power = min(best, cost), power + kw
        found = (best, power) if power else (market.missing_price[index], NEVER)
        self._cheapest[index] = found
        return found
