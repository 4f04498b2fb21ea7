"""Random problems for the allocation: loads in every mode under contested wires and budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Demand, Hold, MinimumSource

from .drawn import among

DUST_A = 1e-4
"""Amps below which a linear program and the allocation agree."""

WIDEST_A = 36.0
"""The most that a load here can use."""

MODES: Sequence[tuple[Budget | None, MinimumSource]] = (
    (None, MinimumSource.NONE),
    (Budget.SOLAR, MinimumSource.GRID),
    (Budget.SOLAR, MinimumSource.NONE),
    (Budget.EXCESS, MinimumSource.ONCE_OPEN),
)
"""By urgency: the budget of a mode, and the source of its minimum."""


@dataclass(frozen=True)
class Problem:
    """Ceilings, and demands in order of service."""

    ceilings: list[Ceiling]
    demands: list[Demand]

    def with_demands(self, demands: Sequence[Demand]) -> Problem:
        """Return the ceilings with other demands."""
        return Problem(self.ceilings, list(demands))


@st.composite
def problems(draw: st.DrawFn, budgets: bool = True, holds: bool = True) -> Problem:
    """Draw a problem with any weights and overlap; rooms from negative to more than all could use, most contested."""
    demands = [_demand(draw, place, budgets, holds) for place in range(draw(among(4, 3, 5, 2, 6)))]
    demands.sort(key=lambda d: d.rank)
    names = [d.load for d in demands]
    ceilings = [_ceiling(draw, f"wire {n}", demands, names) for n in range(draw(among(2, 1, 3, 4)))]
    if budgets:
        if draw(st.booleans()):
            # Wires with room for everybody, so that nothing but the budgets decides.
            ceilings = [
                replace(c, headroom_a=c.headroom_a + sum(c.weights[n] * WIDEST_A for n in c.weights)) for c in ceilings
            ]
        for budget in (Budget.SOLAR, Budget.EXCESS):
            ceilings += _parts_of_budget(draw, budget, demands, names)
    return Problem(ceilings, demands)


def _demand(draw: st.DrawFn, place: int, budgets: bool, holds: bool) -> Demand:
    urgency = draw(among(2, 0, 1, 3))
    min_a = float(draw(st.integers(1, 10)))
    max_a = min_a + draw(among(WIDEST_A - 10, 10.0, 3.0, 0.0))
    hold = draw(among(None, None, None, None, Hold.ON, Hold.OFF, Hold.LATER)) if holds else None
    minimum_source = MODES[urgency][1] if budgets else MinimumSource.NONE
    rank = (urgency, draw(st.integers(1, 3)), place)
    can_use_power = not holds or hold is Hold.ON or draw(among(True, True, True, False))
    return Demand(
        f"l{place}",
        min_a,
        max_a if can_use_power else 0.0,
        rank,
        minimum_source=minimum_source,
        requested_a=max_a,
        hold=hold,
    )


def _ceiling(draw: st.DrawFn, name: str, demands: Sequence[Demand], names: Sequence[str]) -> Ceiling:
    """Draw a ceiling whose capacity is a part of its loads' requests, in coarse steps so that two often coincide."""
    under = [name for name in names if draw(among(True, True, False))] or names
    weights = {load: float(draw(among(1, 1, 2, 3))) for load in under}
    requested_a = sum(weights[d.load] * d.requested_a for d in demands if d.load in weights)
    part = draw(among(0.5, 0.7, 0.3, 0.9, 1.1, 0.15, 0.0, -0.1))
    return Ceiling(name, "", round(part * requested_a) + draw(among(0.0, 0.5, 1.25)), weights)


def _parts_of_budget(draw: st.DrawFn, budget: Budget, demands: Sequence[Demand], names: Sequence[str]) -> list[Ceiling]:
    """Draw the parts of a budget: none, one over all loads, or several over some; never negative, like energy."""
    lives = frozenset(d.load for d in demands if MODES[d.rank[0]][0] is budget)
    parts = [_ceiling(draw, f"{budget} {n}", demands, names) for n in range(draw(among(3, 2, 1, 0)))]
    return [
        replace(part, binds=lives & part.weights.keys(), budget=budget, headroom_a=max(part.headroom_a, 0.0))
        for part in parts
    ]


def used_a(ceiling: Ceiling, amps: dict[str, float]) -> float:
    """Return what these loads use under a ceiling [A]."""
    return sum(weight * amps.get(load, 0.0) for load, weight in ceiling.weights.items())
