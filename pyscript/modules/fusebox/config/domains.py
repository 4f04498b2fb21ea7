"""Which kinds of entities fit where: an entity that cannot do what is asked of it is a mistake, an odd one a warning.

Told by its domain, the part of its id before the point. Of a domain that Home Assistant itself does not have nobody
knows what it can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .entities import THERMOSTATS
from .presets import ROLES, Preset
from .presets.row import PauseBy
from .tree import Problem, Slot, leaves, show

_HOME_ASSISTANTS = frozenset(
    {
        "air_quality", "alarm_control_panel", "assist_satellite", "automation", "binary_sensor", "button", "calendar",
        "camera", "climate", "conversation", "counter", "cover", "date", "datetime", "device_tracker", "event", "fan",
        "geo_location", "group", "humidifier", "image", "image_processing", "input_boolean", "input_button",
        "input_datetime", "input_number", "input_select", "input_text", "lawn_mower", "light", "lock", "media_player",
        "notify", "number", "person", "remote", "scene", "schedule", "script", "select", "sensor", "siren", "stt",
        "sun", "switch", "text", "time", "timer", "todo", "tts", "update", "vacuum", "valve", "wake_word",
        "water_heater", "weather", "zone",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """What an entity is needed for: what is said of an unfit one, what fits, and what may, although it is odd."""

    unfit: str
    fits: frozenset[str]
    may: frozenset[str] = frozenset()


def _named(*domains: str) -> frozenset[str]:
    return frozenset(domains)


_NUMBERS = _named("sensor", "input_number", "number", "counter", "pyscript")
_TEXTS = _named("input_text", "text", "input_select", "select")
_ON_OFF = _named("input_boolean", "switch", "binary_sensor")
_ALSO_ON_OFF = _TEXTS | {
    "automation", "calendar", "counter", "fan", "group", "humidifier", "input_number", "light", "media_player",
    "number", "pyscript", "remote", "schedule", "script", "sensor", "siren", "update",
}  # fmt: skip
_BUTTONS = _named("button", "input_button")

SWITCHED = Use(
    unfit="cannot be switched on and off",
    fits=_named("switch", "input_boolean", "light", "fan", "humidifier", "siren"),
    may=_named("automation", "media_player", "remote", "script"),
)
HEATED = Use(
    unfit=SWITCHED.unfit,
    fits=SWITCHED.fits | frozenset(THERMOSTATS),
    may=SWITCHED.may,
)
SET = Use(
    unfit="cannot be set to a number",
    fits=_named("number", "input_number"),
    may=_named("counter", "input_text", "text"),
)
LISTED = Use(unfit="is no list of options", fits=_named("select", "input_select"))
PRESSED = Use(unfit="cannot be pressed", fits=_BUTTONS)
RESETS = Use(unfit="cannot be pressed", fits=_BUTTONS | {"script"})
NUMBER = Use(unfit="shows no number", fits=_NUMBERS, may=_TEXTS)
TEMPERATURE = Use(unfit="shows no temperature", fits=_NUMBERS | {"climate", "water_heater"}, may=_TEXTS)
YES_NO = Use(unfit="is neither on nor off", fits=_ON_OFF, may=_ALSO_ON_OFF)
CALLS = Use(unfit="is neither on nor off", fits=_ON_OFF | {"climate"}, may=_ALSO_ON_OFF | {"water_heater"})
WORD = Use(
    unfit="shows no such word",
    fits=_named("input_select", "select", "sensor", "input_text"),
    may=_named("text", "pyscript"),
)
TIME = Use(
    unfit="shows no time",
    fits=_named("input_datetime", "sensor", "time", "datetime"),
    may=_TEXTS | {"pyscript"},
)
STATUS = Use(
    unfit="shows no status",
    fits=_named("sensor", "binary_sensor", "select"),
    may=_TEXTS | _ON_OFF | {"pyscript"},
)

_USES: Mapping[str, Use] = {
    **dict.fromkeys(("switch", "relay_1", "relay_2"), SWITCHED),
    "actual": HEATED,
    **dict.fromkeys(("current", "target", "power_w"), SET),
    **dict.fromkeys(
        ("entity", "import_entity", "export_entity", "power", "energy", "demand_kw", "month_peak_kw", "soc_pct"), NUMBER
    ),
    **dict.fromkeys(("temperature", "setpoint"), TEMPERATURE),
    **dict.fromkeys(("dim", "away"), YES_NO),
    "power_saving": NUMBER,
    "virtual": CALLS,
    "reset": RESETS,
    "stop": PRESSED,
    "select": LISTED,
    "number": SET,
}
"""Key -> what its entity is for. `tests/config/test_domains.py` knows which services are called with each."""

_LIVE: Mapping[str, Use] = {"Number": NUMBER, "YesNo": YES_NO, "Words": WORD, "Departure": TIME}
"""Kind of a value that may be an entity -> what that is for."""


def domain_problems(tree: Mapping[str, object], presets: Mapping[str, Preset]) -> Iterator[tuple[Problem, bool]]:
    """Entities whose domain does not fit, and whether each is a mistake. `presets`: path of a load -> its preset."""
    found = dict(leaves(tree))
    for path, leaf in found.items():
        entity = leaf.entity if isinstance(leaf, Slot) else leaf
        use = _use(path, leaf, found)
        if use is None or not isinstance(entity, str) or "." not in entity:
            continue
        place, _, key = path.rpartition(".")
        if key == "entity" and found.get(f"{place}.attribute") is not None:
            continue  # any entity may have a number as an attribute
        fits = use.fits
        if place in presets and key in ROLES:
            row = presets[place]
            if key == "switch" and row.pause.by is PauseBy.BUTTONS:
                use, fits = PRESSED, PRESSED.fits
            # A preset may switch with a list, or set the current with a service and only show it.
            fits |= {names[key].partition(".")[0] for names in row.names if key in names}
        domain = entity.partition(".")[0]
        if domain in fits:
            continue
        path = path.removesuffix(".entity").removesuffix("_entity")
        one_of = ", ".join(sorted(fits))
        if domain in _HOME_ASSISTANTS and domain not in use.may:
            yield Problem(path, f"{show(entity)} {use.unfit}; write one of {one_of}"), True
        else:
            yield Problem(path, f"{show(entity)} is unusual here; expected one of {one_of}"), False


def _use(path: str, leaf: object, found: Mapping[str, object]) -> Use | None:
    """What the entity at a path is needed for. Only a tank, and a radiator, can be told by a thermostat."""
    if isinstance(leaf, Slot):
        return _LIVE.get(type(leaf.kind).__name__)
    place, _, key = path.rpartition(".")
    if key == "switch" and found.get(f"{place}.type") == "tank":
        return HEATED
    if key == "status":
        return STATUS if path.startswith("loads.") else None  # elsewhere it is an entity of ours
    return _USES.get(key)
