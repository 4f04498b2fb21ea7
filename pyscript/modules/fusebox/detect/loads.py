"""Detect the loads: OCPP charge points, chargers of a known make, then appliances."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ..config.presets import PRESETS, Preset
from .appliances import add_appliances, is_near
from .entities import SIGNS, Entity, power_sensors
from .found import UNFILLED, Guess

NAMINGS = [replace(row, names=(names,)) for row in PRESETS.values() for names in row.names]
"""Each charger preset once for each way its entities may be named."""

CHARGER_WORDS = (
    r"_?(?:set|dynamic|available|maximum|max|charging|charger|charge|current|limit|amperage|amps?|laadstroom|strom|stroom|"
    r"ladestrom|setpoint|offered)(?=_|$)"
)
"""Pattern for the part that a charger's current number adds to the charger's own name."""

STATUS_WORDS = frozenset((
    "available", "connected", "charging", "disconnected", "unplugged", "paused", "ready", "waiting", "completed",
    "idle",
))  # fmt: skip

ONE_PHASE = r"_(?:l|phase_)([123])(?=_|$)"
"""The part of a sensor's name that says which phase it shows."""

LOWEST_A = 8.0
"""A number of amps that can be set to this or less may be a charger's [A]: 6 A is the least of IEC 61851-1."""
_CONNECTOR = r"(?P<id>\w+?)(?:_connector_(?P<connector>\d+))?"
OCPP_ENTITY = {"switch": f"{_CONNECTOR}_charge_control", "sensor": f"{_CONNECTOR}_current_offered"}
"""Domain -> pattern of the name that the OCPP integration gives a charge point's entity."""
OCPP_BESIDE = ("power_active_import", "current_import", "transaction_id", "stop_reason")


def detect_loads(entities: Sequence[Entity]) -> Guess:
    """Return `loads`: OCPP charge points, then chargers by a preset's names, then by their shape, then appliances.

    No entity is used twice.
    """
    guess = Guess()
    _add_charge_points(entities, guess)
    _add_chargers(entities, guess)
    _add_chargers_by_shape(entities, guess)
    numbers = [each.entity for each in entities if each.domain == "number" and each.is_current]
    if numbers and not guess.part and not guess.proposed:
        guess.add_doubt("loads", "check_no_charger", names=", ".join(numbers))
    add_appliances(entities, guess)
    return guess


def _add_charge_points(entities: Sequence[Entity], guess: Guess) -> None:
    """Add the OCPP charge points to `guess`, recognised by their switch or by the names of their sensors.

    A sensor counts only with another one of `OCPP_BESIDE`. All entities whose names begin with the charge point's are
    marked as used.
    """
    names = {each.entity for each in entities}
    points: dict[tuple[str, int], str] = {}
    for each in entities:
        match = re.fullmatch(OCPP_ENTITY.get(each.domain, "(?!)"), each.name)
        if match is None:
            continue
        beside = [f"sensor.{match['id']}_{other}" for other in OCPP_BESIDE]
        if each.domain == "switch" or not names.isdisjoint(beside):
            points.setdefault((match["id"], int(match["connector"] or 1)), each.entity)
    for (point, connector), sign in points.items():
        several = [other for other, _ in points].count(point) > 1
        load: dict[str, object] = {"type": "ocpp", "charger": point} | ({"connector": connector} if several else {})
        name = guess.free_name(f"{point}_{connector}" if several else point)
        guess.part[name] = load
        guess.add_reason(f"loads.{name}", "found_ocpp", entity=sign)
        guess.used |= {each.entity for each in entities if each.name.startswith(f"{point}_")}


def _add_chargers(entities: Sequence[Entity], guess: Guess) -> None:
    """Add the chargers to `guess` whose current, pause and at least two other entities are named as in a preset.

    The best fitting preset counts. Entities under other names are named in CONFIG, missing ones are a doubt; a charger
    whose id is needed is a proposal. Its entities are marked as used, and its other numbers of amps, such as its lowest
    current; an entity that is used already begins no charger.
    """
    there, settings = {_original_id(each): each.entity for each in entities}, set[str]()
    for each in entities:
        rows = [] if each.entity in guess.used else NAMINGS
        fits = [fit for row in rows if (fit := _fit_preset(row, each, there))]
        if not fits:
            continue
        _, row, stem, others = max(fits, key=lambda fit: fit[0])
        follows = PRESETS[row.name].derive_missing({"current": each.entity})
        is_wallbox = row.name == "wallbox"
        load: dict[str, object] = {"type": "wallbox"} if is_wallbox else {"type": "number", "preset": row.name}
        loads, name = guess.part, guess.free_name(f"{row.name}_{stem}" if stem.isdigit() else stem)
        if row.needs_charger:
            load["charger"], loads = UNFILLED, guess.proposed
            guess.add_doubt(f"loads.{name}", "check_charger_id", value=UNFILLED)
        # An entity that does not follow from the current has to be named: a person, or another version, has renamed it.
        present = {role: there[entity] for role, entity in others.items() if entity in there}
        renamed = {role: entity for role, entity in present.items() if follows.get(role) != entity}
        loads[name] = {**load, "current": each.entity, **renamed}
        missing = [entity for entity in others.values() if entity not in there]
        listed, more = ", ".join((each.entity, *renamed.values())), len(present) - len(renamed)
        guess.add_reason(f"loads.{name}", "found_preset", names=listed, count=more, make=row.title)
        if missing:
            guess.add_doubt(f"loads.{name}", "check_missing", names=", ".join(missing))
        guess.used |= {each.entity, *(there.get(entity, entity) for entity in others.values())}
        begin = each.name.partition(stem)[0] + stem
        amps = [other for other in entities if other.domain == "number" and other.is_current]
        settings |= {other.entity for other in amps if is_near(each, other, begin)}
    guess.used |= settings


