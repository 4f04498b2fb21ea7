"""The English messages, read once from strings.json: every code with its sentence.

In a sentence, names in braces stand for values, and a part in brackets is left out where one of its values is not
given. In the sentences about what limits a load, `min_a` is given if it gets nothing, `fits_a` and `pause` if it is
paused, `share_a` if it gets something, and none of them where only the limit is described; `loads` are the loads that
use the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..data_files import read_data_file

STRINGS = Path(__file__).with_name("strings.json")
"""The file; its topics, and when each sentence is used, are for the page of all reasons (docs/words.md)."""


def read_strings(file: Path) -> tuple[Mapping[str, str], ...]:
    """Return code -> sentence, frames and limits of a file such as strings.json, as in `CATALOGUE` and below.

    ImportError, with its name, if it is missing or damaged.
    """
    return read_data_file(file, _make_strings)


def _make_strings(read: Any) -> tuple[Mapping[str, str], ...]:
    sentences = {code: str(row["sentence"]) for rows in read["topics"].values() for code, row in rows.items()}
    return sentences, dict(read["frames"]), dict(read["limits"])


CATALOGUE, FRAMES, LIMIT_NAMES = read_strings(STRINGS)
"""`CATALOGUE`: code -> its sentence. `FRAMES`: name of a value -> what it puts around a sentence: the load, path in
CONFIG, field or file that it is about. `LIMIT_NAMES`: a limit that is no phase of a fuse -> its words in a sentence."""
