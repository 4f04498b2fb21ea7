"""Ceilings + demands -> shares: minimums first, then the rest by distribution. Pure; `docs/allocation.md` explains.

A load gets 0 or min..max, never a current between 0 and its minimum. Each share carries the ceilings that limit it.

Groups of loads, such as the households of a shared garage, share fairly: first between groups, then within. The share
of a group is its amps summed over phases. All groups rise together; the group with least rises first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Allocation, Demand, Demands, GroupPlace, Hold, Share
from ...model.electrics import DUST, floor_to_step
from ...model.records import fast_replace
from ...model.site import Distribution
from ..limits.headroom import Headroom
from .distributions import DISTRIBUTE, HELD_OFF, Amps, LimitedBy, drop_saturated, raise_together, take_in_turn


def allocate(ceilings: Sequence[Ceiling], demands: Demands, distribution: Distribution) -> Allocation:
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


def _distribute_once(ceilings: Sequence[Ceiling], demands: Demands, distribution: Distribution) -> Allocation:
    """Return the shares after one run of the distribution, without rounding.

    Loads held on get their minimum first, whether it fits or not. One that would have its energy without the hold takes
    it in its turn from budgets that do not stop it (`take_in_turn`), as it would then.
    """
    headroom = Headroom(ceilings)
    amps: dict[str, float] = {}
    limited_by: LimitedBy = {}
    for demand in demands:
        if demand.hold is Hold.ON:
            amps[demand.load] = demand.min_a
            take = headroom.take_where_stopped if demand.budget_ok else headroom.take
            take(demand.load, demand.min_a)
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


NO_GROUP = GroupPlace("", 1)


class GroupShares(NamedTuple):
    """The shares when certain loads run."""

    amps: Amps
    limited_by: LimitedBy
    left: Sequence[float]
    """The headroom after that."""
    group_a: Mapping[str, float]
    """Group -> its amps, summed over phases."""


def share_between_groups(
    headroom: Headroom, demands: Demands, amps: Amps, limited_by: LimitedBy, distribution: Distribution
) -> None:
    """Fill `amps` and `limited_by` so that no group has more than another that could use it.

    The headroom is reduced by that, and first by all that loads held on use. A minimum for the first load of each group
    comes first, in order of service. A further load of a group starts where that takes nothing from a group that then
    has less, and leaves the minimums of groups whose only load is paused; a running one stays until such a group is a
    turn behind. Within a group all running loads rise together in `shared`, one after the other in the other
    distributions; in `strict` a further load starts only where the loads before it lose nothing.
    """
    for demand in demands:
        if demand.load in amps:
            take_in_turn(headroom, demand)
    filler = _ShareFiller(headroom, demands, amps, distribution is not Distribution.SHARED)
    waiting: list[Demand] = []
    paused: dict[str, Demand] = {}
    running: list[Demand] = [d for d in demands if d.load in amps]
    groups = {_place(d).name for d in running}
    for demand in demands:
        if demand.load in amps:
            continue
        if demand.max_a <= 0 or demand.hold in HELD_OFF:
            amps[demand.load], limited_by[demand.load] = 0.0, ()
            if demand.max_a > 0 and _place(demand).paused:
                paused.setdefault(_place(demand).name, demand)
        elif _place(demand).name in groups or not filler.fits([*running, demand]):
            waiting.append(demand)
        else:
            running.append(demand)
            groups.add(_place(demand).name)
    found = filler.fill(running)
    reserved = [d for name, d in paused.items() if name not in groups]
    for demand in waiting:
        if not filler.fits([*running, *([] if _place(demand).runs else reserved), demand]):
            continue
        other = filler.fill([*running, demand])
        if _is_fair(found, other, demand, running, distribution is Distribution.STRICT):
            running.append(demand)
            found = other
    headroom.restore(found.left)
    amps.update(found.amps)
    limited_by.update(found.limited_by)
    for demand in reserved:
        headroom.take(demand.load, demand.min_a)
    for demand in waiting:
        if demand.load not in found.amps:
            amps[demand.load] = 0.0
            limited_by[demand.load] = headroom.ceilings_below_minimum(demand)


def _place(demand: Demand) -> GroupPlace:
    """Return a load's place between the groups; that of an unnamed group, on one phase, for a load without one."""
    return demand.group or NO_GROUP


