"""docs/chargers.md says what the rows say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from fusebox.config.presets import NOT_STEERABLE, PRESETS

DOCS = Path(__file__).parents[3] / "docs"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("chargers_page", DOCS / "chargers_page.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    written = (DOCS / "chargers.md").read_text(encoding="utf-8")
    assert written == maker().page(), "run PYTHONPATH=pyscript/modules .venv/bin/python docs/chargers_page.py"


def test_the_page_and_the_readme_name_every_preset():
    page = (DOCS / "chargers.md").read_text(encoding="utf-8")
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    for name in PRESETS:
        assert f"\n## {name}\n" in page
        assert f"`{name}`" in readme, name
    assert all(f"| `{name}` |" in page for name in NOT_STEERABLE)
