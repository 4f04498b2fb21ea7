"""Groups of radiators between their runs: the sections of CONFIG, the site's grants, and the stored memories.

A grant is how many radiators the allocation allows; one script hands it to the other, with its time. A restart of Home
Assistant must not end a boost or cost a radiator its turn, so that part of the memories is persisted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from croniter import croniter

from .. import tuning
from ..config.tree import as_tuple
from ..model.decision import Decision
from ..model.durations import MINUTES_AN_HOUR
from ..model.heating import Group
from ..model.load import Load
from ..model.numbers import Amount
from ..model.site import MAIN, Site
from ..model.snapshot import Snapshot
from ..model.trace import Trace, extend, range_since
from ..runtime.ports import Ports
from ..runtime.store import STORE, PersistedState, singleton
from ..runtime.tasks import Tasks
from .group import GroupMemory, RelayMemory

_GRANTS = "radiator_grants"
"""Where the grants are in the store."""


def configured_groups(sections: Mapping[str, object]) -> tuple[Group, ...]:
    """Return the groups of resolved sections; empty without a `radiators` section."""
    return as_tuple(sections["radiators"])


@cache
def longest_gap_s(step: str) -> float | None:
    """Return the longest time between two steps of a cron trigger that runs every hour [s]; None for any other trigger.

    Cached: every run needs it, and croniter takes 0.4 ms to parse a trigger.
    """
    (field, *others), _ = croniter.expand(step.strip().removeprefix("cron(").removesuffix(")"))
    if any(other != ["*"] for other in others):
        return None
    minutes = list(range(MINUTES_AN_HOUR)) if field == ["*"] else [int(minute) for minute in field]
    gaps = [after - before for before, after in pairwise([*minutes, minutes[0] + MINUTES_AN_HOUR])]
    return max(gaps) * 60.0


class Grant(NamedTuple):
    """How many radiators of a group the site allows, and the current of its other loads."""

    number: int | None
    """How many may be on, None while the site sets no limit."""
    granted_s: float
    """When that was granted [s since 1970]."""
    others: Trace = ()
    """The current of all other loads over the last minute and a half, as a multiple of one radiator of this group."""


def allocate_radiators(site: Site, snapshot: Snapshot, decision: Decision) -> None:
    """Store how many radiators each group may have on now; if a count has changed, start a run of the rotation.

    The run goes on in the background. The count is None, no limit, in a dry run. A group that is unavailable keeps its
    last grant.
    """
    before = _grants()
    now_s, grants = snapshot.now_s, dict(before)
    for load in site.loads:
        group = radiator_group_name(load)
        if group is None or not snapshot.state_of(load.name).available:
            continue
        count = None if site.dry_run else round(decision.notes[load.name].setpoint_a / load.step_a)
        taken = _others_current_a(load, decision) / (load.step_a * len(load.phases))
        others = before[group].others if group in before else ()
        grants[group] = Grant(count, now_s, extend(others, now_s, taken, tuning.SLOWEST_S + tuning.FOLLOW_S))
    STORE[_GRANTS] = grants
    rotation: Any = STORE.get("rotation")
    is_changed = any(name not in before or before[name].number != grants[name].number for name in grants)
    if rotation is not None and is_changed:
        singleton("granting", Tasks).spawn(rotation.run(now_s))


def _grants() -> Mapping[str, Grant]:
    """Return the latest grant of each group, by the group's name."""
    grants: Mapping[str, Grant] = STORE.get(_GRANTS, {})
    return grants


def _others_current_a(load: Load, decision: Decision) -> float:
    """Return the current of all loads but this one through the main fuses, summed over the phases [A].

    Each counts with its draw, and at least with its setpoint: a meter may show a raise sooner than the load's sensor.
    """
    notes = decision.notes
    return sum(
        max(ceiling.drawn_a.get(name, 0.0), weight * notes[name].setpoint_a)
        for ceiling in decision.ceilings
        if ceiling.fuse == MAIN
        for name, weight in ceiling.weights.items()
        if name != load.name
    )


def others_in_reading(group: Group, reported_s: float, now_s: float) -> tuple[float, float]:
    """Return the least and the greatest current of the site's other loads in a reading, as multiples of one radiator.

    `reported_s`: when the meter reported it; it may show them as they were `FOLLOW_S` before. 0 for a group without
    a load or without a new grant, and in a dry run.
    """
    grant = _grants().get(group.name)
    if grant is None or grant.number is None or now_s - grant.granted_s > tuning.RENEW_S:
        return 0.0, 0.0
    return range_since(grant.others, reported_s - tuning.FOLLOW_S)


def radiator_group_name(load: Load) -> str | None:
    """Return the name of a load's radiator group; None for a load of another type."""
    name = load.device.get("heats")
    return name if load.type == "radiators" and isinstance(name, str) else None


def allowed_count(site: Site, group: Group, now_s: float, since_s: float, on_then: int) -> int | None:
    """Return how many radiators of a group the site allows, None for no limit.

    None in a dry run; else 0 while the grid is gone, unless the group has a load that may run then; else None without a
    load. Otherwise the last grant counts for `RENEW_S` (before the first one `on_then`, from `since_s` on, when this
    instance started), and then the group's `blind_active`.
    """
    if site.dry_run:
        return None
    own = next((load for load in site.loads if radiator_group_name(load) == group.name), None)
    if site.island and site.has_grid and (own is None or not own.island):
        return 0
    if own is None:
        return None
    grant = _grants().get(group.name, Grant(on_then, since_s))
    return grant.number if now_s - grant.granted_s <= tuning.RENEW_S else group.blind_active


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """Stored part of a group's memory; `boost`: relay -> end of its boost [s since 1970], None for no end."""

    index: int = 0
    served_s: Mapping[str, Amount] = field(default_factory=dict)
    boost: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredGroups:
    """All that is stored, by group name."""

    groups: Mapping[str, StoredGroup] = field(default_factory=dict)


STATE = PersistedState("pyscript.fusebox_radiators", "Fusebox radiators", StoredGroups)


async def restore_groups(ports: Ports, groups: Sequence[Group], memories: dict[str, GroupMemory]) -> None:
    """Read the stored memories, and add those of groups that `memories` lacks."""
    stored = (await STATE.restore(ports)).groups
    for group in groups:
        if group.name not in memories and group.name in stored:
            memories[group.name] = restore_group(group, stored[group.name])


def save_groups(ports: Ports, memories: Mapping[str, GroupMemory]) -> None:
    """Hand the memories to pyscript, which writes them when Home Assistant saves its state."""
    groups = {name: stored_group(memory) for name, memory in memories.items()}
    STATE.write(ports, sum(len(group.boost) for group in groups.values()), StoredGroups(groups))


def stored_group(memory: GroupMemory) -> StoredGroup:
    """Return the part of a group's memory to store: the next row, on-times in whole seconds, and boosts."""
    served_s = {relay: float(round(past.on_time_s)) for relay, past in memory.relays.items()}
    boost = {relay: past.boost_until_s for relay, past in memory.relays.items() if past.boosted}
    return StoredGroup(memory.index, served_s, boost)


def restore_group(group: Group, stored: StoredGroup) -> GroupMemory:
    """Return a group's memory from its stored part; relays that CONFIG no longer has are dropped."""
    served_s, boost = stored.served_s, stored.boost
    relays = {
        relay: RelayMemory(served_s.get(relay, 0.0), boosted=relay in boost, boost_until_s=boost.get(relay))
        for relay in group.relays
    }
    return GroupMemory(relays, index=stored.index % len(group.rows))
