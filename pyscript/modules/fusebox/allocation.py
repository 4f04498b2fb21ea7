"""Ceilings + demands -> shares: minimums first, then the rest by distribution. Pure; `docs/allocation.md` explains.

A load gets 0 or min..max, never between. The ceiling that stops a load is kept with its share: it is the explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from .decision import AMP_DUST, Allocation, Ceiling, Demand, Hold, Memory, Share
from .rooms import Rooms
from .site import Distribution


def allocate(ceilings: Sequence[Ceiling], demands: Sequence[Demand], distribution: Distribution) -> Allocation:
    """Shares by load name. `demands` are in order of service; amps are not rounded to any step."""
    rooms = Rooms(ceilings)
    amps: dict[str, float] = {}
    binding: dict[str, Ceiling | None] = {}
    for demand in demands:
        if demand.hold is Hold.ON:
            amps[demand.load] = demand.min_a
            rooms.take(demand.load, demand.min_a)
    _DISTRIBUTE[distribution](rooms, demands, amps, binding)
    return {d.load: Share(amps[d.load], binding.get(d.load)) for d in demands}


def allocate_steadily(
    ceilings: Sequence[Ceiling],
    lasting: Sequence[Ceiling],
    demands: Sequence[Demand],
    memory: Memory,
    distribution: Distribution,
) -> Allocation:
    """Shares of the room of now, in which nobody counts on more than it has or than has `lasting` room.

    A load that waits for its raise would otherwise take amps from its siblings each time a pulsing hob pauses, and
    give them back a second later.
    """
    could = allocate(lasting, demands, distribution)
    capped = []
    for demand in demands:
        setpoint_a = memory.loads[demand.load].setpoint_a
        most_a = max(setpoint_a, could[demand.load].amps, demand.min_a if setpoint_a > 0 else 0.0)
        capped.append(replace(demand, max_a=min(demand.max_a, most_a)))
    shares = allocate(ceilings, capped, distribution)
    return {load: Share(share.amps, share.binding or could[load].binding) for load, share in shares.items()}


def available(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> float:
    """Amps that a load could get beside the present shares of the others; 0 below its minimum."""
    rooms = Rooms(ceilings)
    for name, share in allocation.items():
        if name != demand.load:
            rooms.take(name, share.amps)
    most_a = min(rooms.most(demand.load)[0], demand.max_a)
    return most_a if most_a + AMP_DUST >= demand.min_a else 0.0


Amps = dict[str, float]
Binding = dict[str, Ceiling | None]


Raise = Callable[[Rooms, Sequence[Demand], Amps, Binding], None]


def _minimums_first(raise_all: Raise) -> Raise:
    """Admit every minimum that fits, in order; then raise the admitted, the more urgent before the less urgent."""

    def distribute(rooms: Rooms, demands: Sequence[Demand], amps: Amps, binding: Binding) -> None:
        for demand in demands:
            if demand.load not in amps:
                _admit(rooms, demand, amps, binding)
        admitted = [d for d in demands if amps[d.load] > 0]
        for _, same_urgency in groupby(admitted, key=lambda d: d.rank[0]):
            raise_all(rooms, list(same_urgency), amps, binding)

    return distribute


def _admit(rooms: Rooms, demand: Demand, amps: Amps, binding: Binding) -> None:
    """The minimum where all ceilings allow it, else nothing."""
    amps[demand.load], binding[demand.load] = 0.0, None
    if demand.max_a <= 0 or demand.hold is Hold.OFF:
        return
    most_a, tightest = rooms.most(demand.load)
    if most_a + AMP_DUST < demand.min_a:
        binding[demand.load] = tightest
        return
    rooms.take(demand.load, demand.min_a)
    amps[demand.load] = demand.min_a


def _by_priority(rooms: Rooms, demands: Sequence[Demand], amps: Amps, binding: Binding) -> None:
    """In order, each takes all that it can use."""
    for demand in demands:
        most_a, tightest = rooms.most(demand.load)
        wish_a = demand.max_a - amps[demand.load]
        more_a = max(min(wish_a, most_a), 0.0)
        rooms.take(demand.load, more_a)
        amps[demand.load] += more_a
        binding[demand.load] = tightest if more_a + AMP_DUST < wish_a else None


def _by_equal_rise(rooms: Rooms, demands: Sequence[Demand], amps: Amps, binding: Binding) -> None:
    """Max-min fair: raise everyone together, freeze who meets a ceiling, go on with the others."""
    rising = {d.load: d for d in demands}
    while rising:
        pressure: dict[str, float] = {}
        tied = {}
        for load in rising:
            for ceiling, weight in rooms.over(load):
                pressure[ceiling.name] = pressure.get(ceiling.name, 0.0) + weight
                tied[ceiling.name] = ceiling
        step_a = min(d.max_a - amps[d.load] for d in rising.values())
        for name, weight in pressure.items():
            step_a = min(step_a, max(rooms.left_a(tied[name]), 0.0) / weight)
        for load in rising:
            rooms.take(load, step_a)
            amps[load] += step_a
        rising = _still_rising(rooms, rising, amps, binding)


def _still_rising(rooms: Rooms, rising: Mapping[str, Demand], amps: Amps, binding: Binding) -> dict[str, Demand]:
    going = {}
    for load, demand in rising.items():
        most_a, tightest = rooms.most(load)
        if amps[load] + AMP_DUST >= demand.max_a:
            binding[load] = None
        elif most_a <= AMP_DUST:
            binding[load] = tightest
        else:
            going[load] = demand
    return going


def _in_order(spare_the_next: bool) -> Raise:
    """One after the other, each all that it can use and nothing reserved; perhaps with an eye on the next in line."""

    def distribute(rooms: Rooms, demands: Sequence[Demand], amps: Amps, binding: Binding) -> None:
        asking = [d for d in demands if d.max_a > 0 and d.hold is not Hold.OFF]
        following = dict(zip((d.load for d in asking), asking[1:], strict=False))
        for demand in demands:
            held = demand.load in amps
            if not held:
                following_one = following.get(demand.load)
                could_run = following_one is not None and _fits(rooms, following_one)
                _admit(rooms, demand, amps, binding)
            if amps[demand.load] <= 0:
                continue
            _by_priority(rooms, [demand], amps, binding)
            if spare_the_next and not held and following_one is not None and could_run:
                _give_back(rooms, demand, following_one, amps, binding)

    return distribute


def _fits(rooms: Rooms, demand: Demand) -> bool:
    return rooms.most(demand.load)[0] + AMP_DUST >= demand.min_a


def _give_back(rooms: Rooms, demand: Demand, following: Demand, amps: Amps, binding: Binding) -> None:
    """Reduce a share by what the next load's minimum lacks, but not below its own minimum."""
    own = {ceiling.name: weight for ceiling, weight in rooms.over(demand.load)}
    missing_a, for_its_sake = 0.0, None
    for ceiling, weight in rooms.over(following.load):
        lack_a = weight * following.min_a - rooms.left_a(ceiling)
        if ceiling.name in own and lack_a / own[ceiling.name] > missing_a:
            missing_a, for_its_sake = lack_a / own[ceiling.name], ceiling
    less_a = min(missing_a, amps[demand.load] - demand.min_a)
    if for_its_sake is not None and less_a > 0:
        rooms.take(demand.load, -less_a)
        amps[demand.load] -= less_a
        binding[demand.load] = for_its_sake


_DISTRIBUTE: Mapping[Distribution, Raise] = {
    Distribution.PRIORITY: _minimums_first(_by_priority),
    Distribution.SHARED: _minimums_first(_by_equal_rise),
    Distribution.STRICT: _in_order(spare_the_next=False),
    Distribution.OPTIMIZED: _in_order(spare_the_next=True),
}
