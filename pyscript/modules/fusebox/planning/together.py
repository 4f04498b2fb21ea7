"""What a draft becomes: powers such as all loads can run at, beside each other."""

from __future__ import annotations

from collections.abc import Container, Sequence

from .draft import Draft
from .outcome import Outcome, outcome_of
from .peaks import raise_for
from .settle import settle

ROUNDS = 3
"""Everybody is asked so often whether there is a cheaper slot now."""
WORTH_A_ROUND = 0.002
"""And once more only where that saved so much of all."""


def settled(draft: Draft, order: Sequence[int], first: Container[int] = (), *, alone: bool = False) -> Outcome:
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
