"""What can be steered: charge points over OCPP, chargers of a make, then appliances."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..config.presets import PRESETS, Preset
from ..config.site_schema import LONGEST_NAME
from ..model.own_entities import RESERVED_NAMES
from .appliances import appliances_of
from .dump import Entity
from .found import UNFILLED, Guess
from .shapes import chargers_of_shape

NAME_LETTERS = LONGEST_NAME - 4
"""A name is cut to so many letters: there is room for a number behind it."""

OCPP_BESIDE = ("power_active_import", "current_import", "transaction_id", "stop_reason")
UNKNOWN = (
    "loads: no charger was recognised by its names. If one of {numbers} sets the current of a charger, write a load of "
    "type number with it"
)


def loads_of(seen: Sequence[Entity]) -> Guess:
    """`loads`, chargers first."""
    found = _charge_points(seen)
    _add(found, _chargers(seen, found.used))
    _add(found, chargers_of_shape(seen, found.used))
    numbers = [each.entity for each in seen if each.domain == "number" and each.is_current]
    if numbers and not found.part and not found.proposed:
        found.doubts.append(UNKNOWN.format(numbers=", ".join(numbers)))
    _add(found, appliances_of(seen, found.used, _free_name))
    return found


def _free_name(wanted: str, guess: Guess) -> str:
    return _own_name(wanted, {**guess.part, **guess.proposed})


def _add(found: Guess, more: Guess) -> None:
    renamed = {}
    for more_loads, loads in ((more.part, found.part), (more.proposed, found.proposed)):
        for name, load in more_loads.items():
            renamed[name] = _free_name(name, found)
            loads[renamed[name]] = load
    found.reasons += [_of_load(note, renamed) for note in more.reasons]
    found.doubts += [_of_load(note, renamed) for note in more.doubts]
    found.used |= more.used


def _of_load(note: str, renamed: Mapping[str, str]) -> str:
    """A note about a load under the name that the load has got."""
    path, separator, rest = note.partition(": ")
    name = path.removeprefix("loads.")
    return f"loads.{renamed[name]}{separator}{rest}" if path == f"loads.{name}" and name in renamed else note


def _own_name(wanted: str, taken: Mapping[str, object]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_")[:NAME_LETTERS].strip("_") or "load"
    name = f"{name}_load" if name in RESERVED_NAMES else name
    count = 2
    unique = name
    while unique in taken:
        unique, count = f"{name}_{count}", count + 1
    return unique


def _charge_points(seen: Sequence[Entity]) -> Guess:
    """Charge points of the OCPP integration, by their own switch or by what their sensors are called."""
    guess, names = Guess(), {each.entity: each for each in seen}
    points: dict[tuple[str, int], str] = {}
    for each in seen:
        match = re.fullmatch(r"(?P<id>\w+?)(?:_connector_(?P<connector>\d+))?_charge_control", each.name)
        if each.domain == "switch" and match:
            points.setdefault((match["id"], int(match["connector"] or 1)), each.entity)
        match = re.fullmatch(r"(?P<id>\w+?)(?:_connector_(?P<connector>\d+))?_current_offered", each.name)
        if each.domain == "sensor" and match and any(f"sensor.{match['id']}_{other}" in names for other in OCPP_BESIDE):
            points.setdefault((match["id"], int(match["connector"] or 1)), each.entity)
    for (point, connector), sign in points.items():
        several = sum(1 for other, _ in points if other == point) > 1
        load: dict[str, object] = {"type": "ocpp", "charger": point} | ({"connector": connector} if several else {})
        name = _free_name(f"{point}_{connector}" if several else point, guess)
        guess.part[name] = load
        guess.reasons.append(f"loads.{name}: {sign} is of the OCPP integration")
        guess.used |= {each.entity for each in seen if each.name.startswith(f"{point}_")}
    return guess


def _chargers(seen: Sequence[Entity], used: set[str]) -> Guess:
    """Chargers whose entities are called as in a preset: the current, and at least two of the others."""
    guess, there = Guess(), {_called(each): each.entity for each in seen}
    for each in seen:
        rated = [(score, row, derived) for row in PRESETS.values() for score, derived in _fits(row, each, there)]
        if each.entity in used or not rated:
            continue
        _, row, entities = max(rated, key=lambda one: one[0])
        wallbox = row.name == "wallbox"
        load: dict[str, object] = {"type": "wallbox"} if wallbox else {"type": "number", "preset": row.name}
        loads = guess.part
        name = _free_name(_stem(row, each), guess)
        if row.needs_charger:
            load["charger"], loads = UNFILLED, guess.proposed
            guess.doubts.append(f"loads.{name}: write the charger's own id in place of {UNFILLED}")
        # What a person has renamed does not follow from the preset, so it is named.
        renamed = {role: there[entity] for role, entity in entities.items() if there.get(entity, entity) != entity}
        loads[name] = {**load, "current": each.entity, **renamed}
        missing = [entity for entity in entities.values() if entity not in there]
        guess.reasons.append(
            f"loads.{name}: {each.entity} and {len(entities) - len(missing)} more are called as {row.title} does"
        )
        if missing:
            guess.doubts.append(f"loads.{name}: {', '.join(missing)} is not there; enable it, or name another")
        guess.used |= {each.entity, *(there.get(entity, entity) for entity in entities.values())}
    return guess


def _called(each: Entity) -> str:
    return f"{each.domain}.{each.name}"


def _fits(row: Preset, each: Entity, there: Mapping[str, str]) -> list[tuple[int, Mapping[str, str]]]:
    match = row.matching({"current": _called(each)})
    if match is None:
        return []
    others = row.derived({"current": _called(each)})
    present = sum(entity in there for entity in others.values())
    return [(present, others)] if present >= min(2, len(others)) else []


def _stem(row: Preset, each: Entity) -> str:
    match = row.matching({"current": _called(each)})
    return each.name if match is None else match[1]
