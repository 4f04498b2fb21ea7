"""Boost: a load that may use all it can, from any source, until the boost ends by itself or is cancelled.

The loads' drivers define which types can be boosted, and when a boost ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..devices import DRIVERS
from ..model.load import Load, Mode
from ..model.memory import Memory
from ..model.records import fast_replace
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..runtime.store import PersistedRecord, PersistedState


@dataclass(frozen=True, slots=True)
class StoredBoosts:
    """The boosts on disk. `loads`: boosted load -> whether the boost has been observed to run."""

    loads: Mapping[str, bool] = field(default_factory=dict)


STATE = PersistedState("pyscript.fusebox_boosts", "Fusebox boosts", StoredBoosts)


class Boosts(PersistedRecord[StoredBoosts]):
    """The boosted loads; persisted over restarts."""

    state = STATE

    @property
    def names(self) -> frozenset[str]:
        """The loads that are boosted."""
        return frozenset(self.record.loads)

    async def set_boost(self, name: str, on: bool) -> None:
        """Start or end the boost of a load and persist that; nothing if it is so already.

        Raises what Home Assistant raises.
        """
        if on != (name in self.record.loads):
            others = {other: has_run for other, has_run in self.record.loads.items() if other != name}
            await self.update_on_disk(StoredBoosts({**others, name: False} if on else others))

    def end_completed(self, snapshot: Snapshot, site: Site) -> None:
        """End boosts that were observed to run and are complete, and remember those that run now; persist a change.

        A switched load counts as observed at once, because it is there: only a car may come later. Boosts also end for
        loads that have left CONFIG, cannot be boosted or have no state.
        """
        now: dict[str, bool] = {}
        for load in site.loads:
            goes_on, state = DRIVERS[load.type].boosted, snapshot.loads.get(load.name)
            if load.name not in self.record.loads or goes_on is None or state is None:
                continue
            has_run, under_way = self.record.loads[load.name] or load.is_switched, goes_on(state)
            if under_way is not False or not has_run:
                now[load.name] = has_run or under_way is True
        self.update(StoredBoosts(now))

    def end_switched_off(self, site: Site, memory: Memory) -> Memory:
        """End boosts of switched loads that their users have switched off, and persist that; return the memory.

        There the mode of such a load is not known, because the end of its boost is no new mode, which would end the
        user's off.
        """
        mine = [load.name for load in site.loads if load.name in self.record.loads and load.is_switched]
        off = {name: fast_replace(memory.loads[name], mode="") for name in mine if memory.loads[name].manual.off}
        if not off:
            return memory
        self.update(StoredBoosts({name: has_run for name, has_run in self.record.loads.items() if name not in off}))
        return fast_replace(memory, loads={**memory.loads, **off})


def with_boosts(site: Site, names: frozenset[str]) -> Site:
    """Return the site with these loads in mode `boost`; the same site without names."""
    return site.with_loads({load.name: replace(load, mode=Mode.BOOST) for load in site.loads if load.name in names})


def has_boost_rule(load: Load) -> bool:
    """Return whether a load can be boosted: its driver has a rule for when a boost is complete."""
    return DRIVERS[load.type].boosted is not None
