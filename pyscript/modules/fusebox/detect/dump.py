"""What a Home Assistant shows, as far as guessing needs it: a list as from /api/states, or a map of entities."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..config.tree import is_entity

POWER = {"w": 1.0, "kw": 1000.0, "mw": 1_000_000.0, "va": 1.0}
CURRENT = {"a": 1.0, "ma": 0.001}
TEMPERATURE = ("°c", "°f", "k")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity. `unit` in lower case; `value` its number, None when it has none.

    `called`: the id that its integration gave it, where a person has renamed it; `device`: which device it is of.
    """

    entity: str
    state: str
    attributes: Mapping[str, object] = field(default_factory=dict)
    called: str = ""
    device: str = ""

    @property
    def domain(self) -> str:
        """What stands before the dot."""
        return self.entity.partition(".")[0]

    @property
    def name(self) -> str:
        """What stands behind the dot of its id, as its integration called it."""
        return (self.called or self.entity).partition(".")[2]

    def number(self, attribute: str) -> float | None:
        """An attribute that is a number, None where there is no such."""
        value = self.attributes.get(attribute)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    @property
    def unit(self) -> str:
        """Its unit in lower case, "" without one."""
        return str(self.attributes.get("unit_of_measurement") or "").strip().lower()

    @property
    def kind(self) -> str:
        """Its device class in lower case, "" without one."""
        return str(self.attributes.get("device_class") or "").strip().lower()

    @property
    def value(self) -> float | None:
        """Its number; None for what is none, or not finite."""
        try:
            number = float(self.state)
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    @property
    def is_power(self) -> bool:
        """Whether it is a power; without a unit its device class tells."""
        return self.unit in POWER or (not self.unit and self.kind == "power")

    @property
    def is_current(self) -> bool:
        """Whether it is a current."""
        return self.unit in CURRENT or (not self.unit and self.kind == "current")

    @property
    def is_temperature(self) -> bool:
        """Whether it is a sensor of a temperature."""
        return self.domain == "sensor" and (self.unit in TEMPERATURE or (not self.unit and self.kind == "temperature"))

    @property
    def watts(self) -> float | None:
        """Its power [W], None when it tells none now."""
        return None if self.value is None or self.unit not in POWER else self.value * POWER[self.unit]


def entities_of(dump: object) -> tuple[Entity, ...]:
    """The entities of a dump, by id. Accepts a list of states, a map of them, and a bare text for a state.

    Raises ValueError, with what would be right, for anything else.
    """
    found: dict[str, Entity] = {}
    for entity, said in _pairs(dump):
        state = said.get("state", "") if isinstance(said, Mapping) else said
        attributes = said.get("attributes") if isinstance(said, Mapping) else None
        called, device = (str(said.get(key) or "") if isinstance(said, Mapping) else "" for key in ("called", "device"))
        entity = entity.strip().lower() if isinstance(entity, str) else ""
        if is_entity(entity):
            found[entity] = Entity(
                entity, str(state), dict(attributes) if isinstance(attributes, Mapping) else {}, called, device
            )
    return tuple(found[entity] for entity in sorted(found))


def _pairs(dump: object) -> Iterable[tuple[object, object]]:
    if isinstance(dump, Mapping):
        inner = dump.get("states")
        if isinstance(inner, list | Mapping) and "." not in "".join(map(str, dump)):
            return _pairs(inner)
        return dump.items()
    if isinstance(dump, list):
        return [(each.get("entity_id"), each) for each in dump if isinstance(each, Mapping)]
    raise ValueError("a dump is a list as from /api/states, or a map {entity id: state}")
