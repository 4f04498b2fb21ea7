"""What a plan comes to, and what makes one better than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .ledger import Ledger
from .need import SLOT_H, Need

SAME = 1e-6
"""Sums this close are the same: kilowatt-hours that are missing, costs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who runs when, and what that comes to."""

    powers: dict[str, tuple[float, ...]]
    """Need -> its mean power in each slot [kW]."""
    cost: float
    """Of the energy."""
    peak_kw: float
    """The highest import of a slot [kW]; the free one where it is not above that, 0 where no peak is billed."""
    peak_cost: float
    """What the peak costs more than it does anyhow."""
    missing_kwh: dict[str, float]
    """Need -> what it will not have by its time [kWh]: musts only, those that lack nothing left out."""


class Rank(NamedTuple):
    """What makes one outcome better than another; the lower the better."""

    missing: tuple[float, ...]
    """What musts lack counts before what all costs, and by priority [kWh]."""
    cost: float
    """Less what that is worth which is no must."""


def outcome_of(ledger: Ledger) -> Outcome:
    """What is planned on a sheet."""
    missing = {
        need.name: left
        for need, left in zip(ledger.needs, ledger.left_kwh, strict=True)
        if need.worth is None and left > SAME
    }
    powers = {need.name: tuple(power) for need, power in zip(ledger.needs, ledger.power_kw, strict=True)}
    peak = ledger.terms.peak
    if peak is None:
        return Outcome(powers, ledger.cost(), 0.0, 0.0, missing)
    at_slots = zip(ledger.total_kw, peak.house_kw, strict=True)
    peak_kw = max([peak.free_kw, *(total + house for total, house in at_slots if total > SAME)])
    return Outcome(powers, ledger.cost(), peak_kw, (peak_kw - peak.free_kw) * peak.price_per_kw, missing)


def rank(needs: Sequence[Need], outcome: Outcome) -> Rank:
    """How good it is."""
    levels = sorted({need.priority for need in needs})
    lost = [
        round(sum(outcome.missing_kwh.get(need.name, 0.0) for need in needs if need.priority == level), 2)
        for level in levels
    ]
    worth = sum((need.worth or 0.0) * sum(outcome.powers[need.name]) * SLOT_H for need in needs)
    return Rank(tuple(lost), outcome.cost + outcome.peak_cost - worth)
