"""What a slot may give: one load as much as it bears, or two beside each other, none below its least power."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from .ledger import Ledger
from .need import DUST_KW, SLOT_H

TOGETHER = 2
"""No more loads than so many are looked at together."""


class Way(NamedTuple):
    """Who takes what in a slot; loads are told by their place in an order."""

    cost: float
    one: int
    one_kwh: float
    other: int
    """The same as `one` where that is alone."""
    other_kwh: float


NOTHING = Way(0.0, 0, 0.0, 0, 0.0)


def ways(ledger: Ledger, order: Sequence[int], slot: int) -> list[Way]:
    """All ways of a slot beside what is on a sheet; the first gives nothing."""
    open_ = [place for place, at in enumerate(order) if slot in ledger.terms.windows[at]]
    found = {NOTHING}
    for count in range(1, TOGETHER + 1):
        for places in permutations(open_, count):
            given_kw = _given_kw(ledger, [order[place] for place in places], slot)
            if given_kw is not None:
                one, *others = sorted(zip(places, given_kw, strict=True))
                found.add(_way(ledger, order, slot, (one, others[0] if others else (one[0], 0.0))))
    return sorted(found, key=lambda way: (way != NOTHING, way))


def _given_kw(ledger: Ledger, needs: Sequence[int], slot: int) -> list[float] | None:
    """All run at their least, then each at as much more as the ones before leave it; None where they do not fit."""
    slack = {limit: ledger.slack_kw[limit][slot] for at in needs for limit, _ in ledger.weights[at]}
    given = [max(ledger.needs[at].min_kw, DUST_KW) for at in needs]
    most = [ledger.most_kw[at][slot] for at in needs]
    for at, kw in zip(needs, given, strict=True):
        for limit, weight in ledger.weights[at]:
            slack[limit] -= weight * kw
    if min([*slack.values(), *(most_kw - kw for most_kw, kw in zip(most, given, strict=True))]) < -DUST_KW:
        return None
    for place, at in enumerate(needs):
        rooms = [slack[limit] / weight for limit, weight in ledger.weights[at]]
        more = max(min([most[place] - given[place], *rooms]), 0.0)
        given[place] += more
        for limit, weight in ledger.weights[at]:
            slack[limit] -= weight * more
    return given


def _way(ledger: Ledger, order: Sequence[int], slot: int, pair: tuple[tuple[int, float], tuple[int, float]]) -> Way:
    (one, one_kw), (other, other_kw) = pair
    outlook, total = ledger.outlook, one_kw + other_kw
    price, earned = outlook.prices[slot], min(outlook.prices[slot], outlook.export[slot])
    own = min(total, max(outlook.sun_kw[slot] - ledger.total_kw[slot], 0.0))
    extra = one_kw * ledger.bias[order[one]][slot] + other_kw * ledger.bias[order[other]][slot]
    cost = (total - own) * price + own * earned + extra
    return Way(cost * SLOT_H, one, one_kw * SLOT_H, other, other_kw * SLOT_H)
