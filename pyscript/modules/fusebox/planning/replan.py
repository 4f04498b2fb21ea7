"""A plan that was made, and when it is made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .. import tuning
from ..model.durations import HOUR_S, QUARTER_S
from .need import DUST_KWH, SLOT_H, Need
from .outcome import Outcome
from .prices import Prices
from .wish import DONE_KWH


@dataclass(frozen=True, slots=True)
class Made:
    """A plan and what it was made for."""

    at_s: float
    """When it was made [s since 1970]."""
    from_s: float
    """When its first slot began [s since 1970]."""
    needs: Mapping[str, Need]
    """As they were then."""
    prices: Prices
    outcome: Outcome
    spare_kwh: Mapping[str, float] = field(default_factory=dict)
    """Need -> what it could take by its very time beside all that was planned [kWh]."""

    def power_kw(self, name: str, now_s: float) -> float:
        """What a need is to take in the slot of an instant [kW]."""
        slots = self.outcome.powers.get(name, ())
        at = int((now_s - self.from_s) // QUARTER_S)
        return slots[at] if 0 <= at < len(slots) else 0.0

    def powers_from(self, name: str, from_s: float, slots: int) -> tuple[float, ...]:
        """What a need is to take in so many slots, the first of which begins then [kW]."""
        return tuple(self.power_kw(name, from_s + at * QUARTER_S) for at in range(slots))

    def planned_kwh(self, name: str, now_s: float) -> float:
        """What a need should have got since it was made [kWh]."""
        return self._between_kwh(name, self.at_s, now_s)

    def coming_kwh(self, name: str, now_s: float) -> float:
        """What a need is still to get from now on [kWh]."""
        return self._between_kwh(name, now_s, float("inf"))

    def _between_kwh(self, name: str, since_s: float, until_s: float) -> float:
        slots = self.outcome.powers.get(name, ())
        starts = ((power, self.from_s + at * QUARTER_S) for at, power in enumerate(slots))
        return sum(
            power * max(min(until_s - start, QUARTER_S) - max(since_s - start, 0.0), 0.0) / HOUR_S
            for power, start in starts
        )


def why_anew(made: Made | None, needs: Sequence[Need], prices: Prices, from_s: float, now_s: float) -> str:
    """Why a new plan has to be made, as a sentence; "" where the old one holds. The first slot of `needs` is `from_s`.

    What is no must changes with prices alone.
    """
    if made is None:
        return "There is no plan yet."
    old = {name: need for name, need in made.needs.items() if need.worth is None}
    musts = [need for need in needs if need.worth is None]
    if {need.name for need in musts} != set(old):
        return "Other loads are to be planned."
    for need in musts:
        if _wish(need, from_s) != _wish(old[need.name], made.from_s):
            return f"{need.name}: something else is wanted now."
    published = made.prices.by_start()
    told = {start: price for start, price in prices.by_start().items() if start + QUARTER_S > now_s}
    if any(published.get(start) != price for start, price in told.items()):
        return "New prices have come."
    if from_s <= made.from_s:
        # What the world does differently is for the next quarter hour: who runs now is not asked again.
        return ""
    for need in musts:
        coming_kwh = made.coming_kwh(need.name, now_s)
        if need.energy_kwh > DONE_KWH and coming_kwh <= DUST_KWH:
            return f"{need.name} is not done, and nothing more is planned."
        short_kwh = need.energy_kwh - coming_kwh - made.outcome.missing_kwh.get(need.name, 0.0)
        over_kwh = old[need.name].energy_kwh - need.energy_kwh - made.planned_kwh(need.name, now_s)
        # A small pump takes less than that in hours.
        if max(short_kwh, over_kwh) >= min(tuning.PLAN_OFF_KWH, need.max_kw * SLOT_H):
            how = f"{short_kwh:.1f} kWh more" if short_kwh > over_kwh else f"{over_kwh:.1f} kWh less"
            return f"{need.name} needs {how} than planned."
    return ""


def _wish(need: Need, from_s: float) -> tuple[Need, float]:
    """A need without what changes by itself as time goes on, and when it ends."""
    return replace(need, energy_kwh=0.0, first=0, ran_s=0.0, end=0), from_s + need.end * QUARTER_S
