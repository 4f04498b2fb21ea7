"""A tally of what is left under every ceiling while amps are handed out."""

from __future__ import annotations

from collections.abc import Sequence

from .decision import AMP_DUST, Ceiling, Demand


class Rooms:
    """What is left under every ceiling while shares are handed out [A]."""

    def __init__(self, ceilings: Sequence[Ceiling]) -> None:
        self._left = {c.name: c.room_a for c in ceilings}
        self._over: dict[str, list[tuple[Ceiling, float]]] = {}
        for ceiling in ceilings:
            for load, weight in ceiling.weights.items():
                self._over.setdefault(load, []).append((ceiling, weight))

    def over(self, load: str) -> Sequence[tuple[Ceiling, float]]:
        """The ceilings over a load, each with the load's weight."""
        return self._over.get(load, ())

    def left_a(self, ceiling: Ceiling) -> float:
        """What a ceiling has left; negative when held minimums have overdrawn it."""
        return self._left[ceiling.name]

    def most(self, load: str) -> tuple[float, Ceiling | None]:
        """How many more amps the load alone could take, and the ceiling that says so."""
        most_a, tightest = float("inf"), None
        for ceiling, weight in self.over(load):
            could_a = self._left[ceiling.name] / weight
            if could_a < most_a:
                most_a, tightest = could_a, ceiling
        return most_a, tightest

    def short(self, demand: Demand) -> tuple[Ceiling, ...]:
        """The ceilings under which the demand's minimum does not fit."""
        return tuple(c for c, weight in self.over(demand.load) if self.left_a(c) + AMP_DUST < weight * demand.min_a)

    def take(self, load: str, current_a: float) -> None:
        """Subtract the load's amps from every ceiling over it."""
        for ceiling, weight in self.over(load):
            self._left[ceiling.name] -= weight * current_a
