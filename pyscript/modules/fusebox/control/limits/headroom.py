"""All ceilings of one instant, and a tally of what is left under each while amps are allocated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...model.ceiling import Budget, Ceiling
from ...model.decision import Demand, MinimumSource
from ...model.electrics import DUST, Phase
from ...model.load import Load
from ...model.records import fast_replace
from ...model.site import Site

Weighed = list[tuple[int, float]]
"""Pairs of a ceiling's place in the sequence and the load's weight under it."""

NO_LIMITS: Weighed = []
NO_BUDGETS: Mapping[Budget, Weighed] = {}


def take_from_budget(left: list[float], budget: Weighed, current_a: float) -> None:
    """Subtract a load's current [A] from what is left of a budget, at most what is left in each of its ceilings."""
    taken_a = headroom_for_one_a(left, budget, current_a)
    if taken_a > 0:
        for place, weight in budget:
            left[place] -= weight * taken_a


def headroom_for_one_a(left: list[float], weighed: Weighed, most_a: float = float("inf")) -> float:
    """Return the current that all of these ceilings still allow one load [A, may be < 0], at most `most_a`."""
    for place, weight in weighed:
        could_a = left[place] / weight
        if could_a < most_a:
            most_a = could_a
    return most_a


class CeilingIndex:
    """Which loads are under which ceiling. Several tallies of the same ceilings may share one index.

    `wires`: load -> ceilings that stop every load under them; `budgets`: load -> ceilings of each budget that it uses;
    `over`: load -> all ceilings that stop it. All in the order of the ceilings.
    """

    __slots__ = ("budgets", "over", "wires")

    def __init__(self, ceilings: Sequence[Ceiling]) -> None:
        self.wires: dict[str, Weighed] = {}
        self.over: dict[str, Weighed] = {}
        self.budgets: dict[str, dict[Budget, Weighed]] = {}
        for place, ceiling in enumerate(ceilings):
            binds, budget = ceiling.binds, ceiling.budget
            for load, weight in ceiling.weights.items():
                use = (place, weight)
                if binds is None or budget is None:
                    self.wires.setdefault(load, []).append(use)
                else:
                    self.budgets.setdefault(load, {}).setdefault(budget, []).append(use)
                if binds is None or load in binds:
                    self.over.setdefault(load, []).append(use)


class Ceilings(tuple[Ceiling, ...]):
    """All ceilings of one instant, with the index from loads to ceilings."""

    by_load: CeilingIndex

    @classmethod
    def with_index(cls, ceilings: Iterable[Ceiling], by_load: CeilingIndex | None = None) -> Ceilings:
        """Return the ceilings with their index; `by_load` is one of earlier ceilings with these names and weights."""
        found = cls(ceilings)
        found.by_load = CeilingIndex(found) if by_load is None else by_load
        return found

    def over(self, load: str) -> Sequence[Ceiling]:
        """Return the ceilings that stop a load, in order: wires, contracts and the budgets of its mode."""
        return [self[place] for place, _ in self.by_load.over.get(load, NO_LIMITS)]


def move_load(
    site: Site, ceilings: Sequence[Ceiling], load: Load, phases: tuple[Phase, ...], still_on: tuple[Phase, ...] = ()
) -> Ceilings:
    """Return the ceilings with a load moved to `phases`; under a ceiling that covers none of them it counts no longer.

    House load and headroom stay as they are. `still_on` are the phases it draws on until it is stopped; ceilings
    between phases (imbalance) use these.
    """
    above = {circuit.name for circuit in site.above(load.circuit)}
    return Ceilings.with_index(
        _replace_weight(site, c, load.name, c.weight_on(still_on if c.against and still_on else phases), above)
        for c in ceilings
    )


def _replace_weight(site: Site, ceiling: Ceiling, name: str, weight: float, above: set[str]) -> Ceiling:
    """Return the ceiling with a load's weight replaced, or removed where that is 0.

    Unchanged for the fuse of a circuit not in `above`, and for a ceiling over all phases that does not cover the load.
    """
    if ceiling.fuse is not None and ceiling.fuse not in above:
        return ceiling
    if ceiling.fuse is None and ceiling.phases == site.phases and name not in ceiling.weights:
        return ceiling  # it covers all phases, but not this load
    weights = {other: own for other, own in ceiling.weights.items() if other != name}
    return fast_replace(ceiling, weights={**weights, name: weight} if weight else weights)


