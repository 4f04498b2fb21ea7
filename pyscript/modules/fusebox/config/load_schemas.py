"""What each type of load may say. Defaults as documented; `LOADS` is the table of types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import voluptuous as vol

from ..model.electrics import MIN_CHARGE_A
from ..model.load import QUASAR_LEAST_W, QUASAR_MOST_W, Load, Mode
from ..model.site import MAIN
from ..model.web_address import LARGEST_ID
from .entities import control, entity, source
from .fields import REQUIRED, Check, Field, defaulted, defaults_of, list_of, optional, section
from .guard_schema import guard
from .presets import NOT_STEERABLE, PRESETS, ROLES, Preset, preset_named
from .presets.row import PauseBy
from .site_schema import PHASES, circuit_reference, per_phase
from .suggest import one_of_these, slug
from .texts import choice, one_of, private_url, serial, text
from .tree import Wrong, show
from .values import SETTABLE, STRICT, YesNo, mode, number, yes_no

_LOAD = defaults_of(Load)
USUAL_PROFILE, USUAL_STACK_LEVEL = "absolute", 3
"""How OCPP limits are sent where neither CONFIG nor the charger's maker says more."""

_SOLAR = {each.value: each for each in (Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF)}
CHARGER_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.STANDARD, **_SOLAR}
"""A charger's `continuous` is its `standard`: Load Juggler's selects offer both labels."""
SWITCHED_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.CONTINUOUS, **_SOLAR}
TANK_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "normal": Mode.NORMAL, "boost": Mode.BOOST, **_SOLAR}
MODES: Mapping[str, Mapping[str, Mode]] = {
    **dict.fromkeys(("ocpp", "number", "wallbox", "easee", "quasar"), CHARGER_MODES),
    **dict.fromkeys(("plug", "sg_ready", "radiators"), SWITCHED_MODES),
    "tank": TANK_MODES,
}
"""Type of load -> what its modes may be called."""


def _common(*, dimmable: bool, pause_s: float = _LOAD["pause_s"]) -> dict[str, Field]:
    return {
        "type": Field(lambda value: value),
        "circuit": Field(circuit_reference, MAIN),
        "phases": optional(_phases),
        "priority": number(None, "", 0, 10_000, whole=True),
        "pause_s": number(pause_s, "s", 0, 86400),
        "start_after_s": number(_LOAD["start_after_s"], "s", 0, 86400),
        "stop_after_s": number(_LOAD["stop_after_s"], "s", 0, 86400),
        "controllable_14a": yes_no(dimmable),
    }


def _phases(value: object) -> object:
    if isinstance(value, str):
        raise vol.Invalid(f"{show(value)} is not a list; write [{show(value)}]")
    names = list_of(one_of(PHASES, "a phase"), example="['L1']", at_least=1)(value)
    if len(set(names)) < len(names):
        raise vol.Invalid("names a phase twice; write each once")
    return names


def _charger(**own: Field) -> Check:
    """A load whose current can be set."""
    shared = {
        **_common(dimmable=True),
        "mode": mode(CHARGER_MODES, "a charger", Mode.STANDARD),
        "min_a": number(MIN_CHARGE_A, "A", MIN_CHARGE_A, 125, live=SETTABLE),
        "max_a": number(16, "A", 1, 125, live=SETTABLE),
        "step_a": number(_LOAD["step_a"], "A", 0.01, 16),
        "failsafe_a": number(_LOAD["failsafe_a"], "A", 0, 125),
    }
    return section(**{**shared, **own})


def _draw(value: object) -> object:
    """What a load draws: one quantity for all its phases, or one a phase."""
    one = source("sensor.car_current")
    if isinstance(value, dict) and any(key.upper().startswith("L") for key in value):
        return per_phase(one)(value)
    return one(value)


def _switch(example: str) -> Field:
    return Field(control(example), hint=f"the entity that switches it, such as {example!r}")


