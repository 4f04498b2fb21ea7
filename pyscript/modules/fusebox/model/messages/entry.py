"""One row of the catalogue."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """The English sentence of a code, and when it is used."""

    english: str
    """The sentence, with the names of its values in braces."""
    when: str
    """When it is used."""
