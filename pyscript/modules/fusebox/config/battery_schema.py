"""Schema of a home battery's commands and of its plan, and of the limit on export with the number that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..model.equipment import Battery, Source
from ..model.numbers import is_number, number_of
from ..model.orders import NO_ORDERS, BatteryCommand, BatteryOrders, BatteryPlan, Curtail, ExportLimit
from .entities import commanded_entity, required_entity
from .fields import REQUIRED, Check, Field, list_of, one_or_list, optional, section, value_or_entity
from .texts import one_of, text
from .times import DEPARTURE, allow_time_table
from .tree import EntityLeaf, Keys, Mistake, as_tuple, has_mistake, invalid, mistake, quote_value
from .values import keys_of_record, number

_WAYS = {"switch": "switch.no_discharge", "select": "select.battery_mode", "number": "number.max_discharge_w"}


def _check_option(value: object) -> object:
    """Check that a value is a select's option or a number."""
    return value if is_number(value) else text("an option of the select, or a number")(value)


def _order_check(active: str) -> Check:
    """Return the check for one battery command: a switch, an option of a select or a number.

    `active` is the key for its value while the command is in force (`hold` is accepted for it). The check returns the
    command's tree, raises `vol.Invalid` unless there is exactly one entity, and puts a `Mistake` at other wrong keys.
    """

    def made(**keys: Any) -> BatteryCommand:
        entity = next((keys[way] for way in _WAYS if keys[way] is not None), "")
        return BatteryCommand(entity, keys[active], keys["normal"], keys["power_w"])

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
        if has_mistake(tree):
            return tree
        ways = [way for way in _WAYS if tree[way] is not None]
        if len(ways) != 1:
            raise invalid("order_of_several_ways" if ways else "order_without_way", known=", ".join(_WAYS))
        _check_order_values(tree, ways[0], active)
        if active == "hold" and tree["power_w"] is not None:
            tree["power_w"] = mistake("power_only_to_charge")
        return tree

    return check


def _check_order_values(tree: Keys, way: str, active: str) -> None:
    """Replace wrong values of a battery command, `active` and "normal", by a `Mistake` in `tree`; raise nothing.

    A switch (`way`) takes neither value. A select needs both, a number too, except the value of "charge"; they have to
    differ. For a number they have to be numbers.
    """
    for key in (active, "normal"):
        if way == "switch" and tree[key] is not None:
            tree[key] = mistake("switch_takes_no_word", key=active)
        elif way == "switch" or (tree[key] is None and key == "charge" and way == "number"):
            continue
        elif tree[key] is None:
            entity = tree[way]
            assert isinstance(entity, EntityLeaf)
            tree[key] = mistake("order_word_required", entity=quote_value(entity.entity))
        elif way == "number" and number_of(tree[key]) is None:
            example = 0 if key == active else 5000
            tree[key] = mistake("order_word_not_number", tree[key], example=example)
    if tree["normal"] is not None and tree["normal"] == tree[active] and not isinstance(tree[active], Mistake):
        tree["normal"] = mistake("order_words_alike", tree[active], key=active)


BATTERY_PLAN = section(
    BatteryPlan,
    ready_by=Field(value_or_entity(DEPARTURE, None), hint="a time such as '06:00', from which on it feeds the house"),
    **keys_of_record(BatteryPlan),
)
ORDER_KEYS: Mapping[str, Field] = {
    "hold": optional(_order_check("hold")),
    "hold_while": Field(
        list_of(one_of(NO_ORDERS.hold_while, "a way to run"), example=str(list(NO_ORDERS.hold_while))),
        NO_ORDERS.hold_while,
    ),
    "charge_from_grid": optional(_order_check("charge")),
    "plan": optional(BATTERY_PLAN),
    **keys_of_record(BatteryOrders),
}


def make_battery(invert: object, charge_w: object, **keys: Any) -> Battery:
    """Return the battery of its keys, those of its commands among them.

    `invert` turns the sign of its measured power round: back again, if the power's own source turns it as well.
    """
    orders = BatteryOrders(**{key: keys.pop(key) for key in ORDER_KEYS})
    if invert is True and isinstance(charge_w, Source):
        charge_w = replace(charge_w, invert=not charge_w.invert)
    return Battery(charge_w=charge_w, orders=orders, **keys)  # type: ignore[arg-type]


def _share_w(pct: float | None, of_w: float | None) -> float | None:
    """Return this percentage of a power [W], None while the entity of either is unknown."""
    return None if pct is None or of_w is None else pct / 100 * of_w


_SHARE = section(_share_w, pct=number(REQUIRED, "%", 0, 100), of_w=number(REQUIRED, "W", 1, 1e6))
_MAX_W = allow_time_table(number(None, "W", 0, 1e6))


def _check_max_w(value: object) -> object:
    """Return the checked limit on export: a number [W], a table of hours or a share of a power."""
    is_share = isinstance(value, dict) and value.keys() & {"pct", "of_w"}
    return _SHARE(value) if is_share else _MAX_W.check(value)


CURTAIL = section(
    lambda number, **keys: Curtail(number, **keys),
    number=required_entity(commanded_entity, "number.inverter_export_limit", "the number that limits the inverter"),
    **keys_of_record(Curtail),
)


EXPORT = section(
    lambda curtail, **keys: ExportLimit(curtail=as_tuple(curtail), **keys),
    max_w=replace(_MAX_W, check=_check_max_w, default=0),
    **keys_of_record(ExportLimit, "when_price_below"),
    curtail=optional(one_or_list(CURTAIL)),
)
