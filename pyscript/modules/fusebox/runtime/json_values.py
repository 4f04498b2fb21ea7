"""Frozen records as JSON, and back: damaged values are dropped one by one and reported, valid ones survive.

Every store is written and read here. The annotations of a record define what its file may contain. A value that equals
its default is not written. A field with a damaged value gets its default; a record without such a default, and an entry
of a list or a map, is dropped.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Set
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from ..model.durations import LATEST_S
from ..model.numbers import LARGEST, is_number
from .log_throttle import LOG

T = TypeVar("T")

DAMAGED: Any = object()
"""Marks a value that cannot be read."""

LONGEST_DIGITS = len(str(LARGEST))
"""An integer with more digits is read as a float: Python would refuse the whole file for thousands of digits."""


PLAIN = frozenset({str, float, int, bool, NoneType})

KEYS_IN_FILES: Mapping[str, str] = {
    "phase_count": "lines", "commanded": "told", "commanded_s": "told_s", "last_pause_count": "pauses_told",
    "progress": "wishes", "was_written": "said",
}  # fmt: skip
"""Field of a stored record -> its key in files, for fields that version 1.0.0 has stored under another name."""


def read_json(file: Path, absent: object = None) -> object:
    """Return the content of a file, `absent` where there is none.

    OSError when it cannot be read, ValueError when it is not JSON.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"), parse_int=_parse_integer)
    except FileNotFoundError:
        return absent
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def to_json_values(value: Any) -> Any:
    """Return a record, and everything in it, as dicts, lists, texts, numbers, booleans and None.

    Records inside it contain only the fields that differ from their defaults.
    """
    if is_record(value):
        return {_key_in_file(name): _to_json(getattr(value, name)) for name in _field_names(value.__class__)}
    return _to_json(value)


def is_record(value: Any) -> bool:
    """Return whether this is a record, or the type of one."""
    return is_dataclass(value) or hasattr(value, "_fields")


