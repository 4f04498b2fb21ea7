"""Ceilings + demands -> shares: minimums first, then the rest by distribution. Pure; `docs/allocation.md` explains.

A load gets 0 or min..max, never a current between 0 and its minimum. Each share carries the ceilings that limit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...model.ceiling import Ceiling
from ...model.decision import Allocation, Demand, Hold, Share
from ...model.electrics import DUST, floor_to_step
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Distribution
from ..limits.headroom import Headroom

HELD_OFF = (Hold.OFF, Hold.LATER)


def allocate(ceilings: Sequence[Ceiling], demands: Sequence[Demand], distribution: Distribution) -> Allocation:
    """Return the share of each load [A on each of its phases] by load name. `demands` are in order of service.

    Amps are rounded down only for loads that come in pieces (`piece_a`, such as radiators). What is left beyond whole
    pieces is distributed again among the other loads.
    """
    shares = _distribute(ceilings, demands, distribution)
    bound = {}
    for piecewise in [demand for demand in demands if demand.piece_a > 0]:
        share = shares[piecewise.load]
        whole_a = floor_to_step(share.amps, piecewise.piece_a)
        if whole_a + DUST < share.amps:
            bound[piecewise.load] = share.limited_by
            demands = [fast_replace(d, max_a=whole_a) if d is piecewise else d for d in demands]
            shares = _distribute(ceilings, demands, distribution)
    if not bound:
        return shares
    return {load: Share(share.amps, bound.get(load, share.limited_by)) for load, share in shares.items()}


def _distribute(ceilings: Sequence[Ceiling], demands: Sequence[Demand], distribution: Distribution) -> Allocation:
    """Return the shares after one distribution: minimums of loads held on first, no rounding."""
    headroom = Headroom(ceilings)
    amps: dict[str, float] = {}
    limited_by: LimitedBy = {}
    for demand in demands:
        if demand.hold is Hold.ON:
            amps[demand.load] = demand.min_a
            headroom.take(demand.load, demand.min_a)
    _DISTRIBUTE[distribution](headroom, demands, amps, limited_by)
    return {d.load: Share(amps[d.load], limited_by.get(d.load, ())) for d in demands}


def allocate_steadily(
    ceilings: Sequence[Ceiling],
    sustained: Sequence[Ceiling],
    demands: Sequence[Demand],
    memory: Memory,
    distribution: Distribution,
) -> Allocation:
    """Return the shares under `ceilings`, with each load capped at its setpoint or what it gets under `sustained`.

    The higher of the two counts. Otherwise a load that waits for its raise would take amps from the other loads each
    time a pulsing hob pauses, and give them back a second later. A running load under a ceiling that is not measured is
    capped at its setpoint.
    """
    could = allocate(sustained, demands, distribution)
    unknown = [c for c in ceilings if not c.known]
    capped = []
    for demand in demands:
        setpoint_a = memory.loads[demand.load].setpoint_a
        could_a = could[demand.load].amps
        if setpoint_a > 0 and any(c.stops(demand.load) for c in unknown):
            could_a = setpoint_a
        most_a = max(setpoint_a, could_a, demand.min_a if setpoint_a > 0 else 0.0)
        capped.append(demand if demand.max_a <= most_a else fast_replace(demand, max_a=most_a))
    shares = allocate(ceilings, capped, distribution)
    return {load: share if share.limited_by else _as_bound(share, could[load]) for load, share in shares.items()}


def _as_bound(share: Share, lasting: Share) -> Share:
    """Return a share limited by the ceilings that limit it in the lasting room, if any do."""
    return Share(share.amps, lasting.limited_by) if lasting.limited_by else share


def available(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> float:
    """Return the current that a load could get, up to its wish, while the other loads keep their shares [A].

    0 where its minimum does not fit or its wish is below it. `allocation` is in order of service, as `allocate` returns
    it.
    """
    headroom = _beside(ceilings, demand, allocation)
    if demand.wish_a < demand.min_a or headroom.blocking(demand):
        return 0.0
    return max(min(headroom.available(demand.load), demand.wish_a), demand.min_a)


def could_get(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> float:
    """Return the current that the other loads' shares leave for a load [A], even below the load's minimum."""
    return min(_beside(ceilings, demand, allocation).available(demand.load), demand.wish_a)


def limiting_ceilings(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> tuple[Ceiling, ...]:
    """Return the ceilings that leave less than a load's minimum beyond the present shares of the other loads."""
    return _beside(ceilings, demand, allocation).blocking(demand)


