"""Memory of the radiators beyond one load of the script: in the process over reloads, partly on disk over restarts.

A restart of Home Assistant must not end a boost or cost a radiator its turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model.numbers import Amount
from ..runtime.ports import Ports
from ..runtime.store import PersistedState, lasting_dict, save_to_disk
from .group import Group, GroupMemory, RelayMemory


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """Stored part of a group's memory; `boost`: relay -> end of its boost [s since 1970], None for no end."""

    index: int = 0
    served_s: Mapping[str, Amount] = field(default_factory=dict)
    boost: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptGroups:
    """All that is stored, by group name."""

    groups: Mapping[str, KeptGroup] = field(default_factory=dict)


STATE = PersistedState("pyscript.fusebox_radiators", "Fusebox radiators", KeptGroups)


class GroupPersistence:
    """Loads and saves the memories of all groups, by name."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.memories = lasting_dict("rotation_memories", GroupMemory)

    async def restore(self, groups: Sequence[Group]) -> None:
        """Load the stored memory of each group that this process has none for."""
        kept = (await STATE.restore(self._ports)).groups
        for group in groups:
            if group.name not in self.memories and group.name in kept:
                self.memories[group.name] = _restore_group(group, kept[group.name])

    def save(self) -> None:
        """Hand the memories to pyscript, which writes them when Home Assistant saves its state."""
        groups = {name: _stored_group(memory) for name, memory in self.memories.items()}
        STATE.write(self._ports, sum(len(group.boost) for group in groups.values()), KeptGroups(groups))

    async def save_to_disk(self) -> None:
        """Save and have it written to disk now."""
        self.save()
        await save_to_disk(self._ports)


def _stored_group(memory: GroupMemory) -> KeptGroup:
    served_s = {relay: float(round(past.total_s)) for relay, past in memory.relays.items()}
    boost = {relay: past.boost_until_s for relay, past in memory.relays.items() if past.boosted}
    return KeptGroup(memory.index, served_s, boost)


def _restore_group(group: Group, kept: KeptGroup) -> GroupMemory:
    """Return a group's memory from its stored part; relays that CONFIG no longer has are dropped."""
    relays = {
        relay: RelayMemory(
            kept.served_s.get(relay, 0.0), boosted=relay in kept.boost, boost_until_s=kept.boost.get(relay)
        )
        for relay in group.relays
    }
    return GroupMemory(relays, index=kept.index % len(group.rows))
