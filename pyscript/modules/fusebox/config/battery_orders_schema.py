"""What CONFIG may say of how the home battery is told to hold, and to charge from the grid."""

from __future__ import annotations

import voluptuous as vol

from ..model.numbers import is_number, number_of
from .day_times import DEPARTURE
from .entities import control
from .fields import Check, Field, list_of, optional, section
from .texts import one_of, text
from .tree import Wrong, show
from .values import number

HOLD_WAYS = ("standard", "planned", "boost")
"""How loads may run from the grid."""

hold_while = list_of(one_of(HOLD_WAYS, "a way to run"), example=str(list(HOLD_WAYS)))
_WAYS = {"switch": "switch.no_discharge", "select": "select.battery_mode", "number": "number.max_discharge_w"}


def _word(value: object) -> object:
    """An option of a select, or a number."""
    if is_number(value):
        return value
    return text("an option of the select, or a number")(value)


def order(active: str) -> Check:
    """One way to tell the battery something: a switch, an option of a select, or a number. `active`: the key of what
    it is told then."""
    keys = section(
        **{way: optional(control(example)) for way, example in _WAYS.items()},
        **{active: optional(_word)},
        normal=optional(_word),
        power_w=optional(control("number.battery_charge_power")),
    )

    def check(value: object) -> object:
        if active != "hold" and isinstance(value, dict) and "hold" in value and active not in value:
            value = {active if key == "hold" else key: each for key, each in value.items()}
        tree = keys(value)
        ways = [way for way in _WAYS if tree[way] is not None]
        if any(isinstance(each, Wrong) for each in tree.values()):
            return tree
        if len(ways) != 1:
            raise vol.Invalid(f"{'has several ways' if ways else 'has no way'}; write one of {', '.join(_WAYS)}")
        _check_words(tree, ways[0], active)
        if active == "hold" and tree["power_w"] is not None:
            tree["power_w"] = Wrong("unknown key here; charge_from_grid has it")
        return tree

    return check


def _check_words(tree: dict[str, object], way: str, active: str) -> None:
    """What is told, and what gives back: both for a select and a number, none for a switch."""
    for key in (active, "normal"):
        if way == "switch" and tree[key] is not None:
            tree[key] = Wrong(f"a switch is on to {active} and off otherwise; leave this out")
        elif way == "switch" or (tree[key] is None and key == "charge" and way == "number"):
            continue
        elif tree[key] is None:
            tree[key] = Wrong(f"required; write what {show(tree[way])} is set to then")
        elif way == "number" and number_of(tree[key]) is None:
            tree[key] = Wrong(f"{show(tree[key])} is not a number; write such as {0 if key == active else 5000}")
    if tree["normal"] is not None and tree["normal"] == tree[active]:
        tree["normal"] = Wrong(f"{show(tree[active])} is already that of {active}; write what its own logic needs")


BATTERY_PLAN = section(
    ready_by=Field(DEPARTURE.check, hint="a time such as '06:00', from which on it feeds the house"),
    soc_target_pct=number(100, "%", 1, 100),
    max_price=number(None, "", -1e6, 1e6),
)

ORDER_KEYS = {
    "hold": optional(order("hold")),
    "hold_while": Field(hold_while, HOLD_WAYS),
    "charge_from_grid": optional(order("charge")),
    "plan": optional(BATTERY_PLAN),
    "capacity_kwh": number(None, "kWh", 0.5, 1000),
    "roundtrip": number(0.9, "", 0.3, 1),
}
