"""The tree that CONFIG becomes while it is read: plain values, and leaves that are not values yet.

`Wrong` is a mistake in the place where it was made, so all of them are found in one pass. `Entity` is an entity id.
`Slot` is a value that may change while running. `Secret` is a text from secrets.yaml; its repr never shows it.
`resolved` makes the typed parts of the site of it: with live values, or of what CONFIG itself fixes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol

from .domains import Use

SHOWN_LETTERS = 60
"""A value is shown in so many letters."""

UNKNOWN = float("nan")
"""Stands for a value that is there but not fixed by CONFIG: it is live or wrong. It is above and below nothing."""

_LONGEST_ENTITY_ID = 255
"""Letters of an entity id, by Home Assistant."""

_ENTITY_ID = re.compile(r"[a-z](?!\w*__)[a-z0-9_]*(?<!_)\.(?!_)(?!\w*__)[a-z0-9_]+(?<!_)")


class Secret(str):
    """A text from secrets.yaml. `str()` gives it to whoever must send it; its repr is the reference only."""

    reference: str

    @classmethod
    def of(cls, value: str, reference: str) -> Secret:
        """The secret's value, remembering how CONFIG refers to it."""
        secret = cls(value)
        secret.reference = reference
        return secret

    def __repr__(self) -> str:
        return repr(self.reference)


class Kind(Protocol):
    """What a value may be while running."""

    @property
    def use(self) -> Use:
        """What an entity that stands for it has to show."""

    def check(self, value: object) -> object:
        """What CONFIG or a service says, checked; raises `vol.Invalid` with what would be right."""

    def read(self, raw: object) -> object | None:
        """A state or a service's value as ours, inside the legal range; None when it is unusable."""


class Leaf:
    """What stands in the tree in place of a value."""

    __slots__ = ()

    def value(self, values: Mapping[str, object] | None) -> object:
        """The value, with these live values by path; without them what CONFIG fixes, `UNKNOWN` for anything else."""
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Wrong(Leaf):
    """A mistake: what is wrong and what would be right, without the path. `stray`: what is wrong is the key."""

    text: str
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Entity(Leaf):
    """An entity that CONFIG names: its id, what Fusebox needs it for, and whether Fusebox commands it."""

    entity: str
    use: Use
    is_commanded: bool = False

    def value(self, values: Mapping[str, object] | None) -> object:
        """The id."""
        return self.entity


@dataclass(frozen=True, slots=True)
class Slot(Leaf):
    """A value that changes while running: read from `entity`, or set by a service; `fallback` until then."""

    kind: Kind
    entity: str | None
    fallback: object
    path: str = ""

    @property
    def use(self) -> Use:
        """What its entity has to show."""
        return self.kind.use

    def value(self, values: Mapping[str, object] | None) -> object:
        """The value given for this path when it is usable, otherwise the fallback."""
        if values is None:
            return self.fallback if self.entity is None else UNKNOWN
        given = values.get(self.path)
        read = None if given is None else self.kind.read(given)
        return self.fallback if read is None else read


class Keys(dict[str, object]):
    """The checked keys of a section, and what is made of their values."""

    make: Callable[..., object] | None = None

    @classmethod
    def of(cls, keys: Mapping[str, object], make: Callable[..., object] | None) -> Keys:
        """These keys, of which `make` makes a record; without it they become a read-only mapping."""
        tree = cls(keys)
        tree.make = make
        return tree


def is_entity(value: str) -> bool:
    """Whether a text has the shape of an entity id."""
    return len(value) <= _LONGEST_ENTITY_ID and _ENTITY_ID.fullmatch(value) is not None


def show(value: object) -> str:
    """A value for an error: short, and never a secret."""
    if isinstance(value, Secret):
        return repr(value)
    if isinstance(value, str):
        longest = SHOWN_LETTERS
        return repr(value if len(value) <= longest else value[: longest - 3] + "...")
    if isinstance(value, float):
        return f"{value:.10g}"
    if value is None or isinstance(value, (bool, int)):
        return str(value)
    return "a dict" if isinstance(value, dict) else "a list"


