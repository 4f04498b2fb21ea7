"""The order of service of loads in groups: the first load of each group, then the second of each, and so on. Pure.

The group that has had least energy comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping

from ... import tuning
from ...model.decision import Demand, Demands, GroupPlace
from ...model.durations import HOUR_S, NEVER_S
from ...model.electrics import watts
from ...model.memory import GroupsMemory, Memory
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..estimators.draws import present_draw
from .hold import is_running


def update_groups(site: Site, snapshot: Snapshot, past: GroupsMemory | None) -> GroupsMemory | None:
    """Return how much less energy each group has had than the one that had most [kWh]; None in a site without groups.

    Adds what the loads draw, measured or assumed, since the last update, at most for `LASTING_S`; empty at the first
    update. Loads without a group are one group. A group is at most two turns behind, because what it did not use
    earlier gives it no claim.
    """
    if not site.has_groups:
        return None
    now_s = snapshot.now_s
    if past is None:
        return GroupsMemory(now_s)
    passed_s = min(max(now_s - past.at_s, 0.0), tuning.LASTING_S)
    kwh: dict[str, float] = {}
    for load in site.loads:
        drawn_a = sum(a or 0.0 for a in present_draw(load, snapshot.state_of(load.name)))
        name = load.group or ""
        taken_kwh = watts(drawn_a, site.voltage_v) * passed_s / HOUR_S / 1000
        kwh[name] = kwh.get(name, -past.behind_kwh.get(name, 0.0)) + taken_kwh
    most_kwh = max(kwh.values())
    return GroupsMemory(now_s, {name: min(most_kwh - own, 2 * tuning.GROUP_TURN_KWH) for name, own in kwh.items()})


def in_group_order(site: Site, memory: Memory, demands: list[Demand]) -> list[Demand]:
    """Return the demands, given in order of service, in the order between groups; unchanged in a site without groups.

    First comes one load with a demand of each group, then the second of each. Each gets its place between the groups
    and its new rank. The group that has had least energy comes first; a group that runs keeps its place until a waiting
    one is a turn behind it.
    """
    if not site.has_groups:
        return demands
    behind_kwh = {} if memory.groups is None else memory.groups.behind_kwh
    places = [_find_place(site, memory, demand, behind_kwh) for demand in demands]
    claims_kwh = {p.name: p.behind_kwh for p in places}
    for name in {p.name for p in places if p.runs}:
        claims_kwh[name] += tuning.GROUP_TURN_KWH
    order = {name: place for place, name in enumerate(sorted(claims_kwh, key=lambda name: -claims_kwh[name]))}
    rounds = Counter[str]()
    found = []
    for place, (demand, group) in enumerate(zip(demands, places, strict=True)):
        found.append(fast_replace(demand, group=group, rank=(rounds[group.name], order[group.name], place)))
        rounds[group.name] += demand.max_a > 0
    return sorted(found, key=lambda demand: demand.rank)


def another_group_waits(demand: Demand, before: Demands, running: Container[str]) -> bool:
    """Return whether any of the loads served `before` this one waits, belongs to another group, and would fit.

    False in a site without groups.
    """
    mine = demand.group
    others = [] if mine is None else [d for d in before if d.group is not None and d.group.name != mine.name]
    return any(d.max_a > 0 and d.minimum_fits and d.load not in running for d in others)


def _find_place(site: Site, memory: Memory, demand: Demand, behind_kwh: Mapping[str, float]) -> GroupPlace:
    """Return a load's place between the groups: whether it runs, and whether a limit has paused it.

    A load that lends its minimum is a group of its own, as its group has nothing of it.
    """
    load, past = site.by_name[demand.load], memory.loads[demand.load]
    group, runs = load.group or "", is_running(demand, past)
    paused = not runs and past.patience.paused_s != NEVER_S
    name = f"{group}: {load.name}" if past.response.unused_offer.lends else group
    return GroupPlace(name, len(load.phases), behind_kwh.get(group, 0.0), runs, paused)