def _original_id(each: Entity) -> str:
    """Return the entity id that the integration gave an entity."""
    return f"{each.domain}.{each.name}"


def _fit_preset(row: Preset, each: Entity, there: Collection[str]) -> tuple[int, Preset, str, Mapping[str, str]] | None:
    """Return (score, preset, charger's name, role -> entity) when a preset fits this current entity, otherwise None.

    The score counts the preset's other entities that exist. They need to be two at least, or all of fewer, and include
    the switch if the preset has one.
    """
    match, others = row.matching({"current": _original_id(each)}), row.derive_missing({"current": _original_id(each)})
    score = sum(entity in there for entity in others.values())
    can_pause = others.get("switch", _original_id(each)) in there
    return None if match is None or not can_pause or score < min(2, len(others)) else (score, row, match[1], others)


def _add_chargers_by_shape(entities: Sequence[Entity], guess: Guess) -> None:
    """Add chargers of unknown make to `guess`: numbers of amps in their range, with entities of that device or name.

    One whose name does not say that it is a charger becomes a proposal; each has a doubt.
    """
    used, stems = set(guess.used), set[str]()
    for number in entities:
        is_setting = re.search(SIGNS.names["not_the_current"], number.name) is not None
        if number.entity in used or is_setting or not _sets_current_of_charger(number):
            continue
        stem = re.sub(CHARGER_WORDS, "", number.name).strip("_")
        if stem in stems:
            continue  # another number of the same charger, such as its lowest current
        stems.add(stem)
        near = [each for each in entities if each.entity not in used and is_near(number, each, stem)]
        currents = [each for each in near if each.domain == "sensor" and each.is_current]
        switches = [each for each in near if each.domain == "switch"]
        roles = {
            "switch": switches[:1],
            "draw": _draw_sensors([*power_sensors(near), *currents]),
            "status": [each for each in near if _is_status(each)][:1],
        }
        belong = {role: _as_config(found) for role, found in roles.items() if found}
        names = [each.entity for found in roles.values() for each in found]
        load: dict[str, object] = {"type": "number", "current": number.entity, **belong}
        name = guess.free_name(stem or "charger")
        is_named = re.search(SIGNS.names["charger"], number.name) is not None
        is_guess = re.search(SIGNS.names["not_a_charger"], number.name) is not None or not is_named
        (guess.proposed if is_guess else guess.part)[name] = load
        guess.used |= {number.entity, *names}
        code = "found_number_of_device" if number.device else "found_number_by_name"
        company = ", ".join(names) or "nothing"
        guess.add_reason(f"loads.{name}", code, entity=number.entity, other=company)
        guess.add_doubt(f"loads.{name}", "check_no_make" if is_named else "check_unnamed_charger")


def _draw_sensors(sensors: Sequence[Entity]) -> Sequence[Entity]:
    """Return the sensors of a charger's draw: that of all phases together, else those of each phase."""
    families: dict[str, list[Entity]] = {}
    for each in sensors:
        families.setdefault(re.sub(ONE_PHASE, "_", each.name), []).append(each)
        if re.search(ONE_PHASE, each.name) is None:
            return [each]
    return max(families.values(), key=len, default=[])


def _as_config(found: Sequence[Entity]) -> str | dict[str, str]:
    """Return an entity, or phase -> entity if there are several."""
    phases = [re.search(ONE_PHASE, each.name) for each in found]
    several = {f"L{phase[1]}": each.entity for phase, each in zip(phases, found, strict=True) if phase is not None}
    return several if len(found) > 1 else found[0].entity


def _sets_current_of_charger(each: Entity) -> bool:
    """Return whether an entity is a number of amps whose range is that of a charger's current."""
    low, high = each.number("min"), each.number("max")
    is_number = each.domain == "number" and each.is_current
    return is_number and low is not None and high is not None and low <= LOWEST_A < high


def _is_status(each: Entity) -> bool:
    """Return whether a sensor without a unit is a charger's status, by its name or its present state."""
    fits = re.search(SIGNS.names["charger_status"], each.name) is not None or each.state.lower() in STATUS_WORDS
    return fits and each.domain == "sensor" and not each.unit
