"""The baselines of ev2gym 2.0.0 (`ev2gym/baselines/heuristics.py`), reimplemented from there, and the least cost.

As there, these controllers ignore the main fuse; only the round robin knows the limit of the whole street.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .home import Home
from .sessions import SLOT_H, Session


def as_fast_as_possible(session: Session, slot: int, left_kwh: float) -> float:
    """Return the power of `ChargeAsFastAsPossible`: full power until the car has what it needs [kW]."""
    return session.max_kw


def as_late_as_possible(session: Session, slot: int, left_kwh: float) -> float:
    """Return the power of `ChargeAsLateAsPossible`: 0 until only full power makes the car ready in time [kW]."""
    slots = math.ceil(left_kwh / (session.max_kw * SLOT_H))
    return session.max_kw if session.leaves - slots <= slot else 0.0


class RoundRobin:
    """`RoundRobin`: as many cars charge at full power as fit into the street's power, in turn; the last gets the rest.

    The number that fits is computed with the mean power of all chargers.
    """

    def __init__(self, charger_kw: Sequence[float]) -> None:
        self._mean_kw = sum(charger_kw) / len(charger_kw)
        self._queue: list[int] = []

    def powers_kw(self, room_kw: float, max_kw: Mapping[int, float]) -> dict[int, float]:
        """Return home -> its car's power in this slot [kW]; pass the turn on. `max_kw`: of cars that need energy."""
        new = [home for home in max_kw if home not in self._queue]
        self._queue = new[::-1] + [home for home in self._queue if home in max_kw]
        fit = max(room_kw, 0.0) / self._mean_kw
        count = min(math.ceil(fit), len(self._queue))
        chosen, self._queue = self._queue[:count], self._queue[count:] + self._queue[:count]
        shares = [min(fit - place, 1.0) for place in range(count)]
        return {home: share * max_kw[home] for home, share in zip(chosen, shares, strict=True)}


def cheapest_kw(home: Home, session: Session) -> dict[int, float]:
    """Return slot -> power [kW] at the lowest cost with perfect foresight of prices, sun and household.

    It respects the main fuse but not a car's minimum current, so no controller is cheaper or delivers more.
    """
    parts = []
    for slot in range(session.arrives, session.leaves):
        most_kw = min(session.max_kw, home.room_kw(slot, session.phase_count))
        own_kw = min(most_kw, max(-home.import_kw[slot], 0.0))
        parts += [(home.earned(slot), slot, own_kw), (home.prices[slot], slot, most_kw - own_kw)]
    powers: dict[int, float] = {}
    left_kwh = session.kwh
    for _, slot, most_kw in sorted(parts):
        kw = min(most_kw, left_kwh / SLOT_H)
        powers[slot] = powers.get(slot, 0.0) + kw
        left_kwh -= kw * SLOT_H
    return powers
