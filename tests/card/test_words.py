"""The languages of the card against the catalogue of messages: the codes they know, the values they show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fusebox.balancer.plans.reasons import EQUAL_PRICES, NO_PRICES, PRICES_ENDED
from fusebox.control.limits.island import BATTERY, INVERTER
from fusebox.control.limits.tariff_limit import DIMMED, TARIFF
from fusebox.model.ceiling import SUN_AND_BATTERY, Budget
from fusebox.model.messages.message import CATALOGUE, names_in
from fusebox.model.site import MAIN

from ..model.messages.topics import TOPICS

WORDS = Path(__file__).parents[2] / "card" / "src" / "words"
LANGUAGES = ("da", "de", "es", "fr", "nb", "nl", "sv")
"""All but English, whose sentences the scripts write themselves."""

NEVER_ON_THE_CARD = {
    "What is wired otherwise than CONFIG says",
    "What to check of a site that was detected",
    "What to check of loads that were detected",
    "What to do next in the set-up",
    "Why something was detected",
}
"""Topics about lines of CONFIG, which the card does not show."""

ON_A_PHONE = ("peak_warning_text", "contract_warning_text")
"""Codes of such topics that the notification blueprint puts into a language."""

OF_CONFIG = "Mistakes in "
"""How the titles of topics begin that are about a file in Python and English, whose keys their sentences name."""


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
def test_every_code_that_the_card_can_show_is_translated(name: str) -> None:
    topics = [topic for topic in TOPICS if topic not in NEVER_ON_THE_CARD and not topic.startswith(OF_CONFIG)]
    shown = [*(code for topic in topics for code in TOPICS[topic]), *ON_A_PHONE]
    reasons = language(name)["reasons"]
    assert [code for code in shown if code not in reasons] == [], "translate them in card/src/words"
    assert [code for code in reasons if code not in shown] == [], "nothing has these codes"


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_translation_shows_the_same_values_as_the_catalogue(name: str) -> None:
    for code, sentence in language(name)["reasons"].items():
        english = CATALOGUE[code]
        assert (names_in(sentence), needed(sentence)) == (names_in(english), needed(english)), code


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_that_is_a_value_is_translated(name: str) -> None:
    values = language(name)["values"]
    assert set(values["energy"]) == {SUN_AND_BATTERY, *(budget.energy for budget in Budget)}
    limits = {TARIFF, DIMMED, MAIN, *map(str, Budget), "contract", "imbalance", INVERTER, BATTERY}
    assert set(values["cause"]) == {NO_PRICES, PRICES_ENDED, EQUAL_PRICES}
    assert (set(values["limit"]), set(values["circuit"])) == ({*limits, "*"}, {MAIN, "*"})


def test_french_has_no_space_before_punctuation_that_a_line_could_break_at() -> None:
    texts = [path.read_text(encoding="utf-8") for path in WORDS.parents[2].glob("custom_components/fusebox/*/fr.json")]
    for text in (*texts, (WORDS / "fr.json").read_text(encoding="utf-8")):
        assert re.findall(r".{20} [;:?!»%]|« .{20}", text) == []
