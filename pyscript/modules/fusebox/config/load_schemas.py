"""The keys of each type of load. Defaults as documented; `LOADS` is the table of types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..model.electrics import MIN_CHARGE_A
from ..model.load import QUASAR_LEAST_W, QUASAR_MOST_W, STOP_KEYS, Load, Mode
from ..model.messages.message import Message
from ..model.site import slug
from ..model.web_address import LARGEST_ID
from .domains import ANY, CLIMATE, HEATED, RESETS, SET, STATUS, SWITCHED, TEMPERATURE, Use
from .entities import commanded_entity, entity, required_entity, source
from .fields import REQUIRED, Check, Field, optional, optional_section
from .load_sections import NO_SWITCHING, PHASE_KEYS, PHASES_BY_ENTITY, WALLBOX_LACKS, check_guard, why_no_entity_needed
from .load_type import (
    LoadType,
    charger_facts,
    easee_facts,
    load_type,
    power_facts,
    pump_facts,
    quasar_facts,
    radiators_facts,
    room_facts,
    switched_facts,
    tank_facts,
)
from .plan_schema import (
    CAR_AMOUNTS,
    CHARGER_KEYS,
    PRICE_HOURS,
    SWITCHED_AMOUNTS,
    VEHICLE_KEYS,
    check_price_hours,
    plan_key,
)
from .presets import NOT_STEERABLE, POWER_PRESETS, PRESETS, NamingPreset, power_preset_named, preset_named
from .site_schema import per_phase
from .texts import check_private_url, choice, required_text, secret_text, serial_number, text
from .tree import invalid, known_choices
from .values import STRICT, keys_of_record, number, settable, word_key, yes_no

USUAL_PROFILE, USUAL_STACK_LEVEL = "absolute", 3
"""How OCPP limits are sent where neither CONFIG nor the charger's make requires otherwise."""

LEAST_RATED_W = 25
"""A smaller load is not worth switching; a smaller number is probably in kilowatts."""

_SOLAR = {each.value: each for each in (Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF)}
CHARGER_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.STANDARD, **_SOLAR}
"""A charger's `continuous` is its `standard`: Load Juggler's selects offer both labels."""
SWITCHED_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "continuous": Mode.CONTINUOUS, **_SOLAR}
TANK_MODES: Mapping[str, Mode] = {"standard": Mode.STANDARD, "normal": Mode.NORMAL, "boost": Mode.BOOST, **_SOLAR}


_CHARGES = {"mode": word_key(CHARGER_MODES, "a mode of a charger", Mode.STANDARD), "controllable_14a": yes_no(True)}


def charger_type(absent: Mapping[str, Message] = NO_SWITCHING, /, **own: Field) -> LoadType:
    """Return the type of a charger: the keys of every charger and its own.

    `absent`: key that the type does not have -> the message for a CONFIG that uses it.
    """
    shared = {
        **_CHARGES,
        "min_a": settable(number(MIN_CHARGE_A, "A", MIN_CHARGE_A, 125, live=STRICT)),
        "max_a": settable(number(16, "A", 0, 125)),
        **keys_of_record(Load, "step_a", "failsafe_a", *STOP_KEYS),
        **VEHICLE_KEYS,
        **CHARGER_KEYS,
        "plan": plan_key(CAR_AMOUNTS),
    }
    return load_type(charger_facts, absent, **{**shared, **own})


def _rated_w_key(usual_w: float) -> Field:
    """Return the key of a load's rated power [W], which a service may set; a live one out of range is unusable."""
    return settable(number(usual_w, "W", LEAST_RATED_W, 100_000, live=STRICT))


def _check_draw_sources(value: object) -> object:
    """Return the checked `draw` of a load: one source for all of its phases, or a dict with one source per phase.

    A dict with any key that begins with L is one per phase. Raises `vol.Invalid` for anything else.
    """
    one = source("sensor.car_current")
    if isinstance(value, dict) and any(key.upper().startswith("L") for key in value):
        return per_phase(one)(value)
    return one(value)


