"""Budgets: a load limited by one never has more than it contains; the others take the rest of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Demand, Hold, MinimumSource
from fusebox.model.site import Distribution

from .effort import examples
from .problems import DUST_A, Problem, problems, used_a
from .real_problems import real_problems


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_no_wire_is_exceeded_but_by_held_minimums(problem: Problem, distribution: Distribution) -> None:
    shares = allocate(problem.ceilings, problem.demands, distribution)
    amps = {name: share.amps for name, share in shares.items()}
    held = {d.load: d.min_a for d in problem.demands if d.hold is Hold.ON}
    for ceiling in problem.ceilings:
        if ceiling.binds is None:
            assert used_a(ceiling, amps) <= max(ceiling.headroom_a, used_a(ceiling, held)) + DUST_A


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_loads_limited_by_a_budget_alone_never_exceed_it(problem: Problem, distribution: Distribution) -> None:
    shares = allocate(problem.ceilings, problem.demands, distribution)
    alone = {
        d.load: shares[d.load].amps
        for d in problem.demands
        if d.minimum_source is MinimumSource.NONE and d.hold is not Hold.ON
    }
    for ceiling in problem.ceilings:
        mine = {load: amps for load, amps in alone.items() if ceiling.stops(load)}
        if ceiling.budget is not None:
            assert used_a(ceiling, mine) <= max(ceiling.headroom_a, 0.0) + DUST_A


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_above_its_minimum_a_backed_load_has_only_what_the_budget_holds(
    problem: Problem, distribution: Distribution
) -> None:
    shares = allocate(problem.ceilings, problem.demands, distribution)
    for ceiling in problem.ceilings:
        if ceiling.budget is not None:
            above = {
                d.load: shares[d.load].amps - d.min_a
                for d in problem.demands
                if ceiling.stops(d.load) and shares[d.load].amps > 0
            }
            assert used_a(ceiling, above) <= max(ceiling.headroom_a, 0.0) + DUST_A


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_on_an_empty_budget_a_backed_minimum_is_all_there_is(problem: Problem, distribution: Distribution) -> None:
    ceilings = [c if c.budget is None else replace(c, headroom_a=0.0) for c in problem.ceilings]
    shares = allocate(ceilings, problem.demands, distribution)
    for demand in problem.demands:
        if any(c.budget and c.stops(demand.load) for c in ceilings):
            can = (
                (0.0, demand.min_a) if demand.minimum_source is MinimumSource.GRID or demand.hold is Hold.ON else (0.0,)
            )
            assert min(abs(shares[demand.load].amps - a) for a in can) <= DUST_A


@examples(100)
@given(problems(), st.sampled_from(Distribution), st.floats(0.5, 20).map(lambda a: round(a, 2)))
def test_a_budget_without_loads_changes_nothing(
    problem: Problem, distribution: Distribution, headroom_a: float
) -> None:
    """What the others take of it is only subtracted."""
    more = [
        Ceiling("nobody's", "", headroom_a, dict.fromkeys((d.load for d in problem.demands), 1.0), frozenset(), budget)
        for budget in (Budget.GRID_CHARGING_OFF,)
    ]
    with_it = allocate([*problem.ceilings, *more], problem.demands, distribution)
    without = allocate(problem.ceilings, problem.demands, distribution)
    assert {n: s.amps for n, s in with_it.items()} == pytest.approx({n: s.amps for n, s in without.items()})


SUN = {"std": 1.0, "prio": 1.0, "only": 1.0}
ON_THE_SUN = frozenset({"prio", "only"})
STANDARD = Demand("std", 6.0, 16.0, (0, 1, 0))
PRIORITY = Demand("prio", 6.0, 16.0, (1, 1, 1), minimum_source=MinimumSource.GRID)
ONLY = Demand("only", 6.0, 16.0, (2, 1, 2))


@pytest.mark.parametrize(
    ("sun_a", "amps"),
    [
        (0.0, [16.0, 6.0, 0.0]),
        (11.9, [16.0, 6.0, 0.0]),  # the minimums of the first two take all of it: standard's too
        (17.9, [16.0, 6.0, 0.0]),
        (18.0, [16.0, 6.0, 6.0]),
        (20.0, [16.0, 6.0, 6.0]),  # standard takes the rest before any load rises
        (31.0, [16.0, 9.0, 6.0]),
        (50.0, [16.0, 16.0, 16.0]),
    ],
)
def test_in_order_of_service_the_more_urgent_takes_of_the_sun_first(sun_a: float, amps: list[float]) -> None:
    ceilings = [Ceiling("main", "", 100.0, SUN), Ceiling("solar", "", sun_a, SUN, ON_THE_SUN, Budget.SOLAR)]
    shares = allocate(ceilings, [STANDARD, PRIORITY, ONLY], Distribution.PRIORITY)
    assert [round(shares[n].amps, 6) for n in SUN] == amps


@pytest.mark.parametrize(("sun_a", "amps"), [(20.0, [16.0, 6.6667, 6.6667]), (30.0, [16.0, 10.0, 10.0])])
def test_shared_raises_all_on_surplus_and_loads_on_the_grid_continue(sun_a: float, amps: list[float]) -> None:
    ceilings = [Ceiling("main", "", 100.0, SUN), Ceiling("solar", "", sun_a, SUN, ON_THE_SUN, Budget.SOLAR)]
    shares = allocate(ceilings, [STANDARD, PRIORITY, ONLY], Distribution.SHARED)
    assert [round(shares[n].amps, 4) for n in SUN] == amps


@pytest.mark.parametrize(("over_a", "amps"), [(0.0, 0.0), (0.1, 6.0), (6.0, 6.0), (9.0, 9.0)])
def test_excess_once_open_gives_the_whole_minimum(over_a: float, amps: float) -> None:
    under = {"car": 1.0}
    ceilings = [
        Ceiling("main", "", 100.0, under),
        Ceiling("excess", "", over_a, under, frozenset(under), Budget.EXCESS),
    ]
    demand = Demand("car", 6.0, 16.0, (3, 1, 0), minimum_source=MinimumSource.ONCE_OPEN)
    for distribution in Distribution:
        assert allocate(ceilings, [demand], distribution)["car"].amps == amps
