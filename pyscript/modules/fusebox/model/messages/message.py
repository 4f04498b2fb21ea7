"""An English sentence for a person that keeps the code and the values it was made from.

All sentences are read once from strings.json. In one, names in braces stand for values, and a part in brackets is left
out where one of its values is not given. In the sentences about what limits a load, `min_a` is given if it gets
nothing, `fits_a` and `pause` if it is paused, `share_a` if it gets something, and none of them where only the limit is
described; `loads` are the loads that use the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ..data_files import read_data_file
from ..electrics import number_text

STRINGS = Path(__file__).with_name("strings.json")
"""The file; its topics, and when each sentence is used, are for the page of all reasons (docs/words.md)."""


def read_strings(file: Path) -> tuple[Mapping[str, str], ...]:
    """Return code -> sentence, frames and limits of a file such as strings.json, as in `CATALOGUE` and below.

    ImportError, with its name, if it is missing or damaged.
    """
    return read_data_file(file, _make_strings)


def _make_strings(read: Any) -> tuple[Mapping[str, str], ...]:
    sentences = {code: str(row["sentence"]) for rows in read["topics"].values() for code, row in rows.items()}
    return sentences, dict(read["frames"]), dict(read["limits"])


CATALOGUE, FRAMES, LIMIT_NAMES = read_strings(STRINGS)
"""`CATALOGUE`: code -> its sentence. `FRAMES`: name of a value -> what it puts around a sentence: the load, path in
CONFIG, field or file that it is about. `LIMIT_NAMES`: a limit that is no phase of a fuse -> its words in a sentence."""

Value = float | str
"""A number in the unit that its name ends in, or a name, a clock time or a word of the catalogue."""

DIGITS = {
    **dict.fromkeys(("w", "pct"), 0),
    **dict.fromkeys(("a", "kwh", "s", "min", "c", "meter"), 1),
    **dict.fromkeys(("kw", "cost"), 2),
    "price": 3,
    "factor": 6,
}
"""Unit at the end of a value's name -> decimals that a sentence shows; of a small energy more."""
SMALL_KWH = 0.1
"""Below this an energy has one more decimal, and two more if it would be 0 with that [kWh]."""


REASON = "reason"
"""How the name of each attribute ends that explains something to a person."""


ERRORS = "errors"
"""The attribute with the sentences about everything that is wrong."""


class Message(str):
    """A sentence in English; the card shows it in another language by its code and values."""

    __slots__ = ("code", "values")

    code: str
    """Its key in the catalogue."""
    values: Mapping[str, Value]
    """What its sentence was filled in with; numbers are rounded as they are shown."""


Sentence = TypeVar("Sentence", Message, str)
"""A message, or a text without a code."""

_NAMED = re.compile(r"\{(\w+)\}")
_PHASES = re.compile(r"(?: L[123])+$")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
"""A part of a sentence in brackets: left out where one of its values is not given."""


def message(code: str, /, **values: Value | None) -> Message:
    """Return the sentence of this code with these values filled in; it keeps only the values that it shows.

    None is no value. KeyError: an unknown code, or a value is missing that is not optional.
    """
    return _message(code, tuple(values.items()))


@lru_cache
def _message(code: str, given: tuple[tuple[str, Value | None], ...]) -> Message:
    """Return the sentence with the given (name, value) pairs; cached, as most reasons repeat from step to step."""
    values = {name: value for name, value in given if value is not None}
    sentence = _template(code, frozenset(values))
    shown = names_in(sentence)
    rounded = {name: round_value(name, value) for name, value in values.items() if name in shown}
    texts = {name: _text(name, value) for name, value in rounded.items()}
    return _make_message(sentence.format_map(texts), code, rounded)


@cache
def _template(code: str, given: frozenset[str]) -> str:
    """Return the sentence of a code with the optional parts whose values are `given`, the values still in braces."""
    return _OPTIONAL.sub(lambda part: part[1] if names_in(part[1]) <= given else "", CATALOGUE[code])


def with_values(made: Message, **more: Value) -> Message:
    """Return the message of this one's code with its values and further ones, as far as its sentence shows them."""
    return message(made.code, **{**made.values, **more})


