"""Isolates one host's natively loaded modules from those of other hosts in this process."""

import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

DOOR = "_simhouse_host"
"""Native code finds the host as `sys.modules["_simhouse_host"]`."""
_STORES = "_fusebox"

StopCallback = Callable[[], Awaitable[Any]]


class NativeModules:
    """While open, modules named like the scripts' packages, and the stores of native code, belong to this host."""

    def __init__(
        self,
        mirror_folder: Path,
        loaded: Mapping[str, ModuleType] = MappingProxyType({}),
        zone: tzinfo = UTC,
    ) -> None:
        """`loaded`: the modules that `close` returned for this folder."""
        self._folder = mirror_folder
        self._zone = zone
        self._loaded = loaded
        self._displaced: dict[str, ModuleType] = {}
        self._others: frozenset[str] = frozenset()
        self.stop_callbacks: list[StopCallback] = []

    def open(self) -> None:
        """Set aside modules that others loaded under our names, and install the host's access module."""
        modules = self._folder / "modules"
        packages = {path.name for path in modules.iterdir() if path.is_dir()}
        below = (_STORES, *(f"{name}." for name in packages))
        for name in list(sys.modules):
            if name.startswith(below) or name in packages or name == DOOR:
                self._displaced[name] = sys.modules.pop(name)
        self._others = frozenset(sys.modules)
        sys.modules.update(self._loaded)
        door: Any = ModuleType(DOOR)
        door.add_stop_callback = self._add_stop_callback
        door.DEFAULT_TIME_ZONE = self._zone
        sys.modules[DOOR] = door

    def close(self) -> dict[str, ModuleType]:
        """Remove this host's modules, stores and access module; restore what was set aside.

        Return the modules from the mirror, and its emptied stores, for a next host.
        """
        below = str(self._folder)
        ours = sys.modules.keys() - self._others
        stores = {name: sys.modules.pop(name) for name in ours if name.startswith(_STORES)}
        loaded = {
            name: sys.modules.pop(name)
            for name in ours - stores.keys()
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(below)
        }
        sys.modules.pop(DOOR, None)
        sys.modules.update(self._displaced)
        if not loaded:  # put aside by a host that was opened later: the stores are its
            return {}
        for store in stores.values():
            # Made by native code; one that was imported is no store.
            if isinstance(store, ModuleType) and getattr(store, "__spec__", None) is None:
                vars(store).clear()
        return stores | loaded

    def _add_stop_callback(self, callback: StopCallback) -> Callable[[], None]:
        self.stop_callbacks.append(callback)

        def remove() -> None:
            if callback in self.stop_callbacks:
                self.stop_callbacks.remove(callback)

        return remove
