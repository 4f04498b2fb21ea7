"""Sections, lists and maps of fields: the shapes of CONFIG. A mistake stays at its place, as a `Mistake`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, cast

import voluptuous as vol

from ..model.messages.message import Message, message
from .tree import (
    Keys,
    Kind,
    Mistake,
    Slot,
    did_you_mean,
    invalid,
    is_entity,
    mistake,
    near_or_known,
    quote_value,
)

MOST_ENTRIES = 100
"""The most entries of a list or map: far more than a house has, and few enough for quick checks."""

Check = Callable[[object], object]
"""Function from a value of CONFIG to the checked value; raises `vol.Invalid` with the remedy."""

Make = Callable[..., object] | None
"""Makes a record of a section's values, given by their keys; None leaves a mapping."""


class _Required:
    """The type of the default that marks a required key."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Field:
    """A key: its check, its default, a hint for when it is missing, the kind of its value, and the section in it."""

    check: Check
    default: object = REQUIRED
    hint: str = ""
    kind: Kind | None = None
    inner: Section | None = None


SYNONYMS = {
    "draw": "power",
    "power": "draw",
    "power_w": "rated_w",
    "maximum_current": "max_a",
    "max_current": "max_a",
    "minimum_current": "min_a",
    "min_current": "min_a",
}
"""Name of a key in another type of load, or another system -> its name here."""


class Section:
    """The check for a dict with these keys, of which `make` makes a record. A missing key gets its default.

    `absent`: key that similar sections have, but not this one -> why. Of other unknown keys those of an inner section
    are suggested there, and otherwise the nearest one.
    """

    def __init__(
        self, fields: Mapping[str, Field], make: Make = None, absent: Mapping[str, Message] = MappingProxyType({})
    ) -> None:
        self.fields: Mapping[str, Field] = fields
        within = {key: name for name, each in fields.items() if each.inner is not None for key in each.inner.fields}
        paths = {key: message("key_unknown", **did_you_mean(f"{name}.{key}")) for key, name in within.items()}
        self._make, self._absent = make, {**paths, **absent}
        self._checks = {name: _catch_mistakes(field) for name, field in fields.items()}

    def __call__(self, value: object) -> Keys:
        """Return the checked values of all keys, with a `Mistake` for each mistake and each unknown key.

        Raises `vol.Invalid` for anything but a dict.
        """
        fields = self.fields
        if not isinstance(value, dict):
            example = f"{{{', '.join(list(fields)[:3])}, ...}}"
            raise invalid("value_where_dict_belongs", value, example=example)
        checked = {name: check(value.get(name, fields[name].default)) for name, check in self._checks.items()}
        unknown = [key for key in value if key not in fields]
        remedy = _unknown_key_mistake if len(unknown) <= MOST_ENTRIES else (lambda key, fields: message("key_unknown"))
        strays = {key: Mistake(self._absent.get(key) or remedy(key, fields), stray=True) for key in unknown}
        return Keys({**checked, **strays}, self._make)


def _unknown_key_mistake(key: str, fields: Mapping[str, Field]) -> Message:
    """Return the mistake of a key that the section does not have.

    It suggests the key's name in this type of load, otherwise the most similar key.
    """
    meant = SYNONYMS.get(key)
    return message("key_unknown", **(did_you_mean(meant) if meant in fields else near_or_known(key, fields)))


def section(make: Make = None, /, **fields: Field) -> Section:
    """Return the check for a dict with these keys."""
    return Section(fields, make)


def list_of(
    check: Check, *, example: str, at_least: int = 0, twice: str = ""
) -> Callable[[object], tuple[object, ...]]:
    """Return the check for a list; it becomes a tuple of checked entries, a `Mistake` for each mistake.

    Raises `vol.Invalid` for anything but a list or tuple, for fewer entries than `at_least` or too many, and for equal
    entries if `twice` is given, the code of that mistake.
    """
    entry = _catch_mistakes(Field(check))

    def check_list(value: object) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)):
            is_name = isinstance(entry(value), str)
            raise invalid("value_not_list", value, example=f"[{quote_value(value)}]" if is_name else example)
        if not at_least <= len(value) <= MOST_ENTRIES:
            raise invalid("list_length", count=len(value), example=example, least=at_least or "none", most=MOST_ENTRIES)
        entries = tuple(entry(each) for each in value)
        right = [each for each in entries if not isinstance(each, Mistake)]
        if twice and len(set(right)) < len(right):
            raise invalid(twice)
        return entries

    return check_list


def map_of(check: Check, *, name: Check, example: str, make: Make = None, empty: str = "") -> Callable[[object], Keys]:
    """Return the check for a dict of any number of named things: `name` checks each key, `check` each value.

    A mistake becomes a `Mistake` under its key. Raises `vol.Invalid` for anything but a dict, and for an empty one if
    `empty` is given, the code of that mistake.
    """
    entry = _catch_mistakes(Field(check))
    named = _catch_mistakes(Field(name))

    def check_map(value: object) -> Keys:
        if not isinstance(value, dict):
            raise invalid("value_not_dict", value, example=example)
        if empty and not value:
            raise invalid(empty, example=example)
        tree: dict[str, object] = {}
        for key, child in value.items():
            verdict = child if isinstance(child, Mistake) else named(key)
            tree[key] = replace(verdict, stray=True) if isinstance(verdict, Mistake) else entry(child)
        return Keys(tree, make)

    return check_map


def either(kinds: type | tuple[type, ...], check: Check, otherwise: Check) -> Check:
    """Return a check that applies `check` to values of these Python types and `otherwise` to all others."""
    return lambda value: check(value) if isinstance(value, kinds) else otherwise(value)


def value_or_entity(kind: Kind, unknown: object) -> Check:
    """Return the check for a value of a kind, or for an entity that provides it: a `Slot`, `unknown` until it does."""
    return lambda value: Slot(kind, value, unknown) if is_entity(value) else kind.check(value)


def one_or_list(check: Check) -> Check:
    """Return a check for one thing or a list of them; a list becomes a tuple, one thing stays as it is."""
    return either((list, tuple), list_of(check, example="a dict, or a list of dicts", at_least=1), check)


def optional(check: Check, inner: Section | None = None) -> Field:
    """Return a key that may be missing or None."""
    return Field(lambda value: None if value is None else check(value), None, inner=inner)


def optional_section(check: Check) -> Field:
    """Return the key of a section that may be missing or None, and then has all its defaults."""
    return Field(lambda value: check({} if value is None else value), None)


def raised_message(error: vol.Invalid) -> Message:
    """Return the message with which one of our checks has raised `vol.Invalid`."""
    return cast(Message, error.msg)


def node_at(node: object, *keys: str | int) -> object:
    """Return the node below `node` at this path of keys and indices; None if there is none."""
    for key in keys:
        if isinstance(key, int) and isinstance(node, (list, tuple)):
            node = node[key] if key < len(node) else None
        elif isinstance(node, Mapping):
            node = node.get(key)
        else:
            return None
    return node


def _catch_mistakes(field: Field) -> Check:
    """Return a field's check that returns a `Mistake` with the message instead of raising `vol.Invalid`.

    A `Mistake` stays as it is; a required key that is missing becomes one.
    """

    def check(value: object) -> object:
        if isinstance(value, Mistake):
            return value
        if value is REQUIRED:
            return mistake("key_required", **{"example": field.hint} if field.hint else {})
        try:
            return field.check(value)
        except vol.Invalid as error:
            return Mistake(raised_message(error))

    return check
