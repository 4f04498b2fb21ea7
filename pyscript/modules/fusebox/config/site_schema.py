"""What CONFIG["site"] may say: the connection, its meters, fuses, inverter and battery. Defaults as documented."""

from __future__ import annotations

import re

import voluptuous as vol

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Battery, Circuit, Inverter
from ..model.own_entities import RESERVED_NAMES, load_entity
from ..model.site import MAIN, Site
from .battery_orders_schema import ORDER_KEYS
from .entities import source
from .fields import REQUIRED, Check, Field, defaulted, defaults_of, map_of, optional, section
from .texts import choice, one_of
from .tree import PhaseTree, show, slug
from .values import STRICT, Live, distribution, number, yes_no

LONGEST_NAME = 40
"""Letters of a name: it becomes part of an entity id, which has 255 at most."""

PHASES = tuple(phase.name for phase in Phase)
FUSE_A = number(REQUIRED, "A", 1, 1000, live=Live(unknown=MIN_CHARGE_A, strict=True))
"""A fuse rating. A live one that is not known is enough for one charger's minimum: below any real fuse."""
UNFILLED_FUSE_A = 25
"""What set-up writes for a main fuse that nobody has told it."""

_SITE, _CIRCUIT, _INVERTER, _BATTERY = map(defaults_of, (Site, Circuit, Inverter, Battery))


def per_phase(check: Check) -> Check:
    """A dict of things a phase, one phase at least."""
    check_map = map_of(check, name=one_of(PHASES, "a phase"), what="'L1'")

    def check_phases(value: object) -> PhaseTree:
        tree = check_map(value)
        if not tree:
            raise vol.Invalid("names no phase; write {'L1': 'sensor.net_l1'}")
        return PhaseTree(tree)

    return check_phases


def circuit_name(value: object) -> object:
    """A name that can stand in a path and a sentence, and is not the main fuse's."""
    if value == MAIN:
        raise vol.Invalid("'main' is the main fuse, given by site.main_fuse_a; take another name")
    return _name(value, r"[A-Za-z0-9][\w -]{0,39}", "letters, digits, spaces and underscores")


def circuit_reference(value: object) -> object:
    """The name of a circuit; whether there is one is checked when all are known."""
    if isinstance(value, str):
        return value
    raise vol.Invalid(f"{show(value)} is not a circuit's name; write 'main' or one of site.circuits")


def load_name(value: object) -> object:
    """A name that can be part of an entity id and is not taken."""
    if value in RESERVED_NAMES:
        raise vol.Invalid(f"{load_entity(str(value))} is taken; choose another name")
    return _name(value, r"[a-z0-9]+(_[a-z0-9]+)*", "lower-case letters, digits and single underscores")


def _name(value: object, pattern: str, allowed: str) -> object:
    if isinstance(value, str) and len(value) <= LONGEST_NAME and re.fullmatch(pattern, value):
        return value
    better = slug(str(value))[:LONGEST_NAME].strip("_")
    raise vol.Invalid(f"a name is made of {allowed}, at most {LONGEST_NAME}; write {better or 'car'!r}")


def _discovery_prefix(value: object) -> object:
    """Under which topic Home Assistant looks for devices."""
    if isinstance(value, str) and re.fullmatch(r"[\w-]+(/[\w-]+)*", value, re.ASCII):
        return value
    raise vol.Invalid(f"{show(value)} is not a topic; write the discovery prefix of MQTT, such as 'homeassistant'")


MQTT = section(prefix=Field(_discovery_prefix, "homeassistant"))


def _mqtt(value: object) -> object:
    """True, or a dict for who has another prefix; None where nothing is shown over MQTT."""
    if value is None or value is False:
        return None
    if value is not True and not isinstance(value, dict):
        raise vol.Invalid(f"{show(value)} is not True or False; write True, or {{'prefix': 'homeassistant'}}")
    return MQTT({} if value is True else value)


def _currency(value: object) -> object:
    """What a price is in, as Home Assistant's units have it."""
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value):
        return value
    raise vol.Invalid(f"{show(value)} is no currency; write its three letters, such as 'EUR'")


def _grid(*, huawei: bool) -> Check:
    return per_phase(source("sensor.net_l1", split=True, huawei=huawei))


CIRCUIT = section(
    fuse_a=FUSE_A,
    parent=Field(circuit_reference, MAIN),
    fuse_type=choice(_CIRCUIT["fuse_type"], "C", "gG"),
    grid=optional(_grid(huawei=False)),
)
INVERTER = section(
    max_w=number(None, "W", 0, 1e6),
    max_w_per_phase=number(None, "W", 0, 1e6),
    asymmetric=yes_no(_INVERTER["asymmetric"]),
    wiring=choice(_INVERTER["wiring"], "series"),
    output=optional(per_phase(source("sensor.inverter_l1"))),
)
BATTERY = section(
    soc_pct=Field(source("sensor.soc", huawei=True, units=("%",)), hint="the entity, such as 'sensor.soc'"),
    charge_w=Field(source("sensor.battery_power", huawei=True), hint="the entity, such as 'sensor.battery_power'"),
    invert=yes_no(False),
    soc_min_pct=number(_BATTERY["soc_min_pct"], "%", 0, 100),
    soc_target_pct=number(_BATTERY["soc_target_pct"], "%", 0, 100),
    hysteresis_pct=number(_BATTERY["hysteresis_pct"], "%", 0, 50),
    max_charge_w=number(_BATTERY["max_charge_w"], "W", 0, 1e6),
    max_discharge_w=number(_BATTERY["max_discharge_w"], "W", 0, 1e6),
    allow_grid_charging=yes_no(_BATTERY["allow_grid_charging"]),
    reserve_w=number(None, "W", 0, 1e6),
    sunset_rule=yes_no(_BATTERY["sunset_rule"]),
    **ORDER_KEYS,
)
SITE = section(
    voltage_v=number(NOMINAL_V, "V", 90, 480, live=STRICT),
    main_fuse_a=FUSE_A,
    fuse_type=choice(_CIRCUIT["fuse_type"], "C", "gG", "linky"),
    grid=Field(_grid(huawei=True), hint="an entity a phase, such as {'L1': 'sensor.net_l1'}"),
    max_import_w=number(None, "W", 0, 1e6),
    imbalance_max_a=number(None, "A", 1, 1000),
    distribution=distribution(_SITE["distribution"]),
    caution=choice("balanced", "brisk", "calm"),
    netting=choice(_SITE["netting"], "sum"),
    excess_threshold_w=number(_SITE["excess_threshold_w"], "W", 0, 1e6),
    margin_a=number(_SITE["margin_a"], "A", 0, 50),
    stale_after_s=number(_SITE["stale_after_s"], "s", 1, 3600),
    failsafe_after_s=number(_SITE["failsafe_after_s"], "s", 1, 3600),
    dry_run=yes_no(_SITE["dry_run"], unknown=True),
    currency=Field(_currency, _SITE["currency"]),
    mqtt=Field(_mqtt, False),
    solar_w=optional(source("sensor.solar_power", huawei=True)),
    inverter=defaulted(INVERTER),
    battery=optional(BATTERY),
    circuits=defaulted(map_of(CIRCUIT, name=circuit_name, what="'garage'")),
)