class Headroom:
    """What is left under every ceiling while shares are allocated [A]."""

    __slots__ = ("_ceilings", "_index", "_left")

    def __init__(self, ceilings: Sequence[Ceiling], left_a: list[float] | None = None) -> None:
        self._ceilings = ceilings
        self._index = ceilings.by_load if isinstance(ceilings, Ceilings) else CeilingIndex(ceilings)
        self._left = [c.headroom_a for c in ceilings] if left_a is None else left_a

    def ceilings_and_headroom(self, load: str) -> tuple[tuple[Ceiling, float], ...]:
        """Return all ceilings that can stop a load, each with what is left under it [A], also where nothing is."""
        return tuple((self._ceilings[place], self._left[place]) for place, _ in self._index.over.get(load, NO_LIMITS))

    def used_places(self, load: str) -> set[int]:
        """Return the places of all ceilings that a load uses, whether they stop it or not."""
        budgets = self._index.budgets.get(load, {}).values()
        return {place for weighed in (self._index.wires.get(load, NO_LIMITS), *budgets) for place, _ in weighed}

    def available_a(self, load: str) -> float:
        """Return how much more current a load could take if no other load took any [A, may be < 0].

        Infinite where no ceiling stops it.
        """
        return headroom_for_one_a(self._left, self._index.over.get(load, NO_LIMITS))

    def saturated_ceilings(self, load: str) -> tuple[Ceiling, ...]:
        """Return the ceilings that stop a load and have nothing left."""
        left = self._left
        return tuple(self._ceilings[i] for i, _ in self._index.over.get(load, NO_LIMITS) if left[i] <= DUST)

    def ceilings_below_minimum(self, demand: Demand) -> tuple[Ceiling, ...]:
        """Return the ceilings that leave less than a demand's minimum.

        A budget counts only as far as the source of its minimum says.
        """
        short = self._places_below_minimum(demand)
        return tuple([self._ceilings[i] for i, _ in short]) if short else ()

    def deficits_to_minimum_a(self, demand: Demand) -> Mapping[str, float]:
        """Return ceiling name -> how much it lacks for a demand's minimum [A], for `ceilings_below_minimum`."""
        short = self._places_below_minimum(demand)
        return {self._ceilings[i].name: weight * demand.min_a - self._left[i] for i, weight in short}

    def take(self, load: str, current_a: float) -> None:
        """Subtract a load's current [A] from every ceiling that it uses; from a budget at most what is left in it.

        Ceilings other than budgets may become negative.
        """
        if not current_a:
            return
        left = self._left
        for i, weight in self._index.wires.get(load, NO_LIMITS):
            left[i] -= weight * current_a
        for budget in self._index.budgets.get(load, NO_BUDGETS).values():
            take_from_budget(left, budget, current_a)

    def take_where_stopped(self, load: str, current_a: float) -> None:
        """Subtract a load's current [A], as `take` does, from the ceilings that stop it only."""
        for i, weight in self._index.wires.get(load, NO_LIMITS):
            self._left[i] -= weight * current_a
        for budget in self._index.budgets.get(load, NO_BUDGETS).values():
            if self._ceilings[budget[0][0]].stops(load):
                take_from_budget(self._left, budget, current_a)

    def take_elsewhere(self, load: str, current_a: float) -> None:
        """Subtract a load's current [A] from the energy budgets that it uses and that do not stop it."""
        for budget in self._index.budgets.get(load, NO_BUDGETS).values():
            if not self._ceilings[budget[0][0]].stops(load):
                take_from_budget(self._left, budget, current_a)

    def rise_a(self, rates: Mapping[str, float]) -> float:
        """Return how far loads can rise together, each by this times its rate, until a ceiling is full [A].

        Infinite where no ceiling limits them, 0 where one is full. A budget with nothing left limits only the loads it
        stops.
        """
        pressure: dict[int, float] = {}
        for load, rate in rates.items():
            for i, weight in self._used_by_rise(load):
                pressure[i] = pressure.get(i, 0.0) + weight * rate
        return min((max(self._left[i], 0.0) / weight for i, weight in pressure.items()), default=float("inf"))

    def _used_by_rise(self, load: str) -> Weighed:
        """Return the ceilings that a load uses when it rises: all that stop it, and budgets that are not used up."""
        budgets = self._index.budgets.get(load)
        if budgets is None:
            return self._index.wires.get(load, NO_LIMITS)
        found = dict(self._index.over.get(load, NO_LIMITS))
        for budget in budgets.values():
            if headroom_for_one_a(self._left, budget) > DUST:
                found.update(budget)
        return list(found.items())

    def use_by_ceiling(self, load: str, current_a: float) -> Mapping[str, tuple[float, float]]:
        """Return ceiling name -> (weight, current not taken from it) for a load that takes `current_a` [A].

        The second is the part that an energy budget does not cover, 0 for wires. A budget that covers nothing is left
        out.
        """
        found = {self._ceilings[i].name: (weight, 0.0) for i, weight in self._index.wires.get(load, NO_LIMITS)}
        for budget in self._index.budgets.get(load, NO_BUDGETS).values():
            beyond_a = max(current_a - max(headroom_for_one_a(self._left, budget), 0.0), 0.0)
            if beyond_a < current_a:
                found.update((self._ceilings[i].name, (weight, beyond_a)) for i, weight in budget)
        return found

    def save(self) -> Sequence[float]:
        """Return what is left now under every ceiling, for `restore`."""
        return tuple(self._left)

    def restore(self, left: Sequence[float]) -> None:
        """Set what is left under every ceiling back to a saved state."""
        self._left = list(left)

    def _places_below_minimum(self, demand: Demand) -> Weighed:
        """Return the ceilings, with weights, whose headroom is below a demand's minimum.

        By the source of the minimum: all ceilings; without budgets if it may come from the grid; otherwise budgets
        count only where nothing is left in them.
        """
        left, ceilings, min_a, source = self._left, self._ceilings, demand.min_a, demand.minimum_source
        over = self._index.over.get(demand.load, NO_LIMITS)
        short = [each for each in over if left[each[0]] + DUST < each[1] * min_a]
        if source is MinimumSource.NONE:
            return short
        if source is MinimumSource.GRID:
            return [each for each in short if ceilings[each[0]].binds is None]
        bound = {i for i, _ in over if ceilings[i].binds is not None}
        return [each for each in over if (left[each[0]] <= DUST if each[0] in bound else each in short)]
