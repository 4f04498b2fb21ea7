"""The current that each load counts for under each ceiling while setpoints change; a raise has to fit in addition.

Each load counts for the most of its draw, its setpoint and what its device still offers. For wires a sum is stored, and
the load that is to rise is subtracted from it; from a budget each load in turn takes no more than is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model.ceiling import Budget
from ...model.decision import Demand
from ..limits.headroom import NOBODY, Ceilings, Headroom, Weighed, take_from_budget


class _Taker(NamedTuple):
    """A load that takes energy from a budget."""

    load: str
    places: Weighed
    bound: bool
    """Whether the budget limits the load: False for one whose minimum needs no sun."""

    min_a: float


class CountedAmps:
    """The current that all loads count for now, at first `most_a` or their draw; `set_current` changes one load's."""

    __slots__ = ("_ceilings", "_current_a", "_demands", "_of_wires", "_takers", "_used_a")

    def __init__(self, ceilings: Ceilings, demands: Sequence[Demand], most_a: Mapping[str, float]) -> None:
        self._ceilings, self._demands = ceilings, demands
        self._used_a = [0.0] * len(ceilings)
        self._of_wires: dict[str, Weighed] = {}
        self._current_a: dict[str, float] = {}
        self._takers: dict[Budget, list[_Taker]] = {}
        for demand in demands:
            self.set_current(demand.load, most_a[demand.load])

    def set_current(self, load: str, most_a: float) -> None:
        """Count a load with `most_a` [A] on each phase from now on, or with its measured draw where that is more."""
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

    def headroom_without(self, load: str, ceilings: Ceilings, starts: bool) -> Headroom:
        """Return the headroom that all other loads, as they count now, leave one load under `ceilings` [A].

        These may have other rooms than those of the constructor. With `starts`, other loads that an energy budget does
        not limit take only their minimum of it, as at admission.
        """
        left = [ceiling.room_a - used_a for ceiling, used_a in zip(ceilings, self._used_a, strict=True)]
        for place, part_a in self._of_wires[load]:
            left[place] += part_a
        for budget, places in ceilings.by_load.budgets.get(load, {}).items():
            if ceilings[places[0][0]].stops(load):
                self._subtract_budget_use(left, budget, load, starts)
        return Headroom(ceilings, left)

    def _subtract_budget_use(self, left: list[float], budget: Budget, asking: str, starts: bool) -> None:
        """Subtract from `left` what each load except `asking` takes of an energy budget, in order of service.

        With `starts`, a load that the budget does not stop takes only its minimum.
        """
        for load, places, bound, min_a in self._loads_using(budget):
            if load == asking:
                continue
            taken_a = self._current_a[load]
            if starts and not bound and min_a < taken_a:
                taken_a = min_a
            take_from_budget(left, places, taken_a)

    def _loads_using(self, budget: Budget) -> list[_Taker]:
        """Return the loads that take from a budget; found at the first request, then cached."""
        found = self._takers.get(budget)
        if found is None:
            ceilings, budgets = self._ceilings, self._ceilings.by_load.budgets
            found = self._takers[budget] = [
                _Taker(demand.load, places, ceilings[places[0][0]].stops(demand.load), demand.min_a)
                for demand in self._demands
                if (places := budgets.get(demand.load, {}).get(budget))
            ]
        return found
