"""The working sheet of one plan: who takes how much in which slot, what is left, and what more would cost."""

from __future__ import annotations

from collections.abc import Container, Mapping

from .need import DUST_KW, SLOT_H
from .terms import Terms, rows


class Ledger:
    """What is planned so far. Changed by `add` alone."""

    def __init__(self, terms: Terms, height_kw: float = 0.0) -> None:
        self.terms = terms
        self.needs, self.outlook, self.slots = terms.needs, terms.outlook, terms.slots
        self.bias, self.order, self.most_kw = terms.bias, terms.order, terms.most_kw
        self.weights, self.shares = terms.weights, terms.shares
        self.power_kw = [[0.0] * len(self.slots) for _ in self.needs]
        self.total_kw = [0.0] * len(self.slots)
        self.slack_kw = [list(room) for room in terms.room_kw]
        if terms.peak is not None:
            self.slack_kw[terms.peak_limit] = [max(height_kw - house, 0.0) for house in terms.peak.house_kw]
        self.left_kwh = [need.energy_kwh for need in self.needs]
        self.users: list[list[int]] = [[] for _ in self.slots]
        """Slot -> who takes anything then."""
        self.placed: set[int] = set()
        """Who takes, or took, anything."""
        self.touched: set[int] = set()
        """The slots that have changed since somebody has looked after that."""
        self.base = list(terms.cheapest)
        self.spare_kw = [[0.0] * len(self.slots) for _ in self.needs]
        for slot in self.slots:
            self._renew(slot)

    def add(self, need: int, slot: int, power_kw: float) -> None:
        """More power, or less where it is negative; the caller sees to it that it fits."""
        before = self.power_kw[need][slot]
        after = self.power_kw[need][slot] = before + power_kw
        if after > DUST_KW >= before:
            self.users[slot].append(need)
            self.placed.add(need)
        elif before > DUST_KW >= after:
            self.users[slot].remove(need)
        self.total_kw[slot] += power_kw
        self.left_kwh[need] -= power_kw * SLOT_H
        for limit, weight in self.weights[need]:
            self.slack_kw[limit][slot] -= weight * power_kw
        self.touched.add(slot)
        self._renew(slot)

    def _renew(self, slot: int) -> None:
        self.base[slot] = self.slope(slot, more=True)
        for weights, members in self.terms.inside[slot]:
            room = float("inf")
            for limit, weight in weights:
                slack = self.slack_kw[limit][slot] / weight
                if slack < room:
                    room = slack
            for at in members:
                spare = self.most_kw[at][slot] - self.power_kw[at][slot]
                self.spare_kw[at][slot] = spare if spare < room else room

    def raise_peak(self, height_kw: float) -> None:
        """Lets all together have more."""
        peak = self.terms.peak
        assert peak is not None
        at_slots = zip(peak.house_kw, self.total_kw, strict=True)
        self.slack_kw[self.terms.peak_limit] = [max(height_kw - house, 0.0) - total for house, total in at_slots]
        self.touched.update(self.slots)
        for slot in self.slots:
            self._renew(slot)

    def is_full(self, need: int, slot: int) -> bool:
        """Whether what counts everybody alike leaves a need nothing in a slot."""
        # Asked for each slot of each search: a generator would take three times as long.
        for limit in self.terms.alike[need]:  # noqa: SIM110
            if self.slack_kw[limit][slot] <= DUST_KW:
                return True
        return False

    def cost_of(self, need: int, slot: int) -> float:
        """What the next kWh of a need would cost in a slot, as it sees it."""
        return self.base[slot] + self.bias[need][slot]

    def slope(self, slot: int, *, more: bool) -> float:
        """What a kWh more costs in a slot, or a kWh less saves."""
        outlook = self.outlook
        at_end = DUST_KW if more else -DUST_KW
        sunny = self.total_kw[slot] < outlook.sun_kw[slot] - at_end
        return min(outlook.prices[slot], outlook.export[slot]) if sunny else outlook.prices[slot]

    def slope_of(self, changes: Mapping[tuple[int, int], float]) -> float:
        """What changes cost together per kWh: ways that cross each other may cost more than each alone."""
        totals: dict[int, float] = {}
        for (_, slot), share in changes.items():
            totals[slot] = totals.get(slot, 0.0) + share
        own = sum(share * self.bias[need][slot] for (need, slot), share in changes.items())
        return own + sum(total * self.slope(slot, more=total > 0) for slot, total in totals.items())

    def bears_kw(self, changes: Mapping[tuple[int, int], float]) -> float:
        """How many times changes can be made together, and at one price [kW]."""
        most = float("inf")
        totals: dict[int, float] = {}
        loads: dict[tuple[int, int], float] = {}
        for (need, slot), share in changes.items():
            power = self.power_kw[need][slot]
            if share:
                most = min(most, (self.most_kw[need][slot] - power) / share if share > 0 else power / -share)
            totals[slot] = totals.get(slot, 0.0) + share
            for limit, weight in self.weights[need]:
                loads[limit, slot] = loads.get((limit, slot), 0.0) + weight * share
        for (limit, slot), load in loads.items():
            if load > DUST_KW:
                most = min(most, self.slack_kw[limit][slot] / load)
        for slot, total in totals.items():
            sun = self.outlook.sun_kw[slot] - self.total_kw[slot]
            if total > DUST_KW and sun > DUST_KW:
                most = min(most, sun / total)
        return most

    def room_kw(self, need: int, slot: int, fixed: Container[int], *, without: int | None = None) -> float:
        """What a need may have in a slot beside those that nobody moves, `without` one limit [kW]."""
        room = self.most_kw[need][slot]
        movable = [(at, self.power_kw[at][slot]) for at in self.users[slot] if at not in fixed]
        for limit, weight in self.weights[need]:
            if limit != without:
                shares = self.shares[limit]
                slack = self.slack_kw[limit][slot] + sum([shares[at] * power for at, power in movable])
                room = min(room, slack / weight)
        return room

    def taken_kw(self, slot: int, fixed: Container[int]) -> float:
        """What those take in a slot that nobody moves [kW]."""
        return sum([self.power_kw[at][slot] for at in self.users[slot] if at in fixed])

    def sun_left_kw(self, need: int, slot: int) -> float:
        """What the others leave of the sun [kW]."""
        return max(self.outlook.sun_kw[slot] - self.total_kw[slot] + self.power_kw[need][slot], 0.0)

    def price_of(self, need: int, slot: int, power_kw: float, *, above_kw: float = 0.0) -> float:
        """What a kWh costs on average between these powers of a need beside the others, as it sees it."""
        outlook = self.outlook
        price = outlook.prices[slot]
        taken = power_kw - above_kw
        sun = min(max(self.sun_left_kw(need, slot) - above_kw, 0.0), taken)
        mean = price - (price - min(price, outlook.export[slot])) * sun / taken if taken > 0 else price
        return mean + self.bias[need][slot]

    def cost(self) -> float:
        """What all that is planned costs."""
        sun = [min(total, max(sun, 0.0)) for total, sun in zip(self.total_kw, self.outlook.sun_kw, strict=True)]
        return SLOT_H * sum(
            (total - own) * price + own * min(price, export)
            for total, own, (price, export, _) in zip(self.total_kw, sun, rows(self.outlook), strict=True)
        )
