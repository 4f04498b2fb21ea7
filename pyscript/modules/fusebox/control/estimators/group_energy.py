"""How much less energy each group of loads has had than the group that had most. Pure."""

from __future__ import annotations

from ... import tuning
from ...model.durations import HOUR_S
from ...model.electrics import watts
from ...model.memory import GroupsMemory
from ...model.site import Site
from ...model.snapshot import Snapshot
from .draws import present_draw


def update_groups(site: Site, snapshot: Snapshot, past: GroupsMemory | None) -> GroupsMemory | None:
    """Return how much less energy each group has had than the one that had most [kWh]; None in a site without groups.

    Counts what the loads draw, measured or assumed. A group is at most two turns behind, because what it did not use
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
        drawn_a = sum(a or 0.0 for a in present_draw(load, snapshot.loads.get(load.name)))
        name = load.group or ""
        taken_kwh = watts(drawn_a, site.voltage_v) * passed_s / HOUR_S / 1000
        kwh[name] = kwh.get(name, -past.behind_kwh.get(name, 0.0)) + taken_kwh
    most_kwh = max(kwh.values())
    return GroupsMemory(now_s, {name: min(most_kwh - own, 2 * tuning.GROUP_TURN_KWH) for name, own in kwh.items()})
