"""The shipped dashboard shows only what there is: entities of ours or of the shipped helpers, built-in cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "config_examples"
TEXT = (EXAMPLES / "dashboard_without_card.yaml").read_text(encoding="utf-8")
DASHBOARD: dict[str, Any] = yaml.safe_load(TEXT)
HELPERS: dict[str, Any] = yaml.safe_load((EXAMPLES / "home_assistant.yaml").read_text(encoding="utf-8"))
OURS = {"sensor.fusebox_site", "sensor.fusebox_car", "sensor.fusebox_peak", "pyscript.radiator_status"}
"""What the scripts write, in a house whose car is called `car`."""

MAY_LACK = {
    "sensor.fusebox_peak",
    "pyscript.radiator_status",
    "sensor.fusebox_house_l2_of_fuse",
    "sensor.fusebox_house_l3_of_fuse",
    "sensor.fusebox_house_solar",
    "sensor.fusebox_house_surplus",
    "sensor.fusebox_house_battery",
}

ENTITY = re.compile(r"\b(?:sensor|input_select|input_number|input_boolean|button|pyscript)\.\w+")


def everything(part: Any) -> Iterator[dict[str, Any]]:
    """Every dict of the dashboard: views, sections, cards, rows."""
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from everything(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from everything(inner)


def helpers() -> set[str]:
    """The entities that the shipped helpers make."""
    found = {f"{domain}.{name}" for domain in HELPERS if domain.startswith("input_") for name in HELPERS[domain]}
    for part in HELPERS["template"]:
        for domain, rows in part.items():
            found |= {f"{domain}.{row['name'].lower().replace(' ', '_')}" for row in rows}
    return found


def shown() -> set[str]:
    """The entities that the dashboard names, in its fields and in its templates."""
    texts = yaml.safe_dump(DASHBOARD)
    return set(ENTITY.findall(texts))


def test_every_entity_is_one_of_ours_or_of_the_shipped_helpers() -> None:
    assert shown() - OURS - helpers() == set()


def test_every_helper_has_its_place_on_the_dashboard() -> None:
    assert helpers() - shown() == set()


def test_every_card_is_built_in() -> None:
    assert [part for part in everything(DASHBOARD) if str(part.get("type", "")).startswith("custom:")] == []


def unguarded(part: Any, guarded: frozenset[str] = frozenset()) -> Iterator[str]:
    """The entities that are shown although no card or section around them hides when they are missing."""
    if isinstance(part, dict):
        conditions = part.get("visibility", ())
        assert all(each["state_not"] == ["unavailable", "unknown"] for each in conditions)
        guarded |= {each["entity"] for each in conditions}
        # A graph leaves out what has no history.
        inner = [value for key, value in part.items() if key not in ("visibility", "entities")]
        for each in inner:
            yield from unguarded(each, guarded)
    elif isinstance(part, list):
        for each in part:
            yield from unguarded(each, guarded)
    else:
        yield from set(ENTITY.findall(str(part))) - guarded


@pytest.mark.parametrize("entity", sorted(MAY_LACK))
def test_what_a_house_may_lack_hides_itself(entity: str) -> None:
    assert entity in shown()
    assert entity not in set(unguarded(DASHBOARD))


@pytest.mark.parametrize("state", ["ok", "limited", "fault", "blind", "over", "config_error", "dry_run"])
def test_every_state_of_the_site_has_its_words(state: str) -> None:
    assert f"'{state}': '" in TEXT
