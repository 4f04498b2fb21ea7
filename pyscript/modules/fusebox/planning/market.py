"""The part of a problem that every plan has in common: costs, capacities and which needs share which limit.

Needs and limits are identified by their index.
"""

from __future__ import annotations

from collections.abc import Sequence

from .need import DUST_KW, Limit, Need, Problem

LAST_CHOICE = 1e3
"""Extra cost per kWh of a slot above a need's price limit: such slots are taken last."""
MISSING = 1e6
"""Cost of a kWh that is not delivered in time, for the last priority.

Each priority before it counts four times as much, because a load on three phases makes room for three on one.
"""
TIE = 1e-9
"""Advantage per slot and kWh of the preferred one of equal prices: smaller than any difference of prices."""
NEVER = float("inf")

Weights = tuple[tuple[int, float], ...]
"""Pairs of the index of a need, or of a limit, and how much of the need's power counts."""


class Market:
    """The fixed part of a problem."""

    def __init__(self, problem: Problem) -> None:
        outlook, self.needs, self.peak = problem.forecast, problem.needs, problem.peak
        self.slots = range(len(outlook.prices))
        self.prices, self.sun_kw = outlook.prices, outlook.sun_kw
        self.sun_prices = [*map(min, outlook.prices, outlook.export)]
        """What a kWh of the own sun costs in each slot: what it would earn."""
        self.extra = [self._extra_costs(problem, need) for need in self.needs]
        """Need -> what a slot costs it per kWh above the slot's price: preferences, not money."""
        levels = sorted({need.priority for need in self.needs}, reverse=True)
        self.missing_price = [
            MISSING * 4 ** levels.index(need.priority) if need.worth is None else need.worth for need in self.needs
        ]
        """Need -> what a kWh costs that it does not get."""
        self.least_price = [
            sun if kw > DUST_KW else price
            for sun, price, kw in zip(self.sun_prices, self.prices, self.sun_kw, strict=True)
        ]
        windows = [self.slots[max(need.first, 0) : max(need.end, 0)] for need in self.needs]
        self.order = [
            sorted((self.least_price[slot] + extra[slot], slot) for slot in window)
            for window, extra in zip(windows, self.extra, strict=True)
        ]
        """Need -> its slots with what a kWh costs there at least, the cheapest first."""
        self.most_kw = [
            [need.max_kw if slot in window else 0.0 for slot in self.slots]
            for need, window in zip(self.needs, windows, strict=True)
        ]
        """Need -> what it may have in each slot if it is alone."""
        self.least_kw = [DUST_KW if need.at_once else max(need.min_kw, DUST_KW) for need in self.needs]
        """Need -> the least that it runs at; what starts at once takes whatever there is."""
        self.can_move = [not need.at_once and need.min_slots == 1 for need in self.needs]
        """Need -> whether it makes room for others slot by slot."""
        shared = self._tightest_shared_limits(problem.limits)
        shares, self.room_kw = [dict(each) for each in shared], [*shared.values()]
        """For each limit, the power that the needs under it may share in each slot [kW]."""
        self.peak_limit = len(shares)
        everyone = dict.fromkeys(range(len(self.needs)), 1.0)
        if problem.peak is not None:
            shares.append(everyone)
            self.room_kw.append([NEVER] * len(self.slots))
        self.weights: list[Weights] = [
            tuple((limit, on[at]) for limit, on in enumerate(shares) if at in on) for at in everyone
        ]
        """Need -> the limits that it shares."""
        self.sun_limit = len(shares)
        """Sun is shared like a limit by those who want it."""
        self.shares = [*shares, everyone]
        """Limit -> needs and how much of their power counts."""
        self.others = [[other for other in everyone if other != at and self.can_move[other]] for at in everyone]
        self.most_extra = [
            max((extra[slot] for _, slot in order), default=0.0)
            for extra, order in zip(self.extra, self.order, strict=True)
        ]
        self.alike: dict[Weights, list[int]] = {}
        """Needs that share the same limits."""
        for at, weights in enumerate(self.weights):
            self.alike.setdefault(weights, []).append(at)

    def _extra_costs(self, problem: Problem, need: Need) -> list[float]:
        """Return what each slot costs a need per kWh above its price: preferences, not money.

        Late slots are preferred among equal ones (early ones if the need says so), the present one for a running load,
        which keeps its slots until its least time is over; slots above the highest price are the last choice. What
        starts at once prefers each slot to all later ones, whatever they cost.
        """
        if need.at_once:
            return [LAST_CHOICE * slot for slot in self.slots]
        last, runs = len(self.slots), need.ran_s > 0
        # A running load prefers the present slot among equal ones: that saves a start.
        extra = [
            LAST_CHOICE * (last - slot)
            if problem.forecast.is_above(need.max_price, slot)
            else TIE * (slot if need.early or (slot == 0 and runs) else last - slot)
            for slot in self.slots
        ]
        # It goes on until its least time is over, so the others are planned around that.
        held = range(min(need.held_slots, need.end) if need.min_slots > 1 else 0)
        return [each - LAST_CHOICE if slot in held else each for slot, each in enumerate(extra)]

    def _tightest_shared_limits(self, limits: Sequence[Limit]) -> dict[Weights, list[float]]:
        """Return weights of several needs -> their tightest limit in each slot [kW]; a limit on one lowers `most_kw`.

        Weights and room are scaled to a largest weight of 1; a negative room counts as 0.
        """
        found: dict[Weights, list[float]] = {}
        for limit in limits:
            on = [(at, share) for at, need in enumerate(self.needs) if (share := limit.weights.get(need.name))]
            if not on:
                continue
            top = max(share for _, share in on)
            weights = tuple((at, share / top) for at, share in on)
            room_kw = [max(room, 0.0) / top for room in limit.room_kw]
            if len(on) == 1:
                self.most_kw[on[0][0]] = [*map(min, self.most_kw[on[0][0]], room_kw)]
            else:
                found[weights] = [*map(min, found.get(weights, room_kw), room_kw)]
        return found
