"""Repairs in the language of Home Assistant, by the words of the card."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.model.messages.message import (
    CATALOGUE,
    as_attributes,
    message,
    names_in,
    values_of,
    with_codes,
    with_frame,
)
from tests.config.broken import BROKEN
from tests.config.full import SECRETS
from tests.config.test_broken_config import broken
from tests.model.messages.topics import TOPICS

from .parts import INTEGRATION, ROOT, part

sentences = part("sentences")
WORDS = ROOT / "card" / "src" / "words"
MISTAKES = INTEGRATION / "mistakes"
LANGUAGES = ["da", "de", "es", "fr", "nb", "nl", "sv"]
MOST_UNFIT = 20
"""Sentences about mistakes in CONFIG that may be in English in a language, because they are new or were changed."""


def test_a_reason_is_said_in_the_language():
    words = sentences.words_of(WORDS, MISTAKES, "de-AT")
    reason = as_attributes(message("maximum_below_minimum", max_a=5.5, min_a=6), "reason")
    said = sentences.in_language(words, reason)
    assert said != reason["reason"] and "5,5 A" in said and "{" not in said


def test_a_part_without_its_value_is_left_out():
    words = {"reasons": {"x": "voll[ seit {since}][, {load}]"}, "values": {"load": {"car": "Auto"}}, "mistakes": {}}
    reason = {"reason": "full", "reason_code": "x", "reason_values": {"load": "car"}}
    assert sentences.in_language(words, reason) == "voll, Auto"


@pytest.mark.parametrize("reason", [{"reason": "so"}, {"reason": "so", "reason_code": "x", "reason_values": {}}])
def test_what_has_no_words_stays_english(reason):
    assert sentences.in_language(sentences.words_of(WORDS, MISTAKES, "xx"), reason) == "so"
    assert sentences.in_language({"reasons": {"x": "{load}"}, "values": {}, "mistakes": {}}, reason) == "so"


@pytest.mark.parametrize(
    ("limit", "name"),
    [
        ("main L1", "Hauptsicherung L1"),
        ("garage L2", "Sicherung garage L2"),
        ("imbalance L1 L2", "Schieflastgrenze L1 L2"),
    ],
)
def test_a_limit_has_its_name_in_the_language(limit, name):
    stuck = as_attributes(message("meter_stuck", limit=limit, shown_a=4, load="car"), "reason")
    assert f"({name}): " in sentences.in_language(sentences.words_of(WORDS, MISTAKES, "de"), stuck)


def test_the_warning_of_a_peak_names_its_consumers_in_the_language():
    consumers = "3.6 kW on L3 since 18:26, 2 kW on L1 since 18:20"
    values = {"house_w": 16800, "left_w": 12000, "limit_kw": 12, "until": "18:45", "loads": "car 0 A"}
    warning = as_attributes(message("peak_warning_text", **values, consumers=consumers), "reason")
    said = sentences.in_language(sentences.words_of(WORDS, MISTAKES, "de"), warning)
    assert said.endswith("3,6 kW auf L3 seit 18:26, 2 kW auf L1 seit 18:20.")
    assert said.startswith("Das Haus allein braucht 16800 W, und bis 18:45 sind noch 12000 W übrig")


def test_a_dry_run_says_in_the_language_what_it_would_do_and_about_which_load():
    reason = with_frame(with_frame(message("rising"), "load", "car"), "would", "set x from 6 to 8.5 A and switch y on")
    said = sentences.in_language(sentences.words_of(WORDS, MISTAKES, "de"), as_attributes(reason, "reason"))
    assert said == "würde x von 6 auf 8,5 A stellen und y einschalten: car: wird erhöht"


def test_money_keeps_its_decimals_and_a_mode_has_its_name_in_the_language():
    values = {"until": "06:00", "block_price": 0.2, "currency": "EUR", "planned_cost": 1.5, "mode": "solar_only"}
    reason = as_attributes(message("plan_runs", **values), "reason")
    said = sentences.in_language(sentences.words_of(WORDS, MISTAKES, "de"), reason)
    assert "0,200 EUR" in said and "1,50 EUR" in said and "„Nur Sonne“" in said


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        (
            message("meter_late", meters="main L1 (sensor.main), garage L2 (sensor.x)", loads="car"),
            "Hauptsicherung L1 (sensor.main), garage L2 (sensor.x)",
        ),
        (message("meter_slow", meter="main L1", stale_s=90, failsafe_s=120), "Hauptsicherung L1 meldet selten"),
    ],
)
def test_a_silent_meter_has_its_name_in_the_language(silent, told):
    words = sentences.words_of(WORDS, MISTAKES, "de")
    assert told in sentences.in_language(words, as_attributes(silent, "reason"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_with_the_values_that_it_has(language):
    words = sentences.words_of(WORDS, MISTAKES, language)
    for code, template in words["reasons"].items():
        reason = {
            "reason": "",
            "reason_code": code,
            "reason_values": dict.fromkeys(names_in(CATALOGUE[code]), 1),
        }
        assert sentences.in_language(words, reason), (code, template)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_about_config_is_said_in_every_language(language):
    begins = ("Mistakes in ", "What to check of ", "What to do next in the set-up", "Why something was detected")
    topics = [topic for name, topic in TOPICS.items() if name.startswith(begins) and "a service" not in name]
    english = {code: entry["sentence"] for topic in topics for code, entry in topic.items()}
    mine = json.loads((MISTAKES / f"{language}.json").read_text(encoding="utf-8"))
    del mine["values"]
    fit = {code for code in english if code in mine and names_in(mine[code]) == names_in(english[code])}
    assert len(fit) > 200
    assert len(english.keys() | mine.keys()) - len(fit) <= MOST_UNFIT, (english.keys() | mine.keys()) - fit


@pytest.fixture(scope="module")
def english_values() -> set[str]:
    """The values of mistakes in CONFIG that are words of a person."""
    values = [values_of(read_config(broken(row), SECRETS).errors[0].text) for row in BROKEN]
    told = {text for each in values for name, text in each.items() if name in sentences.PROSE}
    return {text for text in map(str, told) if re.search(r"[a-z]{2,} |\b(or|to) ", re.sub(r"'.*?'|\{.*?\}", "", text))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_the_values_of_a_mistake(language, english_values):
    mine = mistakes_in(language)
    assert len(english_values) > 30
    for text in english_values:
        reason = {"reason": "", "reason_code": "x", "reason_values": {"example": text}}
        words = {"reasons": {}, "values": {}, "mistakes": {"x": "{example}", "values": mine["values"]}}
        assert sentences.in_language(words, reason) != text


ASKING = frozenset({"one_of", "required_text", "secret_text", "text", "word_key"})
"""The functions of a check whose texts say what to write; those of `required_entity` continue with an example."""
ALIKE = frozenset({"Assistant", "Home", "YAML", "dict", "dicts", "radiators", "vehicles"})
"""Words of such texts that are the same in German."""


def asked_for(folder: Path = ROOT / "pyscript" / "modules" / "fusebox" / "config") -> set[str]:
    """The texts in which a check of CONFIG says what to write, with 'x' for what is put into one."""
    found = set()
    for call in (each for file in folder.rglob("*.py") for each in ast.walk(ast.parse(file.read_text("utf-8")))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", "")
        given = [*(call.args if name in ASKING else ()), *(k.value for k in call.keywords if k.arg == "hint")]
        named = [k.value for k in call.keywords if k.arg in sentences.PROSE]
        found |= set(map(text_of, [*given, *named]))
        if name == "required_entity":
            found.add(f"{text_of(call.args[2])}, such as 'x'")
    return {text for text in found if not text.startswith("'x', ")}


def text_of(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "'x'" for part in parts)


def english_words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", re.sub(r"'.*?'|\{.*?\}", "", text))) - ALIKE


def test_what_a_check_asks_for_is_said_in_german_in_full():
    words = {"reasons": {}, "values": {}, "mistakes": {"x": "{example}", "values": mistakes_in("de")["values"]}}
    asked = {text for text in asked_for() if english_words(text)}
    assert len(asked) > 30
    for text in asked:
        reason = {"reason": "", "reason_code": "x", "reason_values": {"example": text}}
        said = sentences.in_language(words, reason)
        left = english_words(text) & set(re.findall(r"\w+", said))
        assert not left, f"{text!r} becomes {said!r}: add it to the values of mistakes/de.json and the other languages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_knows_the_same_values(language):
    assert mistakes_in(language)["values"].keys() == mistakes_in("de")["values"].keys()


def mistakes_in(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MISTAKES / f"{language}.json").read_text(encoding="utf-8"))
    return found


def test_errors_are_said_in_the_language_with_what_they_are_about():
    stuck = with_frame(message("reading_missing"), "path", "site.grid.L1")
    told = with_codes({"errors": [stuck, "of a device", *map(str, read_config({"site": {}}).errors)]})
    words = sentences.words_of(WORDS, MISTAKES, "de")
    first, *others = sentences.all_in_language(words, told)
    assert first.startswith("site.grid.L1: ") and first != stuck
    assert others[0] == "of a device"
    assert sentences.all_in_language(words, with_codes({"errors": []})) == []
    assert sentences.all_in_language(words, {"errors": ["of an older version"]}) == ["of an older version"]


def test_a_mistake_in_config_has_its_code_and_values_next_to_it():
    (mistake, *_) = read_config({"site": {"main_fuse_a": 4000, "grid": {"L1": "sensor.x"}}}).errors
    told = with_codes({"errors": [str(mistake)]})
    words = {"reasons": {told["errors_code"][0]: "{value} passt nicht"}, "values": {}, "mistakes": {}}
    assert sentences.all_in_language(words, told) == ["site.main_fuse_a: 4000 passt nicht"]
    (german,) = sentences.all_in_language(sentences.words_of(WORDS, MISTAKES, "de"), told)
    assert german == "site.main_fuse_a: 4000 ist außerhalb des Bereichs; schreibe 1 bis 1000 A"
    above = with_codes({"errors": [message("above_circuit", value="16.5", circuit="main", rating_a=16)]})
    (german,) = sentences.all_in_language(sentences.words_of(WORDS, MISTAKES, "de"), above)
    assert german == "16.5 ist über dem Stromkreis 'main' (16 A)"
