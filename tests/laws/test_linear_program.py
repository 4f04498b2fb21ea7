"""The allocation agrees with linear programs, whatever the wires, the budgets, the holds and who backs a minimum."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from fusebox.control.allocation.allocation import allocate
from fusebox.model.site import Distribution

from .effort import examples
from .linear import most
from .optima import lexicographic, max_min_fair
from .problems import DUST_A, Problem, problems
from .real_problems import real_problems


def _amps(problem: Problem, distribution: Distribution) -> dict[str, float]:
    return {n: s.amps for n, s in allocate(problem.ceilings, problem.demands, distribution).items()}


@examples(120)
@given(problems() | real_problems())
def test_priority_is_the_lexicographic_optimum(problem: Problem) -> None:
    assert _amps(problem, Distribution.PRIORITY) == pytest.approx(lexicographic(problem), abs=DUST_A)


@examples(120)
@given(problems() | real_problems())
def test_shared_is_the_max_min_optimum(problem: Problem) -> None:
    assert _amps(problem, Distribution.SHARED) == pytest.approx(max_min_fair(problem), abs=DUST_A)


@examples(100)
@given(problems(budgets=False))
def test_on_fuses_no_load_could_get_more_without_taking_from_a_lower_one(problem: Problem) -> None:
    """The definition itself, over the loads of all modes at once."""
    amps = _amps(problem, Distribution.SHARED)
    admitted = [d for d in problem.demands if amps[d.load] > 0]
    names = [d.load for d in admitted]
    matrix = [[c.weights.get(n, 0.0) for n in names] for c in problem.ceilings]
    # Held minimums may have overdrawn a ceiling: then what is used is all there is.
    headroom_a = [max(c.headroom_a, sum(w * amps[n] for n, w in c.weights.items())) for c in problem.ceilings]
    for place, demand in enumerate(admitted):
        rise_a = amps[demand.load] - demand.min_a
        bounds = [(d.min_a + min(amps[d.load] - d.min_a, rise_a), d.max_a) for d in admitted]
        best = most([float(p == place) for p in range(len(names))], (matrix, headroom_a), bounds)[place]
        assert amps[demand.load] >= best - DUST_A


@examples(100)
@given(problems(budgets=False))
def test_each_urgency_shares_as_if_the_others_shares_were_a_part_of_the_house(problem: Problem) -> None:
    """Within one mode, given what the other modes have, `shared` is max-min fair too."""
    amps = _amps(problem, Distribution.SHARED)
    for urgency in {d.rank[0] for d in problem.demands}:
        mine = [d for d in problem.demands if d.rank[0] == urgency and amps[d.load] > 0]
        others = {d.load: amps[d.load] for d in problem.demands if d.rank[0] != urgency}
        rooms = [
            replace(c, headroom_a=max(c.headroom_a - sum(c.weights.get(n, 0.0) * a for n, a in others.items()), 0.0))
            for c in problem.ceilings
        ]
        alone = _amps(Problem(rooms, mine), Distribution.SHARED)
        rest = {d.load: amps[d.load] for d in mine}
        assert alone == pytest.approx(rest, abs=DUST_A)
