"""The best response of one load to the others: its energy in the slots that cost least.

A full slot costs its price and what it costs the loads there to move to their own cheapest slots.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

from .cheapest_slots import fill_cheapest_slots, remove_excess
from .need import DUST_KW, DUST_KWH, SLOT_H
from .sheet import NEVER, TIE, Sheet

LEAST_KW = 0.02
"""The smallest power that is moved [kW]."""
NEAR = 0.05
"""Free slots count as equally good if their prices differ by no more than this share of all prices' span."""

Leaving = tuple[float, dict[int, float]]
"""The cost for the needs that leave a slot, and the power of each that leaves [kW]."""

SHARE = 0.1
"""Other loads make way for at least this share of a load's maximum power."""


class Offer(NamedTuple):
    """More power for a need in a slot, with its cost."""

    cost: float
    """Per kWh, with the cost for loads that leave the slot."""
    slot: int
    power_kw: float
    leaves: dict[int, float]
    """Need -> its power that leaves the slot for this [kW]."""


LEAST_GAIN = 1e-4
"""The smallest gain per kWh for which anything moves."""
PATIENCE = 8
"""A load stays as it is after this many attempts in a row without a gain."""
SLOTS_AN_OFFER = 16
"""Trying a move costs the effort of one offer for this many slots."""


