"""Below which height of a peak energy cannot fit in time, whatever else is in its way."""

from __future__ import annotations

from collections.abc import Sequence

from .need import DUST_KW, SLOT_H, Need, Peak
from .terms import Terms

EXACT_KW = 0.02
"""Heights are told this exactly [kW]."""


def all_fit_kw(needs: Sequence[Need], peak: Peak) -> float:
    """For the energy of all together, at any power; the free one at least."""
    musts = sorted((need for need in needs if need.worth is None), key=lambda need: need.end)
    least_kw, energy_kwh = peak.free_kw, 0.0
    for need in musts:
        energy_kwh += need.energy_kwh
        houses = sorted(peak.house_kw[: need.end])
        below_kw = 0.0
        for count, house in enumerate(houses, 1):
            # Up to the next house's level all slots below it are filled alike.
            below_kw += house
            level_kw = (energy_kwh / SLOT_H + below_kw) / count
            if count == len(houses) or level_kw <= houses[count]:
                least_kw = max(least_kw, level_kw)
                break
    return min(least_kw, peak.most_kw)


def alone_kw(terms: Terms, peak: Peak) -> float:
    """For each must as if it were alone, at powers that it can run at; the free one at least."""
    least_kw = peak.free_kw
    for at, (need, window) in enumerate(zip(terms.needs, terms.windows, strict=True)):
        if need.worth is None and window:
            rooms_kw = [terms.alone_kw(at, slot) for slot in window]
            kw = enough_kw(need, rooms_kw, [peak.house_kw[slot] for slot in window], peak.most_kw)
            least_kw = max(least_kw, kw)
    return min(least_kw, peak.most_kw)


def enough_kw(need: Need, rooms_kw: Sequence[float], below_kw: Sequence[float], most_kw: float) -> float:
    """At which height slots give a need all: each what lies between that and what is `below`, and no more than room.

    Where none does, no more than what gives most.
    """
    fit = [(room, below) for room, below in zip(rooms_kw, below_kw, strict=True) if room >= need.min_kw - DUST_KW]
    tops = [below + room for room, below in fit if room > DUST_KW]
    if not tops:
        return 0.0

    def given_kw(height_kw: float) -> float:
        each = [min(room, height_kw - below) for room, below in fit]
        return sum([kw for kw in each if kw > DUST_KW and kw >= need.min_kw - DUST_KW])

    low_kw, high_kw = min(below for _, below in fit), min(max(tops), most_kw)
    wanted_kw = min(need.energy_kwh / SLOT_H, given_kw(high_kw)) - DUST_KW
    while high_kw - low_kw > EXACT_KW:
        kw = (low_kw + high_kw) / 2
        low_kw, high_kw = (low_kw, kw) if given_kw(kw) >= wanted_kw else (kw, high_kw)
    return high_kw
