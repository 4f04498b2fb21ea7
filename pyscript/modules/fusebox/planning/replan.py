"""When a plan is made anew, and the last moment at which a load may begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from ..model.durations import HOUR_S, QUARTER_S
from .need import DUST_KW, DUST_KWH, SLOT_H, Limit, Need
from .planner import Outcome
from .prices import Prices


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
        slots = self.outcome.powers.get(name, ())
        return sum(
            power * max(min(now_s - start, QUARTER_S) - max(self.at_s - start, 0.0), 0.0) / HOUR_S
            for power, start in ((power, self.from_s + at * QUARTER_S) for at, power in enumerate(slots))
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
    if now_s - made.at_s < tuning.PLAN_AGAIN_S:
        return ""
    for need in musts:
        off_kwh = need.energy_kwh - old[need.name].energy_kwh + made.planned_kwh(need.name, now_s)
        if abs(off_kwh) >= tuning.PLAN_OFF_KWH:
            return f"{need.name} needs {abs(off_kwh):.1f} kWh {'more' if off_kwh > 0 else 'less'} than planned."
    return ""


def _wish(need: Need, from_s: float) -> tuple[Need, float]:
    """A need without what changes by itself as time goes on, and when it ends."""
    return replace(need, energy_kwh=0.0, first=0, ran_slots=0, end=0), from_s + need.end * QUARTER_S


def latest_start_s(need: Need, limits: Sequence[Limit], from_s: float) -> float:
    """The last moment from which on all it can have makes it ready [s since 1970]; `from_s` where that has passed.

    As if it were alone: what others take is for the plan to tell, and whoever is late goes first.
    """
    left_kwh = need.energy_kwh
    for slot in range(need.end - 1, max(need.first, 0) - 1, -1):
        if left_kwh <= DUST_KWH:
            return from_s + (slot + 1) * QUARTER_S
        given_kwh = given_kw(need, limits, slot) * SLOT_H
        if given_kwh >= left_kwh:
            return from_s + (slot + 1 - left_kwh / given_kwh) * QUARTER_S
        left_kwh -= given_kwh
    return from_s + max(need.first, 0) * QUARTER_S


def given_kw(need: Need, limits: Sequence[Limit], slot: int) -> float:
    """What a need alone may have in a slot [kW]; 0 where that is less than it runs at."""
    rooms = (limit.room_kw[slot] / weight for limit in limits if (weight := limit.weights.get(need.name)))
    room_kw = min([need.max_kw, *rooms])
    return room_kw if room_kw > 0 and room_kw >= need.min_kw - DUST_KW else 0.0


def last_slot(ready_s: float, from_s: float) -> int:
    """The first slot after the time by which a load is to be ready; one slot at the least."""
    return max(int((ready_s - from_s) // QUARTER_S), 1)


def reserved(need: Need, ready_s: float, from_s: float, slots: int) -> Limit:
    """So much less is planned in the last slot as could be taken in the reserve; all in the very last."""
    spare_s = ready_s - from_s - need.end * QUARTER_S
    share = 1 - max(tuning.PLAN_RESERVE_S - spare_s, 0.0) / QUARTER_S if need.end > 1 else 1.0
    rooms = (need.max_kw,) * (need.end - 1) + (need.max_kw * share,) + (0.0,) * (slots - need.end)
    return Limit(f"{need.name} in time", {need.name: 1.0}, rooms)
