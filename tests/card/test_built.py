"""`www/fusebox-card.js` is what the sources in card/ give, small, and loads nothing from outside."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARD = ROOT / "card"
BUILT = ROOT / "www" / "fusebox-card.js"
MOST_BYTES = 95_000
"""Of the file, gzipped: 25 kB of card, and 8 kB for each of seven languages with every sentence of the scripts."""

ADDRESS = re.compile(r"https?://[\w.-]+")
NAMES = {"http://www.w3.org"}
"""What is a name in a document and nothing that is loaded."""


def sum_of_sources() -> str:
    """As `card/build.mjs` writes it into the file's first line."""
    found = hashlib.sha256()
    sources = sorted(str(path.relative_to(CARD)) for path in (CARD / "src").rglob("*.*"))
    for name in ("build.mjs", "package-lock.json", "tsconfig.json", *sources):
        found.update(f"{name}\n".encode() + (CARD / name).read_bytes())
    return found.hexdigest()[:16]


def test_it_is_of_these_sources() -> None:
    first = BUILT.read_text(encoding="utf-8").splitlines()[0]
    assert f" {sum_of_sources()}: made" in first, "the sources have changed since: make card"


def test_building_gives_the_same_bytes(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (CARD / "node_modules").is_dir():
        pytest.skip("NOT RUN: needs node and `make card`; that the sources have not changed since is looked at beside")
    built = tmp_path / "card.js"
    subprocess.run([node, "build.mjs", str(built)], cwd=CARD, check=True, timeout=120)
    assert built.read_bytes() == BUILT.read_bytes()


def test_it_is_small() -> None:
    assert len(gzip.compress(BUILT.read_bytes(), 9)) <= MOST_BYTES


def test_it_loads_nothing_from_outside() -> None:
    assert set(ADDRESS.findall(BUILT.read_text(encoding="utf-8"))) <= NAMES


def test_the_versions_it_is_built_with_are_pinned() -> None:
    package = (CARD / "package.json").read_text(encoding="utf-8")
    assert re.findall(r'"[\w@/.-]+": "[\^~*>]', package) == []
    assert '"resolved"' not in (CARD / "package-lock.json").read_text(encoding="utf-8")
