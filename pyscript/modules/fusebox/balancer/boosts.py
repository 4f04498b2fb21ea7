"""Boost: a load that is to have all it can use now, from any source, until it is over by itself or taken back.

Which types of load can be boosted, and when that is over, is a table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..model.load import Mode
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot, Status
from ..runtime.ports import Ports, attributes_of

BOOSTS_ENTITY = "pyscript.fusebox_boosts"
"""Persisted by pyscript; its attribute `loads` maps a boosted load to whether its boost has been under way."""


@dataclass(frozen=True, slots=True)
class Boost:
    """What a boost means for a type of load."""

    under_way: Callable[[LoadState], bool | None]
    """Whether it is, by what is seen; None when nobody knows. Once it was and is not any longer, it is over."""


def _has_car(state: LoadState) -> bool | None:
    if not state.available or state.status is Status.UNKNOWN:
        return None
    return state.status is not Status.UNPLUGGED


def _is_cold(state: LoadState) -> bool | None:
    return None if state.temperature_c is None else not state.boosted


def _until_told(state: LoadState) -> bool | None:
    return None


BOOSTS: Mapping[str, Boost] = {
    **dict.fromkeys(("ocpp", "number", "wallbox", "easee"), Boost(_has_car)),
    "plug": Boost(_until_told),
    "tank": Boost(_is_cold),
}
"""Type of load -> its boost: a charger's lasts until its car is unplugged, a tank's until it is at `boost_c`, a plug's
until it is taken back."""


class Boosts:
    """The loads that are boosted now; they outlive a restart."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._loads: dict[str, bool] = {}

    @property
    def names(self) -> frozenset[str]:
        """The loads that are boosted."""
        return frozenset(self._loads)

    async def restore(self) -> None:
        """Read what was boosted before the last restart."""
        await self._ports.persist(BOOSTS_ENTITY, default_value="0", default_attributes={"loads": {}})
        stored = attributes_of(self._ports, BOOSTS_ENTITY).get("loads")
        found = dict(stored) if isinstance(stored, Mapping) else {}
        self._loads = {name: seen for name, seen in found.items() if isinstance(name, str) and isinstance(seen, bool)}

    async def set(self, name: str, on: bool) -> None:
        """Boost a load from now on, or no longer. Raises what Home Assistant raises."""
        if on == (name in self._loads):
            return
        if on:
            self._loads[name] = False
        else:
            del self._loads[name]
        self._save()
        if "homeassistant.core" in sys.modules:
            # A power cut comes sooner than the quarter of an hour after which it would be written.
            await self._ports.call("homeassistant", "save_persistent_states", blocking=True)

    def watch(self, snapshot: Snapshot, site: Site) -> None:
        """End the boosts that are over, and those of loads that are gone."""
        types = {load.name: load.type for load in site.loads}
        now: dict[str, bool] = {}
        for name, seen in self._loads.items():
            boost, state = BOOSTS.get(types.get(name, "")), snapshot.loads.get(name)
            if boost is None or state is None:
                continue
            under_way = boost.under_way(state)
            if under_way is not False or not seen:
                now[name] = seen or under_way is True
        if now != self._loads:
            self._loads = now
            self._save()

    def _save(self) -> None:
        attributes = {"loads": dict(self._loads), "friendly_name": "Fusebox boosts"}
        self._ports.set(BOOSTS_ENTITY, str(len(self._loads)), new_attributes=attributes)


def boosted(site: Site, names: frozenset[str]) -> Site:
    """The site with these loads in mode boost."""
    if not names:
        return site
    loads = (replace(load, mode=Mode.BOOST) if load.name in names else load for load in site.loads)
    return replace(site, loads=tuple(loads))
