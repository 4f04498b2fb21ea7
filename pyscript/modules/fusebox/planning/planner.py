"""All loads together over the slots that are known: who runs when, within what all wires bear. Pure and deterministic.

First everybody's energy goes into the cheapest slots that there are (`exchange`), then each load's powers become such
as it can run at (`settle`). Whose energy is a must goes before what is only worth its price.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from .draft import Draft
from .need import Need, Problem
from .outcome import Outcome, outcome_of, rank
from .peaks import best_draft, raise_for
from .settle import settle
from .terms import Terms

ROUNDS = 3
"""Everybody is asked so often whether there is a cheaper slot now."""
MOST_ORDERS = 8
"""So many orders are tried at most."""
NO_HELP = 2
"""Nor is another one tried after so many that have not helped."""
WORTH_A_ROUND = 0.002
"""And once more only where that saved so much of all."""


def plan(problem: Problem) -> Outcome:
    """The best of several orders: who is placed last moves the others, and alone the first has the choice."""
    terms = Terms(problem)
    ranked = _ranked(problem.needs)
    draft = Draft(terms, ranked) if problem.peak is None else best_draft(terms, ranked, problem.peak)
    height_kw = draft.height_kw
    outcomes = [_settled(draft, ranked)]
    if len(ranked) > 1:
        other = Draft(terms, ranked[::-1], height_kw)
        outcomes.append(_settled(other, ranked[::-1], draft.raisers))
        if draft.raisers:
            # One after another may do at the height at which all together do not.
            order = sorted(ranked, key=lambda at: (at not in draft.raisers, terms.needs[at].end))
            single = Draft(terms, [at for at in ranked if terms.needs[at].at_once], height_kw)
            outcomes.append(_settled(single, order, alone=True))
            if single.raisers:
                # Who has it all the same leaves the others room that they did not have.
                height_kw = min(each.height_kw for each in (draft, other, single))
                raisers = draft.raisers | other.raisers
                outcomes.append(_settled(Draft(terms, ranked, height_kw), ranked, raisers))
    order, helped = ranked, len(outcomes)
    while len(ranked) > 1 and all(outcome.missing_kwh for outcome in outcomes) and len(outcomes) < MOST_ORDERS:
        if len(outcomes) - helped > NO_HELP:
            break
        best = min(rank(terms.needs, each) for each in outcomes)
        at_once = [at for at in order if terms.needs[at].at_once]
        outcomes.append(_settled(Draft(terms, at_once, height_kw), order, alone=True))
        helped = len(outcomes) if rank(terms.needs, outcomes[-1]) < best else helped
        # Who lacks something has the first choice in the next order.
        order = sorted(order, key=lambda at: terms.needs[at].name not in outcomes[-1].missing_kwh)
    return min(outcomes, key=lambda each: rank(terms.needs, each))


def _ranked(needs: Sequence[Need]) -> list[int]:
    """The musts in the order in which they go without where not all fits."""
    musts = [at for at, need in enumerate(needs) if need.worth is None]
    return sorted(musts, key=lambda at: (not needs[at].at_once, needs[at].priority, needs[at].end))


def _settled(draft: Draft, order: Sequence[int], first: Container[int] = (), *, alone: bool = False) -> Outcome:
    """What a draft becomes: all in the best way together, or each `alone` beside those before it."""
    ledger, exchange = draft.ledger, draft.exchange
    needs = ledger.needs
    later = [at for at in order if not needs[at].at_once]
    for _ in [] if alone else range(ROUNDS):
        before = ledger.cost()
        for at in later:
            exchange.improve(at)
        if ledger.cost() > before - WORTH_A_ROUND * abs(before):
            break
    if not alone:
        later.sort(key=lambda at: (at not in first, -needs[at].min_kw / needs[at].max_kw))
    for at in later:
        settle(ledger, exchange, at)
        if ledger.terms.peak is not None:
            raise_for(draft, at, ledger.terms.peak)
    for at, need in enumerate(needs):
        if need.worth is not None:
            exchange.place(at)
    return outcome_of(ledger)
