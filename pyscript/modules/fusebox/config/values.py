"""Schema of values that may be an entity, read live: numbers, yes/no, modes, distributions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from ..model.by_time import ByTime
from ..model.messages.message import Message, message
from ..model.numbers import Span, number_of
from ..model.site import Distribution, slug
from .domains import NUMBER, WORD, YES_NO, Use
from .fields import REQUIRED, Field, value_or_entity
from .texts import choice
from .times import allow_time_table
from .tree import Keys, Secret, Slot, invalid, known_choices

EXAMPLE, EXAMPLE_PRICE = 25, 0.25
"""Example number for an error when it is within the range: a common main fuse [A]; and a price per kWh."""
ENTITY_TOO = "an entity id"
"""How errors in CONFIG say that an entity may stand in place of a value; services take none, so they leave it out."""

LEAST_W = 50
"""A power in CONFIG above 0 and below this was meant in kilowatts [W].

Not where the default itself is as small, or where the range has a least power of its own, as that of a pump.
"""

UNITS = {
    "A": "amps", "W": "watts", "V": "volts", "s": "seconds", "%": "percent", "C": "degrees Celsius", "kW": "kilowatts",
    "min": "minutes", "h": "hours", "kWh": "kilowatt-hours", "": "a number",
}  # fmt: skip
"""Unit -> its name in an error; the empty unit is for plain numbers."""
NEEDED_UNITS: Mapping[str, str] = {"C": "°C"}
"""Unit of a key -> its spelling in a sentence, where the two differ."""


@dataclass(frozen=True, slots=True)
class Live:
    """How a number may change at run time.

    `unknown`: the value of one without a default until its entity shows one. `strict`: a value out of range is an error
    instead of being clamped. `awaited`: unknown until its entity shows one, whatever the default.
    """

    unknown: float | None = None
    strict: bool = False
    awaited: bool = False


FROM_ENTITY, STRICT, AWAITED = Live(), Live(strict=True), Live(awaited=True)


@dataclass(frozen=True, slots=True)
class Number:
    """Kind of a number in `unit` from `low` to `high`, `whole` or not; `none_ok` when None has a meaning.

    `strict`: as in `Live`.
    """

    unit: str
    low: float
    high: float
    whole: bool
    none_ok: bool
    strict: bool
    example: str
    least: float = 0.0
    """A number above 0 and below this is refused, because it was meant in kilowatts; 0 refuses none."""
    use: ClassVar[Use] = NUMBER

    def check(self, value: object) -> object:
        """Return a number of CONFIG, or None where that is allowed.

        Raises `vol.Invalid` for other text, also a number in quotes, a fraction where it has to be whole, and one out
        of range, or in kilowatts.
        """
        if value is None and self.none_ok:
            return None
        number = number_of(value)
        if number is None:
            raise invalid("value_not_number", value, example=self.example, other=ENTITY_TOO)
        if type(value) is str:
            raise invalid("value_in_quotes", value)
        if self.whole and number != int(number):
            raise invalid("value_not_whole", value, example=self.example)
        if not self.low <= number <= self.high:
            allowed = f"{self.low:.10g} to {self.high:.10g} {self.unit}".rstrip()
            raise invalid("value_out_of_range", value, allowed=allowed)
        if 0 < number < self.least:
            raise invalid("value_in_kilowatts", value, watts=f"{1000 * number:.10g}")
        return int(number) if self.whole or isinstance(value, int) else number

    def read(self, raw: object) -> float | None:
        """Return a live value clamped into the range, and rounded if it has to be whole.

        None when it is not a finite number, or out of a strict range.
        """
        number = raw if type(raw) is int else number_of(raw)
        if number is None or (self.strict and not self.low <= number <= self.high):
            return None
        clamped = min(max(number, self.low), self.high)
        return round(clamped) if self.whole else clamped


@dataclass(frozen=True, slots=True)
class YesNo:
    """Kind of a yes or no; a live one may be any state that Home Assistant or a person would call on or off."""

    use: ClassVar[Use] = YES_NO

    def check(self, value: object) -> object:
        """Return True or False (also from a secret); raises `vol.Invalid` for anything else."""
        read = self.read(value) if isinstance(value, bool | Secret) else None
        if read is None:
            raise invalid("value_not_yes_or_no", value, other=ENTITY_TOO)
        return read

    def read(self, raw: object) -> bool | None:
        """Return a live value as True or False; None when it is neither."""
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower()
        return True if word in ("on", "true", "yes", "1") else False if word in ("off", "false", "no", "0") else None


@dataclass(frozen=True, slots=True)
class Words:
    """Kind of a word from a few, in any case and by any of its labels."""

    what: str
    labels: Mapping[str, StrEnum]
    use: ClassVar[Use] = WORD

    def check(self, value: object) -> object:
        """Return the word that a text means; raises `vol.Invalid` for any other value."""
        word = self.read(value)
        if word is not None:
            return word
        words = known_choices(value, dict.fromkeys(str(each) for each in self.labels.values()))
        raise invalid("value_not_of", value, what=self.what, other=ENTITY_TOO, **words)

    def read(self, raw: object) -> StrEnum | None:
        """Return the word that a text means; None for any other value."""
        return self.labels.get(slug(raw)) if isinstance(raw, str) else None


DISTRIBUTIONS: Mapping[str, Distribution] = {
    **{each.value: each for each in Distribution},
    "sequential_strict": Distribution.STRICT,
    "sequential_optimized": Distribution.OPTIMIZED,
}
"""Our names and Load Juggler's labels."""


