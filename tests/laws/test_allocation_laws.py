"""Laws of the allocation: whatever the house, no ceiling is exceeded and no load gets part of a minimum."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Ceiling
from fusebox.model.decision import Demand, Hold
from fusebox.model.site import Distribution

from .drawn import among, decimals


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Ceiling], list[Demand]]:
    """Ceilings and demands as the allocation sees them: any weights, any overlap, room below zero."""
    names = [f"l{n}" for n in range(draw(st.integers(1, 6)))]
    demands = []
    for place, name in enumerate(names):
        min_a = draw(st.integers(1, 10))
        piece_a = float(draw(among(0, 0, min_a)))
        max_a = draw(st.sampled_from([0, min_a, 3 * min_a] if piece_a else [0, min_a, min_a + 5, min_a + 26]))
        rank = (draw(st.integers(0, 1)), draw(st.integers(1, 3)), place)
        hold = draw(among(None, None, None, Hold.OFF)) if max_a else None
        demands.append(Demand(name, float(min_a), float(max_a), rank, hold=hold, piece_a=piece_a))
    demands.sort(key=lambda d: d.rank)
    ceilings = []
    for number in range(draw(st.integers(0, 5))):
        under = draw(st.sets(st.sampled_from(names), min_size=1))
        headroom_a = draw(decimals(-10, 80, 2))
        ceilings.append(
            Ceiling(f"c{number}", "", headroom_a, {n: float(draw(st.integers(1, 3))) for n in sorted(under)})
        )
    return ceilings, demands


@given(problems(), among(*Distribution))
def test_no_ceiling_is_exceeded(problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    for ceiling in ceilings:
        used_a = sum(weight * shares[load].amps for load, weight in ceiling.weights.items())
        assert used_a <= max(ceiling.headroom_a, 0.0) + 1e-5


@given(problems(), among(*Distribution))
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


@given(problems(), among(*Distribution))
def test_a_load_with_less_than_it_could_use_has_a_reason(
    problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution
) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    for demand in demands:
        share = shares[demand.load]
        if demand.hold is None and share.amps < demand.max_a - 1e-5:
            assert share.limited_by
            assert all(demand.load in ceiling.weights for ceiling in share.limited_by)


@given(problems(), among(Distribution.PRIORITY, Distribution.SHARED, Distribution.STRICT))
def test_a_load_in_steps_gets_whole_steps_and_no_usable_rest_is_left(
    problem: tuple[list[Ceiling], list[Demand]], distribution: Distribution
) -> None:
    ceilings, demands = problem
    shares = allocate(ceilings, demands, distribution)
    left_a = {c.name: c.headroom_a - sum(w * shares[n].amps for n, w in c.weights.items()) for c in ceilings}
    for demand in demands:
        amps = shares[demand.load].amps
        if demand.piece_a:
            assert abs(amps / demand.piece_a - round(amps / demand.piece_a)) < 1e-5
        elif 0 < amps < demand.max_a - 1e-5:
            assert min(left_a[c.name] for c in ceilings if demand.load in c.weights) < 1e-4


def test_what_a_group_of_radiators_cannot_use_goes_to_the_car() -> None:
    ceilings = [Ceiling("main L1", "", 23.0, {"heating": 1.0, "car": 1.0})]
    heating, car = Demand("heating", 5.0, 30.0, (0, 0, 0), piece_a=5.0), Demand("car", 6.0, 16.0, (0, 1, 1))
    shares = allocate(ceilings, [heating, car], Distribution.PRIORITY)
    assert (shares["heating"].amps, shares["car"].amps) == (15.0, 8.0)
    assert shares["heating"].limited_by == (ceilings[0],)


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


def test_equal_cars_share_equally_and_what_one_cannot_use_goes_to_the_others() -> None:
    ceilings = [
        Ceiling("main L1", "", 36.0, {"a": 1.0, "b": 1.0, "c": 1.0}),
        Ceiling("garage L1", "", 10.0, {"a": 1.0}),
    ]
    demands = [Demand(n, 6.0, 32.0, (0, i, i)) for i, n in enumerate("abc")]
    shares = allocate(ceilings, demands, Distribution.SHARED)
    assert [round(shares[n].amps, 3) for n in "abc"] == [10.0, 13.0, 13.0]
    assert shares["a"].limited_by == (ceilings[1],)
    assert shares["b"].limited_by == (ceilings[0],)


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_the_lowest_priority_is_shed_first(order: tuple[str, ...]) -> None:
    ceilings = [Ceiling("main L1", "", 14.0, {"a": 1.0, "b": 1.0, "c": 1.0})]
    demands = [Demand(n, 6.0, 16.0, (0, i, i)) for i, n in enumerate(order)]
    shares = allocate(ceilings, demands, Distribution.PRIORITY)
    assert [round(shares[n].amps, 3) for n in order] == [8.0, 6.0, 0.0]
