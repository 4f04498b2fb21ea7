"""The front door: a copy of CONFIG with its secrets filled in, and with a mistake where no plain value stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model.numbers import LARGEST
from .tree import LONGEST_WORD, SHOWN_LETTERS, Secret, Wrong, nearest, show

MOST_DEPTH = 12
"""What is nested deeper contains itself."""
MOST_VALUES = 5000
"""So many values at most: far more than a house has, and few enough that reading stays quick."""
LONGEST_TEXT = 4000
"""Letters of a text."""
PLACEHOLDER = "FILL_IN"
"""Stands where a person has yet to write a value. No CONFIG that still contains it is used."""
_OPEN = re.compile(r"(?:[a-z_]+\.)?(?:fill[_ -]in|<[^<>]+>)", re.IGNORECASE)


def plain(value: object, secrets: Mapping[str, str]) -> object:
    """A copy of dicts, lists, texts and numbers. What is none of them becomes `Wrong` where it stands."""
    if _is_too_large(value):
        most = MOST_VALUES
        return Wrong(f"has more than {most} values, or one that contains itself; take out what is repeated")
    return _copied(value, secrets, 0)


def _is_too_large(value: object) -> bool:
    """Whether it has more values than any house; what contains itself has endlessly many."""
    left, count = [value], 0
    while left and count <= MOST_VALUES:
        node = left.pop()
        count += 1
        if isinstance(node, dict):
            left.extend(node.values())
        elif isinstance(node, (list, tuple)):
            left.extend(node)
    return count > MOST_VALUES


def _copied(node: object, secrets: Mapping[str, str], depth: int) -> object:
    if depth > MOST_DEPTH:
        return Wrong("is nested too deeply; write it flatter, as in config_examples/")
    if isinstance(node, dict):
        return dict(_entry(key, child, secrets, depth + 1) for key, child in node.items())
    if isinstance(node, (list, tuple)):
        return [_copied(child, secrets, depth + 1) for child in node]
    if isinstance(node, str):
        return _text(node, secrets)
    if isinstance(node, (int, float)) and LARGEST < abs(node) < float("inf"):
        return Wrong("is a number far too large")
    if node is None or isinstance(node, (int, float)):
        return node
    return Wrong(f"a {type(node).__name__} is no plain value; write texts, numbers, lists and dicts")


def _entry(key: object, child: object, secrets: Mapping[str, str], depth: int) -> tuple[str, object]:
    if isinstance(key, str):
        return key[:LONGEST_WORD], _unfilled("name", key) if _is_open(key) else _copied(child, secrets, depth)
    known = _copied(key, secrets, depth)
    return "?" if isinstance(known, Wrong) else show(known), Wrong("is no key; keys are texts, so put it in quotes")


def _text(text: str, secrets: Mapping[str, str]) -> object:
    if len(text) > LONGEST_TEXT:
        return Wrong(f"is a text of {len(text)} characters; write at most {LONGEST_TEXT}")
    if _is_open(text):
        return _unfilled("value", text)
    if not text.startswith("!secret"):
        return text
    match = re.fullmatch(r"!secret\s+(\S+)\s*", text)
    if match is None:
        return Wrong("is no reference to a secret; write '!secret name'")
    name, shown = match[1], match[1][:SHOWN_LETTERS]
    if PLACEHOLDER in secrets.get(name, ""):
        return Wrong(f"secret {show(name)} is still FILL_IN in secrets.yaml; write its value there")
    if name in secrets:
        return Secret.of(secrets[name], f"!secret {shown}")
    found = nearest(name, secrets)
    remedy = f"did you mean {found!r}?" if found else f"add the line '{shown}: ...' there"
    return Wrong(f"secret {show(name)} is not in secrets.yaml; {remedy}")


def _is_open(text: str) -> bool:
    """Whether a text has yet to be written by a person: FILL_IN in it, or nothing but `fill_in` or `<name>`."""
    return PLACEHOLDER in text or _OPEN.fullmatch(text.strip()) is not None


def _unfilled(what: str, text: str) -> Wrong:
    """The mistake of a placeholder that stands where a value, or a name, belongs."""
    shown = PLACEHOLDER if PLACEHOLDER in text.upper() else text.strip()[:SHOWN_LETTERS]
    return Wrong(f"is still {shown}; write the {what} that belongs here, or remove the key")
