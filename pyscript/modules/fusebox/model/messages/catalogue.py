"""The English messages, read once from strings.json: every code with its sentence and when it is used.

In a sentence, names in braces stand for values, and a part in brackets is left out where one of its values is not
given. In the sentences about what limits a load, `min_a` is given if it gets nothing, `fits_a` and `pause` if it is
paused, `share_a` if it gets something, and none of them where only the limit is described; `loads` are the loads that
use the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..data_files import read_data_file

STRINGS = Path(__file__).with_name("strings.json")


class Entry(NamedTuple):
    """The English sentence of a code, and when it is used."""

    english: str
    """The sentence, with the names of its values in braces."""
    when: str
    """When it is used."""


class Strings(NamedTuple):
    """All words of one language."""

    topics: Mapping[str, Mapping[str, Entry]]
    """Title of a topic -> its codes."""
    frames: Mapping[str, str]
    """Name of a value -> what it puts around a sentence."""
    limits: Mapping[str, str]
    """The value `limit` -> its words in a sentence."""


def read_strings(file: Path) -> Strings:
    """Return the words in a file such as strings.json. ImportError, with its name, if it is missing or damaged."""
    return read_data_file(file, _make_strings)


def _make_strings(read: Any) -> Strings:
    topics = {
        title: {code: Entry(str(row["sentence"]), str(row["when"])) for code, row in rows.items()}
        for title, rows in read["topics"].items()
    }
    return Strings(topics, dict(read["frames"]), dict(read["limits"]))


TOPICS, FRAMES, LIMIT_NAMES = read_strings(STRINGS)
"""Title of a topic -> its codes. Name of a value -> what it puts around a sentence: the load, path in CONFIG, field or
file that it is about. The value `limit` -> its words in a sentence, for every limit that is no phase of a fuse."""

CATALOGUE: Mapping[str, Entry] = {code: entry for topic in TOPICS.values() for code, entry in topic.items()}
