"""The languages of the card against the catalogue of messages: the codes they know, the values they show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fusebox.control.limits.tariff_limit import DIMMED, TARIFF
from fusebox.model.ceiling import Budget
from fusebox.model.messages.catalogue import CATALOGUE
from fusebox.model.messages.message import names_in
from fusebox.model.site import MAIN

WORDS = Path(__file__).parents[2] / "card" / "src" / "words"
LANGUAGES = ("da", "de", "es", "fr", "nb", "nl", "sv")
"""All but English, whose sentences the scripts write themselves."""


def language(name: str) -> dict[str, Any]:
    """Return what the card has of a language."""
    found: dict[str, Any] = json.loads((WORDS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def needed(sentence: str) -> frozenset[str]:
    """Return the values without which a sentence cannot be shown."""
    return names_in(re.sub(r"\[[^\[\]]*\]", "", sentence))


def test_every_language_has_its_file() -> None:
    assert sorted(path.stem for path in WORDS.glob("*.json")) == sorted([*LANGUAGES, "en"])


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_translation_shows_values_of_the_catalogue(name: str) -> None:
    for code, sentence in language(name)["reasons"].items():
        english = CATALOGUE[code].english if code in CATALOGUE else sentence
        assert names_in(sentence) <= names_in(english), code
        assert needed(sentence) <= needed(english) <= names_in(sentence), code


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_that_is_a_value_is_translated(name: str) -> None:
    values = language(name)["values"]
    assert set(values["energy"]) == {budget.energy for budget in Budget}
    limits = {TARIFF, DIMMED, MAIN, *map(str, Budget), "contract", "imbalance"}
    assert (set(values["limit"]), set(values["circuit"])) == ({*limits, "*"}, {MAIN, "*"})
