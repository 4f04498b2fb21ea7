"""The keys of each type of load. Defaults as documented; `LOADS` is the table of types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

import voluptuous as vol

from ..model.electrics import MIN_CHARGE_A
from ..model.load import QUASAR_LEAST_W, QUASAR_MOST_W, Load, Mode
from ..model.messages.message import Message, message
from ..model.site import MAIN
from ..model.web_address import LARGEST_ID
from .domains import ANY, HEATED, RESETS, STATUS, SWITCHED, TEMPERATURE, Use
from .entities import control, entity, needed, source
from .fields import REQUIRED, Check, Field, Section, list_of, optional, optional_section
from .guard_schema import guard
from .phase_switching import DESCRIBED, KEYS, NOT_A_WALLBOX, NOT_AT_ALL, without_entity
from .plan_schema import CAR_AMOUNTS, SWITCHED_AMOUNTS, VEHICLE_KEYS, plan_of, price_hours
from .presets import NOT_STEERABLE, PRESETS, preset_named
from .site_schema import PHASES, circuit_reference, per_phase
from .texts import choice, one_of, private, private_url, serial, text, written
from .tree import choices, show, slug
from .values import STRICT, Words, YesNo, keys_of, mode, number, settable, yes_no
from .wiring import Facts, Wired, of_charger, of_easee, of_pump, of_quasar, of_radiators, of_switched, of_tank

USUAL_PROFILE, USUAL_STACK_LEVEL = "absolute", 3
"""How OCPP limits are sent where neither CONFIG nor the charger's maker says more."""

LEAST_RATED_W = 25
"""A smaller load is not worth switching; a smaller number is probably in kilowatts."""

_SOLAR = {each.value: each for each in (Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF)}
CHARGER_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.STANDARD, **_SOLAR}
"""A charger's `continuous` is its `standard`: Load Juggler's selects offer both labels."""
SWITCHED_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.CONTINUOUS, **_SOLAR}
TANK_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "normal": Mode.NORMAL, "boost": Mode.BOOST, **_SOLAR}


@dataclass(frozen=True, slots=True)
class LoadType:
    """The keys of a type of load, and the facts that follow from them."""

    keys: Section
    follows: Callable[[Wired], Facts]
    """Returns what follows from its keys and its place: its range of currents [A a phase], and facts for its driver."""
    phases_come_back: bool = True
    """Whether a load switched to one phase may go back within a session."""

    @property
    def modes(self) -> Mapping[str, Mode]:
        """Name of each mode in CONFIG -> the mode."""
        kind = self.keys.fields["mode"].kind
        assert isinstance(kind, Words)
        return cast(Mapping[str, Mode], kind.labels)


def load_type(
    follows: Callable[[Wired], Facts], absent: Mapping[str, Message] = NOT_AT_ALL, /, **own: Field
) -> LoadType:
    """Return a type of load: the keys of every load, its mode and its own. `absent`: keys it does not have -> why."""
    every = {
        "type": Field(lambda value: value),
        "circuit": Field(circuit_reference, MAIN),
        "phases": optional(_phases),
        "priority": number(None, "", 0, 10_000, whole=True),
        **keys_of(Load, "pause_s", "start_after_s", "stop_after_s"),
        "controllable_14a": yes_no(False),
        "energy": optional(entity("sensor.wall_energy")),
    }
    return LoadType(Section({**every, **own}, absent=absent), follows)


def _phases(value: object) -> object:
    """Return a load's phases, a list of one or more different names such as ['L1'].

    Invalid for anything else, also for a text.
    """
    if isinstance(value, str):
        raise vol.Invalid(message("value_not_list", value=show(value), example=f"[{show(value)}]"))
    names = list_of(one_of(PHASES, "a phase"), example="['L1']", at_least=1)(value)
    if len(set(names)) < len(names):
        raise vol.Invalid(message("phase_named_twice"))
    return names


_CHARGES = {"mode": mode(CHARGER_MODES, "a charger", Mode.STANDARD), "controllable_14a": yes_no(True)}


def charger(absent: Mapping[str, Message] = NOT_AT_ALL, /, **own: Field) -> LoadType:
    """Return the type of a load whose current can be set."""
    shared = {
        **_CHARGES,
        "min_a": settable(number(MIN_CHARGE_A, "A", MIN_CHARGE_A, 125)),
        "max_a": settable(number(16, "A", 1, 125)),
        **keys_of(Load, "step_a", "failsafe_a", "stop_soc_pct", "stop_energy_kwh"),
        **VEHICLE_KEYS,
        "plan": plan_of(CAR_AMOUNTS),
    }
    return load_type(of_charger, absent, **{**shared, **own})


def _rated(usual_w: float) -> Field:
    return settable(number(usual_w, "W", LEAST_RATED_W, 100_000, live=STRICT))


def _draw(value: object) -> object:
    """Return the checked draw of a load: one source for all phases, or one for each phase."""
    one = source("sensor.car_current")
    if isinstance(value, dict) and any(key.upper().startswith("L") for key in value):
        return per_phase(one)(value)
    return one(value)


def _switch(example: str, use: Use = SWITCHED) -> Field:
    return needed(control, example, "the entity that switches it", use)


