"""The first pass over CONFIG: a copy with its secrets filled in, and a `Wrong` for each value that is not plain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model.messages.message import message
from ..model.numbers import LARGEST
from .tree import LONGEST_WORD, SHOWN_LETTERS, Secret, Wrong, near, nearest, show

MOST_DEPTH = 12
"""Deeper nesting means that a value contains itself."""
MOST_VALUES = 5000
"""The most values of CONFIG: far more than a house has, and few enough for quick reading."""
LONGEST_TEXT = 4000
"""The longest text, in characters."""
PLACEHOLDER = "FILL_IN"
"""Stands where the user has yet to write a value. A CONFIG that contains it is not used."""
_OPEN = re.compile(r"(?:[a-z_]+\.)?(?:fill[_ -]in|<[^<>]+>)", re.IGNORECASE)


def plain(value: object, secrets: Mapping[str, str]) -> object:
    """Return a copy of dicts, lists, texts and numbers; any other value becomes a `Wrong`."""
    if _is_too_large(value):
        return Wrong(message("config_too_large", most=MOST_VALUES))
    return _copy_plain(value, secrets, 0)


def _is_too_large(value: object) -> bool:
    """Return whether CONFIG has more values than any house; one that contains itself has endlessly many."""
    left, count = [value], 0
    while left and count <= MOST_VALUES:
        node = left.pop()
        count += 1
        if isinstance(node, dict):
            left.extend(node.values())
        elif isinstance(node, (list, tuple)):
            left.extend(node)
    return count > MOST_VALUES


def _copy_plain(node: object, secrets: Mapping[str, str], depth: int) -> object:
    """Return a copy of a node with secrets filled in, `Wrong` for what is no plain value."""
    if depth > MOST_DEPTH:
        return Wrong(message("config_too_deep"))
    if isinstance(node, dict):
        return dict(_entry(key, child, secrets, depth + 1) for key, child in node.items())
    if isinstance(node, (list, tuple)):
        return [_copy_plain(child, secrets, depth + 1) for child in node]
    if isinstance(node, str):
        return _text(node, secrets)
    if isinstance(node, (int, float)) and LARGEST < abs(node) < float("inf"):
        return Wrong(message("number_too_large"))
    if node is None or isinstance(node, (int, float)):
        return node
    return Wrong(message("value_not_plain", kind=type(node).__name__))


def _entry(key: object, child: object, secrets: Mapping[str, str], depth: int) -> tuple[str, object]:
    """Return key and copied value of a dict's entry."""
    if isinstance(key, str):
        return key[:LONGEST_WORD], _placeholder_mistake("name", key) if _is_open(key) else _copy_plain(
            child, secrets, depth
        )
    known = _copy_plain(key, secrets, depth)
    return "?" if isinstance(known, Wrong) else show(known), Wrong(message("key_not_text"))


def _text(text: str, secrets: Mapping[str, str]) -> object:
    """Return a text, its secret for a reference, or a `Wrong`."""
    if len(text) > LONGEST_TEXT:
        return Wrong(message("text_too_long", count=len(text), most=LONGEST_TEXT))
    if _is_open(text):
        return _placeholder_mistake("value", text)
    if not text.startswith("!secret"):
        return text
    match = re.fullmatch(r"!secret\s+(\S+)\s*", text)
    if match is None:
        return Wrong(message("no_secret_reference"))
    name, shown = match[1], match[1][:SHOWN_LETTERS]
    if PLACEHOLDER in secrets.get(name, ""):
        return Wrong(message("secret_unfilled", value=show(name)))
    if name in secrets:
        return Secret.of(secrets[name], f"!secret {shown}")
    found = nearest(name, secrets)
    return Wrong(message("secret_unknown", value=show(name), **(near(found) or {"line": f"{shown}: ..."})))


def _is_open(text: str) -> bool:
    """Return whether a text still has to be written by the user: contains FILL_IN, or is only `fill_in` or `<name>`."""
    return PLACEHOLDER in text or _OPEN.fullmatch(text.strip()) is not None


def _placeholder_mistake(what: str, text: str) -> Wrong:
    """Return the mistake of a placeholder in place of a value or a name."""
    shown = PLACEHOLDER if PLACEHOLDER in text.upper() else text.strip()[:SHOWN_LETTERS]
    return Wrong(message("unfilled", value=shown, what=what))
