"""docs/batteries.md is as it is made, each of its lines is one that CONFIG takes, and its templates make what they
name."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
import yaml

from fusebox.config.read_config import read_config

from .made import DOCS, made_page

WRITTEN = (DOCS / "batteries.md").read_text(encoding="utf-8")
SHOWN: list[dict[str, Any]] = [
    ast.literal_eval("{" + block.replace("<name>", "home") + "}")
    for block in re.findall(r"```python\n(.*?)```", WRITTEN, re.DOTALL)
]
PARTS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    part.splitlines()[0]: (lines, yaml.safe_load(template)["template"])
    for part, lines in zip(WRITTEN.split("\n## ")[1:], SHOWN, strict=False)
    for template in re.findall(r"```yaml\n(.*?)```", part.replace("<name>", "home"), re.DOTALL)
}


def test_the_page_is_up_to_date() -> None:
    assert made_page("batteries_page") == WRITTEN, "run .venv/bin/python docs/batteries_page.py"


@pytest.mark.parametrize("lines", SHOWN, ids=re.findall(r"^## (.+)$", WRITTEN, re.MULTILINE)[: len(SHOWN)])
def test_lines_to_copy_are_taken(lines: dict[str, Any]) -> None:
    plan = {"plan": {"ready_by": "06:00", "soc_target_pct": 90}} if "charge_from_grid" in lines else {}
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "capacity_kwh": 10, **lines, **plan}
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "battery": battery}
    found = read_config({"site": site, "prices": {"import": "sensor.price"}})
    assert [str(each) for each in found.errors] == []
    assert not found.errors, found.errors
    (found_battery,) = found.config.site().batteries
    assert found_battery.orders.hold is not None
    assert (found_battery.orders.charge_from_grid is not None) == ("charge_from_grid" in lines)


def entities(of: object) -> set[str]:
    """What is named under `entity_id`, anywhere below."""
    if isinstance(of, dict):
        named = of.get("entity_id", [])
        return {named} if isinstance(named, str) else {*named}.union(*map(entities, of.values()))
    return set().union(*map(entities, of)) if isinstance(of, list) else set()


@pytest.mark.parametrize("part", PARTS)
def test_a_template_makes_what_its_lines_name(part: str) -> None:
    lines, template = PARTS[part]
    made = {
        f"{domain}.{each['name'].lower().replace(' ', '_')}"
        for section in template
        for domain, all_of_it in section.items()
        for each in all_of_it
    }
    told = {order[way] for order in lines.values() for way in ("switch", "select", "number") if way in order}
    assert made <= told
    assert not entities(template) & told, "Fusebox holds each entity at its own value: they would undo each other"
    assert all("availability" in each for section in template for all_of_it in section.values() for each in all_of_it)
