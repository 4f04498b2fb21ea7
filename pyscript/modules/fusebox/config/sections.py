"""The sections besides site and loads: huawei, tariff, radiators, power_saving, tuning; and CONFIG as a whole."""

from __future__ import annotations

import math

from .. import tuning
from ..model.equipment import Tariff
from ..model.heating import DEFAULT_MAX_ACTIVE, HIGHEST_LEVELS, Group, PowerSaving, Radiator
from ..model.numbers import is_number
from ..model.tariff_rules import TARIFF_KINDS
from .domains import ANY, CALLS, HEATED, NUMBER, SET, TEMPERATURE
from .entities import commanded_entity, entity, required_entity
from .fields import (
    Field,
    either,
    list_of,
    map_of,
    node_at,
    one_or_list,
    optional,
    optional_section,
    section,
)
from .load_presets import check_load
from .plan_schema import FORECAST, PRICES, VEHICLES
from .site_schema import SITE, check_load_name, check_site
from .texts import choice, host, text
from .times import check_cron, check_hours, check_months, check_weekdays
from .tree import EntityLeaf, Mistake, did_you_mean, has_mistake, invalid, mistake, nearest, quote_value
from .values import keys_of_record, number

HUAWEI = section(
    host=Field(host, hint="the inverter's address, such as '192.168.1.20'"),
    port=number(502, "", 1, 65535, whole=True),
    unit=number(1, "", 0, 255, whole=True),
    every_s=number(5, "s", 1, 300),
)

TARIFF = section(
    kind=choice(*TARIFF_KINDS),
    demand_kw=optional(entity("sensor.current_average_demand")),
    month_peak_kw=optional(entity("sensor.maximum_demand_current_month")),
    **keys_of_record(Tariff, "target_kw", "minimum_kw", "price_per_kw_year", "maximum_per_kwh"),
    hours=optional(check_hours),
    weekdays=optional(check_weekdays),
    months=optional(check_months),
    **keys_of_record(Tariff, "night_factor"),
    dim=optional(entity("binary_sensor.dim")),
)


def _check_tariff(value: object) -> object:
    """Return the checked keys of the tariff; a tariff by section 14a without `dim` gets a `Mistake` there."""
    tree = TARIFF(value)
    if tree["kind"] == "enwg14a" and tree["dim"] is None:
        tree["dim"] = mistake("dim_required")
    return tree


RADIATOR = section(
    Radiator,
    name=optional(text("a name such as 'living'")),
    virtual=required_entity(entity, "input_boolean.living", "the thermostat's switch", CALLS),
    actual=required_entity(commanded_entity, "switch.living", "the radiator's relay", HEATED),
    temperature=optional(entity("sensor.living_temperature", TEMPERATURE)),
    setpoint=optional(either(str, entity("climate.living"), number(20, "C", 0, 40).check)),
    power=optional(entity("sensor.living_power")),
)


def _check_radiator(value: object) -> object:
    """Return the checked keys of a radiator; without a name it gets that of its relay's entity."""
    tree = RADIATOR(value)
    if tree["name"] is None:
        # A relay that is missing or wrong is one mistake, and its own.
        tree["name"] = tree["actual"].entity if isinstance(tree["actual"], EntityLeaf) else ""
    return tree


def _check_max_active(value: object) -> object:
    """Return the checked `max_active`: how many radiators each power-saving level allows.

    Raises `vol.Invalid` for too many levels, or for a last level other than 0.
    """
    one = number(5, "", 0, 100, whole=True)
    counts = list_of(one.check, example="[5, 4, 2, 1, 0]", at_least=1)(value)
    if len(counts) > HIGHEST_LEVELS:
        raise invalid("most_levels", count=len(counts), most=HIGHEST_LEVELS)
    if counts[-1] != 0 and not has_mistake(counts):
        last = quote_value(counts[-1]) if isinstance(counts[-1], int) else "an entity"
        raise invalid("last_level_not_0", value=last)
    return counts


_EXAMPLE = "[{'virtual': 'input_boolean.living', 'actual': 'switch.living'}]"
RADIATORS = section(
    lambda radiators, **keys: Group(rows=radiators, **keys),
    name=Field(text("a name such as 'heating'"), "heating"),
    step=Field(check_cron, "cron(*/2 * * * *)"),
    away=optional(entity("input_boolean.away")),
    power_saving=optional(entity("input_number.power_saving", NUMBER)),
    max_active=Field(_check_max_active, DEFAULT_MAX_ACTIVE),
    radiators=Field(list_of(_check_radiator, example=_EXAMPLE, at_least=1), hint=_EXAMPLE),
    **keys_of_record(Group),
    status=Field(entity("pyscript.radiator_status", ANY), "pyscript.radiator_status"),
)


