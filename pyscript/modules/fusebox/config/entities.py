"""Entity ids: their format, which of them can be commanded, and sources of measured quantities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import voluptuous as vol

from ..model.equipment import Source
from .domains import READ_ONLY, USUAL, Use
from .fields import Check, Field, optional, section
from .texts import choice
from .tree import Entity, Keys, Wrong, is_entity, leaves, show
from .values import yes_no

HUAWEI = "huawei"
"""Stands for an entity where the inverter's own Modbus connection is the source."""


def entity(example: str, use: Use | None = None, *, is_commanded: bool = False) -> Check:
    """Return the check for an entity that is read. Its use is that of entities like the example, unless given."""
    needed = USUAL[example.partition(".")[0]] if use is None else use

    def check(value: object) -> object:
        if isinstance(value, str) and is_entity(value):
            return Entity(value, needed, is_commanded)
        hint = f"; write one such as {example!r}"
        if isinstance(value, str) and value == value.strip() and is_entity(value.lower()):
            hint = "; entity ids are lower case"
        raise vol.Invalid(f"{show(value)} is not an entity id{hint}")

    return check


def control(example: str, use: Use | None = None) -> Check:
    """Return the check for an entity that is commanded; read-only domains are refused."""
    check_shape = entity(example, use, is_commanded=True)

    def check(value: object) -> object:
        checked = check_shape(value)
        if str(value).partition(".")[0] in READ_ONLY:
            raise vol.Invalid(f"{show(value)} can only be read; write one that can be set, such as {example!r}")
        return checked

    return check


def needed(check_of: Callable[..., Check], example: str, what: str, *use: Use, **options: Any) -> Field:
    """Return a required key for an entity or source. `what`: its meaning, for the message when it is missing."""
    return Field(check_of(example, *use, **options), hint=f"{what}, such as {example!r}")


def source(
    example: str, *, split: bool = False, huawei: str = "", units: tuple[str, ...] = ("W", "kW", "A", "mA")
) -> Check:
    """A measured quantity: an entity id, a dict with `entity`, or (`split`) an import and export pair.

    `huawei`: what the inverter's own link calls it, where that may be the source.
    """
    check_entity = entity(example)
    pair = {"import": optional(check_entity), "export": optional(check_entity)} if split else {}
    check_dict = section(
        entity=optional(check_entity),
        unit=optional(choice(*units).check),
        unit_is_wrong=yes_no(False),
        invert=yes_no(False),
        heartbeat=yes_no(True),
        **pair,
    )

    def check(value: object) -> object:
        if huawei and value == HUAWEI:
            return _source(entity=f"{HUAWEI}.{huawei}")
        if not isinstance(value, dict):
            return _source(entity=check_entity(value))
        tree = check_dict(value)
        if any(isinstance(leaf, Wrong) for _, leaf in leaves(tree)):
            return tree
        if tree["unit_is_wrong"] is True and tree["unit"] is None:
            tree["unit_is_wrong"] = Wrong("needs 'unit'; write the unit that is right beside it")
            return tree
        ways = (tree["entity"], tree.pop("import", None), tree.pop("export", None))
        if ways[0] is None and None in ways[1:]:
            both = ", or both 'import' and 'export'" if split else ""
            raise vol.Invalid(f"has no entity; write 'entity': {example!r}{both}")
        if ways[0] is not None and ways[1:] != (None, None):
            raise vol.Invalid("has both 'entity' and 'import'/'export'; write one signed entity or a pair")
        return _source(**{**tree, "import_entity": ways[1], "export_entity": ways[2]})

    return check


def _source(**keys: object) -> Keys:
    return Keys.of(keys, Source)
