"""docs/troubleshooting.md has every sentence by which something wrong is told, and none that is never told."""

from __future__ import annotations

import re
from pathlib import Path

from fusebox.model.messages.catalogue import CATALOGUE, FRAMES

from .told import PARTS, UNSEEN, told, written

PAGE = Path(__file__).parents[2] / "docs" / "troubleshooting.md"
TOLD = told()


def quoted(page: str) -> list[str]:
    """What the first columns of the tables under "Errors ..." quote."""
    found = []
    for section in re.split(r"^## ", page, flags=re.MULTILINE):
        if section.startswith("Errors "):
            for first in re.findall(r"^\| (.*?) \|", section, re.MULTILINE):
                found += re.findall(r"`([^`]+)`", first)
    return found


QUOTED = quoted(PAGE.read_text(encoding="utf-8"))


def is_in(quote: str, sentence: str) -> bool:
    """Whether a sentence has these words in this order; "…" in either stands for anything."""
    pattern = ".*".join(map(re.escape, quote.split("…")))
    return re.search(pattern, sentence, re.DOTALL) is not None


def test_there_is_much_to_tell():
    assert len(TOLD) > 250
    assert len(QUOTED) > 150


def test_each_sentence_is_on_the_page():
    missing = [f"{file}: {text}" for text, file in TOLD.items() if not any(is_in(quote, text) for quote in QUOTED)]
    assert not missing


def test_each_quote_is_told_somewhere():
    coded = [
        re.sub(r"\{\w+\}", "…", english)
        for english in [*(entry.english for entry in CATALOGUE.values()), *FRAMES.values()]
    ]
    assert not [quote for quote in QUOTED if not any(is_in(quote, sentence) for sentence in [*TOLD, *coded])]
    assert min(sum(map(str.isalpha, quote)) for quote in QUOTED) >= 6


def test_what_is_passed_over_is_written_somewhere():
    assert written().keys() >= PARTS | UNSEEN


def test_a_sentence_that_nobody_tells_is_found():
    assert not any(is_in("the moon is not in the house", sentence) for sentence in TOLD)
    assert not any(is_in(quote, "…: the moon stands in the wrong house") for quote in QUOTED)
