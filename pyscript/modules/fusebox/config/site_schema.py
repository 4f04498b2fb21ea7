"""Schema of CONFIG["site"]: the connection, its meters, fuses, inverter, battery, and the battery's commands.

A section is named after the record that it becomes. A key has its field's name and default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Battery, Circuit, FuseType, Inverter, Source
from ..model.own_entities import RESERVED_NAMES, load_entity
from ..model.site import MAIN, Site, slug
from .battery_schema import EXPORT, ORDER_KEYS, make_battery
from .entities import HUAWEI, required_entity, source
from .fields import (
    REQUIRED,
    Check,
    Field,
    Section,
    list_of,
    map_of,
    one_or_list,
    optional,
    optional_section,
    section,
)
from .texts import choice, one_of, text_check, text_matching
from .tree import UNKNOWN, invalid
from .values import DISTRIBUTIONS, STRICT, Live, keys_of_record, number, settable, word_key, yes_no

LONGEST_NAME = 40
"""Letters of a name: it becomes part of an entity id, which has 255 at most."""

PHASES = tuple(phase.name for phase in Phase)
FUSE_A = number(REQUIRED, "A", 1, 1000, live=Live(unknown=MIN_CHARGE_A, strict=True))
"""A fuse rating. A live one that is not known is enough for one charger's minimum: below any real fuse."""
UNFILLED_FUSE_A = 25
"""Main fuse [A] that set-up writes while it does not know the real one."""


def _make_phase_mapping(**things: object) -> Mapping[Phase, object]:
    return MappingProxyType({Phase[name]: thing for name, thing in things.items()})


_PHASE = one_of(PHASES, "a phase")
PHASE_NAMES = list_of(_PHASE, example="['L1']", at_least=1, twice="phase_named_twice")
"""The check for the phases that something is on."""


def per_phase(check: Check, make: Callable[..., object] = _make_phase_mapping) -> Check:
    """Return a check for a dict with one entry for each phase; raises `vol.Invalid` for an empty one."""
    return map_of(check, name=_PHASE, example="{'L1': 'sensor.net_l1'}", make=make, empty="names_no_phase")


def check_circuit_name(value: object) -> object:
    """Return a circuit's name if it fits a path and a sentence; raises `vol.Invalid` for any other, and for "main"."""
    if value == MAIN:
        raise invalid("circuit_named_main")
    return _check_name(value, r"[A-Za-z0-9][\w -]{0,39}", "letters, digits, spaces and underscores")


check_circuit_reference = text_check(lambda name: True, "no_circuit_name")
"""The check for a text that may name a circuit; whether that exists is checked later."""


def check_load_name(value: object) -> object:
    """Return a load's name if it is usable in an entity id; raises `vol.Invalid` for any other.

    Also for one that Fusebox reserves, in any spelling.
    """
    if slug(str(value)) in RESERVED_NAMES:
        raise invalid("load_name_taken", entity=load_entity(slug(str(value))))
    return _check_name(value, r"[a-z0-9]+(_[a-z0-9]+)*", "lower-case letters, digits and single underscores")


def _check_name(value: object, pattern: str, allowed: str) -> object:
    """Return a name that fits `pattern`; raises `vol.Invalid`, naming the `allowed` letters, for any other."""
    if isinstance(value, str) and len(value) <= LONGEST_NAME and re.fullmatch(pattern, value):
        return value
    better = slug(str(value))[:LONGEST_NAME].strip("_")
    raise invalid("name_malformed", allowed=allowed, most=LONGEST_NAME, example=repr(better or "car"))


MQTT = section(prefix=Field(text_matching(r"[\w-]+(/[\w-]+)*", unfit="no_topic"), "homeassistant"))


def _check_mqtt(value: object) -> object:
    """Return the checked key `mqtt`: the discovery prefix, or None for MQTT off.

    True means the usual prefix, a dict may name another one; None and False mean off.
    """
    if value is None or value is False:
        return None
    if value is not True and not isinstance(value, dict):
        raise invalid("no_mqtt", value, example="{'prefix': 'homeassistant'}")
    return MQTT({} if value is True else value)


_GONE = yes_no(False)


def _check_island(value: object) -> object:
    """Return the checked `island`: None means that the site never loses its grid."""
    return False if value is None else _GONE.check(value)


def _make_inverter(output: Any, phases: Any, **keys: Any) -> Inverter:
    """Return the inverter of its keys; None for `output` or `phases` means no meters, or phases that are not named."""
    named = tuple(phase for phase in Phase if phase.name in phases) if isinstance(phases, tuple) else None
    return Inverter(output=output or {}, phases=named, **keys)


