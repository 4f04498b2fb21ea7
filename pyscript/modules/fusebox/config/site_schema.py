"""Schema of CONFIG["site"]: the connection, its meters, fuses, inverter, battery, and the battery's commands.

A section is named after the record that it becomes. A key has its field's name and default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import voluptuous as vol

from ..model.battery_orders import BatteryOrders, BatteryPlan, Order
from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Battery, Circuit, FuseType, Inverter, Source
from ..model.messages.message import message
from ..model.numbers import is_number, number_of
from ..model.own_entities import RESERVED_NAMES, load_entity
from ..model.site import MAIN, Site
from .entities import HUAWEI, control, needed, source
from .fields import REQUIRED, Check, Field, defaults_of, list_of, map_of, optional, optional_section, section
from .texts import choice, matching, one_of, text
from .times import DEPARTURE
from .tree import UNKNOWN, Entity, Keys, Wrong, show, slug
from .values import STRICT, Live, distribution, keys_of, number, settable, yes_no

LONGEST_NAME = 40
"""Letters of a name: it becomes part of an entity id, which has 255 at most."""

PHASES = tuple(phase.name for phase in Phase)
FUSE_A = number(REQUIRED, "A", 1, 1000, live=Live(unknown=MIN_CHARGE_A, strict=True))
"""A fuse rating. A live one that is not known is enough for one charger's minimum: below any real fuse."""
UNFILLED_FUSE_A = 25
"""Main fuse [A] that set-up writes while it does not know the real one."""

_SITE, _CIRCUIT, _ORDERS = map(defaults_of, (Site, Circuit, BatteryOrders))


def _by_phase(**things: object) -> Mapping[Phase, object]:
    return MappingProxyType({Phase[name]: thing for name, thing in things.items()})


def per_phase(check: Check, make: Callable[..., object] = _by_phase) -> Check:
    """Return a check for a dict with one entry a phase, at least one."""
    check_map = map_of(check, name=one_of(PHASES, "a phase"), what="'L1'", make=make)

    def check_phases(value: object) -> Keys:
        tree = check_map(value)
        if not tree:
            raise vol.Invalid(message("names_no_phase", example="{'L1': 'sensor.net_l1'}"))
        return tree

    return check_phases


def circuit_name(value: object) -> object:
    """Check a circuit's name: usable in a path and a sentence, and not 'main'."""
    if value == MAIN:
        raise vol.Invalid(message("circuit_named_main"))
    return _name(value, r"[A-Za-z0-9][\w -]{0,39}", "letters, digits, spaces and underscores")


def circuit_reference(value: object) -> object:
    """Check that a value is a text that can name a circuit; whether the circuit exists is checked later."""
    if isinstance(value, str):
        return value
    raise vol.Invalid(message("no_circuit_name", value=show(value)))


def load_name(value: object) -> object:
    """Check a load's name: usable in an entity id, and not reserved in any spelling."""
    if slug(str(value)) in RESERVED_NAMES:
        raise vol.Invalid(message("load_name_taken", entity=load_entity(slug(str(value)))))
    return _name(value, r"[a-z0-9]+(_[a-z0-9]+)*", "lower-case letters, digits and single underscores")


def _name(value: object, pattern: str, allowed: str) -> object:
    if isinstance(value, str) and len(value) <= LONGEST_NAME and re.fullmatch(pattern, value):
        return value
    better = slug(str(value))[:LONGEST_NAME].strip("_")
    raise vol.Invalid(message("name_malformed", allowed=allowed, most=LONGEST_NAME, example=repr(better or "car")))


_PREFIX = matching(r"[\w-]+(/[\w-]+)*", unfit="no_topic")
MQTT = section(prefix=Field(_PREFIX, "homeassistant"))


def _mqtt(value: object) -> object:
    """Check the `mqtt` key: True, or a dict with its own discovery prefix; None and False become None (MQTT off)."""
    if value is None or value is False:
        return None
    if value is not True and not isinstance(value, dict):
        raise vol.Invalid(message("no_mqtt", value=show(value), example="{'prefix': 'homeassistant'}"))
    return MQTT({} if value is True else value)


_WAYS = {"switch": "switch.no_discharge", "select": "select.battery_mode", "number": "number.max_discharge_w"}


def _word(value: object) -> object:
    """Check that a value is a select's option or a number."""
    return value if is_number(value) else text("an option of the select, or a number")(value)


def _order(active: str) -> Check:
    """Return a check for one battery command: a switch, a select's option, or a number.

    `active`: the key for the value that the entity is set to while the command is in force.
    """

    def made(**keys: Any) -> Order:
        entity = next((keys[way] for way in _WAYS if keys[way] is not None), "")
        return Order(entity, keys[active], keys["normal"], keys["power_w"])

    keys = section(
        made,
        **{way: optional(control(example)) for way, example in _WAYS.items()},
        **{active: optional(_word)},
        normal=optional(_word),
        power_w=optional(control("number.battery_charge_power")),
    )

    def check(value: object) -> object:
        if active != "hold" and isinstance(value, dict) and "hold" in value and active not in value:
            value = {active if key == "hold" else key: each for key, each in value.items()}
        tree = keys(value)
        if any(isinstance(each, Wrong) for each in tree.values()):
            return tree
        ways = [way for way in _WAYS if tree[way] is not None]
        if len(ways) != 1:
            code = "order_of_several_ways" if ways else "order_without_way"
            raise vol.Invalid(message(code, known=", ".join(_WAYS)))
        _check_words(tree, ways[0], active)
        if active == "hold" and tree["power_w"] is not None:
            tree["power_w"] = Wrong(message("power_only_to_charge"))
        return tree

    return check


