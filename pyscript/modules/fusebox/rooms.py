"""A tally of what is left under every ceiling while amps are handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .decision import AMP_DUST, Backing, Budget, Ceiling, Demand

Weighed = list[tuple[Ceiling, float]]
"""Ceilings over one load, each with the load's weight."""


class Rooms:
    """What is left under every ceiling while shares are handed out [A]."""

    def __init__(self, ceilings: Sequence[Ceiling]) -> None:
        self._left = {c.name: c.room_a for c in ceilings}
        self._wires: dict[str, Weighed] = {}
        self._budgets: dict[str, dict[Budget, Weighed]] = {}
        self._over: dict[str, Weighed] = {}
        for ceiling in ceilings:
            for load, weight in ceiling.weights.items():
                if ceiling.stops(load):
                    self._over.setdefault(load, []).append((ceiling, weight))
                if ceiling.binds is None:
                    self._wires.setdefault(load, []).append((ceiling, weight))
                elif ceiling.budget is not None:
                    self._budgets.setdefault(load, {}).setdefault(ceiling.budget, []).append((ceiling, weight))

    def over(self, load: str) -> Weighed:
        """The ceilings that stop a load."""
        return self._over.get(load, [])

    def left_a(self, ceiling: Ceiling) -> float:
        """What a ceiling has left; negative when held minimums have overdrawn it."""
        return self._left[ceiling.name]

    def most(self, load: str) -> float:
        """How many more amps the load alone could take."""
        return self._could(self.over(load))

    def tight(self, load: str) -> tuple[Ceiling, ...]:
        """The ceilings that leave a load nothing more."""
        return tuple(c for c, _ in self.over(load) if self._left[c.name] <= AMP_DUST)

    def short(self, demand: Demand) -> tuple[Ceiling, ...]:
        """The ceilings that keep a demand from its minimum."""
        return tuple(c for c, weight in self.over(demand.load) if self._keeps_from(c, weight, demand))

    def _keeps_from(self, ceiling: Ceiling, weight: float, demand: Demand) -> bool:
        left_a = self._left[ceiling.name]
        if ceiling.binds is None or demand.backing is Backing.NONE:
            return left_a + AMP_DUST < weight * demand.min_a
        return demand.backing is Backing.ONCE_OPEN and left_a <= AMP_DUST

    def take(self, load: str, current_a: float) -> None:
        """Subtract the load's amps from every ceiling over it; from budgets no more than they hold for it."""
        for ceiling, weight in self._wires.get(load, ()):
            self._left[ceiling.name] -= weight * current_a
        self._take_of_budgets(load, current_a)

    def count(self, load: str, current_a: float) -> None:
        """As `take`, but under each ceiling at what the load is measured to use, where that is more."""
        for ceiling, weight in self._wires.get(load, ()):
            self._left[ceiling.name] -= max(ceiling.drawn_a.get(load, 0.0), weight * current_a)
        drawn_a = (c.drawn_a.get(load, 0.0) / w for pairs in self._budgets.get(load, {}).values() for c, w in pairs)
        self._take_of_budgets(load, max(current_a, *drawn_a, 0.0))

    def _take_of_budgets(self, load: str, current_a: float) -> None:
        for budget in self._budgets.get(load, {}).values():
            taken_a = min(current_a, max(self._could(budget), 0.0))
            for ceiling, weight in budget:
                self._left[ceiling.name] -= weight * taken_a

    def pressing(self, load: str) -> Weighed:
        """The ceilings that a load uses up when it rises: not the budgets that hold nothing for it any more."""
        found = list(self._wires.get(load, ()))
        for budget in self._budgets.get(load, {}).values():
            if self._could(budget) > AMP_DUST or budget[0][0].stops(load):
                found += budget
        return found

    def beyond_budget_a(self, load: str, ceiling: Ceiling, current_a: float) -> float:
        """How much of these amps a load would not take from the budget that the ceiling is part of [A]."""
        if ceiling.binds is None or ceiling.budget is None:
            return 0.0
        return max(current_a - max(self._could(self._budgets[load][ceiling.budget]), 0.0), 0.0)

    def saved(self) -> Mapping[str, float]:
        """What is left now, for `restore`."""
        return dict(self._left)

    def restore(self, left: Mapping[str, float]) -> None:
        """Back to what was left then."""
        self._left = dict(left)

    def _could(self, weighed: Weighed) -> float:
        return min((self._left[c.name] / weight for c, weight in weighed), default=float("inf"))