def join(path: str, key: object) -> str:
    """The path of a child: `loads.car`, `radiators[0]`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    name = str(key) if re.fullmatch(r"[\w -]+", str(key)) else show(key)
    return f"{path}.{name}" if path else name


def place_of(path: str) -> str:
    """The path as a person knows it: a measured quantity may be written as its entity alone."""
    return path.removesuffix(".entity").removesuffix("_entity")


def leaves(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every leaf of a tree with its path, in the order written."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, join(path, key))
    elif isinstance(node, (tuple, list)):
        for index, child in enumerate(node):
            yield from leaves(child, join(path, index))
    else:
        yield path, node


def placed(node: object, path: str = "") -> object:
    """The same tree with every slot knowing its path."""
    if isinstance(node, Slot):
        return replace(node, path=path)
    if isinstance(node, dict):
        children = {key: placed(child, join(path, key)) for key, child in node.items()}
        return Keys.of(children, node.make) if isinstance(node, Keys) else children
    if isinstance(node, tuple):
        return tuple(placed(child, join(path, index)) for index, child in enumerate(node))
    return node


def resolved(node: object, values: Mapping[str, object] | None) -> object:
    """The typed parts that a tree comes to with these live values: records, and read-only mappings.

    Without any it is what CONFIG fixes, as far as it could be built: see `Leaf.value`.
    """
    if isinstance(node, Leaf):
        return node.value(values)
    if isinstance(node, dict):
        children: dict[str, Any] = {
            key: resolved(child, values)
            for key, child in node.items()
            if not (isinstance(child, Wrong) and child.stray)
        }
        make = node.make if isinstance(node, Keys) else None
        return MappingProxyType(children) if make is None else make(**children)
    if isinstance(node, tuple):
        return tuple(resolved(child, values) for child in node)
    return node


def listed(sections: Any) -> tuple[Any, ...]:
    """Resolved sections that may be written as one, as a list, or not at all."""
    if sections is None:
        return ()
    return sections if isinstance(sections, tuple) else (sections,)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at which path of CONFIG, the value, and what would be right. Never shows a secret."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


ALIKE_SHARE = 0.75
"""An entity id is proposed for one that is not there when so much of both is the same. Chosen."""
LONGEST_WORD = 80
"""Letters of a key, or of a word that the nearest known one is looked for."""


def slug(text: str) -> str:
    """Lower-case letters and digits joined by single underscores: "Solar Priority" -> "solar_priority"."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most resembles, None when it resembles none."""
    by_slug = {slug(each): each for each in known}
    matches = difflib.get_close_matches(slug(word)[:LONGEST_WORD], by_slug, n=1)
    return by_slug[matches[0]] if matches else None


def nearest_entity(entity: str, known: Iterable[str]) -> str | None:
    """The known entity of the same domain whose id it most resembles, None when none does.

    Only those that share a word with it or are about as long are compared: a house may have thousands.
    """
    domain, _, name = entity.partition(".")
    words = set(name.split("_"))
    others = [other.partition(".")[2] for other in known if other.startswith(f"{domain}.")]
    alike = [each for each in others if words & set(each.split("_")) or abs(len(each) - len(name)) <= 1]
    matches = difflib.get_close_matches(name, alike, n=1, cutoff=ALIKE_SHARE)
    return f"{domain}.{matches[0]}" if matches else None


def one_of_these(word: object, known: Iterable[str]) -> str:
    """The remedy for a value out of a fixed set: the nearest one if any, and all of them."""
    words = list(known)
    found = nearest(word, words) if type(word) is str else None
    return f"{f'did you mean {found!r}? ' if found else ''}write {', '.join(words)}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A half sentence that helps: the nearest known word, else all of them."""
    words = list(known)
    found = nearest(word, words)
    if found is not None:
        return f"did you mean {found!r}?"
    return f"known here: {', '.join(words)}" if words else "none are known here"
