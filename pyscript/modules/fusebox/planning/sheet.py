"""The working sheet of a plan: the power of each need in each slot, what is left, and the total cost."""

from __future__ import annotations

from itertools import compress
from typing import NamedTuple

from .market import NEVER, Market
from .need import DUST_KW, DUST_KWH, SLOT_H


class SheetCopy(NamedTuple):
    """A copy of a sheet."""

    power_kw: list[list[float]]
    spare_kw: list[list[float]]
    slack_kw: list[list[float]]
    total_kw: list[float]
    left_kwh: list[float]
    price_now: list[float]
    cost: float


class Sheet:
    """The plan so far. Powers are changed by `add_power` and `restore` only."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.power_kw = [[0.0] * len(market.slots) for _ in market.needs]
        self.total_kw = [0.0] * len(market.slots)
        self.left_kwh = [need.energy_kwh for need in market.needs]
        self.slack_kw = [list(room) for room in market.room_kw]
        self.spare_kw = [list(most) for most in market.most_kw]
        self.cost = 0.0
        """Of all that is planned, preferences included."""
        self.price_now = list(market.least_price)
        for slot in market.slots:
            self._update_spare_power(slot)

    def save(self) -> SheetCopy:
        """Return a copy to go back to."""
        power, spare, slack = ([row[:] for row in rows] for rows in (self.power_kw, self.spare_kw, self.slack_kw))
        return SheetCopy(power, spare, slack, self.total_kw[:], self.left_kwh[:], self.price_now[:], self.cost)

    def restore(self, saved: SheetCopy) -> None:
        """Go back to a copy."""
        self.power_kw, self.spare_kw, self.slack_kw = (
            [row[:] for row in rows] for rows in (saved.power_kw, saved.spare_kw, saved.slack_kw)
        )
        self.total_kw, self.left_kwh, self.price_now = saved.total_kw[:], saved.left_kwh[:], saved.price_now[:]
        self.cost = saved.cost

    def add_power(self, at: int, slot: int, power_kw: float) -> None:
        """Give a need more power in a slot [kW], or less where it is negative; limits are not checked.

        Cost, missing energy, price and room of the slot follow; a rest below `DUST_KW` becomes 0.
        """
        market, own = self.market, self.power_kw[at]
        before = self.total_kw[slot]
        after = self.total_kw[slot] = before + power_kw
        cost, sun = power_kw * (market.prices[slot] + market.extra[at][slot]), market.sun_kw[slot]
        if sun > 0:
            cost -= (min(after, sun) - min(before, sun)) * (market.prices[slot] - market.sun_prices[slot])
            self.price_now[slot] = self.marginal_price(slot, more=True)
        self.cost += cost * SLOT_H
        power = own[slot] + power_kw
        own[slot] = power if power > DUST_KW else 0.0
        self.left_kwh[at] -= power_kw * SLOT_H
        for limit, weight in market.weights[at]:
            self.slack_kw[limit][slot] -= weight * power_kw
        self._update_spare_power(slot)

    def clear_need(self, at: int) -> None:
        """Remove all power of a need."""
        for slot, power in enumerate(self.power_kw[at]):
            if power:
                self.add_power(at, slot, -power)

    def _update_spare_power(self, slot: int) -> None:
        """Recompute the spare power of all needs in a slot: what each need's maximum and its tightest limit leave.

        Negative where a limit is exceeded.
        """
        for weights, members in self.market.alike.items():
            room = NEVER
            for limit, weight in weights:
                slack = self.slack_kw[limit][slot] / weight
                if slack < room:
                    room = slack
            for at in members:
                spare = self.market.most_kw[at][slot] - self.power_kw[at][slot]
                self.spare_kw[at][slot] = spare if spare < room else room

    def set_peak_height(self, height_kw: float) -> None:
        """Limit the total import to `height_kw`; what is planned already may exceed it.

        AssertionError without a billed peak.
        """
        market = self.market
        assert market.peak is not None
        self.slack_kw[market.peak_limit] = [
            max(height_kw - house, 0.0) - total
            for house, total in zip(market.peak.house_kw, self.total_kw, strict=True)
        ]
        for slot in market.slots:
            self._update_spare_power(slot)

    @property
    def peak_kw(self) -> float:
        """The highest import of a slot with a plan, the free one at least; 0 where no peak is billed [kW]."""
        peak = self.market.peak
        if peak is None:
            return 0.0
        at_slots = zip(self.total_kw, peak.house_kw, strict=True)
        return max([peak.free_kw, *(total + house for total, house in at_slots if total > DUST_KW)])

    @property
    def total_cost(self) -> float:
        """The cost of the plan and of the missing energy."""
        missing = zip(self.left_kwh, self.market.missing_price, strict=True)
        return self.cost + sum([left * price for left, price in missing if left > DUST_KWH])

    def marginal_price(self, slot: int, *, more: bool) -> float:
        """Return what one more kWh costs in a slot (`more`), or what one less saves [currency/kWh].

        For more, the price of sun while sun is left; for less, that price while nothing is taken from the grid;
        otherwise the price of the grid.
        """
        market = self.market
        sunny = self.total_kw[slot] < market.sun_kw[slot] - (DUST_KW if more else -DUST_KW)
        return market.sun_prices[slot] if sunny else market.prices[slot]

    def mean_price(self, slot: int, power_kw: float) -> float:
        """Return the mean cost of a kWh of additional power in a slot."""
        market, sun = self.market, self.market.sun_kw[slot] - self.total_kw[slot]
        if sun <= 0:
            return market.prices[slot]
        share = min(sun / power_kw, 1.0)
        return share * market.sun_prices[slot] + (1 - share) * market.prices[slot]

    def excess_ratio(self, at: int, power_kw: float) -> float:
        """Return power as a multiple of what a need can use: what it lacks and can give up elsewhere; at least 1."""
        lacks = self.left_kwh[at] / SLOT_H
        if lacks <= DUST_KW or power_kw <= lacks + DUST_KW:
            return 1.0
        least = self.market.needs[at].min_kw
        return max(power_kw / (lacks + sum([kw - least for kw in self.power_kw[at] if kw])), 1.0)

    def is_limited_by_peak_alone(self, at: int, slot: int) -> bool:
        """Return whether a need gets less than it could use in a slot although all limits but the peak have room."""
        market = self.market
        limits = [limit for limit, _ in market.weights[at] if limit != market.peak_limit]
        is_below = self.power_kw[at][slot] < market.most_kw[at][slot] - DUST_KW
        return is_below and all(self.slack_kw[limit][slot] > DUST_KW for limit in limits)

    def used_slots(self, at: int) -> list[tuple[float, int]]:
        """Return (what one kWh less saves there, slot) for each slot in which a need has power, in order of time."""
        extra, total, market = self.market.extra[at], self.total_kw, self.market
        sun, prices, sun_prices = market.sun_kw, market.prices, market.sun_prices
        return [
            ((sun_prices[slot] if total[slot] < sun[slot] + DUST_KW else prices[slot]) + extra[slot], slot)
            for slot in compress(market.slots, self.power_kw[at])
        ]