def _preset(value: object) -> object:
    """Return the name of a preset given by any of its names."""
    row, called = preset_named(value), slug(str(text("a preset's name")(value)))
    if row is not None:
        return row.name
    if called in NOT_STEERABLE:
        raise vol.Invalid(message("not_steerable", value=show(value), cause=NOT_STEERABLE[called]))
    raise vol.Invalid(message("preset_unknown", value=show(value), **choices(value, PRESETS)))


def current_key(check: Check) -> Field:
    """Return the required key for the entity that sets a charger's current."""
    return Field(check, hint="the entity that sets it, such as 'number.wall_current'")


NUMBER_KEYS = {
    "current": current_key(control("number.wall_current")),
    "switch": optional(control("switch.wall_charging")),
    "draw": optional(_draw),
    "status": optional(entity("sensor.wall_status", STATUS)),
}

PRESET_KEYS = {"preset": optional(_preset), "min_write_s": number(0, "s", 0, 3600), **DESCRIBED}

LOADS: Mapping[str, LoadType] = {
    "ocpp": charger(
        without_entity("ocpp"),
        **KEYS,
        charger=written("the charge point id, such as 'evse1'"),
        connector=number(1, "", 1, 32, whole=True),
        vendor=optional(text("a maker's name, such as 'wallbox'")),
        rate_unit=choice("auto", "A", "W"),
        profile=choice(USUAL_PROFILE, "relative"),
        lease_s=number(120, "s", 15, 86400),
        stack_level=number(USUAL_STACK_LEVEL, "", 0, 1000, whole=True),
        switch=optional(control("switch.evse1_charge_control")),
        current=optional(control("number.evse1_maximum_current")),
        reset=optional(control("button.evse1_reset", RESETS)),
        draw=optional(_draw),
        offered=optional(source("sensor.evse1_current_offered")),
        status=optional(entity("sensor.evse1_status_connector", STATUS)),
        transaction_id=optional(entity("sensor.evse1_transaction_id", ANY)),
    ),
    "number": charger(**NUMBER_KEYS, **PRESET_KEYS),
    "wallbox": charger(
        NOT_A_WALLBOX,
        **NUMBER_KEYS,
        max_a=settable(number(None, "A", 1, 125)),
        min_write_s=number(PRESETS["wallbox"].min_write_s, "s", 0, 3600),
    ),
    "easee": replace(
        charger(
            without_entity("easee"),
            **KEYS,
            charger=written("the charger's serial, such as 'EH123456'", serial),
            site=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
            circuit_id=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
            username=written("'!secret easee_user'", private),
            password=written("'!secret easee_password'", private),
            ttl_min=number(1, "min", 1, 1440, whole=True),
            base_url=optional(private_url),
        ),
        follows=of_easee,
        phases_come_back=False,
    ),
    "quasar": load_type(
        of_quasar,
        **_CHARGES,
        max_charge_w=number(QUASAR_MOST_W, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
        guard=optional_section(guard),
    ),
    "plug": load_type(
        of_switched,
        mode=mode(SWITCHED_MODES, "a plug", Mode.CONTINUOUS),
        switch=_switch("switch.pool"),
        power=optional(source("sensor.pool_power")),
        rated_w=_rated(2000),
        min_on_s=number(300, "s", 0, 86400),
        min_off_s=number(300, "s", 0, 86400),
        max_starts_per_day=number(None, "", 1, 1000, whole=True),
        plan=plan_of(SWITCHED_AMOUNTS),
    ),
    "tank": load_type(
        of_tank,
        mode=mode(TANK_MODES, "a tank", Mode.NORMAL),
        switch=_switch("switch.tank", HEATED),
        temperature=needed(entity, "sensor.tank", "the entity that measures it", TEMPERATURE),
        power=optional(source("sensor.tank_power")),
        thermostat=optional(YesNo(False).check),
        rated_w=_rated(2500),
        normal_c=settable(number(50, "C", 5, 95)),
        boost_c=settable(number(65, "C", 5, 95)),
        warm_hours=number(0, "h", 0, 24),
        hysteresis_c=number(6, "C", 0.1, 40),
        minimum_c=number(None, "C", 5, 95),
        min_on_s=number(60, "s", 0, 86400),
        min_off_s=number(60, "s", 0, 86400),
        hygiene_c=number(60, "C", 50, 95),
        hygiene_every_days=number(7, "", 1, 365),
        plan=plan_of(SWITCHED_AMOUNTS),
    ),
    "sg_ready": load_type(
        of_pump,
        mode=mode(SWITCHED_MODES, "a heat pump", Mode.STANDARD),
        relay_1=_switch("switch.sg1"),
        relay_2=_switch("switch.sg2"),
        power=optional(source("sensor.heatpump_power")),
        rated_w=_rated(3000),
        recommend_above_w=number(1500, "W", 0, 100_000),
        force_above_w=number(4000, "W", 0, 100_000),
        dwell_s=number(600, "s", 0, 7200),
        max_block_s=number(7200, "s", 0, 86400),
        plan=optional(price_hours),
    ),
    "radiators": load_type(
        of_radiators,
        mode=mode(SWITCHED_MODES, "radiators", Mode.STANDARD),
        # Neither a car that gives up nor a compressor: a short pause is enough.
        pause_s=number(20, "s", 0, 86400),
        group=optional(text("the name of the radiators section")),
        rated_w=_rated(1150),
    ),
}
