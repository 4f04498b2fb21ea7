"""Under `optimized`: which loads would take more from those before them than they would get themselves. Pure.

A load on one phase lowers one before it that is on three by the same amps on each of them. What counts is the sum of
amps over phases. The steady shares of `allocate` are not changed: it is a matter of when a load starts and stops.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model.decision import Allocation, Demand, Hold
from ...model.electrics import DUST
from ...model.records import fast_replace
from ..demand.hold import with_hold
from ..demand.holds_turn import others_lose_more
from .allocation import allocate
from .budget_hold import Instant


def with_turns(
    instant: Instant, demands: tuple[Demand, ...], found: Sequence[Demand], shares: Allocation
) -> tuple[Demand, ...]:
    """Return the demands with those held off that wait for the loads before them, the last in order first.

    `found` and `shares` are what `shares_of` makes of `demands`.
    """
    asked = list(found)
    after = {demand.load: demand for demand in demands}
    for place in range(len(asked) - 1, 0, -1):
        demand = asked[place]
        if demand.hold not in (None, Hold.ON) or shares[demand.load].amps <= 0:
            continue
        name, losers = demand.load, _losers(instant, asked, place)
        if losers:
            after[name] = fast_replace(after[name], costs_others=True)
        # As soon as no load is left that could lose anything, it waits for none.
        if demand.hold is None and any(before.max_a > before.min_a for before in asked[:place]):
            after[name] = with_hold((others_lose_more,), instant.context(after[name], losers=losers))
            if after[name].hold is not None:
                asked[place] = after[name]
    return tuple(after.values())


def _losers(instant: Instant, demands: Sequence[Demand], place: int) -> Sequence[str]:
    """Return the loads before this one that would lose more to it than it would get in the room that lasts.

    Empty where they would not.
    """
    demand = demands[place]
    without = [*demands[:place], fast_replace(demand, hold=Hold.LATER), *demands[place + 1 :]]
    with_it, alone = (allocate(instant.rooms.lasting, each, instant.distribution) for each in (demands, without))
    phases = {name: len(load.phases) for name, load in instant.loads.items()}
    before = [each.load for each in demands[:place]]
    lost_a = {name: phases[name] * (alone[name].amps - with_it[name].amps) for name in before}
    if sum(lost_a.values()) <= phases[demand.load] * with_it[demand.load].amps + DUST:
        return ()
    return [name for name, amps in lost_a.items() if amps > DUST]
