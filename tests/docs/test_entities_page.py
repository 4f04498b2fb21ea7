"""docs/entities.md has every attribute that the scripts show, and says what each is."""

from __future__ import annotations

import importlib.util

from .made import DOCS, made_page

PAGE = (DOCS / "entities.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date():
    assert made_page("entities_page") == PAGE, "run PYTHONPATH=pyscript/modules .venv/bin/python docs/entities_page.py"


def test_nothing_is_listed_that_does_not_exist():
    spec = importlib.util.spec_from_file_location("entities_page", DOCS / "entities_page.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    said = {*made.SITE, *made.LOAD, *made.ENERGY}
    assert [key for key in made.MQTT if f" | `{key}` | " not in PAGE] == []
    assert [name for name in sorted(said) if f"\n| `{name}` | " not in PAGE] == []
