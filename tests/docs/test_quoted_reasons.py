"""Every reason that the first part of docs/troubleshooting.md quotes is a sentence of the catalogue."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path

from fusebox.model.messages.message import CATALOGUE

PAGE = (Path(__file__).parents[2] / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
SYMPTOMS = re.sub(r"```.*?```", "", PAGE.partition("\n## Errors in CONFIG\n")[0], flags=re.DOTALL)
VALUE = re.compile(r"\{\w+\}|\bmain L1\b|\bL1\b|\d[\d.:]*|\bsun\b|\bown power \(allow_grid_charging is off\)")
"""Matches a placeholder in a catalogue sentence, and an example value in a quoted one: both become the same mark."""
NO_REASON = ("last_states", "fusebox_ha", "can't register", "has no usable value yet")
"""Lines of the log, and an error that is not in the catalogue."""


def bare(text: str) -> str:
    """A text without line breaks, with # for each value."""
    return VALUE.sub("#", re.sub(r"\s+", " ", text))


def variants(sentence: str) -> set[str]:
    """A bare sentence with and without each of its parts in brackets."""
    parts = re.split(r"\[([^\[\]]*)\]", sentence)
    choices = [(part,) if place % 2 == 0 else (part, "") for place, part in enumerate(parts)]
    return {"".join(chosen).replace("  ", " ") for chosen in product(*choices)}


@cache
def sentences() -> str:
    """All sentences of the catalogue, a line each: made by the tests that need them, not by each collection."""
    return "\n".join(sorted(set().union(*(variants(bare(sentence)) for sentence in CATALOGUE.values()))))


def is_a_reason(quote: str) -> bool:
    return bare(quote) in sentences()


def test_each_quoted_reason_is_in_the_catalogue():
    quotes = [quote for quote in re.findall(r"`([^`]+)`", SYMPTOMS) if len(quote.split()) >= 4]
    assert len(quotes) > 20
    assert [q for q in quotes if not any(part in q for part in NO_REASON) and not is_a_reason(q)] == []


def test_another_sentence_is_none():
    assert not is_a_reason("the moon is in the wrong house")
