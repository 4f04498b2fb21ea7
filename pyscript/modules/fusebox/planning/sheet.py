"""What a plan is worked out on: costs, capacities and shared limits, and each need's power in each slot.

Needs and limits are identified by their index.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from .need import DUST_KW, DUST_KWH, SLOT_H, Limit, Need, PlanProblem

LAST_CHOICE = 1e3
"""Extra cost per kWh of a slot above a need's price limit: such slots are taken last."""
MISSING = 1e6
"""Cost of a kWh that is not delivered in time, for the last priority.

Each priority before it counts four times as much, because a load on three phases makes way for three on one.
"""
TIE = 1e-9
"""Advantage per slot and kWh of the preferred one of equal prices: smaller than any difference of prices."""
NEVER = float("inf")

Weights = tuple[tuple[int, float], ...]
"""Pairs of the index of a need, or of a limit, and how much of the need's power counts."""


class Market:
    """The fixed part of a problem."""

    def __init__(self, problem: PlanProblem) -> None:
        forecast, self.needs, self.peak = problem.forecast, problem.needs, problem.peak
        self.slots = range(len(forecast.prices))
        self.prices, self.sun_kw = forecast.prices, forecast.sun_kw
        self.sun_prices = [*map(min, forecast.prices, forecast.export)]
        """What a kWh of the own sun costs in each slot: what it would earn."""
        parts = [[problem.part_kw(need, slot) for slot in self.slots] for need in self.needs]
        self.least_kw = [
            [DUST_KW if need.at_once else max(need.min_kw if part is None else part, DUST_KW) for part in own]
            for need, own in zip(self.needs, parts, strict=True)
        ]
        """Need -> its least mean power in each slot in which it runs [kW]; next to nothing if it starts at once."""
        self.extra = [self._extra_costs(problem, need, own) for need, own in zip(self.needs, parts, strict=True)]
        """Need -> what a slot costs it per kWh above the slot's price: preferences, not money."""
        levels = sorted({need.priority for need in self.needs}, reverse=True)
        self.missing_price = [
            MISSING * 4 ** levels.index(need.priority) if need.worth is None else need.worth for need in self.needs
        ]
        """Need -> what a kWh costs that it does not get."""
        sunny = zip(self.sun_prices, self.prices, self.sun_kw, strict=True)
        least_price = [sun if kw > DUST_KW else price for sun, price, kw in sunny]
        windows = [self.slots[max(need.first, 0) : max(need.end, 0)] for need in self.needs]
        self.order = [
            sorted((least_price[slot] + extra[slot], slot) for slot in window)
            for window, extra in zip(windows, self.extra, strict=True)
        ]
        """Need -> its slots with what a kWh costs there at least, the cheapest first."""
        self.most_kw = [
            [(need.max_kw if part is None else part) if slot in window else 0.0 for slot, part in enumerate(own)]
            for need, window, own in zip(self.needs, windows, parts, strict=True)
        ]
        """Need -> what it may have in each slot if it is alone."""
        self.can_move = [not need.at_once and not need.has_limited_runs for need in self.needs]
        """Need -> whether it makes way for others slot by slot."""
        shared = self._tightest_shared_limits(problem.limits)
        shares, self.headroom_kw = [dict(each) for each in shared], [*shared.values()]
        """For each limit, the power that the needs under it may share in each slot [kW]."""
        self.peak_limit = len(shares)
        everyone = dict.fromkeys(range(len(self.needs)), 1.0)
        if problem.peak is not None:
            shares.append(everyone)
            self.headroom_kw.append([NEVER] * len(self.slots))
        self.weights: list[Weights] = [
            tuple((limit, on[index]) for limit, on in enumerate(shares) if index in on) for index in everyone
        ]
        """Need -> the limits that it shares."""
        self.sun_limit = len(shares)
        """The index of the sun, which all needs share like a limit."""
        self.shares = [*shares, everyone]
        """Limit -> needs and how much of their power counts."""

    def _extra_costs(self, problem: PlanProblem, need: Need, parts: Sequence[float | None]) -> list[float]:
        """Return what each slot costs a need per kWh above its price: preferences, not money.

        Late slots are preferred among equal ones (early ones if the need says so); by a running load those from now on,
        until the price changes, and it keeps its slots until its least time is over. Slots above the highest price are
        the last choice; before them come those in which it runs for a part only (`parts`: its power there, else None).
        What starts at once prefers each slot to all later ones, whatever they cost.
        """
        if need.at_once:
            return [LAST_CHOICE * slot for slot in self.slots]
        last, prices = len(self.slots), problem.forecast.prices
        # A running load prefers to go on: that saves a start.
        goes_on = next((slot for slot in self.slots if prices[slot] != prices[0]), last) if need.ran_s > 0 else 0
        extra = [
            LAST_CHOICE * (last - slot)
            if problem.forecast.is_above(need.max_price, slot)
            else (0.0 if part is None else LAST_CHOICE / 2)
            + TIE * (slot if need.early or slot < goes_on else 2 * last - slot)
            for slot, part in enumerate(parts)
        ]
        # It goes on until its least time is over, so the others are planned around that.
        held = range(min(need.held_slots, need.end) if need.min_slots > 1 else 0)
        return [each - LAST_CHOICE if slot in held else each for slot, each in enumerate(extra)]

    def _tightest_shared_limits(self, limits: Sequence[Limit]) -> dict[Weights, list[float]]:
        """Return weights of several needs -> their tightest limit in each slot [kW]; a limit on one lowers `most_kw`.

        Weights and headroom are scaled to a largest weight of 1; negative headroom counts as 0.
        """
        found: dict[Weights, list[float]] = {}
        for limit in limits:
            on = [(index, share) for index, need in enumerate(self.needs) if (share := limit.weights.get(need.name))]
            if not on:
                continue
            top = max(share for _, share in on)
            weights = tuple((index, share / top) for index, share in on)
            headroom_kw = [max(kw, 0.0) / top for kw in limit.headroom_kw]
            if len(on) == 1:
                self.most_kw[on[0][0]] = [*map(min, self.most_kw[on[0][0]], headroom_kw)]
            else:
                found[weights] = [*map(min, found.get(weights, headroom_kw), headroom_kw)]
        return found


