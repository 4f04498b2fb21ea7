"""docs/words.md lists every message of the catalogue."""

from __future__ import annotations

from .made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "words.md").read_text(encoding="utf-8")
    assert written == made_page("words_page"), "run PYTHONPATH=.:pyscript/modules .venv/bin/python docs/words_page.py"
