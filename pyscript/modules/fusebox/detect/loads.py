"""What can be steered: charge points over OCPP, chargers of a make, plugs that measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from ..config.presets import PRESETS, Preset
from ..config.site_schema import LONGEST_NAME
from .dump import Entity
from .found import Guess
from .shapes import chargers_of_shape
from .signs import NEVER_SWITCHED

STAND_IN_W = 2000
"""The rating of a plug that draws nothing now [W], until its owner corrects it."""
RATED_STEP_W = 100
"""A rating is taken in such steps, upwards [W]."""
DRAWS_W = 50.0
"""A plug that draws more tells its rating by it [W]."""
NAME_LETTERS = LONGEST_NAME - 4
"""A name is cut to so many letters: there is room for a number behind it."""

OCPP_BESIDE = ("power_active_import", "current_import", "transaction_id", "stop_reason")
PLUG_POWER = (
    r"_(?:switch_\d_|channel_\d_|energy_)?(?:active_)?"
    r"(?:power|current_consumption|leistung|vermogen|puissance)(?:_\d+)?$"
)
MAKES = (
    ("Shelly", "shelly"),
    ("Sonoff", "sonoff"),
    ("Tasmota", "tasmota"),
    ("Kasa", "kasa"),
    ("Kasa", "tplink"),
    ("Tuya", "tuya"),
    ("Tuya", "smart_plug"),
)
PLUGS = (
    "loads: plugs that measure: {names}. Take out each that nobody may switch off, such as a fridge, and write its "
    "phases, its rated_w and its mode: it is switched as soon as dry_run is False"
)

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
    if numbers and not found.part:
        found.doubts.append(UNKNOWN.format(numbers=", ".join(numbers)))
    _add(found, _plugs(seen, found.used))
    return found


def _add(found: Guess, more: Guess) -> None:
    for name, load in more.part.items():
        found.part[_own_name(name, found.part)] = load
    found.reasons += more.reasons
    found.doubts += more.doubts
    found.used |= more.used


def _own_name(wanted: str, taken: Mapping[str, object]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_")[:NAME_LETTERS].strip("_") or "load"
    name = f"{name}_load" if name in ("site", "peak") else name
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
        name = _own_name(f"{point}_{connector}" if several else point, guess.part)
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
        if row.needs_charger:
            load["charger"] = "FILL_IN"
            guess.doubts.append(f"loads: {each.entity}: write the charger's own id in place of FILL_IN")
        name = _own_name(_stem(row, each), guess.part)
        # What a person has renamed does not follow from the preset, so it is named.
        renamed = {role: there[entity] for role, entity in entities.items() if there.get(entity, entity) != entity}
        guess.part[name] = {**load, "current": each.entity, **renamed}
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


def _plug_stem(switch: Entity) -> str:
    """What a plug's switch and its power have in common."""
    return re.sub(r"_(?:(?:switch|relay|outlet|socket|plug)(?:_\d)?|channel_\d)$", "", switch.name)


def _plugs(seen: Sequence[Entity], used: set[str]) -> Guess:
    """Switches beside a power of the same name."""
    guess = Guess()
    powers = [
        each
        for each in seen
        if each.domain == "sensor" and each.unit in ("w", "kw") and re.search(PLUG_POWER, each.name)
    ]
    for switch in seen:
        if switch.domain != "switch" or switch.entity in used or switch.name.startswith("fusebox"):
            continue
        stem = _plug_stem(switch)
        mine = [p for p in powers if p.entity not in used and re.sub(PLUG_POWER, "", p.name) in (stem, switch.name)]
        if not mine:
            continue
        several = [other.entity for other in seen if other.domain == "switch" and _plug_stem(other) == stem]
        if len(several) > len(mine):
            guess.doubts.append(
                f"loads: {mine[0].entity} measures {', '.join(several)} together: none of them is taken"
            )
            guess.used |= {*several, mine[0].entity}
            continue
        power = min(mine, key=lambda p: len(p.name))
        if re.search(NEVER_SWITCHED, switch.name):
            guess.reasons.append(f"loads: {switch.entity} is left out: by its name nobody may switch it off")
            continue
        now_w = power.watts or 0.0
        rated_w = int(ceil(now_w / RATED_STEP_W) * RATED_STEP_W) if now_w > DRAWS_W else STAND_IN_W
        name = _own_name(stem, guess.part)
        guess.part[name] = {"type": "plug", "switch": switch.entity, "power": power.entity, "rated_w": rated_w}
        make = next((make for make, sign in MAKES if sign in switch.name), "a plug that measures")
        assumed = f"draws nothing now, so {STAND_IN_W} W are assumed"
        told = f"draws {now_w:.0f} W now" if now_w > DRAWS_W else assumed
        guess.reasons.append(f"loads.{name}: {switch.entity} with {power.entity}: {make}; {told}")
        guess.used |= {switch.entity, power.entity}
    if guess.part:
        guess.doubts.append(PLUGS.format(names=", ".join(guess.part)))
    return guess
