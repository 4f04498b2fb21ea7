"""One row of the catalogue."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """What a code stands for."""

    english: str
    """The sentence, with the names of its values in braces."""
    when: str
    """When it is used."""
