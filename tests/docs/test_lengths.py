"""How many words README and docs may have."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README_MOST = 1750
"""550 of them for the features with their figures and a FAQ of ten questions."""
DOCS_MOST = 25_000
"""The hand-written pages together, without the reference in MADE."""
MADE = frozenset(
    {
        "tuning.md",
        "drivers.md",
        "chargers.md",
        "batteries.md",
        "faults.md",
        "keys.md",
        "entities.md",
        "rules.md",
        "words.md",
        "population.md",
    }
)
"""Reference that is looked up and not read; it is as long as what it lists."""


def words(page: Path) -> int:
    """Count as `wc -w` does, marks of tables too, without drawings."""
    return len(re.sub(r"```mermaid\n.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL).split())


def test_the_readme_is_short():
    assert words(ROOT / "README.md") <= README_MOST, "shorten it, or raise README_MOST and say why"


def test_docs_are_short():
    counts = {page.name: words(page) for page in (ROOT / "docs").glob("*.md") if page.name not in MADE}
    assert sum(counts.values()) <= DOCS_MOST, f"shorten a page, or raise DOCS_MOST and say why: {counts}"


def test_what_is_not_counted_is_there():
    assert all((ROOT / "docs" / name).exists() for name in MADE)
