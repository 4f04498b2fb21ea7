"""Laws of the allocation: whatever the house, no ceiling is exceeded and nobody gets half a minimum."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from fusebox.allocation import allocate
from fusebox.decision import Ceiling, Demand, Hold
from fusebox.site import Distribution


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Ceiling], list[Demand]]:
    """Ceilings and demands as the allocation sees them: any weights, any overlap, room below zero."""
    names = [f"l{n}" for n in range(draw(st.integers(1, 6)))]
    demands = []
    for place, name in enumerate(names):
        min_a = draw(st.integers(1, 10))
        max_a = draw(st.sampled_from([0, min_a, min_a + 5, min_a + 26]))
        rank = (draw(st.integers(0, 1)), draw(st.integers(1, 3)), place)
        hold = draw(st.sampled_from([None, None, None, Hold.OFF])) if max_a else None
        demands.append(Demand(name, float(min_a), float(max_a), rank, hold=hold))
    demands.sort(key=lambda d: d.rank)
    ceilings = []
    for number in range(draw(st.integers(0, 5))):
        under = draw(st.sets(st.sampled_from(names), min_size=1))
        room_a = draw(st.floats(-10, 80).map(lambda a: round(a, 2)))
        ceilings.append(Ceiling(f"c{number}", "", room_a, {n: float(draw(st.integers(1, 3))) for n in sorted(under)}))
    return ceilings, demands


@given(problems(), st.sampled_from(Distribution))
def test_no_ceiling_is_exceeded(problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    for ceiling in ceilings:
        used_a = sum(weight * shares[load].amps for load, weight in ceiling.weights.items())
        assert used_a <= max(ceiling.room_a, 0.0) + 1e-5


@given(problems(), st.sampled_from(Distribution))
def test_a_load_gets_nothing_or_minimum_to_maximum(
    problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution
) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    for demand in demands:
        amps = shares[demand.load].amps
        assert amps == 0 or demand.min_a - 1e-9 <= amps <= demand.max_a + 1e-9
        if demand.hold is Hold.OFF or demand.max_a == 0:
            assert amps == 0


@given(problems(), st.sampled_from(Distribution))
def test_who_gets_less_than_it_could_use_is_told_what_stops_it(
    problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution
) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    for demand in demands:
        share = shares[demand.load]
        if demand.hold is None and share.amps < demand.max_a - 1e-5:
            assert share.binding
            assert all(demand.load in ceiling.weights for ceiling in share.binding)


@given(problems())
def test_held_on_loads_have_their_minimum_even_without_room(problem: tuple[list[Ceiling], list[Demand]]) -> None:
    ceilings, demands = problem
    held = [
        Demand(d.load, d.min_a, d.max_a, d.rank, hold=Hold.ON) if place == 0 and d.max_a else d
        for place, d in enumerate(demands)
    ]
    shares = allocate(ceilings, held, Distribution.PRIORITY)
    if held[0].hold is Hold.ON:
        assert shares[held[0].load].amps >= held[0].min_a


def _admitted(demands: list[Demand], shares: dict[str, float]) -> dict[int, list[Demand]]:
    by_urgency: dict[int, list[Demand]] = {}
    for demand in demands:
        if shares[demand.load] > 0:
            by_urgency.setdefault(demand.rank[0], []).append(demand)
    return by_urgency


def _most(ceilings: list[Ceiling], fixed: dict[str, float], free: list[Demand], goal: dict[str, float]) -> np.ndarray:
    """The linear program: raise `goal`-weighted amps of the free loads, everyone else where they are."""
    names = [d.load for d in free]
    ceilings = [c for c in ceilings if any(n in c.weights for n in names)]
    rows = [[c.weights.get(n, 0.0) for n in names] for c in ceilings]
    room = [c.room_a - sum(w * fixed.get(n, 0.0) for n, w in c.weights.items() if n not in names) for c in ceilings]
    solved = linprog(
        [-goal.get(n, 0.0) for n in names],
        A_ub=rows or None,
        b_ub=room or None,
        bounds=[(d.min_a, d.max_a) for d in free],
    )
    assert solved.status == 0, solved.message
    return solved.x


@given(problems())
def test_priority_is_the_lexicographic_optimum_of_each_urgency(problem: tuple[list[Ceiling], list[Demand]]) -> None:
    ceilings, demands = problem
    shares = {n: s.amps for n, s in allocate(ceilings, demands, Distribution.PRIORITY).items()}
    fixed: dict[str, float] = {n: (d.min_a if shares[n] > 0 else 0.0) for n, d in ((d.load, d) for d in demands)}
    for _, group in sorted(_admitted(demands, shares).items()):
        for demand in group:
            best = _most(ceilings, fixed, [demand], {demand.load: 1.0})[0]
            assert shares[demand.load] == pytest.approx(best, abs=1e-5)
            fixed[demand.load] = shares[demand.load]


@given(problems())
def test_shared_is_the_max_min_optimum_of_each_urgency(problem: tuple[list[Ceiling], list[Demand]]) -> None:
    """At a max-min optimum nobody can rise above its share without taking from one who has no more than it."""
    ceilings, demands = problem
    shares = {n: s.amps for n, s in allocate(ceilings, demands, Distribution.SHARED).items()}
    groups = sorted(_admitted(demands, shares).items())
    fixed = {d.load: (d.min_a if shares[d.load] > 0 else 0.0) for d in demands}
    for _, group in groups:
        for demand in group:
            rise_a = shares[demand.load] - demand.min_a
            # Everyone who rose no more than this one keeps what it has; the others may be pushed down to that rise.
            floor = [Demand(d.load, d.min_a + min(shares[d.load] - d.min_a, rise_a), d.max_a, d.rank) for d in group]
            best = dict(zip((d.load for d in floor), _most(ceilings, fixed, floor, {demand.load: 1.0}), strict=True))
            assert shares[demand.load] >= best[demand.load] - 1e-4
        for demand in group:
            fixed[demand.load] = shares[demand.load]


def test_equal_cars_share_equally_and_what_one_cannot_use_goes_to_the_others() -> None:
    ceilings = [
        Ceiling("main L1", "", 36.0, {"a": 1.0, "b": 1.0, "c": 1.0}),
        Ceiling("garage L1", "", 10.0, {"a": 1.0}),
    ]
    demands = [Demand(n, 6.0, 32.0, (0, i, i)) for i, n in enumerate("abc")]
    shares = allocate(ceilings, demands, Distribution.SHARED)
    assert [round(shares[n].amps, 3) for n in "abc"] == [10.0, 13.0, 13.0]
    assert shares["a"].binding == (ceilings[1],)
    assert shares["b"].binding == (ceilings[0],)


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_the_lowest_priority_is_shed_first(order: tuple[str, ...]) -> None:
    ceilings = [Ceiling("main L1", "", 14.0, {"a": 1.0, "b": 1.0, "c": 1.0})]
    demands = [Demand(n, 6.0, 16.0, (0, i, i)) for i, n in enumerate(order)]
    shares = allocate(ceilings, demands, Distribution.PRIORITY)
    assert [round(shares[n].amps, 3) for n in order] == [8.0, 6.0, 0.0]
