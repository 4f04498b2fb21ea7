"""Every explanation is true: without everything that it names a load would have more, without less or anything else
not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Allocation, Demand, Hold, MinimumSource
from fusebox.model.site import Distribution

from .effort import examples
from .problems import DUST_A, Problem, problems
from .real_problems import real_problems

NEVER_FITS_A = 1e6


def without(ceilings: Collection[Ceiling], names: Collection[str], load: str) -> list[Ceiling]:
    """These ceilings neither stop nor count the load any more."""
    return [
        replace(
            c,
            weights={n: w for n, w in c.weights.items() if n != load},
            binds=None if c.binds is None else c.binds - {load},
        )
        if c.name in names
        else c
        for c in ceilings
    ]


def no_more_than_now(demands: Collection[Demand], shares: Allocation, but: str, in_line: bool) -> list[Demand]:
    """Whatever becomes free, only one load may get more than it has; waiting loads keep waiting.

    `in_line`: the next in line is checked before it is served, so waiting loads keep their place.
    """
    found, before = [], True
    for demand in demands:
        now_a = shares[demand.load].amps
        if demand.load == but:
            before = False
        elif now_a > 0:
            demand = replace(demand, max_a=now_a)
        elif not in_line:
            demand = replace(demand, max_a=0.0)
        elif before and demand.max_a > 0:
            demand = replace(demand, min_a=NEVER_FITS_A, max_a=NEVER_FITS_A, minimum_source=MinimumSource.NONE)
        found.append(demand)
    return found


def amps_without(
    problem: Problem, distribution: Distribution, shares: Allocation, names: set[str], load: str, last: bool = False
) -> float:
    """Return what the load would have without these ceilings if no other load had more; `last`: with none after it."""
    in_line = distribution is Distribution.OPTIMIZED
    demands = no_more_than_now(problem.demands, shares, load, in_line)
    if last:
        place = next(i for i, d in enumerate(demands) if d.load == load)
        demands[place + 1 :] = [d if d.hold is Hold.ON else replace(d, max_a=0.0) for d in demands[place + 1 :]]
    return allocate(without(problem.ceilings, names, load), demands, distribution)[load].amps


def spares_nobody(problem: Problem, distribution: Distribution, shares: Allocation, load: str) -> bool:
    """Whether `optimized` takes nothing from this load for the next in line; without its ceilings it might."""
    alone_a = amps_without(problem, distribution, shares, set(), load, last=True)
    return distribution is Distribution.OPTIMIZED and alone_a <= shares[load].amps + DUST_A / 100


def siblings(problem: Problem, demand: Demand, binding: Collection[Ceiling]) -> set[str]:
    """The other parts of a named budget, for a load that may use amps which it does not hold.

    Such a load (backed, held on, or giving back of a budget that does not stop it) takes of a budget what all parts
    hold for it. Without the part that holds the least it would take from the next one, and might use that up without
    having more.
    """
    unstopped = demand.minimum_source is not MinimumSource.NONE or demand.hold is Hold.ON
    named = {c.budget for c in binding if c.binds is not None and (unstopped or not c.stops(demand.load))}
    return {c.name for c in problem.ceilings if c.binds is not None and c.budget in named}


def explained(problem: Problem, distribution: Distribution) -> None:
    shares = allocate(problem.ceilings, problem.demands, distribution)
    for demand in problem.demands:
        share = shares[demand.load]
        named = {c.name for c in share.limited_by}
        if not named:
            continue
        whole = named | siblings(problem, demand, share.limited_by)
        last = spares_nobody(problem, distribution, shares, demand.load)
        more_a = amps_without(problem, distribution, shares, whole, demand.load, last)
        assert more_a > share.amps + DUST_A / 100, f"{demand.load} is not stopped by {named}"
        # A load that waits in `optimized` may name one too many: without the others it would get that one's amps.
        spared = distribution is Distribution.OPTIMIZED and share.amps == 0
        for ceiling in share.limited_by:
            if len(named) > 1 and not spared:
                more_a = amps_without(problem, distribution, shares, named - {ceiling.name}, demand.load)
                assert more_a <= share.amps + DUST_A, f"{demand.load} is not stopped by {ceiling.name}"
        for ceiling in problem.ceilings:
            if ceiling.stops(demand.load) and ceiling.name not in named:
                more_a = amps_without(problem, distribution, shares, {ceiling.name}, demand.load)
                assert more_a <= share.amps + DUST_A, f"{demand.load} is stopped by {ceiling.name}"


IN_TURN = [Distribution.PRIORITY, Distribution.STRICT, Distribution.SHARED]


@examples(120)
@given(problems(budgets=False), st.sampled_from(IN_TURN))
def test_without_the_wires_it_names_a_load_would_have_more(problem: Problem, distribution: Distribution) -> None:
    explained(problem, distribution)


@examples(120)
@given(problems() | real_problems(), st.sampled_from(IN_TURN))
def test_without_the_budgets_it_names_a_load_would_have_more(problem: Problem, distribution: Distribution) -> None:
    explained(problem, distribution)


def asking_for_all_of_it(problem: Problem) -> Problem:
    """Return no load that runs by a tiny part of a budget: returning current to it means its whole minimum."""
    none = [
        replace(d, minimum_source=MinimumSource.NONE) if d.minimum_source is MinimumSource.ONCE_OPEN else d
        for d in problem.demands
    ]
    return problem.with_demands(none)


@examples(120)
@given(problems(holds=False).map(asking_for_all_of_it))
def test_what_is_given_back_to_the_next_in_line_is_explained_too(problem: Problem) -> None:
    explained(problem, Distribution.OPTIMIZED)


def test_returned_current_is_only_what_the_next_load_lacks_most() -> None:
    both = {"first": 1.0, "next": 1.0}
    ceilings = [Ceiling("main L1", "", 20.0, both), Ceiling("garage L1", "", 19.0, both)]
    demands = [Demand("first", 6.0, 16.0, (0, 1, 0)), Demand("next", 6.0, 16.0, (0, 2, 1))]
    shares = allocate(ceilings, demands, Distribution.OPTIMIZED)
    assert {n: (s.amps, s.limited_by) for n, s in shares.items()} == {
        "first": (13.0, (ceilings[1],)),
        "next": (6.0, (ceilings[1],)),
    }


def test_a_backed_minimum_names_the_empty_part_of_the_budget_though_the_rest_is_low() -> None:
    """Why a budget is relaxed as a whole above: alone, no part of it stands in the way."""
    car = {"car": 1.0}
    parts = [
        Ceiling(name, "", headroom_a, car, frozenset(car), Budget.SOLAR)
        for name, headroom_a in (("L1", 0.0), ("L2", 0.6))
    ]
    demand = Demand("car", 6.0, 16.0, (1, 1, 0), minimum_source=MinimumSource.GRID)
    share = allocate(parts, [demand], Distribution.PRIORITY)["car"]
    assert (share.amps, [c.name for c in share.limited_by]) == (6.0, ["L1"])
    assert allocate(without(parts, {"L1"}, "car"), [demand], Distribution.PRIORITY)["car"].amps == 6.0


def test_a_load_that_gives_back_a_budget_names_the_part_that_is_exhausted_first() -> None:
    """Why such a budget is relaxed as a whole too: without one part it would use up the other."""
    both = {"first": 1.0, "next": 1.0}
    parts = [
        Ceiling(name, "", headroom_a, both, frozenset({"next"}), Budget.EXCESS)
        for name, headroom_a in (("L1", 6.0), ("garage", 5.0))
    ]
    ceilings = [Ceiling("main L1", "", 24.0, both), *parts]
    demands = [Demand("first", 5.0, 32.0, (0, 1, 0)), Demand("next", 1.0, 16.0, (0, 2, 1))]
    for names, binding in ((set(), ["garage"]), ({"garage"}, ["L1"])):
        share = allocate(without(ceilings, names, "first"), demands, Distribution.OPTIMIZED)["first"]
        assert (share.amps, [c.name for c in share.limited_by]) == (5.0, binding)
    assert allocate(without(ceilings, {"L1", "garage"}, "first"), demands, Distribution.OPTIMIZED)["first"].amps == 23.0
