"""A plan in its first form: everybody's energy in the cheapest slots, at any power."""

from __future__ import annotations

from collections.abc import Sequence

from .exchange import Exchange
from .ledger import Ledger
from .need import DUST_KW, DUST_KWH, SLOT_H
from .outcome import outcome_of, rank
from .terms import LAST_CHOICE, Terms


class Draft:
    """Musts on a sheet, none above a height; what it comes to tells how that height compares with another."""

    def __init__(self, terms: Terms, order: Sequence[int], height_kw: float = 0.0) -> None:
        self.height_kw = self.drafted_kw = height_kw
        """The height now, which may be raised when powers become such as loads can run at; and the one of the draft."""
        self.ledger = Ledger(terms, height_kw)
        self.exchange = Exchange(self.ledger)
        self.raisers: set[int] = set()
        """Who needed a greater height when powers became such as he can run at."""
        for at in order:
            self.exchange.place(at)
        self.outcome = outcome_of(self.ledger)
        self.rank = rank(terms.needs, self.outcome)
        self.is_whole = not any(self.rank.missing)

    def saves(self) -> float:
        """What a kW more of height would save: who is in a dear slot moves to one that it opens."""
        ledger = self.ledger
        dearest = [self._dearest(at) for at in range(len(ledger.needs))]
        saved = 0.0
        for slot, slack in enumerate(ledger.slack_kw[ledger.terms.peak_limit]):
            if slack <= DUST_KW:
                members = [at for _, each in ledger.terms.inside[slot] for at in each if self._fits(at, slot)]
                saved += max([0.0, *(dearest[at] - ledger.cost_of(at, slot) for at in members)])
        return saved * SLOT_H

    def _dearest(self, at: int) -> float:
        """What a kWh of a need costs where it costs most."""
        ledger, need = self.ledger, self.ledger.needs[at]
        if need.worth is None and ledger.left_kwh[at] > DUST_KWH:
            return LAST_CHOICE
        used = [slot for slot in ledger.terms.windows[at] if ledger.power_kw[at][slot] > DUST_KW]
        return max((ledger.slope(slot, more=False) + ledger.bias[at][slot] for slot in used), default=0.0)

    def _fits(self, at: int, slot: int) -> bool:
        """Whether nothing but the height keeps a need from more."""
        ledger = self.ledger
        if at in self.exchange.fixed or ledger.power_kw[at][slot] >= ledger.most_kw[at][slot] - DUST_KW:
            return False
        limits = [limit for limit, _ in ledger.weights[at] if limit != ledger.terms.peak_limit]
        return all(ledger.slack_kw[limit][slot] > DUST_KW for limit in limits)