def _switch_key(example: str, use: Use = SWITCHED) -> Field:
    """Return the required key for the entity that switches a load."""
    return required_entity(commanded_entity, example, "the entity that switches it", use)


def _preset_key(named: Callable[[object], NamingPreset | None], known: Mapping[str, NamingPreset]) -> Field:
    """Return the optional key for a preset, given by any of its names; its value is the usual one.

    The check raises `vol.Invalid`, with the reason for a make that cannot be steered, for any other.
    """

    def check(value: object) -> object:
        row, called = named(value), slug(str(text("a preset's name")(value)))
        if row is not None:
            return row.name
        if called in NOT_STEERABLE and known is PRESETS:
            raise invalid("not_steerable", value, cause=NOT_STEERABLE[called])
        raise invalid("preset_unknown", value, **known_choices(value, known))

    return optional(check)


def current_key(check: Check) -> Field:
    """Return the required key for the entity that sets a charger's current."""
    return Field(check, hint="the entity that sets it, such as 'number.wall_current'")


NUMBER_KEYS = {
    "current": current_key(commanded_entity("number.wall_current")),
    "switch": optional(commanded_entity("switch.wall_charging")),
    "draw": optional(_check_draw_sources),
    "status": optional(entity("sensor.wall_status", STATUS)),
}

PRESET_KEYS = {"preset": _preset_key(preset_named, PRESETS), "min_write_s": number(0, "s", 0, 3600), **PHASES_BY_ENTITY}