def _preset(value: object) -> object:
    """A preset by any of its names; becomes the one that it goes by."""
    row, called = preset_named(value), slug(str(text("a preset's name")(value)))
    if row is not None:
        return row.name
    if called in NOT_STEERABLE:
        raise vol.Invalid(f"{show(value)} cannot be steered: {NOT_STEERABLE[called]}")
    raise vol.Invalid(f"{show(value)} is not a preset; {one_of_these(value, PRESETS)}")


def _current(check: Check) -> Field:
    return Field(check, hint="the entity that sets it, such as 'number.wall_current'")


_NUMBER_KEYS = {
    "current": _current(control("number.wall_current")),
    "switch": optional(control("switch.wall_charging")),
    "draw": optional(_draw),
    "status": optional(entity("sensor.wall_status")),
}

_PRESET_KEYS = {"preset": optional(_preset), "min_write_s": number(0, "s", 0, 3600)}

LOADS: Mapping[str, Check] = {
    "ocpp": _charger(
        charger=Field(text("the charge point id, such as 'evse1'"), hint="the charge point id, such as 'evse1'"),
        connector=number(1, "", 1, 32, whole=True),
        vendor=optional(text("a maker's name, such as 'wallbox'")),
        rate_unit=choice("auto", "A", "W"),
        profile=choice(USUAL_PROFILE, "relative"),
        lease_s=number(120, "s", 15, 86400),
        stack_level=number(USUAL_STACK_LEVEL, "", 0, 1000, whole=True),
        switch=optional(control("switch.evse1_charge_control")),
        current=optional(control("number.evse1_maximum_current")),
        reset=optional(control("button.evse1_reset")),
        draw=optional(_draw),
        offered=optional(source("sensor.evse1_current_offered")),
        status=optional(entity("sensor.evse1_status_connector")),
        transaction_id=optional(entity("sensor.evse1_transaction_id")),
    ),
    "number": _charger(**_NUMBER_KEYS, **_PRESET_KEYS),
    "wallbox": _charger(
        **_NUMBER_KEYS,
        max_a=number(None, "A", 1, 125, live=SETTABLE),
        min_write_s=number(PRESETS["wallbox"].min_write_s, "s", 0, 3600),
    ),
    "easee": _charger(
        charger=Field(
            serial("the charger's serial, such as 'EH123456'"), hint="the charger's serial, such as 'EH123456'"
        ),
        site=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
        circuit_id=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
        username=Field(text("'!secret easee_user'", private=True), hint="'!secret easee_user'"),
        password=Field(text("'!secret easee_password'", private=True), hint="'!secret easee_password'"),
        ttl_min=number(1, "min", 1, 1440, whole=True),
        base_url=optional(private_url),
    ),
    "quasar": section(
        **_common(dimmable=True),
        mode=mode(CHARGER_MODES, "a charger", Mode.STANDARD),
        max_charge_w=number(QUASAR_MOST_W, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
        guard=defaulted(guard),
    ),
    "plug": section(
        **_common(dimmable=False),
        mode=mode(SWITCHED_MODES, "a plug", Mode.CONTINUOUS),
        switch=_switch("switch.pool"),
        power=optional(source("sensor.pool_power")),
        rated_w=number(2000, "W", 1, 100_000, live=STRICT),
        min_on_s=number(300, "s", 0, 86400),
        min_off_s=number(300, "s", 0, 86400),
        max_starts_per_day=number(None, "", 1, 1000, whole=True),
    ),
    "tank": section(
        **_common(dimmable=False),
        mode=mode(TANK_MODES, "a tank", Mode.NORMAL),
        switch=_switch("switch.tank"),
        temperature=Field(entity("sensor.tank"), hint="the entity that measures it, such as 'sensor.tank'"),
        power=optional(source("sensor.tank_power")),
        thermostat=optional(YesNo(False).check),
        rated_w=number(2500, "W", 1, 100_000, live=STRICT),
        normal_c=number(50, "C", 5, 95),
        boost_c=number(65, "C", 5, 95),
        hysteresis_c=number(6, "C", 0.1, 40),
        minimum_c=number(None, "C", 5, 95),
        min_on_s=number(60, "s", 0, 86400),
        min_off_s=number(60, "s", 0, 86400),
        hygiene_c=number(60, "C", 50, 95),
        hygiene_every_days=number(7, "", 1, 365),
    ),
    "sg_ready": section(
        **_common(dimmable=False),
        mode=mode(SWITCHED_MODES, "a heat pump", Mode.STANDARD),
        relay_1=_switch("switch.sg1"),
        relay_2=_switch("switch.sg2"),
        power=optional(source("sensor.heatpump_power")),
        rated_w=number(3000, "W", 1, 100_000, live=STRICT),
        recommend_above_w=number(1500, "W", 0, 100_000),
        force_above_w=number(4000, "W", 0, 100_000),
        dwell_s=number(600, "s", 0, 7200),
        max_block_s=number(7200, "s", 0, 86400),
    ),
    "radiators": section(
        # No car that gives up and no compressor: what has made way comes back as soon as its room lasts.
        **_common(dimmable=False, pause_s=20),
        mode=mode(SWITCHED_MODES, "radiators", Mode.STANDARD),
        group=optional(text("the name of the radiators section")),
        rated_w=number(1150, "W", 1, 100_000, live=STRICT),
    ),
}


@cache
def _schema(kind: str, preset: str) -> Check:
    """What a charger of this type and preset may say: some makes need a key more."""
    if kind == "wallbox":
        return LOADS[kind]
    row = PRESETS[preset]
    keys = {**_NUMBER_KEYS, **_PRESET_KEYS}
    if row.set_with is not None:
        keys["current"] = _current(entity("sensor.wall_current_limit"))
    if row.needs_charger:
        charger = "the charger's id, such as 'EH123456'"
        keys["charger"] = Field(text(charger), hint=charger)
    if row.pause.by is PauseBy.BUTTONS:
        keys["stop"] = optional(control("button.wall_stop_charging"))
    return _charger(**keys)


def _by_preset(written: dict[str, object], row: Preset) -> object:
    """A charger with all that follows from its preset."""
    kind = str(written["type"])
    named = {role: written[role] for role in ROLES if role in written}
    usual = {"min_write_s": row.min_write_s} if kind == "number" else {}
    given = {**usual, **row.derived(named), **written}
    tree = _schema(kind, row.name)(given)
    if isinstance(tree, dict) and "current" not in given:
        names = ", ".join(name.replace("{p}", "<name>") for name in row.names[0].values())
        tree["current"] = Wrong(f"required; write one of the entities of preset {row.name!r}: {names}")
    return tree


def _of_no_preset(written: dict[str, object]) -> object:
    """A charger with a preset that there is not: what a preset could have added is no second mistake."""
    tree = LOADS["number"]({key: each for key, each in written.items() if key not in ("charger", "stop")})
    if isinstance(tree, dict) and "current" not in written:
        tree["current"] = None
    return tree


def load(value: object) -> object:
    """A load, checked by its own type's table; only a `number` load has a preset, so that implies the type."""
    if not isinstance(value, dict):
        raise vol.Invalid(f"{show(value)} is not a dict; write {{'type': 'ocpp', ...}}")
    if "type" not in value and value.get("preset") is not None:
        value = {"type": "number", **value}
    kind = value.get("type")
    row = preset_named(kind if kind == "wallbox" else value.get("preset"))
    if kind in ("number", "wallbox") and row is not None:
        return _by_preset(value, row)
    if kind == "number" and value.get("preset") is not None:
        return _of_no_preset(value)
    if isinstance(kind, str) and kind in LOADS:
        return LOADS[kind](value)
    if isinstance(kind, Wrong):
        return {"type": kind}
    found = "required" if kind is None else f"{show(kind)} is not a type of load"
    return {"type": Wrong(f"{found}; {one_of_these(kind, LOADS)}")}
