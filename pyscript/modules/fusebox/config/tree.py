"""The intermediate tree of CONFIG while it is read: plain values, and leaves that are not values yet.

`Mistake` marks a mistake where it was made, so one pass finds all of them. `EntityLeaf` is an entity id. `Slot` is a
value that may change at run time. `Secret` is a text from secrets.yaml, never shown by its repr. `resolve` turns the
tree into typed records, with live values or with only what CONFIG fixes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from reprlib import repr as shortened
from types import MappingProxyType
from typing import Any, Protocol, TypeGuard

import voluptuous as vol

from ..model.messages.message import Message, Value, message, with_frame
from ..model.site import slug
from .domains import Use

SHOWN_LETTERS = 60
"""A value is cut to this many letters in an error."""

UNKNOWN = float("nan")
"""Replaces a value that CONFIG does not fix (live or wrong). It is neither above nor below any number."""

_LONGEST_ENTITY_ID = 255
"""Letters of an entity id, by Home Assistant."""

_ENTITY_ID = re.compile(r"[a-z](?!\w*__)[a-z0-9_]*(?<!_)\.(?!_)(?!\w*__)[a-z0-9_]+(?<!_)")
_PLAIN_KEY = re.compile(r"[\w -]+")


class Secret(str):
    """A text from secrets.yaml. `str()` gives the text for sending; its repr is only the reference."""

    reference: str

    @classmethod
    def of(cls, value: str, reference: str) -> Secret:
        """Return a secret that remembers how CONFIG refers to it."""
        secret = cls(value)
        secret.reference = reference
        return secret

    def __repr__(self) -> str:
        return repr(self.reference)


class Kind(Protocol):
    """The type of a value that may change at run time."""

    @property
    def use(self) -> Use:
        """What an entity that provides the value has to show."""

    def check(self, value: object) -> object:
        """Return the checked value from CONFIG or a service, no entity; raises `vol.Invalid` with the remedy."""

    def read(self, raw: object) -> object | None:
        """Return a state or a service's value in our type and legal range; None when it is unusable."""


class Leaf:
    """A node of the tree that is a value."""

    __slots__ = ()

    def value(self, live_values: Mapping[str, object] | None) -> object:
        """Return the value for these live values by path; with None, what CONFIG fixes, or `UNKNOWN`."""
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Mistake(Leaf):
    """A mistake in place of a value. `text`: what is wrong and its remedy, without path; `stray`: the key is wrong."""

    text: Message
    stray: bool = False


@dataclass(frozen=True, slots=True)
class EntityLeaf(Leaf):
    """An entity in CONFIG: its id, what Fusebox needs it for, and whether Fusebox commands it."""

    entity: str
    use: Use
    is_commanded: bool = False

    def value(self, live_values: Mapping[str, object] | None) -> object:
        """Return the entity id."""
        return self.entity


@dataclass(frozen=True, slots=True)
class Slot(Leaf):
    """A value that changes at run time: read from `entity`, or set by a service; `fallback` until then.

    `settable`: whether a service may set it.
    """

    kind: Kind
    entity: str | None
    fallback: object
    path: str = ""
    settable: bool = False

    @property
    def use(self) -> Use:
        """What the slot's entity has to show."""
        return self.kind.use

    def value(self, live_values: Mapping[str, object] | None) -> object:
        """Return the live value of this path when it is usable, otherwise the fallback.

        With None for `live_values`: the value that CONFIG fixes, `UNKNOWN` if an entity gives it.
        """
        if live_values is None:
            return self.fallback if self.entity is None else UNKNOWN
        read = self.kind.read(live_values.get(self.path))
        return self.fallback if read is None else read


class Keys(dict[str, object]):
    """The checked keys of a section, and the function that makes a record of their values."""

    def __init__(self, keys: Mapping[str, object], make: Callable[..., object] | None) -> None:
        super().__init__(keys)
        self.make = make
        """Builds a record of their values; None: they become a read-only mapping."""


def is_entity(value: object) -> TypeGuard[str]:
    """Return whether a value is a text with the form of an entity id."""
    return isinstance(value, str) and len(value) <= _LONGEST_ENTITY_ID and _ENTITY_ID.fullmatch(value) is not None


def quote_value(value: object) -> str:
    """Return a value as text for an error: shortened, "a dict" or "a list" for those, a secret as its reference."""
    if isinstance(value, Secret):
        return repr(value)
    if value is None or isinstance(value, int):
        return shortened(value)
    if isinstance(value, str):
        return repr(value if len(value) <= SHOWN_LETTERS else value[: SHOWN_LETTERS - 3] + "...")
    if isinstance(value, float):
        return f"{value:.10g}"
    return "a dict" if isinstance(value, dict) else "a list"


