"""Frozen records with some values changed: what the standard library's `replace` does, in a third of its time.

A step makes many such copies of records with many fields, and while it does a fuse waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record")
ReadAll = Callable[[object], tuple[object, ...]]
Put = Callable[[object, object], None]


def fast_replace(before: Record, /, **values: Any) -> Record:
    """A copy with these values. Not for a record that works out fields by itself; KeyError for what is no field."""
    kind: Any = type(before)
    read_all, put = _slots(kind)
    after: Record = object.__new__(kind)
    for put_one, value in zip(put.values(), read_all(before), strict=True):
        put_one(after, value)
    for name, value in values.items():
        put[name](after, value)
    return after


def replace_if_changed(before: Record, /, **values: Any) -> Record:
    """As `fast_replace`, but the very same record where it has these values already."""
    for name, value in values.items():
        if getattr(before, name) != value:
            return fast_replace(before, **values)
    return before


@cache
def _slots(kind: Any) -> tuple[ReadAll, dict[str, Put]]:
    """How all values of a record are read at once, and how each is put where it belongs."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: kind.__dict__[name].__set__ for name in names}
