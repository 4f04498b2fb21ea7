"""Entities that pyscript persists over restarts: each attribute is one field of a record."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..model.durations import LATEST_S
from .json_values import load_stored, to_json_values
from .ports import Ports, entity_attributes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersistedState(Generic[T]):
    """One persisted entity. `kind`: the type of its record, all of whose fields have defaults."""

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


async def save_to_disk(ports: Ports) -> None:
    """Write all persisted entities to the disk now, as a power cut may follow. Raises what Home Assistant raises."""
    if "homeassistant.core" in sys.modules:
        await ports.call("homeassistant", "save_persistent_states", blocking=True)
