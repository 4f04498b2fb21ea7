"""docs/keys.md has every key of the sections other than `loads`, with a description."""

from __future__ import annotations

import re

import pytest

from fusebox.config import plan_schema, sections, site_schema
from fusebox.config.fields import REQUIRED, Section

from .made import DOCS, made_page

PAGE = (DOCS / "keys.md").read_text(encoding="utf-8")
PARTS = {
    "site": site_schema.SITE,
    "inverter": site_schema.INVERTER,
    "battery": site_schema.BATTERY,
    "circuits": site_schema.CIRCUIT,
    "radiators": sections.RADIATORS,
    "a radiator": sections.RADIATOR,
    "power_saving": sections.POWER_SAVING,
    "a meter": sections.METER,
    "tariff": sections.TARIFF,
    "prices": plan_schema.PRICES,
    "forecast": plan_schema.FORECAST,
    "plan": plan_schema.PLAN,
    "vehicles": plan_schema.VEHICLE,
    "guest": plan_schema.GUEST_TERMS,
    "huawei": sections.HUAWEI,
}


def test_the_page_is_up_to_date():
    assert made_page("keys_page") == PAGE, "run PYTHONPATH=pyscript/modules .venv/bin/python docs/keys_page.py"


def test_every_section_of_config_is_on_it():
    assert set(sections.CONFIG.fields) - {"loads", "tuning"} <= PARTS.keys()


@pytest.mark.parametrize("heading", PARTS)
def test_a_section_has_its_keys_and_a_sentence_for_each(heading):
    own: Section = PARTS[heading]
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.*?) \| (.+) \|$", part, re.MULTILINE)
    assert [row[0] for row in rows] == list(own.fields)
    assert [row[0] for row in rows if len(row[3]) < 5] == []
    required = [key for key, field in own.fields.items() if field.default is REQUIRED]
    assert [row[0] for row in rows if row[1] == "required"] == required
