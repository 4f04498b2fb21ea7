"""Ceilings + demands -> shares: minimums first, then the rest by distribution. Pure; `docs/allocation.md` explains.

A load gets 0 or min..max, never a current between 0 and its minimum. Each share carries the ceilings that limit it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model.ceiling import Ceiling
from ...model.decision import Allocation, Demand, Hold, Share
from ...model.electrics import DUST, floor_to_step
from ...model.records import fast_replace
from ...model.site import Distribution
from ..limits.headroom import Headroom
from .distributions import DISTRIBUTE, LimitedBy
from .groups import share_between_groups


def allocate(ceilings: Sequence[Ceiling], demands: Sequence[Demand], distribution: Distribution) -> Allocation:
    """Return load name -> its share: amps on each of its phases, and what limits it. `demands` are in order of service.

    Loads that are held on get their minimum first, whether it fits or not. Only loads that come in pieces (`piece_a`,
    such as radiators) are rounded down, one after another; the other loads get what that leaves. A load that was
    rounded is limited by what limited it before.
    """
    shares = _distribute_once(ceilings, demands, distribution)
    bound = {}
    for piecewise in [demand for demand in demands if demand.piece_a > 0]:
        share = shares[piecewise.load]
        whole_a = floor_to_step(share.amps, piecewise.piece_a)
        if whole_a + DUST < share.amps:
            bound[piecewise.load] = share.limited_by
            demands = [fast_replace(d, max_a=whole_a) if d is piecewise else d for d in demands]
            shares = _distribute_once(ceilings, demands, distribution)
    if not bound:
        return shares
    return {load: Share(share.amps, bound.get(load, share.limited_by)) for load, share in shares.items()}


def _distribute_once(ceilings: Sequence[Ceiling], demands: Sequence[Demand], distribution: Distribution) -> Allocation:
    """Return the shares after one run of the distribution, without rounding.

    Loads held on get their minimum first, whether it fits or not.
    """
    headroom = Headroom(ceilings)
    amps: dict[str, float] = {}
    limited_by: LimitedBy = {}
    for demand in demands:
        if demand.hold is Hold.ON:
            amps[demand.load] = demand.min_a
            headroom.take(demand.load, demand.min_a)
    if demands and demands[0].group is not None:
        share_between_groups(headroom, demands, amps, limited_by, distribution)
    else:
        DISTRIBUTE[distribution](headroom, demands, amps, limited_by)
    return {d.load: Share(amps[d.load], limited_by.get(d.load, ())) for d in demands}


def attainable_current_a(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> float:
    """Return the current that a load could get while the other loads keep their shares [A], at most what it requests.

    At least its minimum; 0 where that does not fit or it requests less. `allocation` is in order of service, as
    `allocate` returns it.
    """
    headroom = headroom_without(ceilings, demand, allocation)
    if demand.requested_a < demand.min_a or headroom.ceilings_below_minimum(demand):
        return 0.0
    return max(min(headroom.available_a(demand.load), demand.requested_a), demand.min_a)


def current_left_by_others_a(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> float:
    """Return the current that the other loads' shares leave for a load [A], at most what it requests.

    It may be below the load's minimum.
    """
    return min(headroom_without(ceilings, demand, allocation).available_a(demand.load), demand.requested_a)


def headroom_without(ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation) -> Headroom:
    """Return the headroom under `ceilings` after the shares of all loads except the one of `demand`."""
    headroom = Headroom(ceilings)
    for name, share in allocation.items():
        if name != demand.load and share.amps > 0:
            headroom.take(name, share.amps)
    return headroom
