"""Entity ids: their shape, which domains can be commanded, and measured quantities made of them."""

from __future__ import annotations

import voluptuous as vol

from .fields import Check, at, optional, section
from .texts import choice
from .tree import SourceTree, Wrong, is_entity, leaves, show
from .values import yes_no

HUAWEI = "huawei"
"""Stands for an entity where the inverter's own Modbus link is the source."""

THERMOSTATS = ("water_heater", "climate")
"""Domains whose entities end heating by themselves, at a temperature."""

_READ_ONLY = {
    "sensor", "binary_sensor", "sun", "zone", "weather", "person", "device_tracker", "event", "calendar", "image",
    "camera", "update",
}  # fmt: skip


def entity(example: str) -> Check:
    """An entity that is read."""

    def check(value: object) -> object:
        if isinstance(value, str) and is_entity(value):
            return value
        hint = f"; write one such as {example!r}"
        if isinstance(value, str) and value == value.strip() and is_entity(value.lower()):
            hint = "; entity ids are lower case"
        raise vol.Invalid(f"{show(value)} is not an entity id{hint}")

    return check


def control(example: str) -> Check:
    """An entity that is commanded: one that can only be read is refused."""
    check_shape = entity(example)

    def check(value: object) -> object:
        shaped = check_shape(value)
        domain = str(shaped).partition(".")[0]
        if domain in _READ_ONLY:
            raise vol.Invalid(f"{show(shaped)} can only be read; write one that can be set, such as {example!r}")
        return shaped

    return check


def source(
    example: str, *, split: bool = False, huawei: bool = False, units: tuple[str, ...] = ("W", "kW", "A", "mA")
) -> Check:
    """A measured quantity: an entity id, a dict with `entity`, or (`split`) an import and export pair."""
    keys = {
        "entity": optional(entity(example)),
        "unit": optional(choice(*units).check),
        "unit_is_wrong": yes_no(False),
        "invert": yes_no(False),
        "heartbeat": yes_no(True),
    }
    if split:
        keys |= {"import": optional(entity(example)), "export": optional(entity(example))}
    check_dict = section(**keys)
    check_entity = entity(example)

    def check(value: object) -> object:
        if huawei and value == HUAWEI:
            return check_dict_of(HUAWEI, {})
        if not isinstance(value, dict):
            return check_dict_of(check_entity(value), {})
        tree = check_dict(value)
        if any(isinstance(leaf, Wrong) for _, leaf in leaves(tree)):
            return tree
        if at(tree, "unit_is_wrong") is True and at(tree, "unit") is None:
            tree["unit_is_wrong"] = Wrong("needs 'unit'; write the unit that is right beside it")
            return tree
        pair = (at(tree, "import"), at(tree, "export"))
        if at(tree, "entity") is None and None in pair:
            both = ", or both 'import' and 'export'" if split else ""
            raise vol.Invalid(f"has no entity; write 'entity': {example!r}{both}")
        if at(tree, "entity") is not None and pair != (None, None):
            raise vol.Invalid("has both 'entity' and 'import'/'export'; write one signed entity or a pair")
        return check_dict_of(tree.pop("entity"), tree)

    def check_dict_of(entity_id: object, rest: dict[str, object]) -> SourceTree:
        return SourceTree(
            entity=entity_id,
            import_entity=rest.get("import"),
            export_entity=rest.get("export"),
            unit=rest.get("unit"),
            unit_is_wrong=rest.get("unit_is_wrong", False),
            invert=rest.get("invert", False),
            heartbeat=rest.get("heartbeat", True),
        )

    return check
