"""The entities of a dump of Home Assistant's states, and how they are recognised by their names.

Some entities show the same for several devices of one make, such as two inverters. signs.json has the forms of each
make's names, and words in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..config.domains import domain_of
from ..config.tree import is_entity
from ..model.data_files import read_data_file
from ..model.equipment import sum_or_none
from ..model.numbers import number_of
from ..model.units import AMPS, POWER, POWER_UNITS, TEMPERATURE, convert_unit, normalize_unit


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the dump: id, state text, attributes.

    `called`: the id that its integration gave it, when a person has renamed it, else ""; `device`: the id of its
    device, "" when unknown.
    """

    entity: str
    state: str
    attributes: Mapping[str, object] = field(default_factory=dict)
    called: str = ""
    device: str = ""

    @property
    def domain(self) -> str:
        """The part of its id before the dot, such as `sensor`."""
        return domain_of(self.entity)

    @property
    def name(self) -> str:
        """The part of its original id after the dot."""
        return (self.called or self.entity).partition(".")[2]

    def number(self, attribute: str) -> float | None:
        """Return an attribute as a number, None when it is missing or not a number."""
        return number_of(self.attributes.get(attribute))

    @property
    def unit(self) -> str:
        """Its unit in lower case, "" without one."""
        return normalize_unit(str(self.attributes.get("unit_of_measurement") or ""))

    @property
    def kind(self) -> str:
        """Its device class in lower case, "" without one."""
        return str(self.attributes.get("device_class") or "").strip().lower()

    @property
    def value(self) -> float | None:
        """Its state as a number, None when it is not a finite number."""
        return number_of(self.state)

    @property
    def is_power(self) -> bool:
        """Whether it is a power, by its unit or, without a unit, by its device class."""
        return POWER.fits(self.unit) or (not self.unit and self.kind == "power")

    @property
    def is_current(self) -> bool:
        """Whether it is an electric current, by its unit or, without a unit, by its device class."""
        return AMPS.fits(self.unit) or (not self.unit and self.kind == "current")

    @property
    def is_temperature(self) -> bool:
        """Whether it is a temperature sensor."""
        is_degrees = TEMPERATURE.fits(self.unit) or (not self.unit and self.kind == "temperature")
        return self.domain == "sensor" and is_degrees

    @property
    def watts(self) -> float | None:
        """Its power [W], None when its state is not a number."""
        return None if self.value is None else convert_unit(self.value, self.unit, POWER_UNITS)


def entities_named(entities: Iterable[Entity], pattern: str) -> list[Entity]:
    """Return the entities whose names contain a match of a regular expression."""
    return [each for each in entities if re.search(pattern, each.name)]


def entity_ids(entities: Iterable[Entity]) -> str:
    """Return the ids of entities as a text, separated by commas."""
    return ", ".join(each.entity for each in entities)


def first_named(entities: Iterable[Entity], pattern: str) -> Entity | None:
    """Return the first entity whose name matches a regular expression, None without one."""
    return next(iter(entities_named(entities, pattern)), None)


def power_sensors(entities: Iterable[Entity]) -> list[Entity]:
    """Return the power sensors among these entities."""
    return [each for each in entities if each.domain == "sensor" and each.is_power]


def parse_entities(dump: object) -> tuple[Entity, ...]:
    """Return the entities of a dump, sorted by id.

    Accepts a list of states, a map of states, or a map of plain state texts.

    Raises ValueError, saying what to pass instead, for anything else.
    """
    found: dict[str, Entity] = {}
    for entity, state in _ids_and_states(dump):
        row = state if isinstance(state, Mapping) else {"state": state}
        attributes = row.get("attributes")
        entity = entity.strip().lower() if isinstance(entity, str) else ""
        if is_entity(entity):
            given = dict(attributes) if isinstance(attributes, Mapping) else {}
            called, device = (str(row.get(key) or "") for key in ("called", "device"))
            found[entity] = Entity(entity, str(row.get("state", "")), given, called, device)
    return tuple(found[entity] for entity in sorted(found))


def _ids_and_states(dump: object) -> Iterable[tuple[object, object]]:
    """Return (entity id, state) pairs of a list or map of states, or of such a one under the key `states`.

    Entries of a list that are no maps are left out. Raises ValueError for anything else.
    """
    if isinstance(dump, Mapping):
        inner = dump.get("states")
        if isinstance(inner, list | Mapping) and "." not in "".join(map(str, dump)):
            return _ids_and_states(inner)
        return dump.items()
    if isinstance(dump, list):
        return [(each.get("entity_id"), each) for each in dump if isinstance(each, Mapping)]
    raise ValueError("a dump is a list as from /api/states, or a map {entity id: state}")


SAME_W, SAME_SHARE = 20.0, 0.03
"""Two powers that differ by less than 20 W or 3 % are the same power, reported at different moments."""
NUMBER = r"_?(\d+)(?=_|$)"


def named_with_copies(entities: Sequence[Entity], pattern: str) -> list[Entity]:
    """Return the entities whose names match a pattern, and copies that differ by Home Assistant's `_2` only.

    Where there is a `_1` as well, the numbers mean parts of one device: these copies are left out.
    """
    found = entities_named(entities, pattern)
    names, known = {each.name for each in entities}, {each.name for each in found}
    copies = [each for each in entities if each.name not in known and _name_copied(each.name, names) in known]
    return [*found, *copies]


