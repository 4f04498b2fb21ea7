"""docs/troubleshooting.md explains every code of what is wrong, and quotes nothing that Fusebox never says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fusebox.model.messages.catalogue import CATALOGUE, TOPICS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
WRONG = ("What is wrong with", "What went wrong", "What a service refuses", "Mistakes in")
"""How the title of a topic of the catalogue begins whose codes are about something that is wrong."""
NOTHING_WRONG = frozenset({"now_commands", "now_commands_nothing"})
"""Codes of these topics that say what Fusebox does now."""
LEAST_LETTERS = 5
"""A quote, or a sentence without its values, with fewer letters finds nothing."""


def quoted(page: str) -> list[str]:
    """What the first columns of the tables under "Errors ..." quote."""
    found = []
    for section in re.split(r"^## ", page, flags=re.MULTILINE):
        if section.startswith("Errors "):
            for first in re.findall(r"^\| (.*?) \|", section, re.MULTILINE):
                found += re.findall(r"`([^`]+)`", first)
    return found


QUOTED = quoted(PAGE)


def is_in(quote: str, sentence: str) -> bool:
    """Whether a sentence has these words in this order; "…" in either stands for anything."""
    pattern = ".*".join(map(re.escape, quote.split("…")))
    return re.search(pattern, sentence, re.DOTALL) is not None


def bare(english: str) -> str:
    """A sentence of the catalogue with all its parts, and "…" for each value."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"[\[\]]", "", english))


def letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def sentences() -> dict[str, str]:
    """Each code that is about something wrong, and its sentence."""
    topics = [entries for title, entries in TOPICS.items() if title.startswith(WRONG)]
    rows = {code: bare(entry.english) for entries in topics for code, entry in entries.items()}
    return {code: text for code, text in rows.items() if code not in NOTHING_WRONG and letters(text) >= LEAST_LETTERS}


def texts() -> Iterator[str]:
    """Every sentence of the catalogue, and every text in the code of the package and the scripts."""
    yield from (bare(entry.english) for entry in CATALOGUE.values())
    for file in (ROOT / "pyscript").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield bare(node.value)


def unexplained(rows: dict[str, str]) -> list[str]:
    return [code for code, sentence in rows.items() if not any(is_in(quote, sentence) for quote in QUOTED)]


def unsaid(quotes: list[str]) -> list[str]:
    said = "\n".join(texts())
    return [quote for quote in quotes if not all(part in said for part in quote.split("…"))]


def test_every_code_is_explained():
    assert len(sentences()) > 250
    assert unexplained(sentences()) == []


def test_each_quote_is_in_the_code():
    assert len(QUOTED) > 300
    assert unsaid(QUOTED) == []
    assert [quote for quote in QUOTED if letters(quote) < LEAST_LETTERS] == []


def test_a_sentence_that_is_not_explained_is_found():
    assert unexplained({"moon": "the moon is not in the house"}) == ["moon"]
    assert unsaid(["the moon stands in the wrong house"]) == ["the moon stands in the wrong house"]
