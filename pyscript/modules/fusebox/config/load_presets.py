"""A load, checked by the row of its type; a charger with a preset together with what the preset adds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .domains import PRESSED, SET, SWITCHED
from .entities import commanded_entity, entity
from .fields import Field, Section, optional, section
from .load_schemas import LOADS, NUMBER_KEYS, PRESET_KEYS, charger_type, current_key
from .presets import PRESETS, ROLES, PauseBy, Preset, power_preset_named, preset_named
from .texts import text
from .tree import Mistake, invalid, known_choices, mistake


@cache
def _charger_check(kind: str, preset: str) -> Section:
    """Return the check for a charger of this type and preset.

    The preset decides which kinds of entities its current and switch may be, and whether it needs an id or a button to
    stop.
    """
    if kind == "wallbox":
        return LOADS[kind].keys
    row = PRESETS[preset]
    sets, switches = SET.with_domains(*row.domains("current")), SWITCHED.with_domains(*row.domains("switch"))
    keys = {**NUMBER_KEYS, **PRESET_KEYS, "current": current_key(commanded_entity("number.wall_current", sets))}
    if row.set_with is not None:
        keys["current"] = current_key(entity("sensor.wall_current_limit", sets, is_commanded=True))
    if row.needs_charger:
        known = "the charger's id, such as 'EH123456'"
        keys["charger"] = Field(text(known), hint=known)
    if row.pause.by is PauseBy.BUTTONS:
        switches, keys["stop"] = PRESSED, optional(commanded_entity("button.wall_stop_charging"))
    return charger_type(**{**keys, "switch": optional(commanded_entity("switch.wall_charging", switches))}).keys


def complete_from_preset(written: Mapping[str, object], row: Preset) -> dict[str, object]:
    """Return a charger's keys with the entities and times of its preset added; keys in CONFIG win.

    No entities where the named ones do not fit the preset. What switches phases is added only where CONFIG enables
    that.
    """
    usual = {"min_write_s": row.min_write_s} if written["type"] == "number" else {}
    given = {**usual, **row.derive_missing(written), **written}
    if written.get("switch_phases", False) is not False and row.phases is not None:
        given = {"phase_rest_s": row.phase_rest_s, "phase_switch": row.phase_switch(written), **given}
    return given


def _check_with_preset(written: dict[str, object], row: Preset) -> object:
    """Return the checked keys of a charger after its preset `row` has added what CONFIG leaves out.

    Where CONFIG names no current and the preset finds none, a mistake at `current` lists the names that it would find.
    """
    given = complete_from_preset(written, row)
    tree = _charger_check(str(written["type"]), row.name)(given)
    if "current" not in given:
        names = ", ".join(name.replace("{p}", "<name>") for name in row.names[0].values())
        tree["current"] = mistake("preset_current_required", preset=row.name, known=names)
    return tree


def _check_unknown_preset(written: dict[str, object]) -> object:
    """Return the keys of a load with an unknown preset, checked as those of a `number`; that error stands at `preset`.

    So that no other error follows from it, of the entities that a preset may add only a wrong form is kept, a good one
    becomes None; `draw`, `charger`, `phase_switch` and `switch_phases` are not checked.
    """
    added = ("charger", "phase_switch", "switch_phases", *ROLES)
    tree = LOADS["number"].keys({key: each for key, each in written.items() if key not in added})
    shapes = section(**{role: optional(entity("number.wall_current")) for role in ROLES if role != "draw"})
    shaped = shapes({role: written.get(role) for role in shapes.fields})
    return tree | {role: each if isinstance(each, Mistake) else None for role, each in shaped.items()}


def add_implied_type(value: object) -> object:
    """Return a load with the type that its preset implies (`power` or `number`) where it states none.

    Unchanged without a preset, and what is not a dict.
    """
    if isinstance(value, dict) and "type" not in value and value.get("preset") is not None:
        return {"type": "number" if power_preset_named(value["preset"]) is None else "power", **value}
    return value


def check_load(value: object) -> object:
    """Return a load checked against the keys of its type, which may follow from its preset, with what its preset adds.

    For an unknown or missing type, a `Mistake` at `type` alone. Raises `vol.Invalid` for anything but a dict.
    """
    value = add_implied_type(value)
    if not isinstance(value, dict):
        raise invalid("value_not_dict", value, example="{'type': 'ocpp', ...}")
    kind = value.get("type")
    row = preset_named(kind if kind == "wallbox" else value.get("preset"))
    if kind in ("number", "wallbox") and row is not None:
        return _check_with_preset(value, row)
    if kind == "number" and value.get("preset") is not None:
        return _check_unknown_preset(value)
    if kind == "power" and (in_watts := power_preset_named(value.get("preset"))) is not None:
        value = {**in_watts.keys, **in_watts.derive_missing(value), **value}
    if isinstance(kind, str) and kind in LOADS:
        return LOADS[kind].keys(value)
    if isinstance(kind, Mistake):
        return {"type": kind}
    if row_of_type := preset_named(kind):
        return {"type": mistake("preset_as_type", kind, near=repr(row_of_type.name))}
    if kind is None:
        return {"type": mistake("key_required", example=", ".join(LOADS))}
    return {"type": mistake("type_unknown", kind, **known_choices(kind, LOADS))}