def number(
    default: object, unit: str, low: float, high: float, *, whole: bool = False, live: Live = FROM_ENTITY
) -> Field:
    """Return the field of a number in `unit` from `low` to `high`, which may also be an entity.

    `default` None: the number may be None. `whole`: no fraction. `live`: how it may change at run time.
    """
    known = default if isinstance(default, (int, float)) else live.unknown
    # Only a price may be below zero without having a unit.
    usual = EXAMPLE_PRICE if low < 0 and not unit else EXAMPLE if low <= EXAMPLE <= high else low
    sample = known if known is not None and default is not REQUIRED else usual
    example = f"{UNITS[unit]} such as {sample:.10g}" if unit else f"a number such as {sample:.10g}"
    least = LEAST_W if unit == "W" and low <= 1 and (known is None or known >= LEAST_W) else 0.0
    kind = Number(unit, low, high, whole, default is None, live.strict, example, least)
    return Field(value_or_entity(kind, None if live.awaited else known), default, f"{example}, or {ENTITY_TOO}", kind)


def yes_no(default: bool, *, unknown: bool | None = None) -> Field:
    """Return the field of a yes or no. `unknown`: the value of a live one until it is known, if not the default."""
    kind = YesNo()
    return Field(value_or_entity(kind, default if unknown is None else unknown), default, kind=kind)


def without_entity(why: Message) -> Message:
    """Return the message about a wrong value for a service: without the advice to write an entity id."""
    return message(why.code, **{name: value for name, value in why.values.items() if value != ENTITY_TOO})


def keys_of_record(record: type[Any], *only: str) -> dict[str, Field]:
    """Return field -> key of CONFIG for the annotated fields of a record, with their defaults; others are left out.

    Numbers with a `Span`, booleans and literals; a number annotated `int` has to be whole, one annotated `ByTime` may
    also be a table of hours. `only`: just these fields.
    """
    types, found = get_type_hints(record, include_extras=True), dict[str, Field]()
    for each in fields(record):
        annotation, spans = types[each.name], [part for part in get_args(types[each.name]) if isinstance(part, Span)]
        if only and each.name not in only:
            continue
        if spans:
            (span,) = spans
            live = STRICT if span.strict else FROM_ENTITY
            whole = get_args(annotation)[0] in (int, int | None)
            found[each.name] = number(each.default, span.unit, span.low, span.high, whole=whole, live=live)
            if get_args(annotation)[0] in (ByTime, ByTime | None):
                found[each.name] = allow_time_table(found[each.name])
        elif annotation is bool:
            found[each.name] = yes_no(each.default is True)
        elif get_origin(annotation) is Literal:
            found[each.name] = choice(*get_args(annotation))
    return found


def word_key(labels: Mapping[str, StrEnum], what: str, default: StrEnum) -> Field:
    """Return the field of a word, such as a load's mode, which a service may set. `what`: its meaning, for an error."""
    kind = Words(what, labels)
    return settable(Field(value_or_entity(kind, default), default.value, kind=kind))


def settable(field: Field) -> Field:
    """Return the same field, but with a value that a service may set as well; a table of hours stays as it is."""
    kind = field.kind
    assert kind is not None

    def check(value: object) -> object:
        checked = field.check(value)
        if isinstance(checked, Keys):
            # A service cannot choose a row of a table of hours.
            return checked
        slot = checked if isinstance(checked, Slot) else Slot(kind, None, checked)
        return replace(slot, settable=True)

    return replace(field, check=check)
