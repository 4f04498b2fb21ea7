"""The best response of one load to the others: its energy in the slots that cost least.

A full slot costs its price and what it costs the loads there to move to their own cheapest room.
"""

from __future__ import annotations

from heapq import heappop, heappush

from . import free_room
from .displacement import Displacement
from .market import NEVER, TIE
from .need import DUST_KW, DUST_KWH, SLOT_H
from .offers import Offer, Offers
from .sheet import Sheet

LEAST_GAIN = 1e-4
"""The smallest gain per kWh for which anything moves."""
PATIENCE = 8
"""A load stays as it is after this many attempts in a row without a gain."""
SLOTS_AN_OFFER = 16
"""Trying a move costs the effort of one offer for this many slots."""


class Responses:
    """The moves on one sheet, with a limited effort."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.market = sheet, sheet.market
        self._displacement = Displacement(sheet)
        self._offers = Offers(sheet, self._displacement)
        self.effort = NEVER
        """How many more offers may be compared."""

    def fill(self, at: int) -> None:
        """Give a need the energy that it lacks, in its cheapest free room."""
        free_room.fill(self.sheet, at)

    def whole_slots(self, at: int) -> list[Offer | None]:
        """Return for each slot the most power that a need may have there, None where it cannot run."""
        self._displacement.forget()
        return [self._offers.whole(at, slot) if kw > 0 else None for slot, kw in enumerate(self.market.most_kw[at])]

    def improve(self, at: int) -> None:
        """Move the missing energy of a need, and that in its dearest slots, to cheaper slots."""
        sheet, market = self.sheet, self.market
        heap = market.order[at][:]
        fails = 0
        dear, power = self.dearest(at)
        self._displacement.forget()
        while heap and fails < PATIENCE and self.effort > 0:
            cost, slot = heappop(heap)
            if cost >= dear - LEAST_GAIN:
                break
            if sheet.power_kw[at][slot] >= market.most_kw[at][slot] - DUST_KW:
                continue
            bound = self._displacement.least_cost(at, slot)
            if bound >= dear - LEAST_GAIN:
                continue
            if heap and bound > cost + TIE and bound > heap[0][0] + TIE:
                heappush(heap, (bound, slot))
                continue
            self.effort -= 1
            offer = self._offers.offer(at, slot, power)
            if offer is None or offer.cost >= dear - LEAST_GAIN:
                continue
            if heap and offer.cost > heap[0][0] + TIE:
                heappush(heap, (offer.cost, slot))
            elif self._take(at, offer):
                heappush(heap, (offer.cost, slot))
                dear, power = self.dearest(at)
                fails = 0
            else:
                fails += 1

    def dearest(self, at: int) -> tuple[float, float]:
        """Return the highest cost of a kWh of a need, and the power at that cost; missing energy costs most."""
        sheet = self.sheet
        if sheet.left_kwh[at] > DUST_KWH:
            return self.market.missing_price[at], sheet.left_kwh[at] / SLOT_H
        cost, slot = max(sheet.used(at), default=(-NEVER, 0))
        return cost, sheet.power_kw[at][slot]

    def _take(self, at: int, offer: Offer) -> bool:
        """Accept an offer if that lowers the cost of all loads together; otherwise change nothing and return False."""
        sheet = self.sheet
        saved, before = None, 0.0
        if offer.leaves or sheet.left_kwh[at] <= DUST_KWH:
            self.effort -= len(self.market.slots) // SLOTS_AN_OFFER
            saved, before = sheet.save(), sheet.burden
        for other, power in offer.leaves.items():
            sheet.add(other, offer.slot, -power)
        sheet.add(at, offer.slot, offer.power_kw)
        free_room.lower(sheet, at)
        for other in offer.leaves:
            free_room.fill(sheet, other)
        self._displacement.forget()
        if saved is None or sheet.burden < before - LEAST_GAIN * offer.power_kw * SLOT_H:
            return True
        sheet.restore(saved)
        return False

    def shed(self, slot: int) -> None:
        """Remove power from a slot that is above the height of the peak, from loads that lose least first."""
        limit = self.market.peak_limit
        self._displacement.forget()
        slack = {limit: self.sheet.slack_kw[limit][slot]}
        found = self._displacement.leaving(None, slot, slack, self.sheet.price_at(slot, more=False))
        for other, power in (found or (0.0, {}))[1].items():
            self.sheet.add(other, slot, -power)
