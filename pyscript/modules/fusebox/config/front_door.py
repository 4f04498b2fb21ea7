"""The first pass over CONFIG: a copy with its secrets filled in, and a `Mistake` for each value that is not plain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model.numbers import LARGEST
from .tree import LONGEST_WORD, SHOWN_LETTERS, Mistake, Secret, did_you_mean, mistake, nearest, quote_value

MOST_DEPTH = 12
"""Deeper nesting means that a value contains itself."""
MOST_VALUES = 5000
"""The most values of CONFIG: far more than a house has, and few enough for quick reading."""
LONGEST_TEXT = 4000
"""The longest text, in characters."""
PLACEHOLDER = "FILL_IN"
"""Stands where the user has yet to write a value. A CONFIG that contains it is not used."""
_UNFILLED = re.compile(r"(?:[a-z_]+\.)?(?:fill[_ -]in|<[^<>]+>)", re.IGNORECASE)


def plain_copy(value: object, secrets: Mapping[str, str]) -> object:
    """Return a copy of CONFIG with secrets filled in and a `Mistake` for each value that is not plain.

    Plain are dicts, lists and tuples (both become lists), texts, numbers and None; no placeholder is. A CONFIG of more
    than `MOST_VALUES` values is one `Mistake` as a whole.
    """
    if _is_too_large(value):
        return mistake("config_too_large", most=MOST_VALUES)
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
    """Return a plain copy of a node with secrets filled in; a list or tuple becomes a list.

    A `Mistake` for a value of another type, a number that is too large (but not infinity), and whatever is nested
    deeper than `MOST_DEPTH`; for texts see `_fill_in_secret`.
    """
    if depth > MOST_DEPTH:
        return mistake("config_too_deep")
    if isinstance(node, dict):
        return dict(_copy_entry(key, child, secrets, depth + 1) for key, child in node.items())
    if isinstance(node, (list, tuple)):
        return [_copy_plain(child, secrets, depth + 1) for child in node]
    if isinstance(node, str):
        return _fill_in_secret(node, secrets)
    if isinstance(node, (int, float)) and LARGEST < abs(node) < float("inf"):
        return mistake("number_too_large")
    if node is None or isinstance(node, (int, float)):
        return node
    return mistake("value_not_plain", kind=type(node).__name__)


def _copy_entry(key: object, child: object, secrets: Mapping[str, str], depth: int) -> tuple[str, object]:
    """Return key and copied value of a dict's entry; the key is cut to `LONGEST_WORD` letters.

    A `Mistake` as value for a placeholder or a key that is not a text, which becomes a text itself, "?" if it is not
    plain.
    """
    if isinstance(key, str):
        return key[:LONGEST_WORD], _placeholder_mistake("name", key) if _is_unfilled(key) else _copy_plain(
            child, secrets, depth
        )
    known = _copy_plain(key, secrets, depth)
    return "?" if isinstance(known, Mistake) else quote_value(known), mistake("key_not_text")


def _fill_in_secret(text: str, secrets: Mapping[str, str]) -> object:
    """Return a text unchanged, or the secret that it refers to.

    A `Mistake` for a text that is too long or a placeholder, and for a secret that is unknown or not filled in.
    """
    if len(text) > LONGEST_TEXT:
        return mistake("text_too_long", count=len(text), most=LONGEST_TEXT)
    if _is_unfilled(text):
        return _placeholder_mistake("value", text)
    if not text.startswith("!secret"):
        return text
    match = re.fullmatch(r"!secret\s+(\S+)\s*", text)
    if match is None:
        return mistake("no_secret_reference")
    name, shown = match[1], match[1][:SHOWN_LETTERS]
    if PLACEHOLDER in secrets.get(name, ""):
        return mistake("secret_unfilled", name)
    if name in secrets:
        return Secret.of(secrets[name], f"!secret {shown}")
    found = nearest(name, secrets)
    return mistake("secret_unknown", name, **did_you_mean(found) or {"line": f"{shown}: ..."})


def _is_unfilled(text: str) -> bool:
    """Return whether a text is a placeholder that the user has yet to replace.

    It contains FILL_IN, or is only `fill_in` or `<name>`.
    """
    return PLACEHOLDER in text or _UNFILLED.fullmatch(text.strip()) is not None


def _placeholder_mistake(what: str, text: str) -> Mistake:
    """Return the mistake of a placeholder in place of a value or a name."""
    shown = PLACEHOLDER if PLACEHOLDER in text.upper() else text.strip()[:SHOWN_LETTERS]
    return mistake("unfilled", value=shown, what=what)
