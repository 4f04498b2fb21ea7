"""The working sheet of one plan: who takes how much in which slot, what is left, and what more would cost."""

from __future__ import annotations

from collections.abc import Container, Mapping

from .need import DUST_KW, SLOT_H, Limit, Need, Problem

LAST_CHOICE = 1e3
"""What is above a need's price limit comes after all that is not, by so much per kWh."""
TIE = 1e-9
"""Among equal prices the better slot is better by so much per slot and kWh: less than any price differs by."""


class Ledger:
    """What is planned so far. Changed by `add` alone."""

    def __init__(self, problem: Problem, limits: tuple[Limit, ...]) -> None:
        self.needs = problem.needs
        self.limits = limits
        self.outlook = problem.outlook
        self.slots = range(len(problem.outlook.prices))
        self.power_kw = [[0.0] * len(self.slots) for _ in self.needs]
        self.total_kw = [0.0] * len(self.slots)
        self.slack_kw = [[max(room, 0.0) for room in limit.room_kw] for limit in limits]
        self.weights = [
            [(at, limit.weights[need.name]) for at, limit in enumerate(limits) if limit.weights.get(need.name)]
            for need in self.needs
        ]
        self.shares = [[limit.weights.get(need.name, 0.0) for need in self.needs] for limit in limits]
        self.left_kwh = [need.energy_kwh for need in self.needs]
        self.bias = [self._bias(need) for need in self.needs]
        cheapest = [min(price, export) if sun > DUST_KW else price for price, export, sun in self._rows()]
        self.has_sun = [sun > DUST_KW for sun in self.outlook.sun_kw]
        self.base = [0.0] * len(self.slots)
        self.order = [
            sorted(
                (cheapest[slot] + bias[slot], slot) for slot in range(max(need.first, 0), min(need.end, len(cheapest)))
            )
            for need, bias in zip(self.needs, self.bias, strict=True)
        ]
        self.spare_kw = [[0.0] * len(self.slots) for _ in self.needs]
        for slot in self.slots:
            self._renew(slot)

    def _rows(self) -> zip[tuple[float, float, float]]:
        return zip(self.outlook.prices, self.outlook.export, self.outlook.sun_kw, strict=True)

    def _bias(self, need: Need) -> list[float]:
        """What makes a slot dearer to this need than it is."""
        outlook = self.outlook
        if need.at_once:
            return [LAST_CHOICE * slot for slot in self.slots]
        limit = float("inf") if need.max_price is None else need.max_price
        last = len(self.slots)
        return [
            TIE * (slot if need.early else last - slot)
            + (LAST_CHOICE if outlook.known[slot] and outlook.prices[slot] > limit else 0.0)
            for slot in self.slots
        ]

    def add(self, need: int, slot: int, power_kw: float) -> None:
        """More power, or less where it is negative; the caller sees to it that it fits."""
        self.power_kw[need][slot] += power_kw
        self.total_kw[slot] += power_kw
        self.left_kwh[need] -= power_kw * SLOT_H
        for limit, weight in self.weights[need]:
            self.slack_kw[limit][slot] -= weight * power_kw
        self._renew(slot)

    def _renew(self, slot: int) -> None:
        outlook = self.outlook
        price = outlook.prices[slot]
        sunny = self.total_kw[slot] < outlook.sun_kw[slot] - DUST_KW
        self.base[slot] = min(price, outlook.export[slot]) if sunny else price
        for at, need in enumerate(self.needs):
            spare = need.max_kw - self.power_kw[at][slot]
            for limit, weight in self.weights[at]:
                spare = min(spare, self.slack_kw[limit][slot] / weight)
            self.spare_kw[at][slot] = spare

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
                most = min(most, (self.needs[need].max_kw - power) / share if share > 0 else power / -share)
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

    def room_kw(self, need: int, slot: int, fixed: Container[int]) -> float:
        """What a need may have in a slot beside those that nobody moves [kW]."""
        room = self.needs[need].max_kw
        for limit, weight in self.weights[need]:
            weights = self.limits[limit].weights
            movable = sum(
                weights.get(other.name, 0.0) * self.power_kw[at][slot]
                for at, other in enumerate(self.needs)
                if at not in fixed
            )
            room = min(room, (self.slack_kw[limit][slot] + movable) / weight)
        return room

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
            for total, own, (price, export, _) in zip(self.total_kw, sun, self._rows(), strict=True)
        )

    def powers(self) -> Mapping[str, tuple[float, ...]]:
        """Need -> what it takes in each slot [kW]."""
        return {need.name: tuple(power) for need, power in zip(self.needs, self.power_kw, strict=True)}
