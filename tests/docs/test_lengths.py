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
    count = words(ROOT / "README.md")
    assert count <= README_MOST, f"{count - README_MOST} words too many: shorten it, or raise README_MOST and say why"


def test_docs_are_short():
    counts = {page.name: words(page) for page in (ROOT / "docs").glob("*.md") if page.name not in MADE}
    excess, longest = sum(counts.values()) - DOCS_MOST, sorted(counts, key=counts.__getitem__, reverse=True)
    pages = ", ".join(f"{name} {counts[name]}" for name in longest)
    assert excess <= 0, f"{excess} words too many: shorten a page, or raise DOCS_MOST and say why. Pages: {pages}"


def test_what_is_not_counted_is_there():
    missing = [name for name in sorted(MADE) if not (ROOT / "docs" / name).exists()]
    assert missing == [], "no such pages in docs/: correct their names in MADE, or remove them there"
