"""Who runs beside whom in which slot, all slots at once.

A Lagrangian relaxation: a kWh of each load is worth the same in all slots, and each slot takes the way that gains most.
After that slots change their ways until everybody has what it needs. It sees what placing one load after another does
not: two at their least in one slot, or one alone at more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .ledger import Ledger
from .need import DUST_KWH, SLOT_H
from .terms import LAST_CHOICE
from .ways import NOTHING, Way, ways

MOST_WAYS = 600
"""Nothing is looked for where all slots together have more ways: it would take too long. Three loads over a night, or
two over a day and a half, have no more."""
HALVINGS = 6
"""The span in which a load's worth may lie is halved so often."""
TURNS = 3
"""All slots are asked so often whether they change."""


def packing(ledger: Ledger, order: Sequence[int]) -> Mapping[str, Sequence[float]] | None:
    """Need -> its powers in all slots [kW]: these needs beside what is on a sheet; None where that is not looked for.

    They may come to less or more than is needed: who follows this takes no more, and finds what lacks elsewhere.
    """
    open_ = [sum(slot in ledger.terms.windows[at] for at in order) for slot in ledger.slots]
    if not order or sum(count**2 for count in open_) > MOST_WAYS:
        return None
    powers = {ledger.needs[at].name: [0.0] * len(ledger.slots) for at in order}
    for slot, (_, one, one_kwh, other, other_kwh) in enumerate(_Packing(ledger, order).found()):
        powers[ledger.needs[order[one]].name][slot] += one_kwh / SLOT_H
        powers[ledger.needs[order[other]].name][slot] += other_kwh / SLOT_H
    return powers


class _Packing:
    """All ways of all slots; loads are told by their place in an order."""

    def __init__(self, ledger: Ledger, order: Sequence[int]) -> None:
        self._ways = [ways(ledger, order, slot) for slot in ledger.slots]
        self._wanted_kwh = [ledger.left_kwh[at] for at in order]
        cheapest, dearest = min(ledger.terms.cheapest), max(ledger.outlook.prices)
        peak = ledger.terms.peak
        self._lack = dearest + (LAST_CHOICE if peak is None else peak.price_per_kw)
        """What a kWh costs that is not there in time: it needs another slot, or a higher peak."""
        self._worth = [dearest for _ in order]
        """What a kWh of each load is worth: the least at which it gets what it needs."""
        for place, wanted_kwh in enumerate(self._wanted_kwh):
            # Where there is little room it is worth more than any price.
            below, above = cheapest, 2 * dearest - cheapest
            for _ in range(HALVINGS):
                self._worth[place] = (below + above) / 2
                if _got_kwh(self._best(), place) < wanted_kwh - DUST_KWH:
                    below = self._worth[place]
                else:
                    above = self._worth[place]
            self._worth[place] = above

    def found(self) -> Sequence[Way]:
        """Slot -> its way."""
        chosen = self._filled()
        got_kwh = [_got_kwh(chosen, place) for place in range(len(self._wanted_kwh))]
        for _ in range(TURNS):
            gains = [
                (gain, slot, way)
                for slot, each in enumerate(self._ways)
                for way in each
                if (gain := self._gain(chosen[slot], way, got_kwh)) > 0
            ]
            changed = set()
            for _, slot, way in sorted(gains, reverse=True):
                before = chosen[slot]
                if slot not in changed and self._gain(before, way, got_kwh) > 0:
                    chosen[slot] = way
                    changed.add(slot)
                    for place, kwh in _more_kwh(before, way).items():
                        got_kwh[place] += kwh
        return chosen

    def _best(self) -> list[Way]:
        """Slot -> the way that gains most."""
        worth, found = self._worth, []
        # The innermost of all loops: a call for each way would take three times as long.
        for each in self._ways:
            best, most = NOTHING, 0.0
            for way in each:
                cost, one, one_kwh, other, other_kwh = way
                gain = worth[one] * one_kwh + worth[other] * other_kwh - cost
                if gain > most:
                    best, most = way, gain
            found.append(best)
        return found

    def _filled(self) -> list[Way]:
        """The same, first where a kWh gains most, and nothing for who has what it needs."""
        left_kwh, found = list(self._wanted_kwh), self._best()
        for slot in sorted(range(len(found)), key=lambda slot: -self._gain_per_kwh(found[slot])):
            best, most = NOTHING, 0.0
            for way in self._ways[slot]:
                cost, one, one_kwh, other, other_kwh = way
                if (one_kwh and left_kwh[one] <= DUST_KWH) or (other_kwh and left_kwh[other] <= DUST_KWH):
                    continue
                # Half of what is too much is of use: others take the less of it elsewhere.
                one_kwh = min(one_kwh, left_kwh[one] + one_kwh / 2)
                other_kwh = min(other_kwh, left_kwh[other] + other_kwh / 2)
                gain = self._worth[one] * one_kwh + self._worth[other] * other_kwh - cost
                if gain > most:
                    best, most = way, gain
            found[slot] = best
            left_kwh[best.one] -= best.one_kwh
            left_kwh[best.other] -= best.other_kwh
        return found

    def _gain_per_kwh(self, way: Way) -> float:
        cost, one, one_kwh, other, other_kwh = way
        gain = self._worth[one] * one_kwh + self._worth[other] * other_kwh - cost
        return gain / (one_kwh + other_kwh) if one_kwh else 0.0

    def _gain(self, before: Way, after: Way, got_kwh: Sequence[float]) -> float:
        """What a change of one slot saves, what lacks then counted."""
        gain = before.cost - after.cost
        for place, more_kwh in _more_kwh(before, after).items():
            lacks_kwh = self._wanted_kwh[place] - got_kwh[place]
            gain += self._lack * (max(lacks_kwh, 0.0) - max(lacks_kwh - more_kwh, 0.0))
        return gain


def _more_kwh(before: Way, after: Way) -> dict[int, float]:
    more = {before.one: -before.one_kwh}
    for place, kwh in ((before.other, -before.other_kwh), (after.one, after.one_kwh), (after.other, after.other_kwh)):
        more[place] = more.get(place, 0.0) + kwh
    return more


def _got_kwh(chosen: Sequence[Way], place: int) -> float:
    return sum([way.one_kwh * (way.one == place) + way.other_kwh * (way.other == place) for way in chosen])
