"""The front door: whatever stands in CONFIG becomes plain dicts, lists, texts and numbers, with secrets filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .. import tuning
from .suggest import nearest
from .tree import Secret, Wrong, show


def plain(value: object, secrets: Mapping[str, str]) -> object:
    """A private copy of CONFIG. What cannot be copied becomes `Wrong` where it stands: other objects, cycles,
    secrets that are not there.

    Calls no method of a foreign object, so nothing that is written into CONFIG can make reading it fail.
    """
    copy = _Copy(secrets)
    tree = copy.of(value, 0)
    if copy.left < 0:
        return Wrong(
            f"has more than {tuning.CONFIG_MOST_VALUES} values, or one that contains itself; take out what is repeated"
        )
    return tree


def known_secrets(secrets: object) -> dict[str, str]:
    """The usable part of what is given as secrets: names and texts. Calls no method of a foreign object either."""
    if not issubclass(type(secrets), dict):
        return {}
    pairs: Iterable[tuple[Any, Any]] = dict.items(secrets)  # type: ignore[arg-type]
    return {
        str.__str__(name): str.__str__(value)
        for name, value in pairs
        if issubclass(type(name), str) and issubclass(type(value), str)
    }


class _Copy:
    """One copying, which ends after `tuning.CONFIG_MOST_VALUES` values: a list may contain itself many times over."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        self.left = tuning.CONFIG_MOST_VALUES

    def of(self, node: Any, depth: int) -> object:
        self.left -= 1
        kind = type(node)
        if depth > tuning.CONFIG_MOST_DEPTH:
            return Wrong("is nested too deeply; does a value contain itself?")
        if issubclass(kind, dict):
            return self._dict(node, depth + 1)
        if issubclass(kind, list):
            return self._list(list.__getitem__(node, slice(tuning.CONFIG_MOST_VALUES)), depth + 1)
        if issubclass(kind, tuple):
            return self._list(tuple.__getitem__(node, slice(tuning.CONFIG_MOST_VALUES)), depth + 1)
        if issubclass(kind, str):
            return self._text(str.__str__(node))
        if kind is int and abs(node) > tuning.CONFIG_LARGEST_NUMBER:
            return Wrong("is a number far too large")
        if node is None or kind in (bool, int, float):
            return node
        name = type.__dict__["__name__"].__get__(kind)
        return Wrong(f"a {name} is no plain value; write texts, numbers, lists and dicts")

    def _list(self, items: Any, depth: int) -> list[object]:
        copies: list[object] = []
        for child in items:
            copies.append(self.of(child, depth))
            if self.left < 0:
                break
        return copies

    def _dict(self, node: Any, depth: int) -> dict[str, object]:
        copies: dict[str, object] = {}
        for key, child in dict.items(node):
            if issubclass(type(key), str):
                copies[str.__str__(key)[: tuning.CONFIG_LONGEST_KEY]] = self.of(child, depth)
            else:
                name = self.of(key, depth)
                shown = show(name) if isinstance(name, (int, float)) else "?"
                copies[shown] = Wrong("is no key; keys are texts, so put it in quotes")
            if self.left < 0:
                break
        return copies

    def _text(self, text: str) -> object:
        if len(text) > tuning.CONFIG_LONGEST_TEXT:
            return Wrong(f"is a text of {len(text)} characters; write at most {tuning.CONFIG_LONGEST_TEXT}")
        if not text.startswith("!secret"):
            return text
        match = re.fullmatch(r"!secret\s+(\S+)\s*", text)
        if match is None:
            return Wrong("is no reference to a secret; write '!secret name'")
        name = match[1]
        if name in self._secrets:
            return Secret.of(self._secrets[name], f"!secret {name[: tuning.CONFIG_SHOWN_LETTERS]}")
        found = nearest(name, self._secrets)
        remedy = (
            f"did you mean {found!r}?" if found else f"add the line '{name[: tuning.CONFIG_SHOWN_LETTERS]}: ...' there"
        )
        return Wrong(f"secret {show(name)} is not in secrets.yaml; {remedy}")
