"""The files in www/ are what the sources in card/ give, small, and load nothing from outside."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARD = ROOT / "card"
BUILT = ROOT / "www" / "fusebox-card.js"
MOST_BYTES = 60_000
"""Of what one browser loads, gzipped: the card, and the largest language with every sentence of the scripts."""
WORDS = sorted(path for path in (CARD / "src" / "words").glob("*.json") if path.stem != "en")

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


def beside(words: Path) -> Path:
    """Return the file of a language next to the card."""
    return BUILT.with_suffix(f".{words.stem}.js")


def test_it_is_of_these_sources() -> None:
    first = BUILT.read_text(encoding="utf-8").splitlines()[0]
    assert f" {sum_of_sources()}: made" in first, (
        "card/ has changed since www/ was built: run make card and commit both"
    )


def test_building_gives_the_same_bytes(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (CARD / "node_modules").is_dir():
        pytest.skip("NOT RUN: needs node and `make card`; that the sources have not changed since is looked at beside")
    built = tmp_path / "card.js"
    subprocess.run([node, "build.mjs", str(built)], cwd=CARD, check=True, timeout=120)
    pairs = [(built, BUILT), *((built.with_suffix(f".{words.stem}.js"), beside(words)) for words in WORDS)]
    others = [here.name for new, here in pairs if new.read_bytes() != here.read_bytes()]
    assert others == [], "these files in www/ are not what card/ builds: run make card and commit both"


@pytest.mark.parametrize("words", WORDS, ids=lambda path: path.stem)
def test_a_language_next_to_it_is_of_its_source(words: Path) -> None:
    _, _, told = beside(words).read_text(encoding="utf-8").partition("export default ")
    is_same = json.loads(told.removesuffix(";\n")) == json.loads(words.read_text(encoding="utf-8"))
    assert is_same, f"www/{beside(words).name} is not made of {words.name} as it is now: run make card and commit both"


def test_no_language_is_left_over() -> None:
    found, made = ({path.name for path in paths} for paths in (BUILT.parent.glob("*"), [BUILT, *map(beside, WORDS)]))
    assert found - made == set(), "delete these files from www/: card/src/words has no such language"
    assert made - found == set(), "these files are missing in www/: run make card and commit them"


def test_it_is_small() -> None:
    card, *languages = (len(gzip.compress(path.read_bytes(), 9)) for path in (BUILT, *map(beside, WORDS)))
    excess = card + max(languages) - MOST_BYTES
    assert excess <= 0, f"{excess} bytes too many: shorten the card or its words, or raise MOST_BYTES and say why"


def test_it_loads_nothing_from_outside() -> None:
    outside = set(ADDRESS.findall(BUILT.read_text(encoding="utf-8"))) - NAMES
    assert outside == set(), "the card may load nothing from here; what is only a name belongs in NAMES"


def test_the_versions_it_is_built_with_are_pinned() -> None:
    package = (CARD / "package.json").read_text(encoding="utf-8")
    assert re.findall(r'"[\w@/.-]+": "[\^~*>]', package) == [], "name one version in card/package.json, not a range"
    resolved = re.findall('"resolved": "(.*)"', (CARD / "package-lock.json").read_text(encoding="utf-8"))
    assert resolved == [], "remove the lines with resolved from card/package-lock.json: they name one registry"
