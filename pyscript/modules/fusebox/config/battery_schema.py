"""Schema of a home battery's commands, and of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import voluptuous as vol

from ..model.battery_orders import BatteryOrders, BatteryPlan, Order
from ..model.equipment import Battery, Source
from ..model.messages.message import message
from ..model.numbers import is_number, number_of
from .entities import commanded_entity
from .fields import Check, Field, field_defaults, list_of, optional, section
from .texts import one_of, text
from .times import DEPARTURE
from .tree import Entity, Keys, Wrong, quote_value
from .values import keys_of_record

_ORDERS = field_defaults(BatteryOrders)
_WAYS = {"switch": "switch.no_discharge", "select": "select.battery_mode", "number": "number.max_discharge_w"}


def _check_option(value: object) -> object:
    """Check that a value is a select's option or a number."""
    return value if is_number(value) else text("an option of the select, or a number")(value)


def _order_check(active: str) -> Check:
    """Return the check for one battery command.

    A switch, an option of a select or a number; `active` is the key for its value while the command is in force.
    """

    def made(**keys: Any) -> Order:
        entity = next((keys[way] for way in _WAYS if keys[way] is not None), "")
        return Order(entity, keys[active], keys["normal"], keys["power_w"])

    keys = section(
        made,
        **{way: optional(commanded_entity(example)) for way, example in _WAYS.items()},
        **{active: optional(_check_option)},
        normal=optional(_check_option),
        power_w=optional(commanded_entity("number.battery_charge_power")),
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
        _check_order_values(tree, ways[0], active)
        if active == "hold" and tree["power_w"] is not None:
            tree["power_w"] = Wrong(message("power_only_to_charge"))
        return tree

    return check


def _check_order_values(tree: Keys, way: str, active: str) -> None:
    """Mark the values of a battery command that its kind of entity must or must not have as `Wrong` in `tree`.

    A select or number needs both of them, a switch neither; nothing is raised here.
    """
    for key in (active, "normal"):
        if way == "switch" and tree[key] is not None:
            tree[key] = Wrong(message("switch_takes_no_word", key=active))
        elif way == "switch" or (tree[key] is None and key == "charge" and way == "number"):
            continue
        elif tree[key] is None:
            entity = tree[way]
            assert isinstance(entity, Entity)
            tree[key] = Wrong(message("order_word_required", entity=quote_value(entity.entity)))
        elif way == "number" and number_of(tree[key]) is None:
            example = 0 if key == active else 5000
            tree[key] = Wrong(message("order_word_not_number", value=quote_value(tree[key]), example=example))
    if tree["normal"] is not None and tree["normal"] == tree[active]:
        tree["normal"] = Wrong(message("order_words_alike", value=quote_value(tree[active]), key=active))


BATTERY_PLAN = section(
    BatteryPlan,
    ready_by=Field(DEPARTURE.check, hint="a time such as '06:00', from which on it feeds the house"),
    **keys_of_record(BatteryPlan),
)
ORDER_KEYS: Mapping[str, Field] = {
    "hold": optional(_order_check("hold")),
    "hold_while": Field(
        list_of(one_of(_ORDERS["hold_while"], "a way to run"), example=str(list(_ORDERS["hold_while"]))),
        _ORDERS["hold_while"],
    ),
    "charge_from_grid": optional(_order_check("charge")),
    "plan": optional(BATTERY_PLAN),
    **keys_of_record(BatteryOrders),
}


def make_battery(invert: object, charge_w: object, **keys: Any) -> Battery:
    """Return the battery of its keys, those of its commands among them; `invert` turns the sign of its power round."""
    orders = BatteryOrders(**{key: keys.pop(key) for key in ORDER_KEYS})
    if invert is True and isinstance(charge_w, Source):
        charge_w = replace(charge_w, invert=not charge_w.invert)
    return Battery(charge_w=charge_w, orders=orders, **keys)  # type: ignore[arg-type]
