"""Boost: a load that may use all it can, from any source, until the boost ends by itself or is cancelled.

The loads' drivers define which types can be boosted, and when a boost ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..devices import DRIVERS
from ..model.load import Load, Mode
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..runtime.ports import Ports
from ..runtime.store import PersistedState, save_persistent_states


@dataclass(frozen=True, slots=True)
class StoredBoosts:
    """The boosts on disk. `loads`: boosted load -> whether the boost has been observed to run."""

    loads: Mapping[str, bool] = field(default_factory=dict)


STATE = PersistedState("pyscript.fusebox_boosts", "Fusebox boosts", StoredBoosts)


class Boosts:
    """The boosted loads; persisted over restarts."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._loads: dict[str, bool] = {}

    @property
    def names(self) -> frozenset[str]:
        """The loads that are boosted."""
        return frozenset(self._loads)

    async def restore(self) -> None:
        """Read the boosts persisted before the last restart."""
        self._loads = dict((await STATE.restore(self._ports)).loads)

    async def set_boost(self, name: str, on: bool) -> None:
        """Start or end the boost of a load and persist that; nothing if it is so already.

        Raises what Home Assistant raises.
        """
        if on == (name in self._loads):
            return
        if on:
            self._loads[name] = False
        else:
            del self._loads[name]
        STATE.write(self._ports, len(self._loads), StoredBoosts(self._loads))
        await save_persistent_states(self._ports)

    def end_completed(self, snapshot: Snapshot, site: Site) -> None:
        """End boosts that were observed to run and are complete, and remember those that run now; persist a change.

        Boosts also end for loads that have left CONFIG, cannot be boosted or have no state.
        """
        now: dict[str, bool] = {}
        for load in site.loads:
            goes_on, state = DRIVERS[load.type].boosted, snapshot.loads.get(load.name)
            if load.name not in self._loads or goes_on is None or state is None:
                continue
            has_run, under_way = self._loads[load.name], goes_on(state)
            if under_way is not False or not has_run:
                now[load.name] = has_run or under_way is True
        if now != self._loads:
            self._loads = now
            STATE.write(self._ports, len(now), StoredBoosts(now))


def with_boosts(site: Site, names: frozenset[str]) -> Site:
    """Return the site with these loads in mode `boost`; the same site without names."""
    return site.with_loads({load.name: replace(load, mode=Mode.BOOST) for load in site.loads if load.name in names})


def has_boost_rule(load: Load) -> bool:
    """Return whether a load can be boosted: its driver has a rule for when a boost is complete."""
    return DRIVERS[load.type].boosted is not None
