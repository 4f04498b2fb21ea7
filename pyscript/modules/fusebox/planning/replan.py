"""A finished plan, and when a new one is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .. import tuning
from ..model.durations import QUARTER_S
from .in_time import possible_power_kw
from .need import DUST_KW, SLOT_H, Limit, Need, Problem
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
    """The needs at that time."""
    prices: Prices
    outcome: Outcome
    spare_kwh: Mapping[str, float] = field(default_factory=dict)
    """Need -> energy that it could take until its exact time in addition to the plan [kWh]."""

    def powers_from(self, name: str, from_s: float, slots: int) -> tuple[float, ...]:
        """Return a need's planned power in `slots` slots, the first beginning at `from_s` [kW]; 0 where unplanned."""
        first = int((from_s - self.from_s) // QUARTER_S)
        powers = ((0.0,) * -first + self.outcome.powers.get(name, ())[max(first, 0) :])[:slots]
        return powers + (0.0,) * (slots - len(powers))

    def all_powers_from(self, needs: Sequence[Need], from_s: float, slots: int) -> Mapping[str, tuple[float, ...]]:
        """Return need -> its planned power in `slots` slots from `from_s` on [kW], for all these needs."""
        return {need.name: self.powers_from(need.name, from_s, slots) for need in needs}


def drop_small_rests(problem: Problem, made: Made | None, from_s: float) -> Problem:
    """Return the problem without small energies that are missing from the plan in force: they justify no new start.

    Such energy can still be taken after the load's last block. Unchanged below a billed peak, where there may be no
    room.
    """
    if made is None or problem.peak is not None:
        return problem
    needs, waiting_kwh = [], 0.0
    planned = made.all_powers_from(problem.needs, from_s, len(problem.forecast.prices))
    for need in problem.needs:
        planned_kw = planned[need.name][: need.end]
        rest_kwh = need.energy_kwh - SLOT_H * sum(planned_kw)
        after = max([slot + 1 for slot, kw in enumerate(planned_kw) if kw > DUST_KW], default=0)
        # Below its least it runs the shorter.
        anyhow = replace(need, min_kw=0.0)
        others = {name: powers for name, powers in planned.items() if name != need.name}
        left = [subtract_planned(limit, others) for limit in problem.limits]
        room_kwh = SLOT_H * sum(possible_power_kw(anyhow, left, slot) for slot in range(after, need.end)) - waiting_kwh
        # A small pump takes less than that in hours.
        most_kwh = min(tuning.PLAN_OFF_KWH, need.max_kw * SLOT_H, room_kwh)
        old = made.needs.get(need.name)
        is_old = old is not None and made.from_s + old.end * QUARTER_S == from_s + need.end * QUARTER_S
        waits = need.worth is None and is_old and after > 0 and 0 < rest_kwh < most_kwh
        waiting_kwh += rest_kwh if waits else 0.0
        needs.append(replace(need, energy_kwh=need.energy_kwh - rest_kwh) if waits else need)
    return replace(problem, needs=tuple(needs))


def subtract_planned(limit: Limit, planned: Mapping[str, Sequence[float]]) -> Limit:
    """Return the limit less the power of other needs, for as many slots as that is known."""
    room_kw = limit.room_kw
    for name, weight in limit.weights.items():
        if name in planned:
            room_kw = tuple(room - weight * kw for room, kw in zip(room_kw, planned[name], strict=False))
    return replace(limit, room_kw=room_kw)


def replan_cause(made: Made | None, needs: Sequence[Need], prices: Prices, from_s: float, now_s: float) -> str:
    """Return a word for why a new plan has to be made, "" where the old one holds; the first that applies.

    No plan, other loads, another need, prices that are new or have changed, a new quarter hour. The first slot of
    `needs` begins at `from_s`. The battery's needs change with prices only.
    """
    if made is None:
        return "no_plan"
    old = {name: need for name, need in made.needs.items() if _is_required(need)}
    wished = [need for need in needs if _is_required(need)]
    if {need.name for need in wished} != set(old):
        return "other_loads"
    for need in wished:
        if _comparable_request(need, from_s) != _comparable_request(old[need.name], made.from_s):
            return "other_wish"
    published = made.prices.by_start
    told = {start: price for start, price in prices.by_start.items() if start + QUARTER_S > now_s}
    if any(published.get(start) != price for start, price in told.items()):
        return "new_prices"
    # Deviations wait for the next quarter hour, so that a running load is not moved within one.
    return "new_quarter" if from_s > made.from_s else ""


def _is_required(need: Need) -> bool:
    """Return whether a need is for a plan: energy by a time, or at low prices; not the battery's."""
    return need.worth is None or need.max_price is not None


def _comparable_request(need: Need, from_s: float) -> tuple[Need, float]:
    """Return a need without what changes as time passes, and when it ends [s since 1970]."""
    return replace(need, energy_kwh=0.0, first=0, ran_s=0.0, end=0), from_s + need.end * QUARTER_S
