"""Under `optimized`: hold back loads that would take more from higher-priority loads than they would gain. Pure.

A load on one phase lowers a three-phase load before it by the same amps on each of its phases. What counts is the sum
of amps over phases. The shares from `allocate` stay as they are: this decides only when a load starts and stops.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model.decision import Allocation, Demand, Hold
from ...model.electrics import DUST
from ...model.records import fast_replace
from ..demand.hold import apply_first_hold
from ..demand.holds_turn import delay_if_others_lose_more
from .allocation import allocate
from .budget_hold import Instant


def hold_back_costly_loads(
    instant: Instant, demands: tuple[Demand, ...], found: Sequence[Demand], shares: Allocation
) -> tuple[Demand, ...]:
    """Return the demands with a hold on each load that costs the loads before it more than it gains.

    Loads are judged last in order first. A load that is held on is only marked (`costs_others`). `found` and `shares`
    are the result of `allocate_with_budget_holds` for `demands`.
    """
    asked = list(found)
    after = {demand.load: demand for demand in demands}
    for place in range(len(asked) - 1, 0, -1):
        demand = asked[place]
        if demand.hold not in (None, Hold.ON) or shares[demand.load].amps <= 0:
            continue
        name, losers = demand.load, _loads_losing_to(instant, asked, place)
        if losers:
            after[name] = fast_replace(after[name], costs_others=True)
        # As soon as no load is left that could lose anything, it waits for none.
        if demand.hold is None and any(before.max_a > before.min_a for before in asked[:place]):
            after[name] = apply_first_hold(
                (delay_if_others_lose_more,), instant.hold_context(after[name], losers=losers)
            )
            if after[name].hold is not None:
                asked[place] = after[name]
    return tuple(after.values())


def _in_one_group(one: Demand, other: Demand) -> bool:
    """Return whether two loads share their group's part, as all loads do in a site without groups."""
    return one.group is None or other.group is None or one.group.name == other.group.name


def _loads_losing_to(instant: Instant, demands: Sequence[Demand], place: int) -> Sequence[str]:
    """Return the loads of its group before `demands[place]` that lose amps to it in the lasting room.

    Empty where they lose no more together than that load gains [A, summed over phases].
    """
    demand = demands[place]
    without = [*demands[:place], fast_replace(demand, hold=Hold.LATER), *demands[place + 1 :]]
    with_it, alone = (allocate(instant.rooms.lasting, each, instant.distribution) for each in (demands, without))
    phases = {name: len(load.phases) for name, load in instant.loads.items()}
    before = [each.load for each in demands[:place] if _in_one_group(each, demand)]
    lost_a = {name: phases[name] * (alone[name].amps - with_it[name].amps) for name in before}
    if sum(lost_a.values()) <= phases[demand.load] * with_it[demand.load].amps + DUST:
        return ()
    return [name for name, amps in lost_a.items() if amps > DUST]
