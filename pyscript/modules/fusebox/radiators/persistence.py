"""What is known of the radiators beyond one load of the script: in the process over reloads, part of it over restarts.

Boosts must not end, and nobody must lose a turn, because Home Assistant starts anew.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.readings import finite
from ..runtime.ports import Ports, attributes_of
from ..runtime.store import STORE
from . import Group, GroupMemory, RelayMemory

ENTITY = "pyscript.fusebox_radiators"
"""Persisted by pyscript; its attribute `groups` maps a group's name to what is kept of it."""


class GroupPersistence:
    """The memories of all groups by name."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        found = STORE.get("rotation_memories")
        same = isinstance(found, dict) and all(type(each) is GroupMemory for each in found.values())
        self.memories: dict[str, GroupMemory] = found if same and found is not None else {}
        STORE["rotation_memories"] = self.memories

    async def restore(self, groups: Sequence[Group]) -> None:
        """Read what was kept at the last run, where this process knows nothing of a group."""
        await self._ports.persist(ENTITY, default_value="0", default_attributes={"groups": {}})
        stored = attributes_of(self._ports, ENTITY).get("groups")
        for group in groups:
            said = stored.get(group.name) if isinstance(stored, Mapping) else None
            if group.name not in self.memories and isinstance(said, Mapping):
                self.memories[group.name] = _restored(group, said)

    def save(self) -> None:
        """Hand it to pyscript, which writes it when Home Assistant does."""
        groups = {name: _plain(memory) for name, memory in self.memories.items()}
        boosts = sum(past.boosted for memory in self.memories.values() for past in memory.relays.values())
        attributes = {"groups": groups, "friendly_name": "Fusebox radiators"}
        self._ports.set(ENTITY, str(boosts), new_attributes=attributes)

    async def to_disk(self) -> None:
        """Have it written now: a power cut comes sooner than Home Assistant's next quarter of an hour."""
        self.save()
        if "homeassistant.core" in sys.modules:
            await self._ports.call("homeassistant", "save_persistent_states", blocking=True)


def _plain(memory: GroupMemory) -> Mapping[str, object]:
    served_s = {relay: round(past.served_s + past.turn_s) for relay, past in memory.relays.items()}
    boosts = {relay: past.boost_until_s for relay, past in memory.relays.items() if past.boosted}
    return {"index": memory.index, "served_s": served_s, "boost": boosts}


def _restored(group: Group, said: Mapping[str, Any]) -> GroupMemory:
    """What makes sense of it; relays that CONFIG no longer has are forgotten."""
    served, boosts = said.get("served_s"), said.get("boost")
    relays = {}
    for relay in group.relays:
        served_s = finite(served.get(relay)) if isinstance(served, Mapping) else None
        boosted = isinstance(boosts, Mapping) and relay in boosts
        until_s = finite(boosts[relay]) if boosted and isinstance(boosts, Mapping) else None
        relays[relay] = RelayMemory(served_s=max(served_s or 0.0, 0.0), boosted=boosted, boost_until_s=until_s)
    index = finite(said.get("index"))
    return GroupMemory(relays, index=int(index or 0) % len(group.rows))
