"""What outlives the scripts: `STORE` a reload, entities that pyscript persists a restart of Home Assistant.

Objects in `STORE` may come from an older version of this package: store few and simple ones, and read them by key.
"""

from __future__ import annotations

import sys
import types
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..model.durations import LATEST_S
from .json_values import load_stored, to_json_values
from .ports import Ports, entity_attributes

STORE: dict[str, Any] = sys.modules.setdefault("_fusebox_store", types.ModuleType("_fusebox_store")).__dict__
"""One dict for the life of the process."""

T = TypeVar("T")


def singleton(key: str, make: type[T]) -> T:
    """Return the stored object of this key if it is of exactly this type, otherwise store and return a new one."""
    found = STORE.get(key)
    if type(found) is not make:
        found = STORE[key] = make()
    return found


def lasting_dict(key: str, kind: type[T]) -> dict[str, T]:
    """Return the dict of this key in `STORE`, which outlives a reload of the scripts, but not a restart.

    What is written into it stays there. A new empty one is stored first if there is none, or if a value is not exactly
    of type `kind`, as after an update of Fusebox.
    """
    found = STORE.get(key)
    if not isinstance(found, dict) or any(type(each) is not kind for each in found.values()):
        found = STORE[key] = {}
    return found


@dataclass(frozen=True, slots=True)
class PersistedState(Generic[T]):
    """One persisted entity, whose attributes are the fields of a record. `kind`: its type; all fields have defaults."""

    entity: str
    friendly_name: str
    kind: type[T]

    async def restore(self, ports: Ports, latest_s: float = LATEST_S) -> T:
        """Return the record stored before the last restart. `latest_s`: that of `json_values.Reader`."""
        await ports.persist(self.entity, default_value="0", default_attributes=to_json_values(self.kind()))
        return load_stored(self.kind, entity_attributes(ports, self.entity), self.entity, latest_s=latest_s)

    def write(self, ports: Ports, state: int, record: T) -> None:
        """Pass a record to pyscript, which writes it when Home Assistant does: up to a quarter of an hour later."""
        attributes = {**to_json_values(record), "friendly_name": self.friendly_name}
        ports.set(self.entity, str(state), new_attributes=attributes)


async def save_persistent_states(ports: Ports) -> None:
    """Write all persisted entities to the disk now, as a power cut may follow. Raises what Home Assistant raises."""
    if "homeassistant.core" in sys.modules:
        await ports.call("homeassistant", "save_persistent_states", blocking=True)