def _check_radiators(value: object) -> object:
    """Return a checked group of radiators; the default `max_active` is lowered to their number, any other must fit.

    `blind_active` must fit too. Nothing more is checked in a group with mistakes.
    """
    tree = RADIATORS(value)
    radiators, active = tree["radiators"], tree["max_active"]
    if has_mistake(active) or not isinstance(radiators, tuple) or not isinstance(active, tuple):
        return tree
    count = len({node_at(radiator, "actual") for radiator in radiators})
    if active == DEFAULT_MAX_ACTIVE:
        tree["max_active"] = tuple(min(each, count) for each in DEFAULT_MAX_ACTIVE)
    elif isinstance(active[0], int) and active[0] > count:
        tree["max_active"] = mistake("more_than_radiators", count=active[0], most=count)
    if isinstance(tree["blind_active"], int) and tree["blind_active"] > count:
        tree["blind_active"] = mistake("blind_above_radiators", count=tree["blind_active"], most=count)
    return tree


METER = section(
    entity=required_entity(entity, "sensor.house_current", "the meter's entity"),
    attribute=optional(text("the attribute's name")),
    divisor=number(1, "", 1e-6, 1e6),
)


def _check_meter(value: object) -> object:
    """Return the checked keys of a meter, given as an entity or as a dict.

    With an `attribute` the entity may be of any domain. Raises `vol.Invalid` for anything else.
    """
    tree = METER({"entity": value} if isinstance(value, str) else value)
    if isinstance(tree["entity"], EntityLeaf) and tree["attribute"] is not None:
        tree["entity"] = EntityLeaf(tree["entity"].entity, ANY)  # any entity may have a number as an attribute
    return tree


POWER_SAVING = section(
    PowerSaving,
    meter=Field(_check_meter, hint="{'entity': 'sensor.house_current', 'divisor': 1}"),
    extra_meters=Field(list_of(_check_meter, example="[{'entity': 'sensor.oven_current'}]"), ()),
    target=optional(entity("input_number.power_saving", SET)),
    **keys_of_record(PowerSaving),
    status=Field(entity("pyscript.powersavingmode", ANY), "pyscript.powersavingmode"),
)


WIDEST_FACTOR = 10
"""A number may be this many times its default, or that fraction of it: anything beyond is a typing mistake."""

SAFETY = (
    "fuse_",
    "shed_",
    "recovered_theta",
    "raise_borne_ratio",
    "meter_stale_",
    "stray_reading_ratio",
    "tolerance_a",
    "follow_",
    "ignores_s",
)
"""Prefixes of numbers that keep fuses safe: a CONFIG may only lower them.

They limit fuse heat, how long a silent meter is trusted, and how long a load may exceed its limit.
"""


def check_tuning(value: object) -> dict[str, object]:
    """Return name -> number of the tuning section, with a `Mistake` in place of each wrong number.

    Raises `vol.Invalid` for anything but a dict.
    """
    if not isinstance(value, dict):
        raise invalid("value_where_dict_belongs", value, example="{'raise_step_a': 4}")
    return {name: _check_number(name, given) for name, given in value.items()}


def _check_number(name: str, given: object) -> object:
    """Return a tuning number; a `Mistake` for an unknown name, or a value of another kind or out of range."""
    if isinstance(given, Mistake):
        return given
    shipped = tuning.SHIPPED.get(name)
    if shipped is None:
        return mistake("tuning_unknown", **did_you_mean(nearest(name, tuning.SHIPPED)))
    whole, texts = isinstance(shipped, int), {"value": quote_value(given), "shipped": f"{shipped:.10g}"}
    if not is_number(given):
        return mistake("tuning_not_number", **texts)
    if whole and given != int(given):
        return mistake("tuning_not_whole", **texts)
    low, high = _allowed_range(name, shipped)
    if not low <= given <= high:
        return mistake("tuning_out_of_range", allowed=f"{low:.10g} to {high:.10g}", **texts)
    return int(given) if whole else float(given)


def _allowed_range(name: str, shipped: float) -> tuple[float, float]:
    """Return the allowed (lowest, highest) for a number: its shipped value divided and multiplied by `WIDEST_FACTOR`.

    A share is at most 1, a percentage at most 100, and a number of safety at most as shipped.
    """
    low, high = sorted((shipped / WIDEST_FACTOR, shipped * WIDEST_FACTOR))
    if name.startswith(SAFETY):
        high = shipped
    elif name.endswith("_share"):
        high = min(high, 1.0)
    elif name.endswith("_pct"):
        high = min(high, 100.0)
    return (math.ceil(low), math.floor(high)) if isinstance(shipped, int) else (low, high)


CONFIG = section(
    site=optional(check_site, SITE),
    vehicles=VEHICLES,
    loads=optional_section(map_of(check_load, name=check_load_name, example="{'car': ...}")),
    huawei=optional(HUAWEI),
    tariff=optional(_check_tariff),
    prices=optional(PRICES, PRICES),
    forecast=optional_section(FORECAST),
    radiators=optional(one_or_list(_check_radiators)),
    power_saving=optional(one_or_list(POWER_SAVING)),
    tuning=optional_section(check_tuning),
)
"""The whole of it. A section that is missing is None."""
