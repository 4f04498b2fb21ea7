"""Entities that pyscript persists over restarts: each attribute is one field of a record."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..model.durations import LATEST_S
from .json_values import stored, to_json_values
from .ports import Ports, attributes_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersistedState(Generic[T]):
    """One such entity. `kind`: the type of its record, all of whose fields have defaults."""

    entity: str
    friendly_name: str
    kind: type[T]

    async def restore(self, ports: Ports, latest_s: float = LATEST_S) -> T:
        """Return what was stored before the last restart. `latest_s`: as of `json_values.Reader`."""
        await ports.persist(self.entity, default_value="0", default_attributes=to_json_values(self.kind()))
        return stored(self.kind, attributes_of(ports, self.entity), self.entity, latest_s=latest_s)

    def write(self, ports: Ports, state: int, record: T) -> None:
        """Hand a record to pyscript, which writes it when Home Assistant does: up to a quarter of an hour later."""
        attributes = {**to_json_values(record), "friendly_name": self.friendly_name}
        ports.set(self.entity, str(state), new_attributes=attributes)


async def to_disk(ports: Ports) -> None:
    """Have all such entities on the disk before a power cut may come. Raises what Home Assistant raises."""
    if "homeassistant.core" in sys.modules:
        await ports.call("homeassistant", "save_persistent_states", blocking=True)
