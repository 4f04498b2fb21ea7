"""All loads together over the slots that are known: who runs when, within what all wires bear. Pure and deterministic.

First everybody's energy goes into the cheapest slots that there are (`exchange`), then each load's powers become such
as it can run at (`settle`). Whose energy is a must goes before what is only worth its price.
"""

from __future__ import annotations

from collections.abc import Sequence

from .draft import Draft
from .need import Need, Problem
from .outcome import Outcome, rank
from .peak_search import Powers, continued, height_of, lowered, packed, packed_below, raised
from .peaks import best_draft
from .terms import Terms
from .together import settled

MOST_ORDERS = 8
"""So many orders are tried at most."""
WORTH_STARTS = 0.002
"""Loads are packed together where that saves so much of all."""
NO_HELP = 2
"""Nor is another one tried after so many that have not helped."""


def plan(problem: Problem, before: Powers | None = None) -> Outcome:
    """The best of several; where a peak is billed, also of what was planned `before` for the same slots."""
    terms = Terms(problem)
    ranked = _ranked(problem.needs)
    peak = problem.peak
    if peak is None:
        best = _best(terms, _in_orders(terms, ranked, Draft(terms, ranked)))
        return _best(terms, [best, *packed_below(terms, ranked, 0.0)]) if best.missing_kwh else best
    draft = best_draft(terms, ranked, peak)
    outcomes = _in_orders(terms, ranked, *raised(draft, settled(draft, ranked), ranked, peak))
    if before is not None:
        outcomes.append(continued(terms, ranked, before, height_of(before, peak)))
    best = _best(terms, outcomes)
    best = _better(terms, best, _best(terms, [best, *packed(terms, ranked, (draft.drafted_kw, best.peak_kw), peak)]))
    return _best(terms, [best, *lowered(terms, ranked, best, peak)])


def _in_orders(terms: Terms, ranked: list[int], draft: Draft, outcome: Outcome | None = None) -> list[Outcome]:
    """What several orders come to: who is placed last moves the others, and alone the first has the choice."""
    height_kw = draft.height_kw
    outcomes = [settled(draft, ranked) if outcome is None else outcome]
    if len(ranked) > 1:
        other = Draft(terms, ranked[::-1], height_kw)
        outcomes.append(settled(other, ranked[::-1], draft.raisers))
        if draft.raisers:
            # One after another may do at the height at which all together do not.
            order = sorted(ranked, key=lambda at: (at not in draft.raisers, terms.needs[at].end))
            single = Draft(terms, [at for at in ranked if terms.needs[at].at_once], height_kw)
            outcomes.append(settled(single, order, alone=True))
            if single.raisers:
                # Who has it all the same leaves the others room that they did not have.
                height_kw = min(each.height_kw for each in (draft, other, single))
                raisers = draft.raisers | other.raisers
                outcomes.append(settled(Draft(terms, ranked, height_kw), ranked, raisers))
    order, helped = ranked, len(outcomes)
    while len(ranked) > 1 and all(outcome.missing_kwh for outcome in outcomes) and len(outcomes) < MOST_ORDERS:
        if len(outcomes) - helped > NO_HELP:
            break
        best = min(rank(terms.needs, each) for each in outcomes)
        at_once = [at for at in order if terms.needs[at].at_once]
        outcomes.append(settled(Draft(terms, at_once, height_kw), order, alone=True))
        helped = len(outcomes) if rank(terms.needs, outcomes[-1]) < best else helped
        # Who lacks something has the first choice in the next order.
        order = sorted(order, key=lambda at: terms.needs[at].name not in outcomes[-1].missing_kwh)
    return outcomes


def _better(terms: Terms, smooth: Outcome, packed: Outcome) -> Outcome:
    """A packing knows no runs: it is worth its starts where it saves something."""
    before, after = rank(terms.needs, smooth), rank(terms.needs, packed)
    saves = after.missing < before.missing or after.cost < before.cost - WORTH_STARTS * abs(before.cost)
    return packed if saves else smooth


def _best(terms: Terms, outcomes: Sequence[Outcome]) -> Outcome:
    return min(outcomes, key=lambda outcome: rank(terms.needs, outcome))


def _ranked(needs: Sequence[Need]) -> list[int]:
    """The musts in the order in which they go without where not all fits."""
    musts = [at for at, need in enumerate(needs) if need.worth is None]
    return sorted(musts, key=lambda at: (not needs[at].at_once, needs[at].priority, needs[at].end))
