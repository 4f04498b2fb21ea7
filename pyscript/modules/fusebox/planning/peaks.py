"""How high the month's peak had better be: what energy and peak cost together is convex in it.

A draft tells by itself what a higher peak would save. Where that is less than it costs at the least height that there
is, that is the one; else the span of heights is halved towards the best.
"""

from __future__ import annotations

from collections.abc import Sequence

from .draft import Draft
from .heights import all_fit_kw, alone_kw, enough_kw
from .need import DUST_KW, DUST_KWH, SLOT_H, Peak
from .settle import settle
from .terms import Terms

CLOSE_KW = 0.1
"""Heights this close are the same [kW]."""
LOOKS = 7
"""So many heights are tried at most."""
NEAR = 0.01
"""Nor is another one tried that can save no more than this share of all."""
RAISE_KW = 0.25
"""One that is too low for a load to be ready is raised by so much at least [kW]."""


def best_draft(terms: Terms, order: Sequence[int], peak: Peak) -> Draft:
    """All musts at the best height."""
    low = _whole(terms, order, peak)
    if low.is_whole and low.saves() <= peak.price_per_kw:
        return low
    top = Draft(terms, order, peak.most_kw)
    tried = [low]
    while len(tried) < LOOKS and _may_gain(low, top, tried, peak):
        middle = Draft(terms, order, (low.height_kw + top.outcome.peak_kw) / 2)
        tried.append(middle)
        if middle.rank.missing > top.rank.missing or middle.saves() > peak.price_per_kw:
            low = middle
        else:
            top = middle
    best = min([*tried, top], key=lambda draft: (draft.rank, draft.height_kw))
    return best if best.height_kw <= best.outcome.peak_kw else Draft(terms, order, best.outcome.peak_kw)


def _whole(terms: Terms, order: Sequence[int], peak: Peak) -> Draft:
    """All musts at the least height at which nobody lacks anything, as far as there is one; in growing steps."""
    draft = Draft(terms, order, max(all_fit_kw(terms.needs, peak), alone_kw(terms, peak)))
    step_kw = max(sum(draft.rank.missing) / SLOT_H / len(terms.slots), CLOSE_KW)
    while not draft.is_whole and draft.height_kw < peak.most_kw and draft.height_kw <= draft.outcome.peak_kw + CLOSE_KW:
        draft = Draft(terms, order, min(draft.height_kw + step_kw, peak.most_kw))
        step_kw *= 2
    return draft


def _may_gain(low: Draft, top: Draft, tried: Sequence[Draft], peak: Peak) -> bool:
    """Whether a height between two may be better than all that were tried: no cheaper than both let expect."""
    span_kw = top.outcome.peak_kw - low.height_kw
    if span_kw <= CLOSE_KW or low.rank.missing > top.rank.missing:
        return span_kw > CLOSE_KW
    falls, rises = low.saves() - peak.price_per_kw, peak.price_per_kw - top.saves()
    if falls + rises <= 0:
        return False
    # Where the line that falls from the lower meets the one that falls from the higher.
    cross_kw = (low.rank.cost - top.rank.cost + rises * span_kw) / (falls + rises)
    least = low.rank.cost - falls * cross_kw
    best = min(draft.rank for draft in (*tried, top)).cost
    return best - least > NEAR * abs(best)


def raise_for(draft: Draft, at: int, peak: Peak) -> None:
    """Raises the height as far as a load needs that does not run at just any power."""
    ledger, exchange = draft.ledger, draft.exchange
    while ledger.left_kwh[at] > DUST_KWH:
        fixed, window = exchange.fixed - {at}, ledger.terms.windows[at]
        rooms_kw = [ledger.room_kw(at, slot, fixed, without=ledger.terms.peak_limit) for slot in window]
        below_kw = [peak.house_kw[slot] + ledger.taken_kw(slot, fixed) for slot in window]
        most_kw = min(peak.most_kw, max(map(sum, zip(rooms_kw, below_kw, strict=True)), default=0.0))
        if draft.height_kw >= most_kw - DUST_KW:
            break
        draft.raisers.add(at)
        kw = enough_kw(ledger.needs[at], rooms_kw, below_kw, most_kw)
        draft.height_kw = min(max(kw, draft.height_kw + RAISE_KW), most_kw)
        ledger.raise_peak(draft.height_kw)
        exchange.fixed.discard(at)
        settle(ledger, exchange, at)
