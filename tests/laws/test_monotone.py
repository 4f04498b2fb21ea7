"""More room never lowers the total: for the same loads on one phase, whose circuits lie within one another.

There every amp of room is worth an amp of some load, whoever gets it. With loads on several phases, or while a
minimum has to fit at once, it is not so: the counterexamples are here too.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Ceiling
from fusebox.model.decision import Demand
from fusebox.model.site import Distribution

from .drawn import among
from .effort import examples
from .problems import DUST_A, Problem


@st.composite
def trees(draw: st.DrawFn) -> Problem:
    """One phase: circuits in circuits, and room for all minimums."""
    names = [f"l{n}" for n in range(draw(st.integers(2, 6)))]
    demands = [
        Demand(name, float(draw(st.integers(1, 10))), 0.0, (draw(st.integers(0, 2)), 1, place))
        for place, name in enumerate(names)
    ]
    demands = [replace(d, max_a=d.min_a + draw(among(26.0, 10.0, 3.0, 0.0))) for d in demands]
    demands.sort(key=lambda d: d.rank)
    circuits = [set(names)]
    for _ in range(draw(st.integers(0, 3))):
        parent = sorted(draw(st.sampled_from(circuits)))
        inside = draw(st.sets(st.sampled_from(parent), min_size=1))
        if all(inside <= other or inside >= other or not inside & other for other in circuits):
            circuits.append(inside)
    ceilings = []
    for number, under in enumerate(circuits):
        least_a = sum(d.min_a for d in demands if d.load in under)
        spare_a = round(draw(st.floats(0, 30)), 2)
        ceilings.append(Ceiling(f"c{number}", "", least_a + spare_a, dict.fromkeys(sorted(under), 1.0)))
    return Problem(ceilings, demands)


def total_a(problem: Problem, distribution: Distribution) -> float:
    """The sum of all shares."""
    return sum(share.amps for share in allocate(problem.ceilings, problem.demands, distribution).values())


@examples(100)
@given(trees(), among(Distribution.PRIORITY, Distribution.SHARED), st.data())
def test_more_room_never_lowers_the_total_of_the_same_loads_on_one_phase(
    problem: Problem, distribution: Distribution, data: st.DataObject
) -> None:
    wider = data.draw(st.sampled_from(problem.ceilings))
    more_a = data.draw(st.floats(0.1, 20))
    after = [replace(c, headroom_a=c.headroom_a + more_a) if c is wider else c for c in problem.ceilings]
    assert total_a(Problem(after, problem.demands), distribution) >= total_a(problem, distribution) - DUST_A


@examples(100)
@given(trees())
def test_on_one_phase_every_order_hands_out_the_same_total(problem: Problem) -> None:
    """The order decides which load gets the current, not how much current the fuses deliver."""
    totals = [
        total_a(problem.with_demands(demands), distribution)
        for demands in (problem.demands, problem.demands[::-1])
        for distribution in (Distribution.PRIORITY, Distribution.SHARED)
    ]
    assert max(totals) - min(totals) <= DUST_A


def test_more_for_a_three_phase_car_takes_an_amp_from_each_other_car() -> None:
    """Across phases the total of amps may fall: one amp more here, one less on each of two phases."""
    demands = [
        Demand("wide", 6.0, 16.0, (0, 1, 0)),
        Demand("l1", 6.0, 16.0, (0, 2, 1)),
        Demand("l2", 6.0, 16.0, (0, 3, 2)),
    ]

    def total_with(garage_a: float) -> float:
        ceilings = [
            Ceiling("main L1", "", 20.0, {"wide": 1.0, "l1": 1.0}),
            Ceiling("main L2", "", 20.0, {"wide": 1.0, "l2": 1.0}),
            Ceiling("garage L1", "", garage_a, {"wide": 1.0}),
        ]
        return total_a(Problem(ceilings, demands), Distribution.PRIORITY)

    assert [total_with(8.0), total_with(9.0)] == [8.0 + 12.0 + 12.0, 9.0 + 11.0 + 11.0]


def test_more_room_for_a_one_phase_car_takes_three_amps_of_a_three_phase_one() -> None:
    """Counted on all phases the total may fall as well."""
    demands = [Demand("narrow", 6.0, 16.0, (0, 1, 0)), Demand("wide", 6.0, 16.0, (0, 2, 1))]

    def phase_amps_with(garage_a: float) -> float:
        main = [Ceiling(f"main L{n}", "", 20.0, {"wide": 1.0}) for n in (2, 3)]
        main.append(Ceiling("main L1", "", 20.0, {"narrow": 1.0, "wide": 1.0}))
        shares = allocate([*main, Ceiling("garage L1", "", garage_a, {"narrow": 1.0})], demands, Distribution.PRIORITY)
        return shares["narrow"].amps + 3 * shares["wide"].amps

    assert [phase_amps_with(8.0), phase_amps_with(9.0)] == [8.0 + 36.0, 9.0 + 33.0]


def test_room_that_lets_a_small_load_in_may_keep_a_big_one_out() -> None:
    """While minimums wait for room the total may fall even on one phase."""
    demands = [Demand("kettle", 6.0, 6.0, (0, 1, 0)), Demand("oven", 16.0, 16.0, (0, 2, 1))]

    def total_with(kitchen_a: float) -> float:
        ceilings = [
            Ceiling("main L1", "", 16.0, {"kettle": 1.0, "oven": 1.0}),
            Ceiling("kitchen L1", "", kitchen_a, {"kettle": 1.0}),
        ]
        return total_a(Problem(ceilings, demands), Distribution.PRIORITY)

    assert [total_with(5.0), total_with(6.0)] == [16.0, 6.0]
