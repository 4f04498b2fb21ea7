"""The notification blueprint calls services that exist, uses all its inputs, and knows every language of the card."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "config_examples" / "blueprints" / "fusebox_notifications.yaml").read_text(encoding="utf-8")


class Loader(yaml.SafeLoader):
    """Reads `!input` as its name."""


Loader.add_constructor("!input", lambda loader, node: f"!{node.value}")
BLUEPRINT: dict[str, Any] = yaml.load(TEXT, Loader)


def test_every_input_is_used_and_none_is_missing():
    assert set(re.findall(r"!input (\w+)", TEXT)) == BLUEPRINT["blueprint"]["input"].keys()


def test_every_situation_has_a_trigger_and_a_button_press_too():
    (about,) = [each for name, each in BLUEPRINT["blueprint"]["input"].items() if name == "about"]
    offered = [option["value"] for option in about["selector"]["select"]["options"]]
    assert [each["id"] for each in BLUEPRINT["triggers"]] == [*offered, "button"]
    assert about["default"] == offered


def test_its_services_are_those_that_are_shipped():
    called = set(re.findall(r"action: (?:pyscript|fusebox)\.(\w+)", TEXT))
    scripts = (ROOT / "pyscript" / "balance_site.py").read_text(encoding="utf-8")
    own = yaml.safe_load((ROOT / "custom_components" / "fusebox" / "services.yaml").read_text(encoding="utf-8"))
    assert called == {"fusebox_boost", "fusebox_set_plan", "sentence"}
    assert [name for name in called if f"def {name}(" not in scripts and name not in own] == []


def test_the_buttons_are_in_every_language_of_the_card():
    card = {file.stem for file in (ROOT / "card" / "src" / "words").glob("*.json")}
    assert BLUEPRINT["variables"]["skips"].keys() | {"en"} == card
    (language,) = [each for name, each in BLUEPRINT["blueprint"]["input"].items() if name == "language"]
    assert set(language["selector"]["select"]["options"]) == card | {"auto"}


def test_boost_is_the_same_word_in_every_language_of_the_card():
    files = (ROOT / "card" / "src" / "words").glob("*.json")
    assert {json.loads(file.read_text(encoding="utf-8"))["card"]["boost"] for file in files} == {"Boost"}
    assert "'title': 'Boost'" in TEXT
