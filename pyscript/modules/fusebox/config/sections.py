"""The sections besides site and loads: huawei, tariff, radiators, power_saving, tuning; and CONFIG as a whole."""

from __future__ import annotations

import voluptuous as vol

from ..model.equipment import Tariff
from ..model.messages.message import message
from .domains import ANY, CALLS, HEATED, NUMBER, SET, TEMPERATURE
from .entities import control, entity, needed
from .fields import Field, at, either, either_list, list_of, map_of, optional, optional_section, section
from .load_presets import load
from .plan_schema import FORECAST, prices
from .site_schema import SITE, load_name
from .texts import choice, host, text
from .times import cron, hours, months, weekdays
from .tree import Entity, Wrong, leaves, show
from .tuning_schema import check_tuning
from .values import keys_of, number, yes_no

HIGHEST_LEVELS = 10
"""A list of `max_active` is as long as the levels that an input_number of one digit can name."""

HUAWEI = section(
    host=Field(host, hint="the inverter's address, such as '192.168.1.20'"),
    port=number(502, "", 1, 65535, whole=True),
    unit=number(1, "", 0, 255, whole=True),
    every_s=number(5, "s", 1, 300),
)

TARIFF = section(
    kind=choice("fluvius", "norway_steps", "sweden_mean3", "fixed_limit", "italy", "enwg14a"),
    demand_kw=optional(entity("sensor.current_average_demand")),
    month_peak_kw=optional(entity("sensor.maximum_demand_current_month")),
    **keys_of(Tariff, "target_kw", "minimum_kw", "price_per_kw_year", "maximum_per_kwh"),
    hours=optional(hours),
    weekdays=optional(weekdays),
    months=optional(months),
    **keys_of(Tariff, "night_factor"),
    dim=optional(entity("binary_sensor.dim")),
)


def _tariff(value: object) -> object:
    tree = TARIFF(value)
    if tree["kind"] == "enwg14a" and tree["dim"] is None:
        tree["dim"] = Wrong(message("dim_required"))
    return tree


RADIATOR = section(
    name=optional(text("a name such as 'living'")),
    virtual=needed(entity, "input_boolean.living", "the thermostat's switch", CALLS),
    actual=needed(control, "switch.living", "the radiator's relay", HEATED),
    temperature=optional(entity("sensor.living_temperature", TEMPERATURE)),
    setpoint=optional(either(str, entity("climate.living"), number(20, "C", 0, 40).check)),
    power=optional(entity("sensor.living_power")),
)


def _radiator(value: object) -> object:
    tree = RADIATOR(value)
    if tree["name"] is None:
        # A relay that is missing or wrong is one mistake, and its own.
        tree["name"] = tree["actual"].entity if isinstance(tree["actual"], Entity) else ""
    return tree


def _max_active(value: object) -> object:
    """Check `max_active`: the number of radiators allowed at each power-saving level, ending with 0."""
    one = number(5, "", 0, 100, whole=True)
    counts = list_of(one.check, example="[5, 4, 2, 1, 0]", at_least=1)(value)
    if len(counts) > HIGHEST_LEVELS:
        raise vol.Invalid(message("most_levels", count=len(counts), most=HIGHEST_LEVELS))
    wrong = [each for each in counts if isinstance(each, Wrong)]
    if not wrong and counts[-1] != 0:
        last = show(counts[-1]) if isinstance(counts[-1], int) else "an entity"
        raise vol.Invalid(message("last_level_not_0", value=last))
    return counts


DEFAULT_MAX_ACTIVE = (5, 4, 2, 1, 0)
RADIATORS = section(
    name=Field(text("a name such as 'heating'"), "heating"),
    step=Field(cron, "cron(*/2 * * * *)"),
    away=optional(entity("input_boolean.away")),
    power_saving=optional(entity("input_number.power_saving", NUMBER)),
    max_active=Field(_max_active, DEFAULT_MAX_ACTIVE),
    radiators=Field(
        list_of(_radiator, example="[{'virtual': 'input_boolean.living', 'actual': 'switch.living'}]", at_least=1),
        hint="[{'virtual': 'input_boolean.living', 'actual': 'switch.living'}]",
    ),
    external_smoothing=yes_no(True),
    hold_off_s=number(1, "s", 0, 600),
    settle_s=number(0, "s", 0, 60),
    boost_timeout_s=number(None, "s", 1, 604_800),
    blind_active=number(1, "", 0, 100, whole=True),
    test_mode=yes_no(False),
    status=Field(entity("pyscript.radiator_status", ANY), "pyscript.radiator_status"),
)


def _radiators(value: object) -> object:
    """Check a group of radiators.

    The default `max_active` is lowered to the number of radiators; any other must fit.
    """
    tree = RADIATORS(value)
    count = len({at(radiator, "actual") for radiator in _entries(tree["radiators"])})
    active = tree["max_active"]
    has_mistakes = isinstance(tree["radiators"], Wrong) or any(isinstance(each, Wrong) for _, each in leaves(active))
    if has_mistakes or not isinstance(active, tuple):
        return tree
    if active == DEFAULT_MAX_ACTIVE:
        tree["max_active"] = tuple(min(each, count) for each in DEFAULT_MAX_ACTIVE)
    elif isinstance(active[0], int) and active[0] > count:
        tree["max_active"] = Wrong(message("more_than_radiators", count=active[0], most=count))
    if isinstance(tree["blind_active"], int) and tree["blind_active"] > count:
        tree["blind_active"] = Wrong(message("blind_above_radiators", count=tree["blind_active"], most=count))
    return tree


def _entries(node: object) -> tuple[object, ...]:
    return node if isinstance(node, tuple) else ()


METER = section(
    entity=needed(entity, "sensor.house_current", "the meter's entity"),
    attribute=optional(text("the attribute's name")),
    divisor=number(1, "", 1e-6, 1e6),
)


def _meter(value: object) -> object:
    tree = METER({"entity": value} if isinstance(value, str) else value)
    if isinstance(tree["entity"], Entity) and tree["attribute"] is not None:
        tree["entity"] = Entity(tree["entity"].entity, ANY)  # any entity may have a number as an attribute
    return tree


POWER_SAVING = section(
    meter=Field(_meter, hint="{'entity': 'sensor.house_current', 'divisor': 1}"),
    extra_meters=Field(list_of(_meter, example="[{'entity': 'sensor.oven_current'}]"), ()),
    method=choice("global", "individual"),
    max_available=number(30, "", 0.001, 1e6),
    per_radiator=number(5, "", 0.001, 1e6),
    thermostat_factor=number(1.3, "", 1, 10),
    hysteresis=number(1.2, "", 1, 10),
    security_margin=number(3, "", 0, 1e6),
    damping_s=number(90, "s", 0, 86400),
    blind_level=number(None, "", 0, HIGHEST_LEVELS - 1, whole=True),
    target=optional(entity("input_number.power_saving", SET)),
    test_mode=yes_no(False),
    status=Field(entity("pyscript.powersavingmode", ANY), "pyscript.powersavingmode"),
)


CONFIG = section(
    site=optional(SITE),
    loads=optional_section(map_of(load, name=load_name, what="'car'")),
    huawei=optional(HUAWEI),
    tariff=optional(_tariff),
    prices=optional(prices),
    forecast=optional_section(FORECAST),
    radiators=optional(either_list(_radiators)),
    power_saving=optional(either_list(POWER_SAVING)),
    tuning=optional_section(check_tuning),
)
"""The whole of it. A section that is missing is None."""