def _beside(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> Headroom:
    """Return the headroom under `ceilings` after the shares of all loads except the one of `demand`."""
    headroom = Headroom(ceilings)
    for name, share in allocation.items():
        if name != demand.load and share.amps > 0:
            headroom.take(name, share.amps)
    return headroom


Amps = dict[str, float]
LimitedBy = dict[str, tuple[Ceiling, ...]]


Raise = Callable[[Headroom, Sequence[Demand], Amps, LimitedBy], None]


def _minimums_first(raise_all: Raise) -> Raise:
    """Return a distribution that admits every minimum that fits, in order of service, and then calls `raise_all`."""

    def distribute(headroom: Headroom, demands: Sequence[Demand], amps: Amps, limited_by: LimitedBy) -> None:
        for demand in demands:
            if demand.load not in amps:
                _admit(headroom, demand, amps, limited_by)
        raise_all(headroom, [d for d in demands if amps[d.load] > 0], amps, limited_by)

    return distribute


def _admit(headroom: Headroom, demand: Demand, amps: Amps, limited_by: LimitedBy) -> None:
    """Give a load its minimum where all ceilings allow it, otherwise 0 A and the ceilings that do not."""
    amps[demand.load], limited_by[demand.load] = 0.0, ()
    if demand.max_a <= 0 or demand.hold in HELD_OFF:
        return
    short = headroom.blocking(demand)
    if short:
        limited_by[demand.load] = short
        return
    headroom.take(demand.load, demand.min_a)
    amps[demand.load] = demand.min_a


def _by_priority(headroom: Headroom, demands: Sequence[Demand], amps: Amps, limited_by: LimitedBy) -> None:
    """Raise each load in order of service as far as it can use and its ceilings allow."""
    for demand in demands:
        limited_by[demand.load], wish_a = (), demand.max_a - amps[demand.load]
        if wish_a <= 0:
            continue
        more_a = max(min(wish_a, headroom.available(demand.load)), 0.0)
        headroom.take(demand.load, more_a)
        amps[demand.load] += more_a
        if more_a + DUST < wish_a:
            limited_by[demand.load] = headroom.saturated(demand.load)


def _by_equal_rise(headroom: Headroom, demands: Sequence[Demand], amps: Amps, limited_by: LimitedBy) -> None:
    """Raise all loads together by equal amps (max-min fair), each until it meets a ceiling or its maximum."""
    rising = {d.load: d for d in demands}
    while rising:
        most_a = min(d.max_a - amps[d.load] for d in rising.values())
        step_a = max(min(most_a, headroom.rise_together(tuple(rising))), 0.0)
        for load in rising:
            headroom.take(load, step_a)
            amps[load] += step_a
        rising = _still_rising(headroom, rising, amps, limited_by)


def _still_rising(
    headroom: Headroom, rising: Mapping[str, Demand], amps: Amps, limited_by: LimitedBy
) -> dict[str, Demand]:
    """Return the loads that may rise further; for the others record the saturated ceilings, none at their maximum."""
    going = {}
    for load, demand in rising.items():
        saturated = headroom.saturated(load)
        if amps[load] + DUST >= demand.max_a:
            limited_by[load] = ()
        elif saturated:
            limited_by[load] = saturated
        else:
            going[load] = demand
    return going


def _in_order(spare_the_next: bool) -> Raise:
    """Return a distribution that serves one load after another, each with all that it can use.

    With `spare_the_next` a load gives back what the minimum of the next load in line lacks, unless it is held on.
    """

    def distribute(headroom: Headroom, demands: Sequence[Demand], amps: Amps, limited_by: LimitedBy) -> None:
        asking = [d for d in demands if d.max_a > 0 and d.hold not in HELD_OFF]
        following = dict(zip((d.load for d in asking), asking[1:], strict=False))
        for demand in demands:
            held, before = demand.load in amps, headroom.saved()
            after = following.get(demand.load)
            could_run = after is not None and not headroom.blocking(after)
            if not held:
                _admit(headroom, demand, amps, limited_by)
            if amps[demand.load] <= 0:
                continue
            _by_priority(headroom, [demand], amps, limited_by)
            if spare_the_next and not held and after is not None and could_run:
                _give_back(headroom, before, demand, after, amps, limited_by)

    return distribute


def _give_back(
    headroom: Headroom,
    before: Sequence[float],
    demand: Demand,
    after: Demand,
    amps: Amps,
    limited_by: LimitedBy,
) -> None:
    """Reduce a share by what the next load's minimum lacks, but not below the minimum of the load itself."""
    short, lacks_a = headroom.blocking(after), headroom.deficit(after)
    headroom.restore(before)
    share_a = amps[demand.load]
    cost = headroom.cost(demand.load, share_a)
    needs_a = {name: lack_a / cost[name][0] + cost[name][1] for name, lack_a in lacks_a.items() if name in cost}
    less_a = min(max(needs_a.values(), default=0.0), share_a - demand.min_a)
    headroom.take(demand.load, share_a - less_a)
    if less_a > DUST:
        amps[demand.load] = share_a - less_a
        limited_by[demand.load] = tuple(c for c in short if needs_a.get(c.name, 0.0) + DUST >= less_a)


_DISTRIBUTE: Mapping[Distribution, Raise] = {
    Distribution.PRIORITY: _minimums_first(_by_priority),
    Distribution.SHARED: _minimums_first(_by_equal_rise),
    Distribution.STRICT: _in_order(spare_the_next=False),
    Distribution.OPTIMIZED: _in_order(spare_the_next=True),
}
