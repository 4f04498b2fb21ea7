"""What stays the same however a problem is planned: worked out once, and read by every sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .need import DUST_KW, Limit, Need, Outlook, Problem

LAST_CHOICE = 1e3
"""What is above a need's price limit comes after all that is not, by so much per kWh."""
TIE = 1e-9
"""Among equal prices the better slot is better by so much per slot and kWh: less than any price differs by."""

Weights = tuple[tuple[int, float], ...]
"""Of some needs or limits: which, and how much of a need's power counts."""


class Terms:
    """Of one problem; needs and limits are told by their number."""

    def __init__(self, problem: Problem) -> None:
        self.needs = problem.needs
        self.outlook = outlook = problem.outlook
        self.slots = range(len(outlook.prices))
        self.windows = [self.slots[max(need.first, 0) : max(need.end, 0)] for need in self.needs]
        self.bias = [self._bias(need) for need in self.needs]
        self.cheapest = [min(price, export) if sun > DUST_KW else price for price, export, sun in rows(outlook)]
        """What a kWh costs in a slot with all of its sun."""
        self.order = [
            sorted((self.cheapest[slot] + bias[slot], slot) for slot in window)
            for window, bias in zip(self.windows, self.bias, strict=True)
        ]
        """Of each need: its slots, the cheapest first."""
        self.most_kw = [[need.max_kw] * len(self.slots) for need in self.needs]
        """What a need may have in a slot if it is alone."""
        shared = self._shared(problem.limits)
        weights, self.room_kw = [*shared], [*shared.values()]
        """Of each limit that several needs share: what it leaves them in a slot."""
        self.peak, self.peak_limit = problem.peak, len(shared)
        """What is billed, and which limit its height is."""
        if problem.peak is not None:
            weights.append(tuple((at, 1.0) for at in range(len(self.needs))))
            self.room_kw.append([-house for house in problem.peak.house_kw])
        self.shares = [[dict(each).get(at, 0.0) for at in range(len(self.needs))] for each in weights]
        """Limit and need -> how much of its power counts."""
        self.weights: list[Weights] = [
            tuple((limit, shares[at]) for limit, shares in enumerate(self.shares) if shares[at])
            for at in range(len(self.needs))
        ]
        """Need -> which limits it shares, and how much of its power counts there."""
        alike = {limit for limit, shares in enumerate(self.shares) if set(shares) <= {0.0, 1.0}}
        self.alike = [[limit for limit, _ in weights if limit in alike] for weights in self.weights]
        """Need -> which of these count everybody alike."""
        self.dearest = [max(bias, default=0.0) for bias in self.bias]
        self.inside = [self._inside(slot) for slot in self.slots]
        """Slot -> the needs that may run then, those that share the same limits together."""

    def alone_kw(self, at: int, slot: int) -> float:
        """What a need may have in a slot without the others and whatever a peak costs."""
        limits = [(limit, weight) for limit, weight in self.weights[at] if limit != self.peak_limit]
        return min([self.most_kw[at][slot], *(self.room_kw[limit][slot] / weight for limit, weight in limits)])

    def _bias(self, need: Need) -> list[float]:
        """What makes a slot dearer to this need than it is."""
        if need.at_once:
            return [LAST_CHOICE * slot for slot in self.slots]
        limit = float("inf") if need.max_price is None else need.max_price
        last = len(self.slots)
        told = zip(self.slots, self.outlook.known, self.outlook.prices, strict=True)
        return [
            TIE * (slot if need.early or self._goes_on(need, slot) else last - slot)
            + (LAST_CHOICE if known and price > limit else 0.0)
            for slot, known, price in told
        ]

    @staticmethod
    def _goes_on(need: Need, slot: int) -> bool:
        """Whether it runs already: of equal prices it takes the one that makes no more starts."""
        return slot == 0 and need.ran_s > 0

    def _shared(self, limits: Sequence[Limit]) -> dict[Weights, list[float]]:
        """Limits of several needs: of those on the same needs the tightest. What limits only one is its most."""
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

    def _inside(self, slot: int) -> tuple[tuple[Weights, tuple[int, ...]], ...]:
        members: dict[Weights, list[int]] = {}
        for at, window in enumerate(self.windows):
            if slot in window:
                members.setdefault(self.weights[at], []).append(at)
        return tuple((weights, tuple(each)) for weights, each in members.items())


def rows(outlook: Outlook) -> Iterator[tuple[float, float, float]]:
    """Of each slot its price, what is earned there, and its sun."""
    return zip(outlook.prices, outlook.export, outlook.sun_kw, strict=True)
