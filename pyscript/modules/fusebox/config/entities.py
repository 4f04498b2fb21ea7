"""Entity ids: their format, which of them can be commanded, and sources of measured quantities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.equipment import Source
from .domains import Use, usual_use
from .fields import Check, Field, optional, section
from .texts import choice
from .tree import EntityLeaf, Keys, has_mistake, invalid, is_entity, mistake
from .values import keys_of_record

HUAWEI = "huawei"
"""Stands for an entity where the inverter's own Modbus connection is the source."""


def entity(example: str, use: Use | None = None, *, is_commanded: bool = False) -> Check:
    """Return the check for an entity that is read, which becomes an `EntityLeaf`; raises `vol.Invalid` for no id.

    Its use is that of entities like the example (`usual_use`), unless given.
    """
    needed = usual_use(example) if use is None else use

    def check(value: object) -> object:
        if is_entity(value):
            return EntityLeaf(value, needed, is_commanded)
        if isinstance(value, str) and value == value.strip() and is_entity(value.lower()):
            raise invalid("entity_id_in_capitals", value)
        raise invalid("no_entity_id", value, example=repr(example))

    return check


def commanded_entity(example: str, use: Use | None = None) -> Check:
    """Return the check for an entity that is commanded; raises `vol.Invalid` for no id."""
    return entity(example, use, is_commanded=True)


def required_entity(check_of: Callable[..., Check], example: str, what: str, *use: Use, **options: Any) -> Field:
    """Return a required key for an entity or source. `what`: its meaning, for the message when it is missing."""
    return Field(check_of(example, *use, **options), hint=f"{what}, such as {example!r}")


def source(
    example: str, *, split: bool = False, huawei: str = "", units: tuple[str, ...] = ("W", "kW", "A", "mA")
) -> Check:
    """Return the check for a measured quantity, which becomes a `Source`.

    An entity id, a dict with `entity`, or (with `split`) a pair of import and export. `huawei`: the inverter link's
    name of the quantity, where the link may be its source. Raises `vol.Invalid` for a dict that names none or both;
    `unit_is_wrong` without a `unit` is a `Mistake`.
    """
    check_entity = entity(example)
    pair = {"import": optional(check_entity), "export": optional(check_entity)} if split else {}
    check_dict = section(
        entity=optional(check_entity),
        unit=optional(choice(*units).check),
        **keys_of_record(Source),
        **pair,
    )

    def check(value: object) -> object:
        if huawei and value == HUAWEI:
            return Keys({"entity": f"{HUAWEI}.{huawei}"}, Source)
        if not isinstance(value, dict):
            return Keys({"entity": check_entity(value)}, Source)
        tree = check_dict(value)
        if has_mistake(tree):
            return tree
        if tree["unit_is_wrong"] is True and tree["unit"] is None:
            tree["unit_is_wrong"] = mistake("source_without_unit")
            return tree
        ways = (tree["entity"], tree.pop("import", None), tree.pop("export", None))
        if ways[0] is None and None in ways[1:]:
            both = {"pair": "'import' and 'export'"} if split else {}
            raise invalid("source_without_entity", example=repr(example), **both)
        if ways[0] is not None and ways[1:] != (None, None):
            raise invalid("source_of_both")
        return Keys({**tree, "import_entity": ways[1], "export_entity": ways[2]}, Source)

    return check
