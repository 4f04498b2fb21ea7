"""Laws of sharing between groups: no household gets more than another that could use it, and no wire carries more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Ceiling
from fusebox.model.decision import Demand, GroupPlace, Hold
from fusebox.model.site import Distribution
from fusebox.tuning import GROUP_TURN_KWH

from .drawn import among
from .problems import Problem, problems, used_a

FEED = "feed"
CLOSE = 1e-5


@st.composite
def households(draw: st.DrawFn) -> list[Demand]:
    """Loads of up to four households on one feed, in the order between groups: the first of each, then the second."""
    found: list[Demand] = []
    seen: dict[str, int] = {}
    for place in range(draw(st.integers(2, 7))):
        name, phases = draw(st.sampled_from("abcd")), draw(among(3, 1))
        min_a = float(draw(among(6, 6, 6, 10)))
        max_a = draw(among(16.0, 32.0, 10.0, 0.0))
        round_ = seen[name] = seen.get(name, -1) + 1
        found.append(Demand(f"l{place}", min_a, max_a, (round_, ord(name), place), group=GroupPlace(name, phases)))
    return sorted(found, key=lambda d: d.rank)


def feed(demands: list[Demand], headroom_a: float) -> list[Ceiling]:
    """One ceiling over the sum of all phases, as a contract has."""
    return [Ceiling(FEED, "", headroom_a, {d.load: float(d.group.phase_count) for d in demands if d.group})]


def group_of(demand: Demand) -> str:
    assert demand.group is not None
    return demand.group.name


def group_a(demands: list[Demand], amps: dict[str, float]) -> dict[str, float]:
    """Group -> its amps over all phases."""
    found: dict[str, float] = {}
    for demand in demands:
        assert demand.group is not None
        found[group_of(demand)] = found.get(group_of(demand), 0.0) + amps[demand.load] * demand.group.phase_count
    return found


def household(name: str, round_: int, max_a: float, phases: int = 3, **more: float | bool) -> Demand:
    """Return a car of a household; the household's first has round 0. `more`: of its place between the groups."""
    place = GroupPlace(name, phases, **more)  # type: ignore[arg-type]
    return Demand(f"{name}{round_}", 6.0, max_a, (round_, ord(name), 0), group=place)


FIRST_TWO_OF_ALL = [household("a", 0, 16), household("b", 0, 16, 1), household("c", 0, 10)]
FIRST_TWO_OF_ALL += [household("a", 1, 16), household("b", 1, 10)]
THIRDS = [household("a", 2, 16), household("b", 2, 16)]
"""The third cars of `a` and `b` start together: `a` then has more amps than `b`, but only in minimums."""


@given(households(), st.floats(0, 200), among(*Distribution))
@example([*FIRST_TWO_OF_ALL, *THIRDS], 130.0, Distribution.SHARED)
def test_no_household_has_more_than_one_that_could_use_it_but_for_minimums(
    demands: list[Demand], headroom_a: float, distribution: Distribution
) -> None:
    shares = allocate(feed(demands, headroom_a), demands, distribution)
    amps = {load: share.amps for load, share in shares.items()}
    each_a = group_a(demands, amps)
    running = [d for d in demands if amps[d.load] > 0]
    for poor in {group_of(d) for d in running if amps[d.load] < d.max_a - CLOSE}:
        for rich in {group_of(d) for d in running if each_a[group_of(d)] > each_a[poor] + CLOSE}:
            at_minimum = [amps[d.load] == d.min_a for d in running if group_of(d) == rich]
            assert all(at_minimum), f"{rich} has more than {poor} and more than minimums: {amps}"


def test_a_households_third_car_stops_once_another_that_could_use_more_is_a_turn_behind() -> None:
    # The household that is behind is served first.
    for behind_kwh, third_a in ((0.9 * GROUP_TURN_KWH, 6.0), (GROUP_TURN_KWH, 0.0)):
        thirds = [household("b", 2, 16, behind_kwh=behind_kwh), household("a", 2, 16, runs=True)]
        first = [
            replace(d, group=replace(d.group, behind_kwh=behind_kwh)) if d.group and d.group.name == "b" else d
            for d in FIRST_TWO_OF_ALL
        ]
        demands = [*first, *thirds]
        shares = allocate(feed(demands, 130.0), demands, Distribution.SHARED)
        assert shares["a2"].amps == third_a


@given(households(), st.floats(0, 200), among(*Distribution))
def test_nothing_is_left_that_a_household_could_use(
    demands: list[Demand], headroom_a: float, distribution: Distribution
) -> None:
    shares = allocate(feed(demands, headroom_a), demands, distribution)
    left_a = headroom_a - sum(group_a(demands, {load: share.amps for load, share in shares.items()}).values())
    for demand in demands:
        share, phases = shares[demand.load], demand.group.phase_count if demand.group else 1
        if share.amps < demand.max_a - CLOSE and left_a > CLOSE:
            assert share.amps == 0
            assert left_a < demand.min_a * phases + CLOSE
            assert [c.name for c in share.limited_by] == [FEED]


@given(problems(), among(*Distribution), st.data())
def test_groups_exceed_no_ceiling_and_split_no_minimum(
    problem: Problem, distribution: Distribution, data: st.DataObject
) -> None:
    demands = [
        replace(d, group=GroupPlace(data.draw(st.sampled_from("abc")), data.draw(among(1, 3)))) for d in problem.demands
    ]
    shares = allocate(problem.ceilings, demands, distribution)
    alone = allocate(problem.ceilings, [replace(d, max_a=0.0) for d in demands], distribution)
    amps, held = ({load: share.amps for load, share in each.items()} for each in (shares, alone))
    for ceiling in problem.ceilings:
        if ceiling.budget is None:
            assert used_a(ceiling, amps) <= max(ceiling.headroom_a, used_a(ceiling, held)) + CLOSE
    for demand in demands:
        assert amps[demand.load] == 0 or demand.min_a - CLOSE <= amps[demand.load] <= demand.max_a + CLOSE


ALIKE = [(Distribution.SHARED, True), (Distribution.PRIORITY, True), (Distribution.STRICT, False)]
"""Distribution, and whether also with budgets: `strict` keeps the sun from a later load only without groups."""


@pytest.mark.parametrize(("distribution", "budgets"), ALIKE)
@given(data=st.data())
def test_a_single_group_shares_as_a_site_without_groups(
    distribution: Distribution, budgets: bool, data: st.DataObject
) -> None:
    problem = data.draw(problems(budgets=budgets))
    grouped = [replace(d, group=GroupPlace("", 1)) for d in problem.demands]
    one, none = (allocate(problem.ceilings, demands, distribution) for demands in (grouped, problem.demands))
    assert {load: share.amps for load, share in one.items()} == pytest.approx(
        {load: share.amps for load, share in none.items()}, abs=CLOSE
    )


def test_the_minimum_of_a_paused_household_is_kept_free_from_a_second_car() -> None:
    cars = [
        Demand(name, 6.0, 16.0, (0, place, place), group=GroupPlace(name[0], 1))
        for place, name in enumerate(("a1", "b", "a2"))
    ]
    paused = replace(cars[1], hold=Hold.OFF, group=GroupPlace("b", 1, paused=True))
    for headroom_a, second_a in ((17.0, 0.0), (19.0, 9.5)):
        shares = allocate(feed(cars, headroom_a), [cars[0], paused, cars[2]], Distribution.SHARED)
        assert shares["a2"].amps == second_a
        assert [c.name for c in shares["a2"].limited_by] == [FEED]
