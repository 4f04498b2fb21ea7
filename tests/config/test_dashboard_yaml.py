"""The shipped dashboard around the card: two views that need no helpers and name no load."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

TEXT = (Path(__file__).parents[2] / "config_examples" / "dashboard.yaml").read_text(encoding="utf-8")
DASHBOARD: dict[str, Any] = yaml.safe_load(TEXT)


def test_the_first_of_two_views_is_the_card_alone() -> None:
    house, _ = DASHBOARD["views"]
    assert (house["type"], house["cards"]) == ("panel", [{"type": "custom:fusebox-card"}])


def test_it_names_no_load_and_no_helper() -> None:
    assert set(re.findall(r"\b[a-z_]+\.fusebox_\w+", TEXT)) == {
        "sensor.fusebox_site",
        "sensor.fusebox_peak",
        "sensor.fusebox_commissioning",
    }