def _check_words(tree: Keys, way: str, active: str) -> None:
    """Check the values of a command's entity: both are required for a select or number, neither for a switch."""
    for key in (active, "normal"):
        if way == "switch" and tree[key] is not None:
            tree[key] = Wrong(message("switch_takes_no_word", key=active))
        elif way == "switch" or (tree[key] is None and key == "charge" and way == "number"):
            continue
        elif tree[key] is None:
            entity = tree[way]
            assert isinstance(entity, Entity)
            tree[key] = Wrong(message("order_word_required", entity=show(entity.entity)))
        elif way == "number" and number_of(tree[key]) is None:
            example = 0 if key == active else 5000
            tree[key] = Wrong(message("order_word_not_number", value=show(tree[key]), example=example))
    if tree["normal"] is not None and tree["normal"] == tree[active]:
        tree["normal"] = Wrong(message("order_words_alike", value=show(tree[active]), key=active))


BATTERY_PLAN = section(
    BatteryPlan,
    ready_by=Field(DEPARTURE.check, hint="a time such as '06:00', from which on it feeds the house"),
    **keys_of(BatteryPlan),
)
_ORDER_KEYS: Mapping[str, Field] = {
    "hold": optional(_order("hold")),
    "hold_while": Field(
        list_of(one_of(_ORDERS["hold_while"], "a way to run"), example=str(list(_ORDERS["hold_while"]))),
        _ORDERS["hold_while"],
    ),
    "charge_from_grid": optional(_order("charge")),
    "plan": optional(BATTERY_PLAN),
    **keys_of(BatteryOrders),
}


def _battery(invert: object, charge_w: object, **keys: Any) -> Battery:
    orders = BatteryOrders(**{key: keys.pop(key) for key in _ORDER_KEYS})
    if invert is True and isinstance(charge_w, Source):
        charge_w = replace(charge_w, invert=not charge_w.invert)
    return Battery(charge_w=charge_w, orders=orders, **keys)  # type: ignore[arg-type]


def _inverter(output: Any, **keys: Any) -> Inverter:
    return Inverter(output=output or {}, **keys)


def _circuits(**nodes: Any) -> Mapping[str, Circuit]:
    """Return name -> circuit. A circuit with mistakes keeps only what could be read."""
    return MappingProxyType({name: _circuit(name, node) for name, node in nodes.items()})


def _circuit(name: str, node: Any) -> Circuit:
    if not isinstance(node, Mapping):
        return Circuit(name, UNKNOWN, MAIN)
    parent, grid = node["parent"], node["grid"]
    parent = parent if isinstance(parent, str) else MAIN
    return Circuit(name, node["fuse_a"], parent, node["fuse_type"], MappingProxyType({}) if grid is None else grid)


def _meters_by_phase(**meters: object) -> Mapping[Phase, object]:
    """Return phase -> meter in phase order. A meter of the Huawei link gets one quantity for each phase."""
    linked = {
        name: replace(meter, entity=f"{meter.entity}_{name.lower()}")
        if isinstance(meter, Source) and (meter.entity or "").startswith(f"{HUAWEI}.")
        else meter
        for name, meter in sorted(meters.items())
    }
    return _by_phase(**linked)


def _grid(huawei: str = "") -> Check:
    return per_phase(source("sensor.net_l1", split=True, huawei=huawei), _meters_by_phase)


def _may_be_set(fields: Mapping[str, Field], *names: str) -> dict[str, Field]:
    """The same keys; services may set the values of those `names` as well."""
    return {name: settable(field) if name in names else field for name, field in fields.items()}


_CURRENCY = matching("[A-Z]{3}", unfit="no_currency")

CIRCUIT = section(
    fuse_a=FUSE_A,
    parent=Field(circuit_reference, MAIN),
    fuse_type=choice(_CIRCUIT["fuse_type"], "C", "gG", of=FuseType),
    grid=optional(_grid()),
)
INVERTER = section(
    _inverter,
    **keys_of(Inverter),
    output=optional(per_phase(source("sensor.inverter_l1"))),
)
BATTERY = section(
    _battery,
    soc_pct=needed(source, "sensor.soc", "the entity", huawei="soc_pct", units=("%",)),
    charge_w=needed(source, "sensor.battery_power", "the entity", huawei="charge_w"),
    invert=yes_no(False),
    **_may_be_set(keys_of(Battery), "soc_target_pct", "soc_min_pct", "allow_grid_charging"),
    **_ORDER_KEYS,
)
SITE = section(
    voltage_v=number(NOMINAL_V, "V", 90, 480, live=STRICT),
    main_fuse_a=FUSE_A,
    fuse_type=choice(_CIRCUIT["fuse_type"], "C", "gG", "linky", of=FuseType),
    grid=Field(_grid("grid"), hint="an entity a phase, such as {'L1': 'sensor.net_l1'}"),
    **_may_be_set(keys_of(Site, "max_import_w", "imbalance_max_a"), "max_import_w"),
    distribution=distribution(_SITE["distribution"]),
    caution=choice("balanced", "brisk", "calm"),
    **keys_of(Site, "netting", "excess_threshold_w", "margin_a", "stale_after_s", "failsafe_after_s"),
    dry_run=settable(yes_no(_SITE["dry_run"], unknown=True)),
    controls=yes_no(_SITE["controls"]),
    currency=Field(_CURRENCY, _SITE["currency"]),
    mqtt=Field(_mqtt, False),
    solar_w=optional(source("sensor.solar_power", huawei="solar_w")),
    inverter=optional_section(INVERTER),
    battery=optional(BATTERY),
    circuits=optional_section(map_of(CIRCUIT, name=circuit_name, what="'garage'", make=_circuits)),
)
