"""What a Home Assistant shows, as far as guessing needs it: a list as from /api/states, or a map of entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..config.tree import is_entity
from ..model.numbers import number_of
from ..model.units import AMPS, POWER, POWER_UNITS, TEMPERATURE, converted, plain


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
        return number_of(self.attributes.get(attribute))

    @property
    def unit(self) -> str:
        """Its unit in lower case, "" without one."""
        return plain(str(self.attributes.get("unit_of_measurement") or ""))

    @property
    def kind(self) -> str:
        """Its device class in lower case, "" without one."""
        return str(self.attributes.get("device_class") or "").strip().lower()

    @property
    def value(self) -> float | None:
        """Its number; None for what is none, or not finite."""
        return number_of(self.state)

    @property
    def is_power(self) -> bool:
        """Whether it is a power; without a unit its device class tells."""
        return POWER.fits(self.unit) or (not self.unit and self.kind == "power")

    @property
    def is_current(self) -> bool:
        """Whether it is a current."""
        return AMPS.fits(self.unit) or (not self.unit and self.kind == "current")

    @property
    def is_temperature(self) -> bool:
        """Whether it is a sensor of a temperature."""
        return self.domain == "sensor" and (
            TEMPERATURE.fits(self.unit) or (not self.unit and self.kind == "temperature")
        )

    @property
    def watts(self) -> float | None:
        """Its power [W], None when it tells none now."""
        return None if self.value is None else converted(self.value, self.unit, POWER_UNITS)


def named(entities: Iterable[Entity], pattern: str) -> list[Entity]:
    """The entities in whose names this pattern is found."""
    return [each for each in entities if re.search(pattern, each.name)]


def first_named(entities: Iterable[Entity], pattern: str) -> Entity | None:
    """The first of them, None where there is none."""
    return next(iter(named(entities, pattern)), None)


def powers_of(entities: Iterable[Entity]) -> list[Entity]:
    """The sensors of a power."""
    return [each for each in entities if each.domain == "sensor" and each.is_power]


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