def _is_fair(found: GroupShares, other: GroupShares, demand: Demand, running: Demands, strict: bool) -> bool:
    """Return whether a further load of a group may run: `other` are the shares with it, `found` those without it.

    No group that then has less than this one may lose, unless the load runs already and that group is less than
    `GROUP_TURN_KWH` behind. With `strict`, no load served before it in its own group may lose.
    """
    mine = _place(demand)
    if strict and any(
        other.amps[d.load] + DUST < found.amps[d.load]
        for d in running
        if _place(d).name == mine.name and d.rank < demand.rank
    ):
        return False
    mine_a = other.group_a[mine.name]
    losers = {name for name, a in found.group_a.items() if other.group_a[name] + DUST < min(a, mine_a)}
    if not losers or not mine.runs:
        return not losers
    behind = {_place(d).name: _place(d).behind_kwh for d in running}
    return all(behind[name] - mine.behind_kwh < tuning.GROUP_TURN_KWH for name in losers)


class _ShareFiller:
    """Fills the headroom with the loads that run, again and again from the same beginning."""

    def __init__(self, headroom: Headroom, demands: Demands, held: Amps, in_turn: bool) -> None:
        self._headroom, self._demands, self._held, self._in_turn = headroom, demands, dict(held), in_turn
        self._before = headroom.save()

    def fits(self, running: Demands) -> bool:
        """Return whether the minimum of the last of these loads fits in addition to those of the others.

        Leaves the headroom with the minimums of the others taken from it.
        """
        self._take_minimums(running[:-1])
        return not self._headroom.ceilings_below_minimum(running[-1])

    def fill(self, running: Demands) -> GroupShares:
        """Return the currents when these loads run [A]: their minimums, then all groups get more together.

        Starts from the fresh headroom and takes what it gives from it. Loads held on have their minimum already.
        """
        amps = self._take_minimums(running)
        limited_by: LimitedBy = {}
        group_a: dict[str, float] = {}
        for demand in running:
            place = _place(demand)
            group_a[place.name] = group_a.get(place.name, 0.0) + amps[demand.load] * place.phase_count
        rising = {d.load: d for d in self._demands if amps.get(d.load, 0.0) > 0}
        while rising:
            self._rise(rising, amps, group_a)
            rising = drop_saturated(self._headroom, rising, amps, limited_by)
        return GroupShares(amps, limited_by, self._headroom.save(), group_a)

    def _take_minimums(self, running: Demands) -> Amps:
        """Take the minimums of these loads from the fresh headroom and return them, with those of loads held on."""
        self._headroom.restore(self._before)
        amps = dict(self._held)
        for demand in running:
            if demand.load not in amps:
                amps[demand.load] = demand.min_a
                self._headroom.take(demand.load, demand.min_a)
        return amps

    def _rise(self, rising: Mapping[str, Demand], amps: Amps, group_a: dict[str, float]) -> None:
        """Raise the groups that have least at equal speed, until the next group's share, a ceiling or a load's maximum.

        Updates `amps`, `group_a` and the headroom. In a group one load rises if loads are served in turn, else all of
        them.
        """
        by_group: dict[str, list[Demand]] = {}
        for demand in rising.values():
            mine = by_group.setdefault(_place(demand).name, [])
            if not (mine and self._in_turn):
                mine.append(demand)
        least_a = min(group_a[name] for name in by_group)
        lowest = {name: mine for name, mine in by_group.items() if group_a[name] <= least_a + DUST}
        most_a = min((group_a[name] for name in by_group if name not in lowest), default=float("inf")) - least_a
        rates = {}
        for mine in lowest.values():
            speed = 1 / sum(_place(d).phase_count for d in mine)
            for demand in mine:
                rates[demand.load] = speed
                most_a = min(most_a, (demand.max_a - amps[demand.load]) / speed)
        step_a = raise_together(self._headroom, rates, most_a, amps)
        for name in lowest:
            group_a[name] += step_a