class Moves:
    """The moves on one sheet, with a limited effort."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.market = sheet, sheet.market
        self._near = NEAR * (max(self.market.prices, default=0.0) - min(self.market.prices, default=0.0))
        self._cheapest: dict[int, tuple[float, float]] = {}
        """Need -> its cheapest free slots, as long as the sheet stays unchanged."""
        self.effort = NEVER
        """How many more offers may be compared."""

    def whole_power_offers(self, index: int) -> list[Offer | None]:
        """Return for each slot the most power that a need may have there, None where it cannot run."""
        self._cheapest.clear()
        return [self._whole_power_offer(index, slot) for slot in self.market.slots]

    def move_to_cheaper_slots(self, index: int) -> None:
        """Move the missing energy of a need, and that in its dearest slots, to cheaper slots; others may make way.

        Until no slot saves `LEAST_GAIN`, `effort` is used up or `PATIENCE` offers in a row have failed.
        """
        sheet, market = self.sheet, self.market
        heap = market.order[index][:]
        fails = 0
        dear, power = self.dearest_energy(index)
        self._cheapest.clear()
        while heap and fails < PATIENCE and self.effort > 0:
            cost, slot = heappop(heap)
            if cost >= dear - LEAST_GAIN:
                break
            if sheet.power_kw[index][slot] >= market.most_kw[index][slot] - DUST_KW:
                continue
            self.effort -= 1
            offer = self._cheapest_offer(index, slot, power)
            if offer is None or offer.cost >= dear - LEAST_GAIN:
                continue
            if heap and offer.cost > heap[0][0] + TIE:
                heappush(heap, (offer.cost, slot))
            elif self._accept_if_cheaper(index, offer):
                heappush(heap, (offer.cost, slot))
                dear, power = self.dearest_energy(index)
                fails = 0
            else:
                fails += 1

    def dearest_energy(self, index: int) -> tuple[float, float]:
        """Return the highest cost of a kWh of a need, and the power at that cost; missing energy costs most.

        Minus infinity, and 0, for a need that has no power and lacks no energy.
        """
        sheet = self.sheet
        if sheet.left_kwh[index] > DUST_KWH:
            return self.market.missing_price[index], sheet.left_kwh[index] / SLOT_H
        cost, slot = max(sheet.used_slots(index), default=(-NEVER, 0))
        return cost, sheet.power_kw[index][slot]

    def _accept_if_cheaper(self, index: int, offer: Offer) -> bool:
        """Accept an offer if that lowers the cost of all loads together; otherwise change nothing and return False.

        An offer for missing energy that displaces no load is always accepted; comparing any other takes effort.
        """
        sheet = self.sheet
        saved, before = None, 0.0
        if offer.leaves or sheet.left_kwh[index] <= DUST_KWH:
            self.effort -= len(self.market.slots) // SLOTS_AN_OFFER
            saved, before = sheet.save(), sheet.total_cost
        for other, power in offer.leaves.items():
            sheet.add_power(other, offer.slot, -power)
        sheet.add_power(index, offer.slot, offer.power_kw)
        remove_excess(sheet, index)
        for other in offer.leaves:
            fill_cheapest_slots(sheet, other)
        self._cheapest.clear()
        if saved is None or sheet.total_cost < before - LEAST_GAIN * offer.power_kw * SLOT_H:
            return True
        sheet.restore(saved)
        return False

    def lower_to_peak(self, slot: int) -> None:
        """Remove power from a slot above the height of the peak, from loads for which that costs least.

        Nothing is removed where they cannot give up enough.
        """
        limit = self.market.peak_limit
        self._cheapest.clear()
        slack = {limit: self.sheet.slack_kw[limit][slot]}
        found = self._choose_leaving(None, slot, slack, self.sheet.marginal_price(slot, more=False))
        for other, power in (found or (0.0, {}))[1].items():
            self.sheet.add_power(other, slot, -power)

    def _cheapest_offer(self, index: int, slot: int, wanted_kw: float) -> Offer | None:
        """Return the cheaper of two offers of up to `wanted_kw` for a need in a slot: free slots, or others' sun.

        At least its minimum power. None where neither fits.
        """
        found = self._make_offer(index, slot, wanted_kw, in_sun=False)
        sun, total = self.market.sun_kw[slot], self.sheet.total_kw[slot]
        own = self.sheet.power_kw[index][slot]
        if sun > LEAST_KW and total > own and sun - total < (LEAST_KW if own else self.market.least_kw[index][slot]):
            other = self._make_offer(index, slot, wanted_kw, in_sun=True)
            if other is not None and (found is None or other.cost < found.cost):
                return other
        return found

    def _whole_power_offer(self, index: int, slot: int) -> Offer | None:
        """Return an offer of all the power that a need may have in a slot; None where it cannot run.

        Other needs are displaced for it; where they cannot leave, the offer is limited to free slots.
        """
        sheet, market = self.sheet, self.market
        least = max(market.least_kw[index][slot] - DUST_KW, DUST_KW)
        for power in (market.most_kw[index][slot], sheet.spare_kw[index][slot]):
            found = self._needs_to_displace(index, slot, power, in_sun=False) if power >= least else None
            if found is not None:
                cost = sheet.mean_price(slot, power) + market.extra[index][slot] + found[0] / power
                return Offer(cost, slot, power, found[1])
        return None

    def _make_offer(self, index: int, slot: int, wanted_kw: float, *, in_sun: bool) -> Offer | None:
        """Return an offer of up to `wanted_kw` more, or of the load's minimum if that is more; None without headroom.

        `in_sun`: from the sun that other loads are planned to use; otherwise from unused sun or the grid. In both cases
        other loads may have to leave the slot.
        """
        sheet, market = self.sheet, self.market
        own = sheet.power_kw[index][slot]
        least = DUST_KW if own else market.least_kw[index][slot]
        top = market.most_kw[index][slot] - own
        if top < least - DUST_KW:
            return None
        power = min(max(wanted_kw, least), top)
        sun, spare = market.sun_kw[slot], sheet.spare_kw[index][slot]
        if not in_sun:
            sun -= sheet.total_kw[slot]
            if spare >= max(least, LEAST_KW):
                power = min(power, spare)
        if sun > LEAST_KW:
            power = min(power, max(sun, least))
        found = self._needs_to_displace(index, slot, power, in_sun=in_sun)
        smaller = max(least, SHARE * market.needs[index].max_kw)
        if power > smaller:
            share = 0.0 if found is None else self._share_that_can_leave(found[1])
            if share < 1:
                power = max(power * share, smaller)
                found = self._needs_to_displace(index, slot, power, in_sun=in_sun)
        if found is None:
            return None
        lost, leaves = found
        price = market.sun_prices[slot] if in_sun else sheet.mean_price(slot, power)
        cost = price + market.extra[index][slot] + lost / power
        return Offer(cost * sheet.excess_ratio(index, power) if cost > 0 else cost, slot, power, leaves)

    def _share_that_can_leave(self, leaves: dict[int, float]) -> float:
        """Return for which share of their power all the leaving needs have cheap free slots elsewhere (0 to 1)."""
        return min([1.0, *(self._cheapest_free_slots(other)[1] / kw for other, kw in leaves.items())])

    def _needs_to_displace(self, index: int, slot: int, power_kw: float, *, in_sun: bool) -> Leaving | None:
        """Return the added cost, and need -> power, of needs that have to leave a slot for `power_kw` of a need.

        No need where there is headroom; None if they cannot leave. `in_sun`: other needs leave the sun to it.
        """
        sheet, market = self.sheet, self.market
        slack = {limit: sheet.slack_kw[limit][slot] - power_kw * weight for limit, weight in market.weights[index]}
        if in_sun:
            slack[market.sun_limit] = market.sun_kw[slot] - sheet.total_kw[slot] - power_kw
        saves = market.sun_prices[slot] if in_sun else sheet.marginal_price(slot, more=False)
        return self._choose_leaving(index, slot, slack, saves)

    def _choose_leaving(self, index: int | None, slot: int, slack: dict[int, float], saves: float) -> Leaving | None:
        """Return the added cost, and need -> power, of needs but `index` that leave a slot until no slack is below 0.

        None if that is not enough; only needs that can move leave. The cheapest ones leave first, each with all of its
        power if it cannot run at the rest. `slack`: limit -> what it has left in the slot [kW], updated in place, also
        for None; `saves`: what a kWh less saves in this slot.
        """
        sheet, market = self.sheet, self.market
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
                    cost = power * (self._cheapest_free_slots(other)[0] - saves - market.extra[other][slot])
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

    def _cheapest_free_slots(self, index: int) -> tuple[float, float]:
        """Return the lowest price of free slots for a need, and the total power [kW] of all slots of nearly that price.

        Where sun is left in a slot only that sun counts; a slot too small for its least power does not. The price of
        missing energy, and unlimited power, where the need lacks energy already or has no free slots. Remembered
        while the sheet stays unchanged.
        """
        if index in self._cheapest:
            return self._cheapest[index]
        sheet, market = self.sheet, self.market
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