LOADS: Mapping[str, LoadType] = {
    "ocpp": charger_type(
        why_no_entity_needed("ocpp"),
        **PHASE_KEYS,
        charger=required_text("the charge point id, such as 'evse1'"),
        connector=number(1, "", 1, 32, whole=True),
        vendor=optional(text("a maker's name, such as 'wallbox'")),
        rate_unit=choice("auto", "A", "W"),
        profile=choice(USUAL_PROFILE, "relative"),
        lease_s=number(120, "s", 15, 86400),
        stack_level=number(USUAL_STACK_LEVEL, "", 0, 1000, whole=True),
        switch=optional(commanded_entity("switch.evse1_charge_control")),
        current=optional(commanded_entity("number.evse1_maximum_current")),
        reset=optional(commanded_entity("button.evse1_reset", RESETS)),
        draw=optional(_check_draw_sources),
        offered=optional(source("sensor.evse1_current_offered")),
        status=optional(entity("sensor.evse1_status_connector", STATUS)),
        transaction_id=optional(entity("sensor.evse1_transaction_id", ANY)),
    ),
    "number": charger_type(**NUMBER_KEYS, **PRESET_KEYS),
    "wallbox": charger_type(
        WALLBOX_LACKS,
        **NUMBER_KEYS,
        max_a=settable(number(None, "A", 0, 125)),
        min_write_s=number(PRESETS["wallbox"].min_write_s, "s", 0, 3600),
    ),
    "easee": replace(
        charger_type(
            why_no_entity_needed("easee"),
            **PHASE_KEYS,
            charger=Field(serial_number, hint="the charger's serial, such as 'EH123456'"),
            site=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
            circuit_id=number(REQUIRED, "", 1, LARGEST_ID, whole=True),
            username=required_text("'!secret easee_user'", secret_text),
            password=required_text("'!secret easee_password'", secret_text),
            ttl_min=number(1, "min", 1, 1440, whole=True),
            base_url=optional(check_private_url),
        ),
        follows=easee_facts,
        phases_come_back=False,
    ),
    "quasar": load_type(
        quasar_facts,
        **_CHARGES,
        max_charge_w=number(QUASAR_MOST_W, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
        guard=optional_section(check_guard),
    ),
    "plug": load_type(
        switched_facts,
        mode=word_key(SWITCHED_MODES, "a mode of a plug", Mode.CONTINUOUS),
        switch=_switch_key("switch.pool"),
        power=optional(source("sensor.pool_power")),
        rated_w=_rated_w_key(2000),
        min_on_s=number(300, "s", 0, 86400),
        min_off_s=number(300, "s", 0, 86400),
        max_starts_per_day=number(None, "", 1, 1000, whole=True),
        plan=plan_key(SWITCHED_AMOUNTS),
    ),
    "power": load_type(
        power_facts,
        mode=word_key(CHARGER_MODES, "a mode of a load in watts", Mode.STANDARD),
        power=required_entity(
            commanded_entity, "number.ac_thor_power", "the entity that sets its watts", SET.with_domains("light")
        ),
        preset=_preset_key(power_preset_named, POWER_PRESETS),
        min_w=number(0, "W", 0, 100_000),
        max_w=settable(number(3000, "W", LEAST_RATED_W, 100_000, live=STRICT)),
        step_w=number(1, "W", 1, 10_000),
        off_w=number(0, "W", 0, 10_000),
        draw=optional(_check_draw_sources),
        switch=optional(commanded_entity("switch.heater", SWITCHED)),
        write_every_s=number(10, "s", 0, 3600),
        renew_s=number(None, "s", 5, 3600),
        temperature=optional(entity("sensor.tank", TEMPERATURE)),
        max_c=number(None, "C", 5, 95),
        # No car gives up, and no compressor wears: it starts and stops as the sun does.
        pause_s=number(20, "s", 0, 86400),
        start_after_s=number(10, "s", 0, 86400),
        plan=plan_key(SWITCHED_AMOUNTS),
    ),
    "tank": load_type(
        tank_facts,
        mode=word_key(TANK_MODES, "a mode of a tank", Mode.NORMAL),
        switch=_switch_key("switch.tank", HEATED),
        temperature=required_entity(entity, "sensor.tank", "the entity that measures it", TEMPERATURE),
        power=optional(source("sensor.tank_power")),
        thermostat=optional(yes_no(False).check),
        rated_w=_rated_w_key(2500),
        normal_c=settable(number(50, "C", 5, 95)),
        boost_c=settable(number(65, "C", 5, 95)),
        warm_hours=number(0, "h", 0, 24),
        hysteresis_c=number(6, "C", 0.1, 40),
        minimum_c=number(None, "C", 5, 95),
        min_on_s=number(60, "s", 0, 86400),
        min_off_s=number(60, "s", 0, 86400),
        hygiene_c=number(60, "C", 50, 95),
        hygiene_every_days=number(7, "", 1, 365),
        plan=plan_key(SWITCHED_AMOUNTS),
    ),
    "sg_ready": load_type(
        pump_facts,
        mode=word_key(SWITCHED_MODES, "a mode of a heat pump", Mode.STANDARD),
        relay_1=_switch_key("switch.sg1"),
        relay_2=_switch_key("switch.sg2"),
        power=optional(source("sensor.heatpump_power")),
        rated_w=_rated_w_key(3000),
        recommend_above_w=number(1500, "W", 0, 100_000),
        force_above_w=number(4000, "W", 0, 100_000),
        dwell_s=number(600, "s", 0, 7200),
        max_block_s=number(7200, "s", 0, 86400),
        plan=optional(check_price_hours, PRICE_HOURS),
    ),
    "thermostat": load_type(
        room_facts,
        mode=word_key(SWITCHED_MODES, "a mode of a thermostat", Mode.STANDARD),
        climate=required_entity(commanded_entity, "climate.living", "the thermostat", CLIMATE),
        power=optional(source("sensor.living_power")),
        rated_w=_rated_w_key(1500),
        minimum_c=number(17, "C", 5, 35),
        normal_c=settable(number(20, "C", 5, 35)),
        boost_c=settable(number(22, "C", 5, 35)),
        recommend_above_w=number(1500, "W", 0, 100_000),
        plan=optional(check_price_hours, PRICE_HOURS),
    ),
    "radiators": load_type(
        radiators_facts,
        mode=word_key(SWITCHED_MODES, "a mode of radiators", Mode.STANDARD),
        # Neither a car that gives up nor a compressor: a short pause is enough.
        pause_s=number(20, "s", 0, 86400),
        group=optional(text("the name of the radiators section")),
        rated_w=_rated_w_key(1150),
    ),
}
