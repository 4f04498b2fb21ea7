"""docs/tuning.md says what tuning.py says."""

from __future__ import annotations

import re

import pytest

from fusebox import tuning

from .made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert written == made_page("tuning_page"), "run PYTHONPATH=pyscript/modules .venv/bin/python docs/tuning_page.py"


def test_the_page_has_every_number_that_config_may_give():
    page = (DOCS / "tuning.md").read_text(encoding="utf-8")
    assert [name for name in tuning.SHIPPED if f"\n| `{name}` | " not in page] == []


@pytest.mark.parametrize("name", ["timing", "heat", "allocation", "ocpp", "tariff", "safety"])
def test_a_page_names_numbers_as_they_are_called(name):
    """Numbers end in their unit, or in what else they are."""
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    named = re.findall(r"`([A-Z][A-Z0-9_]*_(?:S|A|W|WS|K|PCT|SHARE|RATIO|FACTOR|TIMES|READINGS|PERIODS))`", page)
    assert [each for each in named if not hasattr(tuning, each)] == []
