"""Sections, lists and maps of fields: the shapes of CONFIG. A mistake stays at its place, as a `Wrong`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Final, cast

import voluptuous as vol

from ..model.messages.message import Message, Value, message
from .tree import Keys, Kind, Wrong, near, near_or_known, show

MOST_ENTRIES = 100
"""The most entries of a list or map: far more than a house has, and few enough for quick checks."""

Check = Callable[[object], object]
"""Returns the checked value of what CONFIG says; raises `vol.Invalid` with what would be right."""

Make = Callable[..., object] | None
"""Makes a record of a section's values, given by their keys; None leaves a mapping."""


class _Required:
    """The type of the default that marks a required key."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Field:
    """A key: its check, its default, a hint for when it is missing, and the kind of its value."""

    check: Check
    default: object = REQUIRED
    hint: str = ""
    kind: Kind | None = None


NO_REASONS: Mapping[str, Message] = {}

SYNONYMS = {
    "draw": "power",
    "power": "draw",
    "maximum_current": "max_a",
    "max_current": "max_a",
    "minimum_current": "min_a",
    "min_current": "min_a",
}
"""Name of a key in another type of load, or another system -> its name here."""


class Section:
    """The check for a dict with these keys, of which `make` makes a record. A missing key gets its default.

    `absent`: key that similar sections have, but not this one -> why. For other unknown keys the nearest one is
    suggested.
    """

    def __init__(
        self, fields: Mapping[str, Field], make: Make = None, absent: Mapping[str, Message] = NO_REASONS
    ) -> None:
        self.fields, self._make, self._absent = fields, make, absent
        self._schema = vol.Schema(
            {vol.Optional(name, default=field.default): _tolerant(field) for name, field in fields.items()},
            extra=vol.ALLOW_EXTRA,
        )

    def __call__(self, value: object) -> Keys:
        """Return the checked values of all keys, with a `Wrong` for each mistake."""
        fields = self.fields
        if not isinstance(value, dict):
            example = f"{{{', '.join(list(fields)[:3])}, ...}}"
            raise vol.Invalid(message("value_where_dict_belongs", value=show(value), example=example))
        checked = self._schema(value)
        unknown = [key for key in value if key not in fields]
        remedy = _instead if len(unknown) <= MOST_ENTRIES else (lambda key, fields: message("key_unknown"))
        strays = {key: Wrong(self._absent.get(key) or remedy(key, fields), stray=True) for key in unknown}
        return Keys.of({**{name: checked[name] for name in fields}, **strays}, self._make)


def _instead(key: str, fields: Mapping[str, Field]) -> Message:
    """Return the mistake of an unknown key: its name in this type of load, otherwise the nearest key."""
    meant = SYNONYMS.get(key)
    return message("key_unknown", **(near(meant) if meant in fields else near_or_known(key, fields)))


def section(make: Make = None, /, **fields: Field) -> Section:
    """Return the check for a dict with these keys."""
    return Section(fields, make)


def list_of(check: Check, *, example: str, at_least: int = 0) -> Callable[[object], tuple[object, ...]]:
    """Return the check for a list whose entries all pass `check`; it becomes a tuple."""
    entry = _tolerant(Field(check))

    def check_list(value: object) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)):
            raise vol.Invalid(message("value_not_list", value=show(value), example=example))
        if not at_least <= len(value) <= MOST_ENTRIES:
            span: dict[str, Value] = {"least": at_least or "none", "most": MOST_ENTRIES}
            raise vol.Invalid(message("list_length", count=len(value), example=example, **span))
        return tuple(entry(each) for each in value)

    return check_list


def map_of(check: Check, *, name: Check, what: str, make: Make = None) -> Callable[[object], Keys]:
    """Return the check for a dict of any number of named things; `name` checks the keys."""
    entry = _tolerant(Field(check))
    named = _tolerant(Field(name))

    def check_map(value: object) -> Keys:
        if not isinstance(value, dict):
            raise vol.Invalid(message("value_not_dict", value=show(value), example=f"{{{what}: ...}}"))
        if len(value) > MOST_ENTRIES:
            raise vol.Invalid(message("dict_length", count=len(value), most=MOST_ENTRIES))
        tree: dict[str, object] = {}
        for key, child in value.items():
            verdict = child if isinstance(child, Wrong) else named(key)
            tree[key] = replace(verdict, stray=True) if isinstance(verdict, Wrong) else entry(child)
        return Keys.of(tree, make)

    return check_map


def either(kinds: type | tuple[type, ...], check: Check, otherwise: Check) -> Check:
    """Return a check that is `check` for values of these Python types, and `otherwise` for all others."""
    return lambda value: check(value) if isinstance(value, kinds) else otherwise(value)


def either_list(check: Check) -> Check:
    """Return the check for a list of things, which becomes a tuple, or a single thing, which stays single."""
    return either((list, tuple), list_of(check, example="a dict, or a list of dicts", at_least=1), check)


def defaults_of(model: type[Any]) -> Mapping[str, Any]:
    """Return field -> default of a part of the model."""
    return {each.name: each.default for each in fields(model) if each.default is not MISSING}


def optional(check: Check) -> Field:
    """Return a key that may be missing or None."""
    return Field(lambda value: None if value is None else check(value), None)


def optional_section(check: Check) -> Field:
    """Return the key of a section that may be missing or None, and then has all its defaults."""
    return Field(lambda value: check({} if value is None else value), None)


def at(node: object, *keys: str) -> object:
    """Return the node at the end of these keys; None if the tree has none there."""
    for key in keys:
        if not isinstance(node, Mapping):
            return None
        node = node.get(key)
    return node


def _tolerant(field: Field) -> Check:
    """Return the check of a field that turns a mistake into a `Wrong`."""

    def check(value: object) -> object:
        if isinstance(value, Wrong):
            return value
        if value is REQUIRED:
            return Wrong(message("key_required", **({"example": field.hint} if field.hint else {})))
        try:
            return field.check(value)
        except vol.Invalid as error:
            return Wrong(cast(Message, error.msg))

    return check
