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

    def fill_cheapest_room(self, at: int) -> None:
        """Give a need the energy that it lacks, in its cheapest free room."""
        free_room.fill_cheapest_room(self.sheet, at)

    def whole_power_offers(self, at: int) -> list[Offer | None]:
        """Return for each slot the most power that a need may have there, None where it cannot run."""
        self._displacement.drop_cached_costs()
        return [
            self._offers.whole_power_offer(at, slot) if kw > 0 else None
            for slot, kw in enumerate(self.market.most_kw[at])
        ]

    def move_to_cheaper_slots(self, at: int) -> None:
        """Move the missing energy of a need, and that in its dearest slots, to cheaper slots; others may make room.

        Until no slot saves anything, `effort` is used up or `PATIENCE` offers in a row have failed.
        """
        sheet, market = self.sheet, self.market
        heap = market.order[at][:]
        fails = 0
        dear, power = self.dearest_energy(at)
        self._displacement.drop_cached_costs()
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
            offer = self._offers.cheapest_offer(at, slot, power)
            if offer is None or offer.cost >= dear - LEAST_GAIN:
                continue
            if heap and offer.cost > heap[0][0] + TIE:
                heappush(heap, (offer.cost, slot))
            elif self._accept_if_cheaper(at, offer):
                heappush(heap, (offer.cost, slot))
                dear, power = self.dearest_energy(at)
                fails = 0
            else:
                fails += 1

    def dearest_energy(self, at: int) -> tuple[float, float]:
        """Return the highest cost of a kWh of a need, and the power at that cost; missing energy costs most."""
        sheet = self.sheet
        if sheet.left_kwh[at] > DUST_KWH:
            return self.market.missing_price[at], sheet.left_kwh[at] / SLOT_H
        cost, slot = max(sheet.used_slots(at), default=(-NEVER, 0))
        return cost, sheet.power_kw[at][slot]

    def _accept_if_cheaper(self, at: int, offer: Offer) -> bool:
        """Accept an offer if that lowers the cost of all loads together; otherwise change nothing and return False."""
        sheet = self.sheet
        saved, before = None, 0.0
        if offer.leaves or sheet.left_kwh[at] <= DUST_KWH:
            self.effort -= len(self.market.slots) // SLOTS_AN_OFFER
            saved, before = sheet.save(), sheet.total_cost
        for other, power in offer.leaves.items():
            sheet.add_power(other, offer.slot, -power)
        sheet.add_power(at, offer.slot, offer.power_kw)
        free_room.remove_excess(sheet, at)
        for other in offer.leaves:
            free_room.fill_cheapest_room(sheet, other)
        self._displacement.drop_cached_costs()
        if saved is None or sheet.total_cost < before - LEAST_GAIN * offer.power_kw * SLOT_H:
            return True
        sheet.restore(saved)
        return False

    def lower_to_peak(self, slot: int) -> None:
        """Remove power from a slot above the height of the peak, from loads for which that costs least."""
        limit = self.market.peak_limit
        self._displacement.drop_cached_costs()
        slack = {limit: self.sheet.slack_kw[limit][slot]}
        found = self._displacement.choose_leaving(None, slot, slack, self.sheet.marginal_price(slot, more=False))
        for other, power in (found or (0.0, {}))[1].items():
            self.sheet.add_power(other, slot, -power)
