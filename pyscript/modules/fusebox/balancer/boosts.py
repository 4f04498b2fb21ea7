"""Boost: a load that is to have all it can use now, from any source, until it is over by itself or taken back.

Which types of load can be boosted, and when that is over, is told by their drivers.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

from ..devices import DRIVERS
from ..model.load import Load, Mode
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..runtime.ports import Ports, attributes_of

BOOSTS_ENTITY = "pyscript.fusebox_boosts"
"""Persisted by pyscript; its attribute `loads` maps a boosted load to whether its boost has been under way."""


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
            driver, state = DRIVERS.get(types.get(name, "")), snapshot.loads.get(name)
            if driver is None or driver.boosted is None or state is None:
                continue
            under_way = driver.boosted(state)
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


def can_be_boosted(load: Load) -> bool:
    """Whether its driver can tell when that is over."""
    driver = DRIVERS.get(load.type)
    return driver is not None and driver.boosted is not None