def join_path(path: str, key: object) -> str:
    """Return the path of a child: `loads.car`, `radiators[0]`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    name = str(key) if _PLAIN_KEY.fullmatch(str(key)) else quote_value(key)
    return f"{path}.{name}" if path else name


def steps_of(path: str) -> list[str | int]:
    """Return the keys and places in lists of a path: `site.battery[1].soc_min_pct`."""
    return [int(step) if step.isdecimal() else step for step in re.split(r"[.\[]", path.replace("]", ""))]


def readable_path(path: str) -> str:
    """Return a path as a person writes it, without a trailing `.entity` or `_entity`."""
    return path.removesuffix(".entity").removesuffix("_entity")


def leaves(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield (path, leaf) for every leaf of a tree, in the order written."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, join_path(path, key))
    elif isinstance(node, (tuple, list)):
        for index, child in enumerate(node):
            yield from leaves(child, join_path(path, index))
    else:
        yield path, node


def has_mistake(node: object) -> bool:
    """Return whether anything in a tree is a `Mistake`."""
    return any(isinstance(leaf, Mistake) for _, leaf in leaves(node))


def with_paths(node: object, path: str = "") -> object:
    """Return the tree with its path set in every slot."""
    if isinstance(node, Slot):
        return replace(node, path=path)
    if isinstance(node, dict):
        children = {key: with_paths(child, join_path(path, key)) for key, child in node.items()}
        return Keys(children, node.make) if isinstance(node, Keys) else children
    if isinstance(node, tuple):
        return tuple(with_paths(child, join_path(path, index)) for index, child in enumerate(node))
    return node


def resolve(node: object, live_values: Mapping[str, object] | None) -> object:
    """Return the records and read-only mappings that a tree becomes with these live values.

    With None for `live_values` each value that CONFIG does not fix becomes `UNKNOWN`. Keys that are mistakes themselves
    are left out.
    """
    if isinstance(node, Leaf):
        return node.value(live_values)
    if isinstance(node, dict):
        known = {key: child for key, child in node.items() if not (isinstance(child, Mistake) and child.stray)}
        children: dict[str, Any] = {key: resolve(child, live_values) for key, child in known.items()}
        make = node.make if isinstance(node, Keys) else None
        return MappingProxyType(children) if make is None else make(**children)
    return tuple(resolve(child, live_values) for child in node) if isinstance(node, tuple) else node


def as_tuple(sections: Any) -> tuple[Any, ...]:
    """Return resolved sections as a tuple, when they may be written as one, as a list, or not at all."""
    if sections is None:
        return ()
    return sections if isinstance(sections, tuple) else (sections,)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake at a path of CONFIG: the value and the remedy. Never shows a secret.

    `str()` gives "path: sentence", which is still a message with its code.
    """

    path: str
    text: Message

    def __str__(self) -> str:
        return with_frame(self.text, "path", self.path)


def problem(path: str, code: str, /, *wrong: object, **values: Value) -> Problem:
    """Return the problem at a path with the message of this code; `wrong`: the value that it quotes, if any."""
    return Problem(path, mistake(code, *wrong, **values).text)


def invalid(code: str, /, *wrong: object, **values: Value) -> vol.Invalid:
    """Return the error that a check raises, with the message of `mistake`."""
    return vol.Invalid(mistake(code, *wrong, **values).text)


def mistake(code: str, /, *wrong: object, **values: Value) -> Mistake:
    """Return the mistake with the message of this code; `wrong`: the value that it quotes, if any."""
    quoted = {"value": quote_value(wrong[0])} if wrong else {}
    return Mistake(message(code, **quoted, **values))


ALIKE_SHARE = 0.75
"""An unknown entity id is compared with known ones; at least this similarity is needed to suggest one. Chosen."""
LONGEST_WORD = 80
"""Number of letters of a key or word that are compared with the known ones."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that resembles `word` most, None when none is similar."""
    by_slug = {slug(each): each for each in known}
    matches = difflib.get_close_matches(slug(word)[:LONGEST_WORD], by_slug, n=1)
    return by_slug[matches[0]] if matches else None


def nearest_entity(entity: str, known: Iterable[str]) -> str | None:
    """Return the known entity of the same domain whose id resembles `entity` most, None when none is similar.

    Only ids that share a word with it, or are about as long, are compared: a house may have thousands.
    """
    domain, _, name = entity.partition(".")
    words = set(name.split("_"))
    others = [other.partition(".")[2] for other in known if other.startswith(f"{domain}.")]
    alike = [each for each in others if words & set(each.split("_")) or abs(len(each) - len(name)) <= 1]
    matches = difflib.get_close_matches(name, alike, n=1, cutoff=ALIKE_SHARE)
    return f"{domain}.{matches[0]}" if matches else None


def known_choices(word: object, known: Iterable[str]) -> dict[str, str]:
    """Return the values of a message about a wrong word: all allowed words and the most similar one, if any."""
    words = list(known)
    found = nearest(word, words) if type(word) is str else None
    return {"known": ", ".join(words), **did_you_mean(found)}


def did_you_mean(found: str | None) -> dict[str, str]:
    """Return the value of "did you mean" in a message, empty for None."""
    return {} if found is None else {"near": repr(found)}


def near_or_known(word: str, known: Iterable[str]) -> dict[str, str]:
    """Return the most similar known word for "did you mean", otherwise all of them for "known here"."""
    words = list(known)
    return did_you_mean(nearest(word, words)) or {"known": ", ".join(words)}
