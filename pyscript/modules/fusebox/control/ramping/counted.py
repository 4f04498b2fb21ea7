"""What every load counts with under each ceiling while setpoints move: all others are what a raise has to fit beside.

Each counts at the most of what it draws, what it is set to and what its device still offers. Of wires the sum is kept,
and who asks is taken out of it; from a budget each takes in its turn no more than that holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model.ceiling import Budget
from ...model.decision import Demand
from ..limits.headroom import NOBODY, Ceilings, Headroom, Weighed


class _Taker(NamedTuple):
    """Who takes from a budget, and whether it lives on it."""

    load: str
    places: Weighed
    bound: bool
    min_a: float


class Counted:
    """What all loads count with now; `count` changes it for one of them."""

    __slots__ = ("_ceilings", "_current_a", "_demands", "_of_wires", "_takers", "_used_a")

    def __init__(self, ceilings: Ceilings, demands: Sequence[Demand], most_a: Mapping[str, float]) -> None:
        self._ceilings, self._demands = ceilings, demands
        self._used_a = [0.0] * len(ceilings)
        self._of_wires: dict[str, Weighed] = {}
        self._current_a: dict[str, float] = {}
        self._takers: dict[Budget, list[_Taker]] = {}
        for demand in demands:
            self.count(demand.load, most_a[demand.load])

    def count(self, load: str, most_a: float) -> None:
        """The load counts with so much from now on, or with what it is measured to use where that is more."""
        ceilings, by_load, used_a = self._ceilings, self._ceilings.by_load, self._used_a
        for place, part_a in self._of_wires.get(load, NOBODY):
            used_a[place] -= part_a
        wires = by_load.wires.get(load, NOBODY)
        mine = [(place, max(ceilings[place].drawn_a.get(load, 0.0), weight * most_a)) for place, weight in wires]
        for place, part_a in mine:
            used_a[place] += part_a
        for budget in by_load.budgets.get(load, {}).values():
            for place, weight in budget:
                most_a = max(most_a, ceilings[place].drawn_a.get(load, 0.0) / weight)
        self._of_wires[load], self._current_a[load] = mine, most_a

    def beside(self, load: str, ceilings: Ceilings, starts: bool) -> Headroom:
        """What all others leave a load, under the ceilings that stop it; they differ in their rooms from those before.

        For a start, those that need no sun have only their minimum of it: so have the minimums been admitted.
        """
        left = [ceiling.room_a - used_a for ceiling, used_a in zip(ceilings, self._used_a, strict=True)]
        for place, part_a in self._of_wires[load]:
            left[place] += part_a
        for budget, places in ceilings.by_load.budgets.get(load, {}).items():
            if ceilings[places[0][0]].stops(load):
                self._take(left, budget, load, starts)
        return Headroom(ceilings, left)

    def _take(self, left: list[float], budget: Budget, asking: str, starts: bool) -> None:
        for load, places, bound, min_a in self._takers_of(budget):
            if load == asking:
                continue
            taken_a = self._current_a[load]
            if starts and not bound and min_a < taken_a:
                taken_a = min_a
            for place, weight in places:
                could_a = left[place] / weight
                if could_a < taken_a:
                    taken_a = could_a
            if taken_a > 0:
                for place, weight in places:
                    left[place] -= weight * taken_a

    def _takers_of(self, budget: Budget) -> list[_Taker]:
        found = self._takers.get(budget)
        if found is None:
            ceilings, budgets = self._ceilings, self._ceilings.by_load.budgets
            found = self._takers[budget] = [
                _Taker(demand.load, places, ceilings[places[0][0]].stops(demand.load), demand.min_a)
                for demand in self._demands
                if (places := budgets.get(demand.load, {}).get(budget))
            ]
        return found
