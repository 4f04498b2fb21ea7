"""docs/tuning.md says what tuning.py says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from fusebox import tuning

DOCS = Path(__file__).parents[2] / "docs"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tuning_page", DOCS / "tuning_page.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    written = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert written == maker().page(), "run PYTHONPATH=pyscript/modules .venv/bin/python docs/tuning_page.py"


def test_the_page_has_every_number_that_config_may_give():
    page = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert [name for name in tuning.SHIPPED if f"\n| `{name}` | " not in page] == []