def _make_circuit(parent: object, grid: Mapping[Phase, Source] | None, **keys: Any) -> Circuit:
    """Return the circuit of its keys, without a name yet; below the main fuse where its parent could not be read."""
    return Circuit("", parent=parent if isinstance(parent, str) else MAIN, grid=grid or {}, **keys)


def _make_circuits(**circuits: Any) -> Mapping[str, Circuit]:
    """Return name -> circuit; one that could not be read is below the main fuse, with an unknown rating."""
    unread = Circuit("", UNKNOWN, MAIN)
    return {name: replace(each if isinstance(each, Circuit) else unread, name=name) for name, each in circuits.items()}


def _meters_by_phase(**meters: object) -> Mapping[Phase, object]:
    """Return phase -> meter in phase order. A meter of the Huawei link gets one quantity for each phase."""
    linked = dict(sorted(meters.items()))
    for name, meter in linked.items():
        if isinstance(meter, Source) and (meter.entity or "").startswith(f"{HUAWEI}."):
            linked[name] = replace(meter, entity=f"{meter.entity}_{name.lower()}")
    return _make_phase_mapping(**linked)


def _grid_check(huawei: str = "") -> Check:
    """Return the check for the meters of each phase; with `huawei`, that quantity of the inverter's link may be one."""
    return per_phase(source("sensor.net_l1", split=True, huawei=huawei), _meters_by_phase)


def _with_settable(fields: Mapping[str, Field], *names: str) -> dict[str, Field]:
    """Return these fields, where services may also set the values of `names`."""
    return {name: settable(field) if name in names else field for name, field in fields.items()}


CIRCUIT = section(
    _make_circuit,
    fuse_a=FUSE_A,
    parent=Field(check_circuit_reference, MAIN),
    fuse_type=choice("B", "C", "gG", of=FuseType),
    grid=optional(_grid_check()),
)
INVERTER = section(
    _make_inverter,
    **keys_of_record(Inverter),
    throttles=optional(yes_no(False).check),
    output=optional(per_phase(source("sensor.inverter_l1"))),
    phases=optional(PHASE_NAMES),
    solar_w=optional(source("sensor.roof_power", huawei="solar_w")),
    circuit=optional(check_circuit_reference),
)
BATTERY = section(
    make_battery,
    soc_pct=required_entity(source, "sensor.soc", "the entity", huawei="soc_pct", units=("%",)),
    charge_w=required_entity(source, "sensor.battery_power", "the entity", huawei="charge_w"),
    invert=yes_no(False),
    **_with_settable(keys_of_record(Battery), "soc_target_pct", "soc_min_pct", "allow_grid_charging"),
    **ORDER_KEYS,
)
SITE = section(
    voltage_v=number(NOMINAL_V, "V", 90, 300, live=STRICT),
    main_fuse_a=FUSE_A,
    fuse_type=choice("B", "C", "gG", "linky", of=FuseType),
    grid=Field(_grid_check("grid"), hint="an entity a phase, such as {'L1': 'sensor.net_l1'}"),
    **_with_settable(keys_of_record(Site, "max_import_w", "imbalance_max_a"), "max_import_w"),
    distribution=word_key(DISTRIBUTIONS, "a distribution", Site.distribution),
    caution=choice("balanced", "brisk", "calm"),
    **keys_of_record(Site, "netting", "excess_threshold_w", "margin_a", "stale_after_s", "failsafe_after_s"),
    dry_run=settable(yes_no(Site.dry_run, unknown=True)),
    controls=yes_no(Site.controls),
    currency=Field(text_matching("[A-Z]{3}", unfit="no_currency"), Site.currency),
    mqtt=Field(_check_mqtt, False),
    solar_w=optional(source("sensor.solar_power", huawei="solar_w")),
    inverter=optional_section(one_or_list(INVERTER)),
    battery=optional(one_or_list(BATTERY)),
    export=optional(EXPORT),
    island=Field(_check_island, None, kind=_GONE.kind),
    circuits=optional_section(map_of(CIRCUIT, name=check_circuit_name, example="{'garage': ...}", make=_make_circuits)),
)


def _refuse_grid(value: object) -> None:
    """Raise `vol.Invalid` if a site that is never connected names a grid."""
    if value is not None:
        raise invalid("grid_on_island")


_NO_GRID = Field(_refuse_grid, None)
OFF_GRID = Section({**SITE.fields, "main_fuse_a": replace(optional(FUSE_A.check), kind=FUSE_A.kind), "grid": _NO_GRID})
"""A site that is never connected to a grid: `island` is True."""


def check_site(value: object) -> object:
    """Return the checked section `site`. `grid` is required, except on an island that is never connected."""
    is_off_grid = isinstance(value, dict) and value.get("island") is True
    return (OFF_GRID if is_off_grid else SITE)(value)