class Sheet:
    """The plan so far. Powers are changed by `add_power` and `restore` only."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.power_kw = [[0.0] * len(market.slots) for _ in market.needs]
        """Need -> its power in each slot [kW]."""
        self.total_kw = [0.0] * len(market.slots)
        """The power of all needs together in each slot [kW]."""
        self.left_kwh = [need.energy_kwh for need in market.needs]
        """Need -> the energy that it lacks [kWh]; negative for too much."""
        self.slack_kw = [list(kws) for kws in market.headroom_kw]
        """Limit -> what is left of it in each slot [kW]."""
        self.spare_kw = [list(most) for most in market.most_kw]
        """Need -> how much more it may have in each slot [kW]."""
        self.cost = 0.0
        """Of all that is planned, preferences included."""
        for slot in market.slots:
            self._update_spare_power(slot)

    def save(self) -> Sheet:
        """Return a copy to go back to."""
        saved = Sheet.__new__(Sheet)
        saved.market = self.market
        saved.restore(self)
        return saved

    def restore(self, saved: Sheet) -> None:
        """Go back to a copy, which stays as it is."""
        tables = (saved.power_kw, saved.spare_kw, saved.slack_kw)
        self.power_kw, self.spare_kw, self.slack_kw = ([row[:] for row in rows] for rows in tables)
        self.total_kw, self.left_kwh = saved.total_kw[:], saved.left_kwh[:]
        self.cost = saved.cost

    def add_power(self, index: int, slot: int, power_kw: float) -> None:
        """Give a need more power in a slot [kW], or less where it is negative; limits are not checked.

        Cost, missing energy, price and headroom of the slot follow; a rest below `DUST_KW` becomes 0.
        """
        market, own = self.market, self.power_kw[index]
        before = self.total_kw[slot]
        after = self.total_kw[slot] = before + power_kw
        cost, sun = power_kw * (market.prices[slot] + market.extra[index][slot]), market.sun_kw[slot]
        cost -= (min(after, sun) - min(before, sun)) * (market.prices[slot] - market.sun_prices[slot])
        self.cost += cost * SLOT_H
        power = own[slot] + power_kw
        own[slot] = power if power > DUST_KW else 0.0
        self.left_kwh[index] -= power_kw * SLOT_H
        for limit, weight in market.weights[index]:
            self.slack_kw[limit][slot] -= weight * power_kw
        self._update_spare_power(slot)

    def clear_need(self, index: int) -> None:
        """Remove all power of a need."""
        for slot, power in enumerate(self.power_kw[index]):
            if power:
                self.add_power(index, slot, -power)

    def _update_spare_power(self, slot: int) -> None:
        """Recompute the spare power of all needs in a slot: what each need's maximum and its tightest limit leave.

        Negative where a limit is exceeded.
        """
        for index, weights in enumerate(self.market.weights):
            least = self.market.most_kw[index][slot] - self.power_kw[index][slot]
            for limit, weight in weights:
                slack = self.slack_kw[limit][slot] / weight
                if slack < least:
                    least = slack
            self.spare_kw[index][slot] = least

    def set_peak_height(self, height_kw: float) -> None:
        """Limit the import that counts to `height_kw` in total; what is planned already may exceed it.

        AssertionError without a billed peak.
        """
        market = self.market
        assert market.peak is not None
        headrooms_kw = [max(market.peak.headroom_kw(slot, height_kw), 0.0) for slot in market.slots]
        self.slack_kw[market.peak_limit] = [kw - total for kw, total in zip(headrooms_kw, self.total_kw, strict=True)]
        for slot in market.slots:
            self._update_spare_power(slot)

    @property
    def peak_kw(self) -> float:
        """The highest counted import of a slot with a plan, the free one at least; 0 where no peak is billed [kW]."""
        return 0.0 if self.market.peak is None else self.market.peak.height_kw(self.total_kw)

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
        share = min(max(sun, 0.0) / power_kw, 1.0)
        return share * market.sun_prices[slot] + (1 - share) * market.prices[slot]

    def excess_ratio(self, index: int, power_kw: float) -> float:
        """Return power as a multiple of what a need can use: what it lacks and can give up elsewhere; at least 1."""
        lacks = self.left_kwh[index] / SLOT_H
        if lacks <= DUST_KW or power_kw <= lacks + DUST_KW:
            return 1.0
        least = self.market.needs[index].min_kw
        return max(power_kw / (lacks + sum([kw - least for kw in self.power_kw[index] if kw > least])), 1.0)

    def is_limited_by_peak_alone(self, index: int, slot: int) -> bool:
        """Return whether a need gets less than it could use in a slot only because of the limit for the peak."""
        market = self.market
        limits = [limit for limit, _ in market.weights[index] if limit != market.peak_limit]
        is_below = self.power_kw[index][slot] < market.most_kw[index][slot] - DUST_KW
        return is_below and all(self.slack_kw[limit][slot] > DUST_KW for limit in limits)

    def used_slots(self, index: int) -> list[tuple[float, int]]:
        """Return (what one kWh less saves there, slot) for each slot in which a need has power, in order of time."""
        extra, used = self.market.extra[index], compress(self.market.slots, self.power_kw[index])
        return [(self.marginal_price(slot, more=False) + extra[slot], slot) for slot in used]
