"""docs/batteries.md is as it is made, and each of its lines is one that CONFIG takes."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from fusebox.config.read_config import read_config

from .made import DOCS, made_page

WRITTEN = (DOCS / "batteries.md").read_text(encoding="utf-8")
SHOWN: list[dict[str, Any]] = [
    ast.literal_eval("{" + block.replace("<name>", "home") + "}")
    for block in re.findall(r"```python\n(.*?)```", WRITTEN, re.DOTALL)
]


def test_the_page_is_up_to_date() -> None:
    assert made_page("batteries_page") == WRITTEN, "run .venv/bin/python docs/batteries_page.py"


@pytest.mark.parametrize("lines", SHOWN, ids=re.findall(r"^## (.+)$", WRITTEN, re.MULTILINE)[: len(SHOWN)])
def test_lines_to_copy_are_taken(lines: dict[str, Any]) -> None:
    plan = {"plan": {"ready_by": "06:00", "soc_target_pct": 90}} if "charge_from_grid" in lines else {}
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "capacity_kwh": 10, **lines, **plan}
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "battery": battery}
    found = read_config({"site": site, "prices": {"import": "sensor.price"}})
    assert [str(each) for each in found.errors] == []
    assert found.plan is not None
    found_battery = found.plan.site().battery
    assert found_battery is not None
    assert found_battery.orders.hold is not None
    assert (found_battery.orders.charge_from_grid is not None) == ("charge_from_grid" in lines)
