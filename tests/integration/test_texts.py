"""The texts of the integration: eight languages with the same keys and values, and all that the code names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .parts import INTEGRATION, ROOT

FOLDER = INTEGRATION / "translations"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))


def texts(language: str) -> dict[str, str]:
    return dict(flat(json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))))


def flat(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        yield from flat(value, f"{path}{key}.") if isinstance(value, dict) else [(f"{path}{key}", value)]


def code() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in INTEGRATION.glob("*.py"))


def test_they_are_the_languages_of_the_card():
    assert sorted(file.stem for file in (ROOT / "card/src/words").glob("*.json")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_its_values(language):
    mine, english = texts(language), texts("en")
    assert list(mine) == list(english)
    for key, text in mine.items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[key]), key
        assert text == text.strip() and text, key
        assert not re.search(r"<|://|www\.|'\{", text), f"{key}: Home Assistant refuses HTML, addresses and '{{"


def test_every_field_that_is_described_is_there():
    forms = json.loads((FOLDER / "en.json").read_text(encoding="utf-8"))
    for step in (*forms["config"]["step"].values(), *forms["options"]["step"].values()):
        assert set(step.get("data_description", ())) <= set(step.get("data", ()))


def test_every_form_reason_and_repair_of_the_code_has_its_text():
    english, written = texts("en"), code()
    for step in re.findall(r'async_show_(?:form|menu)\(\s*step_id="(\w+)"', written):
        assert any(f".step.{step}.title" in key for key in english), step
    named = re.findall(r'(?:Obstacle\(|raise_issue\(hass, |found\[|async_abort\(reason=)"(\w+)"[,)]', written)
    assert len(named) > 10
    for name in named:
        assert any(f".{name}" in key for key in english), name


def test_no_text_is_left_over():
    written = code()
    for key in texts("en"):
        if key.startswith("services."):
            continue  # compared with services.yaml in tests/true_ha/flow
        names = [part for part in key.split(".") if part not in ("title", "description")]
        assert (
            f'"{names[-1]}"' in written
            or names[-1].removesuffix("_export") in ("L1", "L2", "L3")
            or (names[-1].startswith("battery_") or names[-1] in ("single_instance_allowed", "description"))
        ), key
