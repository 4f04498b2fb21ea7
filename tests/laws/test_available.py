"""The available current of a load: exactly what it would get while the others stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.allocation.allocation import allocate, attainable_current_a
from fusebox.model.decision import Demand, Hold, Share
from fusebox.model.site import Distribution

from .effort import examples
from .problems import DUST_A, Problem, problems, used_a
from .real_problems import real_problems


def held_where_they_are(problem: Problem, shares: dict[str, Share], guest: Demand) -> list[Demand]:
    """Everybody at its share, and the guest as the last in order."""
    there = [
        replace(d, min_a=shares[d.load].amps, max_a=shares[d.load].amps, hold=Hold.ON)
        for d in problem.demands
        if d.load != guest.load and shares[d.load].amps > 0
    ]
    could_run = guest.requested_a >= guest.min_a
    return [*there, replace(guest, max_a=guest.requested_a if could_run else 0.0, hold=None)]


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_available_is_what_the_load_would_get_as_the_last_of_all(problem: Problem, distribution: Distribution) -> None:
    shares = dict(allocate(problem.ceilings, problem.demands, distribution))
    for demand in problem.demands:
        if shares[demand.load].amps == 0:
            there = held_where_they_are(problem, shares, demand)
            for other in Distribution:
                got_a = allocate(problem.ceilings, there, other)[demand.load].amps
                assert attainable_current_a(problem.ceilings, demand, shares) == pytest.approx(got_a, abs=DUST_A)


@examples(100)
@given(problems() | real_problems(), st.sampled_from(Distribution))
def test_available_would_exceed_no_wire(problem: Problem, distribution: Distribution) -> None:
    shares = allocate(problem.ceilings, problem.demands, distribution)
    amps = {name: share.amps for name, share in shares.items()}
    for demand in problem.demands:
        could_a = attainable_current_a(problem.ceilings, demand, shares)
        assert could_a == 0 or demand.min_a - DUST_A <= could_a <= demand.requested_a + DUST_A
        if could_a > 0:
            for ceiling in problem.ceilings:
                if ceiling.binds is None and demand.load in ceiling.weights:
                    assert used_a(ceiling, amps | {demand.load: could_a}) <= ceiling.headroom_a + DUST_A


@examples(100)
@given(problems(budgets=False))
def test_inactive_loads_do_not_see_each_other(problem: Problem) -> None:
    shares = allocate(problem.ceilings, problem.demands, Distribution.PRIORITY)
    idle = [d for d in problem.demands if shares[d.load].amps == 0]
    for demand in idle:
        alone = {d.load: shares[d.load] for d in problem.demands if d not in idle}
        assert attainable_current_a(problem.ceilings, demand, alone) == attainable_current_a(
            problem.ceilings, demand, shares
        )
