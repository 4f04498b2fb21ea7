"""docs/troubleshooting.md quotes no sentence that Fusebox does not have; docs/words.md explains every code.

The page says what to do where the sentence itself does not; that it repeats each sentence is not required.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fusebox.model.messages.message import CATALOGUE

from ..model.messages.topics import TOPICS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
LEAST_LETTERS = 5
"""A quote with fewer letters finds nothing."""


def quoted(page: str) -> list[str]:
    """What the first columns of the tables under "Errors ..." quote."""
    found = []
    for section in re.split(r"^## ", page, flags=re.MULTILINE):
        if section.startswith("Errors "):
            for first in re.findall(r"^\| (.*?) \|", section, re.MULTILINE):
                found += re.findall(r"`([^`]+)`", first)
    return found


QUOTED = quoted(PAGE)


def bare(english: str) -> str:
    """A sentence of the catalogue with all its parts, and "…" for each value."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"[\[\]]", "", english))


def letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _texts() -> Iterator[str]:
    """Every sentence of the catalogue, and every text in the code of the package and the scripts."""
    yield from map(bare, CATALOGUE.values())
    for file in (ROOT / "pyscript").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield bare(node.value)


@cache
def joined_texts() -> str:
    return "\n".join(_texts())


def unsaid(quotes: list[str]) -> list[str]:
    said = joined_texts()
    return [quote for quote in quotes if not all(part in said for part in quote.split("…"))]


def test_every_code_says_when_it_occurs():
    assert [code for topic in TOPICS.values() for code, entry in topic.items() if not entry["when"]] == []


def test_each_quote_is_in_the_code():
    assert len(QUOTED) > 25
    assert unsaid(QUOTED) == []
    assert [quote for quote in QUOTED if letters(quote) < LEAST_LETTERS] == []


def test_a_quote_that_is_not_in_the_code_is_found():
    assert unsaid(["the moon stands in the wrong house"]) == ["the moon stands in the wrong house"]


def test_the_page_leads_to_the_list_of_all_sentences():
    assert "](words.md)" in PAGE