def _name_copied(name: str, names: set[str]) -> str:
    """Return the name of which this one is a copy, "" if it is none."""
    match = re.fullmatch(r"(.+)_([2-9])", name)
    return match[1] if match is not None and f"{match[1]}_1" not in names else ""


def siblings(first: Entity, found: Sequence[Entity]) -> list[Entity]:
    """Return, in order, the entities of `found` that show the same as `first` for other devices, and `first` itself.

    Their names differ only in numbers: `b1_dc_power` and `b2_dc_power`. Where one is the sum of the others, it is
    returned alone: by its power, or because it alone has no number while they are counted from 1.
    """
    group = sorted((each for each in found if _shape(each) == _shape(first)), key=_numbers)
    if len(group) > 2 and first.is_power:
        total = next((each for each in group if is_sum(each, [other for other in group if other != each])), None)
        if total is not None:
            return [total]
    shortest = [each for each in group if len(_numbers(each)) == min(map(len, map(_numbers, group)))]
    longer = [each for each in group if each not in shortest]
    if len(shortest) == 1 and any(_numbers(each)[-1] == 1 for each in longer):
        return shortest
    return group if len(shortest) == 1 or not longer else shortest


def _shape(each: Entity) -> str:
    """Return an entity's name without its numbers."""
    return re.sub(NUMBER, "", each.name)


def _numbers(each: Entity) -> tuple[int, ...]:
    """Return the numbers in an entity's name, in order."""
    return tuple(map(int, re.findall(NUMBER, each.name)))


def is_sum(total: Entity, parts: Sequence[Entity]) -> bool:
    """Return whether an entity shows the sum of the others' powers; False while a power is missing or nothing flows."""
    whole_w = sum_or_none(each.watts for each in parts)
    if total.watts is None or whole_w is None:
        return False
    room_w: float = SAME_W + SAME_SHARE * abs(whole_w)
    return room_w < abs(whole_w) and abs(total.watts - whole_w) <= room_w


SIGNS_FILE = Path(__file__).with_name("signs.json")

PHASES = {"1": "L1", "2": "L2", "3": "L3", "a": "L1", "b": "L2", "c": "L3", "r": "L1", "s": "L2", "t": "L3"}
"""However makes call a phase -> its name."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How to recognise a make's meter, battery or inverter: patterns of the names of its entities.

    `power`: its signed power or current, and with `export` its import; `soc`: a battery's state of charge. `invert`:
    positive means export or discharging. `doubt`: the code of what a person has to check, "" for nothing.
    """

    make: str
    power: str = ""
    export: str = ""
    soc: str = ""
    invert: bool = False
    doubt: str = ""


class Signs(NamedTuple):
    """The content of signs.json. Of each make's meter, powers come before currents, which often lack a sign."""

    grid: tuple[Sign, ...]
    """Meters with an entity for each phase, by preference: the grid operator's, then a make's, then any."""
    whole_house: tuple[Sign, ...]
    """Meters that show one value for the whole house."""
    export_words: tuple[tuple[str, str], ...]
    """The word for import in a name, and the word that replaces it in the export entity's name."""
    inverter_output: tuple[Sign, ...]
    """The output of inverters on each phase."""
    battery: tuple[Sign, ...]
    solar: tuple[Sign, ...]
    plug: tuple[Sign, ...]
    names: Mapping[str, str]
    """Name of a word list, such as "hot_water" -> pattern of the words that an entity's name has then."""


def make_signs(read: Mapping[str, Any]) -> Signs:
    """Return the content of signs.json with patterns in full."""
    names: dict[str, str] = {}
    for name, row in read["names"].items():
        names[name] = "|".join(_word_pattern(word, names) for word in row["words"])
    of_makes = ("grid", "whole_house", "inverter_output", "battery", "solar", "plug")
    tables = {table: tuple(_make_sign(row, names) for row in read[table]) for table in of_makes}
    return Signs(export_words=tuple((taken, given) for taken, given in read["export_words"]), names=names, **tables)


def _make_sign(row: Mapping[str, Any], names: Mapping[str, str]) -> Sign:
    full: dict[str, Any] = {key: _fill(each, names) if isinstance(each, str) else each for key, each in row.items()}
    return Sign(**full)


def _word_pattern(word: str, names: Mapping[str, str]) -> str:
    """Return the pattern of a word; where it begins or ends with _, so does the name, or another word is there."""
    return _fill(re.sub("_$", "(?:_|$)", re.sub("^_", "(?:^|_)", word)), names)


def _fill(pattern: str, names: Mapping[str, str]) -> str:
    """Return a pattern with its phase as a named group, and the words of these names in place of the name."""

    def fill(found: re.Match[str]) -> str:
        return f"(?P<phase>[{found[1]}])" if set(found[1]) <= PHASES.keys() else f"(?:{names[found[1]]})"

    return re.sub(r"<(\w+)>", fill, pattern)


SIGNS = read_data_file(SIGNS_FILE, make_signs)