def _to_json(value: Any) -> Any:
    """Return a value as JSON: records without defaults, enums by value, sets sorted; None for infinity and NaN."""
    if value.__class__ in PLAIN:
        return value if value.__class__ is not float or math.isfinite(value) else None
    if isinstance(value, Enum):
        return value.value
    if is_record(value):
        types, defaults = _record_shape(value.__class__)
        known = [(name, getattr(value, name)) for name in types]
        return {_key_in_file(name): _to_json(each) for name, each in known if each != defaults.get(name, DAMAGED)}
    if isinstance(value, Mapping):
        return {str(key): _to_json(each) for key, each in value.items()}
    if isinstance(value, Set):
        return sorted(map(_to_json, value))
    if isinstance(value, list | tuple):
        return [_to_json(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def load_stored(
    kind: type[T], stored: object, store: str, *, whole: Collection[type] = (), latest_s: float = LATEST_S
) -> T:
    """Return the content of a store as `kind`, empty where it has none; log the damaged parts.

    `whole` and `latest_s` are those of `Reader`.
    """
    reader = Reader(whole, latest_s)
    found = reader.read(kind, stored)
    if reader.damaged:
        LOG.warning("%s was damaged, so this is lost: %s", store, ", ".join(each or "all" for each in reader.damaged))
    return kind() if found is DAMAGED else found


class Reader:
    """Reads values of annotated types; `damaged` collects the places that could not be read.

    `whole`: record types that one damaged field makes useless. `latest_s`: later times, from a clock that was ahead,
    are read as this one [s since 1970].
    """

    def __init__(self, whole: Collection[type] = (), latest_s: float = LATEST_S) -> None:
        self.damaged: list[str] = []
        self._whole = whole
        self._latest_s = latest_s

    def read(self, kind: type[T], stored: object, place: str = "") -> T:
        """Return a value of a type, or DAMAGED. `place`: its place in the file, for the report."""
        found: T = self._read(kind, stored, place, "")
        return found

    def _read(self, kind: Any, stored: object, place: str, name: str) -> Any:
        """Return a value of a type, or DAMAGED, which is reported with its `place`.

        `name`: its field, whose ending is the unit. A union is the first of its types that fits.
        """
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            found = self._read(arguments[0], stored, place, "")  # its own check takes the place of that by name
            fits = found is not DAMAGED and all(check(found) for check in arguments[1:])
            return found if fits else self._report(place, already=found is DAMAGED)
        if origin in (Union, UnionType):
            return self._read_first_fitting(arguments, stored, place, name)
        if origin is Literal:
            return stored if stored in arguments else self._report(place)
        if is_record(kind):
            return self._read_record(kind, stored, place)
        if origin is not None:
            return self._read_collection(origin, arguments, stored, place, name)
        found = _read_scalar(kind, stored, name, self._latest_s)
        return found if found is not DAMAGED else self._report(place)

    def _report(self, place: str, *, already: bool = False) -> Any:
        """Record a damaged place, unless it was recorded `already`, and return DAMAGED."""
        if not already:
            self.damaged.append(place)
        return DAMAGED

    def _read_first_fitting(self, kinds: Collection[Any], stored: object, place: str, name: str) -> Any:
        """Return the value of the first type that fits without damage, else of the first that fits at all.

        DAMAGED if none does. Only the damage of the chosen one is recorded.
        """
        best: tuple[Any, list[str]] = DAMAGED, [place]
        for kind in kinds:
            trial = Reader(self._whole, self._latest_s)
            found = trial._read(kind, stored, place, name)
            if found is not DAMAGED and not trial.damaged:
                return found
            if found is not DAMAGED and best[0] is DAMAGED:
                best = found, trial.damaged
        self.damaged += best[1]
        return best[0]

    def _read_record(self, kind: Any, stored: object, place: str) -> Any:
        """Return a record from a mapping, or DAMAGED if a field without default cannot be read."""
        if not isinstance(stored, Mapping):
            return self._report(place)
        before, values = len(self.damaged), {}
        types, defaults = _record_shape(kind)
        for name, type_ in types.items():
            if _key_in_file(name) in stored:
                found = self._read(type_, stored[_key_in_file(name)], _place_of_field(place, _key_in_file(name)), name)
                if found is not DAMAGED:
                    values[name] = found
        if types.keys() - defaults.keys() - values.keys():
            return self._report(place, already=len(self.damaged) > before)
        if kind in self._whole and len(self.damaged) > before:
            return DAMAGED
        return kind(**values)

    def _read_collection(self, origin: Any, arguments: tuple[Any, ...], stored: object, place: str, name: str) -> Any:
        """Return a tuple or frozenset without its damaged entries, or a mapping; DAMAGED for another form.

        A tuple of fixed length is DAMAGED as a whole if its length is wrong or one entry is damaged.
        """
        if issubclass(origin, Mapping):
            return self._read_map(arguments, stored, place, name)
        if not isinstance(stored, list | tuple):
            return self._report(place)
        is_fixed = origin is tuple and arguments[1:] != (...,)
        kinds = arguments if is_fixed else arguments[:1] * len(stored)
        if len(kinds) != len(stored):
            return self._report(place)
        pairs = enumerate(zip(kinds, stored, strict=True))
        parts = [self._read(kind, each, f"{place}[{at}]", name) for at, (kind, each) in pairs]
        if is_fixed and any(part is DAMAGED for part in parts):
            return DAMAGED
        return (frozenset if issubclass(origin, Set) else tuple)(part for part in parts if part is not DAMAGED)

    def _read_map(self, arguments: tuple[Any, ...], stored: object, place: str, name: str) -> Any:
        """Return a mapping without the entries whose key or value is damaged; DAMAGED if it is no mapping."""
        if not isinstance(stored, Mapping):
            return self._report(place)
        key_kind, kind = arguments
        found = {}
        for key, each in stored.items():
            there = _place_of_field(place, str(key))
            known = self._read(key_kind, _parse_key(key_kind, str(key)), there, "")
            value = self._read(kind, each, there, name) if known is not DAMAGED else DAMAGED
            if value is not DAMAGED:
                found[known] = value
        return found


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a record, without resolving their types.

    That needs the record's own module in sys.modules, where an update of the package may just be loading its successor.
    """
    return tuple([each.name for each in fields(kind)]) if is_dataclass(kind) else kind._fields


@cache
def _record_shape(kind: Any) -> tuple[Mapping[str, Any], Mapping[str, object]]:
    """Return the types of a record's fields, and the defaults of those that may be missing; both by field."""
    # Its module may be replaced right now, by a new version that is not loaded to its end; the names are its own.
    hints = get_type_hints(kind, getattr(kind.__eq__, "__globals__", None), include_extras=True)
    types = {name: hints[name] for name in _field_names(kind)}
    if not is_dataclass(kind):
        return types, kind._field_defaults
    made = {each.name: each.default_factory() for each in fields(kind) if each.default_factory is not MISSING}
    return types, {each.name: each.default for each in fields(kind) if each.default is not MISSING} | made


def _read_scalar(kind: Any, stored: object, name: str, latest_s: float) -> Any:
    """Return a stored bool, text, number, enum member or None of the type `kind`; DAMAGED for a value of another type.

    A number whose `name` ends in "_s" is a time: DAMAGED if it is beyond the calendar, limited to `latest_s`. For `Any`
    the value as it is.
    """
    if kind is Any or kind is object:
        return stored
    if kind is NoneType or kind is None:
        return None if stored is None else DAMAGED
    if kind in (bool, str):
        return stored if isinstance(stored, kind) else DAMAGED
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((each for each in kind if each.value == stored and type(each.value) is type(stored)), DAMAGED)
    if not is_number(stored) or (name.endswith("_s") and not 0 <= stored <= LATEST_S):
        return DAMAGED
    if kind is int:
        return int(stored) if stored == int(stored) else DAMAGED
    return float(min(stored, latest_s) if name.endswith("_s") else stored)


def _parse_integer(digits: str) -> float | int:
    """Return a number written in digits as an integer, as a float if it is too long."""
    return int(digits) if len(digits) <= LONGEST_DIGITS + 1 else float(digits)


def _parse_key(kind: Any, key: str) -> object:
    """Return the key of a JSON map, which is a text, as an integer where `kind` is one."""
    is_whole = (get_args(kind) or (kind,))[0] is int and key.removeprefix("-").isdecimal()
    return _parse_integer(key) if is_whole else key


def _place_of_field(place: str, name: str) -> str:
    """Return the place of a field below `place`, such as "loads.car.phases"; at the top its name alone."""
    return f"{place}.{name}" if place else name


def _key_in_file(name: str) -> str:
    """Return a field's key in files: its older name, and no underscore that avoids a keyword, as in `import_`."""
    return KEYS_IN_FILES.get(name, name).removesuffix("_")
