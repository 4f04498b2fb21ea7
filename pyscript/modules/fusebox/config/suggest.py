"""The nearest right word for a misspelt one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

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
