"""The cost of more power in a slot for a load: its price, and the cost for other loads that make room."""

from __future__ import annotations

from typing import NamedTuple

from .displacement import LEAST_KW, Displacement, Leaving
from .need import DUST_KW
from .sheet import Sheet

SHARE = 0.1
"""Other loads make room for at least this share of a load's maximum power."""


class Offer(NamedTuple):
    """More power for a need in a slot, with its cost."""

    cost: float
    """Per kWh, with the cost for loads that leave the slot."""
    slot: int
    power_kw: float
    leaves: dict[int, float]
    """Need -> its power that leaves the slot for this [kW]."""


class Offers:
    """The offers on one sheet, which stays unchanged."""

    def __init__(self, sheet: Sheet, displacement: Displacement) -> None:
        self._sheet, self._market, self._displacement = sheet, sheet.market, displacement

    def cheapest_offer(self, at: int, slot: int, wanted_kw: float) -> Offer | None:
        """Return the cheaper of two offers of up to `wanted_kw` for a need in a slot: free room, or others' sun.

        At least its minimum power. None where neither fits.
        """
        found = self._make_offer(at, slot, wanted_kw, in_sun=False)
        sun, total = self._market.sun_kw[slot], self._sheet.total_kw[slot]
        own = self._sheet.power_kw[at][slot]
        if sun > LEAST_KW and total > own and sun - total < (LEAST_KW if own else self._market.least_kw[at]):
            other = self._make_offer(at, slot, wanted_kw, in_sun=True)
            if other is not None and (found is None or other.cost < found.cost):
                return other
        return found

    def whole_power_offer(self, at: int, slot: int) -> Offer | None:
        """Return an offer of all the power that a need may have in a slot; None where it cannot run.

        Other needs are displaced for it; where they cannot leave, the offer is limited to free room.
        """
        sheet, market = self._sheet, self._market
        least = max(market.least_kw[at] - DUST_KW, DUST_KW)
        for power in (market.most_kw[at][slot], sheet.spare_kw[at][slot]):
            found = self._needs_to_displace(at, slot, power, in_sun=False) if power >= least else None
            if found is not None:
                cost = sheet.mean_price(slot, power) + market.extra[at][slot] + found[0] / power
                return Offer(cost, slot, power, found[1])
        return None

    def _make_offer(self, at: int, slot: int, wanted_kw: float, *, in_sun: bool) -> Offer | None:
        """Return an offer of up to `wanted_kw` more, or of the load's minimum if that is more; None without room.

        `in_sun`: from the sun that other loads are planned to use; otherwise from unused sun or the grid. In both cases
        other loads may have to leave the slot.
        """
        sheet, market = self._sheet, self._market
        own = sheet.power_kw[at][slot]
        least = DUST_KW if own else market.least_kw[at]
        top = market.most_kw[at][slot] - own
        if top < least - DUST_KW:
            return None
        power = min(max(wanted_kw, least), top)
        sun, room = market.sun_kw[slot], sheet.spare_kw[at][slot]
        if not in_sun:
            sun -= sheet.total_kw[slot]
            if room >= max(least, LEAST_KW):
                power = min(power, room)
        if sun > LEAST_KW:
            power = min(power, max(sun, least))
        found = self._needs_to_displace(at, slot, power, in_sun=in_sun)
        smaller = max(least, SHARE * market.needs[at].max_kw)
        if power > smaller:
            share = 0.0 if found is None else self._share_with_room(found[1])
            if share < 1:
                power = max(power * share, smaller)
                found = self._needs_to_displace(at, slot, power, in_sun=in_sun)
        if found is None:
            return None
        lost, leaves = found
        price = market.sun_prices[slot] if in_sun else sheet.mean_price(slot, power)
        cost = price + market.extra[at][slot] + lost / power
        return Offer(cost * sheet.excess_ratio(at, power) if cost > 0 else cost, slot, power, leaves)

    def _share_with_room(self, leaves: dict[int, float]) -> float:
        """Return for which share of their power the leaving needs have cheap free room elsewhere (0 to 1)."""
        return min([1.0, *(self._displacement.free_room(other)[1] / kw for other, kw in leaves.items())])

    def _needs_to_displace(self, at: int, slot: int, power_kw: float, *, in_sun: bool) -> Leaving | None:
        """Return the needs that have to leave a slot for `power_kw` of a need, and what that costs.

        None if they cannot.
        """
        sheet, market = self._sheet, self._market
        if not in_sun and power_kw <= sheet.spare_kw[at][slot]:
            return 0.0, {}
        slack = {limit: sheet.slack_kw[limit][slot] - power_kw * weight for limit, weight in market.weights[at]}
        if in_sun:
            slack[market.sun_limit] = market.sun_kw[slot] - sheet.total_kw[slot] - power_kw
        if min(slack.values(), default=0.0) >= -DUST_KW:
            return 0.0, {}
        saves = market.sun_prices[slot] if in_sun else sheet.marginal_price(slot, more=False)
        return self._displacement.choose_leaving(at, slot, slack, saves)
