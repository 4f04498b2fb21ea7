"""An English sentence for a person that keeps the code and the values it was made from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..electrics import plain
from .catalogue import CATALOGUE

Value = float | str
"""A number in the unit that its name ends in, or a name, a clock time or a word of the catalogue."""

DIGITS = {"a": 1, "w": 0, "kw": 2, "pct": 0, "s": 1, "min": 1, "c": 1}
"""Unit at the end of a value's name -> decimals that a sentence shows."""


class Message(str):
    """A sentence in English; the card shows it in another language by its code and values."""

    __slots__ = ("code", "values")

    code: str
    """Its key in the catalogue."""
    values: Mapping[str, Value]
    """What its sentence was filled in with; numbers are rounded as they are shown."""


_NAMED = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
"""A part of a sentence in brackets: left out where one of its values is not given."""


def message(code: str, /, **values: Value) -> Message:
    """Return the sentence of this code with these values filled in; it keeps only the values that it shows.

    KeyError: an unknown code, or a value is missing that is not optional.
    """
    english = CATALOGUE[code].english
    shown = names_in(english)
    rounded = {name: rounded_value(name, value) for name, value in values.items() if name in shown}
    texts = {name: plain(value, 2) if isinstance(value, float) else value for name, value in rounded.items()}
    made = Message(_OPTIONAL.sub(lambda part: _if_given(part[1], texts), english).format_map(texts))
    made.code, made.values = code, rounded
    return made


def _if_given(part: str, texts: Mapping[str, object]) -> str:
    return part if names_in(part) <= texts.keys() else ""


@cache
def names_in(sentence: str) -> frozenset[str]:
    """Return the names of the values that a sentence, or a part of it, shows."""
    return frozenset(_NAMED.findall(sentence))


def rounded_value(name: str, value: Value) -> Value:
    """Return a number rounded to what a person needs by the unit that `name` ends in; a text as it is."""
    if isinstance(value, str):
        return value
    digits = DIGITS.get(name.rpartition("_")[2], 0)
    return round(value, digits) + 0.0
