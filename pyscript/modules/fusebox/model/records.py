"""Frozen records that are fast to make and copy, because a step makes many while a fuse may be overloaded.

Also results that are remembered, for functions of records that seldom change.

The values of a record lie in one dict, in the order of its fields. So a copy with some values changed is one copy of
that dict, and each value stays at its place in it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from typing import Any, ParamSpec, TypeVar, dataclass_transform

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
RecordType = TypeVar("RecordType", bound=type)
Record = TypeVar("Record")


_new, _put = object.__new__, object.__setattr__


@dataclass_transform(frozen_default=True)
def record(kind: RecordType) -> RecordType:
    """Make a class a frozen record, like `dataclass(frozen=True)`; empty default values are shared by all instances.

    Its constructor raises TypeError for an unknown field, and for one without default that is missing.
    """
    made: Any = dataclass(frozen=True, init=False)(kind)
    blank = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(made)}
    parameters = ", ".join(name if value is MISSING else f"{name}=blank['{name}']" for name, value in blank.items())
    values = ", ".join(f"'{name}': {name}" for name in blank)
    known: dict[str, Any] = {"blank": blank, "put": _put}
    # As `dataclass` does: a constructor that names its fields takes half the time of one for any names.
    exec(f"def __init__(self, {parameters}): put(self, '__dict__', {{{values}}})", known)
    made.__init__ = known["__init__"]
    for name in blank.keys() & vars(made).keys():
        delattr(made, name)  # an attribute that the class has as well is found more slowly
    return kind


def fast_replace(before: Record, /, **values: Any) -> Record:
    """Return a copy with these values changed; TypeError for an unknown field.

    Not for a record with computed fields.
    """
    known = before.__dict__
    copied = known | values
    if len(copied) != len(known):
        raise TypeError(f"{before.__class__.__name__} has no {', '.join(values.keys() - known.keys())}")
    after: Record = _new(before.__class__)
    _put(after, "__dict__", copied)
    return after


def replace_within(before: Record, part: str, /, **values: Any) -> Record:
    """Return a copy in which the record in field `part` has these values; `before` itself if it has them already."""
    held = before.__dict__[part]
    if values.items() <= held.__dict__.items():
        return before
    return fast_replace(before, **{part: fast_replace(held, **values)})


def replace_if_changed(before: Record, /, **values: Any) -> Record:
    """Return a copy with these values changed; `before` itself if it has them already."""
    return before if values.items() <= before.__dict__.items() else fast_replace(before, **values)


def remember_results(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return the function with its last eight results remembered: equal arguments, which need no hash, give one again.

    Only for a pure function; nobody may change its arguments and its results.
    """
    remembered: deque[tuple[object, Result]] = deque(maxlen=8)

    @wraps(function)
    def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        for before, result in tuple(remembered):
            if before == (args, kwargs):
                return result
        found = function(*args, **kwargs)
        remembered.append(((args, kwargs), found))
        return found

    return call