def _make_message(sentence: str, code: str, values: Mapping[str, Value]) -> Message:
    """Return a sentence that is filled in already as a message with this code and these values."""
    made = Message(sentence)
    made.code, made.values = code, values
    return made


def with_frame(sentence: Sentence, name: str, text: str) -> Sentence:
    """Return a sentence with the words around it that FRAMES has for the value `name`, filled in with `text`.

    A message keeps its code and gets that value; KeyError for a name that FRAMES does not have.
    """
    whole = FRAMES[name].format(sentence=sentence, **{name: text})
    if not isinstance(sentence, Message):
        return whole
    return _make_message(whole, sentence.code, {name: text, **sentence.values})


def code_of(text: str) -> str | None:
    """Return the code of a message, None of any other text."""
    return text.code if isinstance(text, Message) else None


def values_of(text: str) -> Mapping[str, Value]:
    """Return the values of a message, none of any other text."""
    return text.values if isinstance(text, Message) else {}


def as_attributes(text: str, name: str) -> dict[str, object]:
    """Return a text, its code and its values as the attributes of an entity.

    A text without a code, such as one that an earlier version has stored, has None and no values.
    """
    return {name: str(text), f"{name}_code": code_of(text), f"{name}_values": dict(values_of(text))}


def as_event_data(text: str) -> dict[str, object]:
    """Return a text, its code and its values as the data of an event."""
    return {"message": str(text), "code": code_of(text), "values": dict(values_of(text))}


def with_codes(attributes: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes with the code and the values of each reason beside it, by which it is translated.

    Reasons are texts under a name that ends in "reason". The codes and values of `errors`, unless it is empty, are
    lists in the same order.
    """
    found: dict[str, object] = {}
    for name, value in attributes.items():
        if name.endswith(REASON) and isinstance(value, str):
            found |= as_attributes(value, name)
        else:
            found[name] = value
        if name == ERRORS and isinstance(value, list) and value:
            found |= as_list_attributes(value, name)
    return found


def as_list_attributes(texts: Sequence[str], name: str) -> dict[str, object]:
    """Return the attributes `name`, `name_code` and `name_values`: texts, codes and values, each a list in order."""
    codes, values = [code_of(each) for each in texts], [dict(values_of(each)) for each in texts]
    return {name: [str(each) for each in texts], f"{name}_code": codes, f"{name}_values": values}


def _text(name: str, value: Value) -> str:
    """Return a rounded value in English: money with all decimals, a rank (`_nth`) as "the 3rd", limits in words."""
    unit = unit_of(name)
    if isinstance(value, str):
        return _limit_words(value) if name == "limit" else value
    if unit == "nth":
        return _ordinal_text(int(value))
    return f"{value:.{DIGITS[unit]}f}" if unit in ("cost", "price") else number_text(value, max(DIGITS.values()))


def _limit_words(limit: str) -> str:
    """Return a limit in English words and its phases, such as "the imbalance limit L1 L2"; a fuse's name as it is."""
    name = _PHASES.sub("", limit)
    return LIMIT_NAMES.get(name, name) + limit.removeprefix(name)


def _ordinal_text(place: int) -> str:
    """Return a place as it stands before a superlative: the, the 2nd, the 3rd, the 11th."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return "the" if place == 1 else f"the {place}{ending}"


@cache
def names_in(sentence: str) -> frozenset[str]:
    """Return the names of the values that a sentence, or a part of it, shows."""
    return frozenset(_NAMED.findall(sentence))


def round_value(name: str, value: Value) -> Value:
    """Return a number rounded by the unit that `name` ends in (`DIGITS`, whole for any other); a text as it is."""
    if isinstance(value, str):
        return value
    unit = unit_of(name)
    digits = DIGITS.get(unit, 0) + (unit == "kwh" and abs(value) < SMALL_KWH)
    # What a user sets may be smaller still, and is not 0.
    return round(value, digits) + 0.0 or round(value, digits + (unit == "kwh")) + 0.0


def unit_of(name: str) -> str:
    """Return the unit in which the name of a value ends."""
    return name.rpartition("_")[2]
