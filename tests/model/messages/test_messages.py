"""Each message of the code is in the catalogue with just its values, and each one there is used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fusebox.detect.entities import SIGNS
from fusebox.model.ceiling import Budget
from fusebox.model.messages.message import (
    CATALOGUE,
    LIMIT_NAMES,
    Message,
    as_attributes,
    message,
    names_in,
    with_values,
)

from ...cases import for_each
from .topics import TOPICS

PACKAGE = Path(__file__).parents[3] / "pyscript" / "modules" / "fusebox"
WORDS = PACKAGE.parents[2] / "card" / "src" / "words"
MAKERS = {"message": 0, "invalid": 0, "mistake": 0, "problem": 1, "hold_off_until": 2}
"""Function that makes a message of a code -> where its code stands among the arguments."""

QUOTING = ("invalid", "mistake", "problem")
"""Those that quote what follows the code as `value`."""

OPTIONAL = re.compile(r"\[[^\[\]]*\]")
ADDED = {"hold_off_until": {"until"}}
"""What such a function adds to the values."""


@cache
def trees() -> dict[str, ast.Module]:
    """Return the parsed code: name of a file with its place in the package -> its tree."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {str(file.relative_to(PACKAGE)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def calls() -> Iterator[tuple[str, str, set[str], bool]]:
    """Place, code, names of values, and whether more come by `**`, of each message that is made."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MAKERS:
                continue
            given = node.args[MAKERS[node.func.id] :]
            codes = [] if not given else [each for each in ast.walk(given[0]) if isinstance(each, ast.Constant)]
            names = {keyword.arg for keyword in node.keywords if keyword.arg} | ADDED.get(node.func.id, set())
            names |= {"value"} if node.func.id in QUOTING and given[1:] else set()
            for code in codes:
                if isinstance(code.value, str):
                    has_more = any(keyword.arg is None for keyword in node.keywords)
                    yield f"{file}:{node.lineno}", code.value, names, has_more


def strings() -> set[str]:
    """Every string of the code."""
    return {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_each_message_is_in_the_catalogue_and_has_its_values() -> None:
    wrong = []
    for place, code, names, has_more in calls():
        sentence = CATALOGUE.get(code)
        if sentence is None:
            wrong.append(f"{place}: no code {code}")
            continue
        known, needed = names_in(sentence), names_in(OPTIONAL.sub("", sentence))
        if not names <= known or (not has_more and not needed <= names):
            wrong.append(f"{place}: {code} has {sorted(names)}, its sentence {sorted(known)}")
    assert wrong == []


def test_no_code_is_in_two_topics() -> None:
    assert len(CATALOGUE) == sum(map(len, TOPICS.values()))


def test_each_code_of_the_catalogue_is_used() -> None:
    doubts = {sign.doubt for table in (SIGNS.grid, SIGNS.whole_house, SIGNS.battery) for sign in table if sign.doubt}
    assert doubts < CATALOGUE.keys()
    assert sorted(CATALOGUE.keys() - strings() - doubts) == []


def test_numbers_are_rounded_by_the_unit_that_their_name_ends_in() -> None:
    made = message("set_below_minimum_by_hand", limit_a=4.26, min_a=6.0)
    assert made == "off: set to 4.3 A at its device, below its minimum of 6 A"
    assert (made.code, made.values) == ("set_below_minimum_by_hand", {"limit_a": 4.3, "min_a": 6.0})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "limited by the garage fuse (L1, 20 A)"),
        ({"share_a": 7.0}, "limited to 7 A by the garage fuse (L1, 20 A)"),
        ({"min_a": 6.0, "loads": "tank 13 A"}, "needs 6 A, limited by the garage fuse (L1, 20 A): tank 13 A"),
    ],
)
def test_a_part_in_brackets_is_left_out_without_its_values(values: dict[str, float | str], sentence: str) -> None:
    made = message("limited_by_unmetered_fuse", circuit="garage", phase="L1", rating_a=20.0, **values)
    assert isinstance(made, Message) and made == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"rank_nth": 1.0, "quarters": 5.0}, "waits until 20:30: the cheapest of 5 quarter hours"),
        ({"rank_nth": 2.0, "quarters": 43.0}, "waits until 20:30: the 2nd cheapest of 43 quarter hours"),
        ({"rank_nth": 11.0, "quarters": 43.0}, "waits until 20:30: the 11th cheapest of 43 quarter hours"),
        ({"rank_nth": 23.0, "quarters": 43.0}, "waits until 20:30: the 23rd cheapest of 43 quarter hours"),
        ({"block_price": 0.1, "currency": "EUR"}, "waits until 20:30 at 0.100 EUR/kWh"),
        ({"energy_kwh": 7.0, "due": "07:00"}, "waits until 20:30, 7 kWh by 07:00"),
        ({"energy_kwh": 0.04, "due": "07:00"}, "waits until 20:30, 0.04 kWh by 07:00"),
        ({"energy_kwh": 0.001, "due": "07:00"}, "waits until 20:30, 0.001 kWh by 07:00"),
        ({"planned_cost": 0.8, "currency": "EUR"}, "waits until 20:30 for 0.80 EUR"),
    ],
)
def test_places_prices_and_energies_read_as_people_write_them(values: dict[str, float | str], sentence: str) -> None:
    assert message("plan_waits", start="20:30", **values) == sentence


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("tariff", "the tariff limit"),
        ("contract L1 L3", "the import limit L1 L3"),
        ("imbalance L1 L2", "the imbalance limit L1 L2"),
        ("inverter L2", "the inverter's limit L2"),
        ("main L3", "main L3"),
        ("tariff meter L1", "tariff meter L1"),
    ],
)
def test_a_sentence_names_a_limit_in_words_and_its_value_stays(limit: str, words: str) -> None:
    made = message("limit_exceeded", limit=limit)
    assert made == f"not raised: {words} is already exceeded"
    assert made.values == {"limit": limit}


@pytest.mark.parametrize("language", sorted(each.stem for each in WORDS.glob("??.json") if each.stem != "en"))
def test_the_card_names_the_same_limits_in_each_language(language: str) -> None:
    assert set(Budget) <= LIMIT_NAMES.keys()
    names = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))["values"]["limit"]
    assert names.keys() == {*LIMIT_NAMES, "main", "*"}


def test_a_message_keeps_no_value_of_a_part_that_is_left_out() -> None:
    assert message("plan_waits", start="20:30", energy_kwh=7.0).values == {"start": "20:30"}


def test_a_message_with_further_values_says_more() -> None:
    made = with_values(message("plan_runs", until="20:30"), mode="solar_only", nothing="of it")
    assert made == "runs by its plan until 20:30, then in mode solar_only"
    assert made.values == {"until": "20:30", "mode": "solar_only"}


@pytest.mark.parametrize(
    ("text", "code", "values"), [(message("mode_off"), "mode_off", {}), ("of before an upgrade", None, {})]
)
def test_a_text_that_is_no_message_is_published_without_a_code(text: str, code: str | None, values: object) -> None:
    shown = as_attributes(text, "plan_reason")
    assert shown == {"plan_reason": text, "plan_reason_code": code, "plan_reason_values": values}
    assert type(shown["plan_reason"]) is str


def test_a_number_without_end_is_no_error() -> None:
    made = message("limited_by_unmetered_fuse", circuit="garage", phase="L1", rating_a=float("inf"))
    assert made == "limited by the garage fuse (L1, inf A)"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="min_a"):
        message("set_below_minimum_by_hand", limit_a=4.0)


@for_each("code", CATALOGUE)
def test_each_value_of_a_sentence_is_known_by_its_name(code: str) -> None:
    """A number's name ends in its unit, so that a translator knows how to write it."""
    words = {
        "limit",
        "meter",
        "meters",
        "more",
        "mistake",
        "circuit",
        "phase",
        "loads",
        "energy",
        "until",
        "pause",
        "unseen_until",
        "estimated_from",
        "start",
        "due",
        "mode",
        "cause",
        "soc",
        "load",
        "entity",
        "shown",
        "sent",
        "currency",
        "cheap",
        "dear",
        "area",
        "areas",
        "file",
        "parts",
        "names",
        "radiator",
        "counted",
        "consumers",
        "since",
        "source",
        "losers",
        "lowered",
        "heavy",
        "light",
        "text",
        "watts",
    }
    devices = {"entity", "near", "relays", "preset", "service", "error", "address", "request", "charger", "vendor",
               "vendors", "load", "own_unit", "unit", "units", "line", "register",
               "path", "paths", "other", "other_line", "seen_on", "instead_of", "key", "known", "unsure",
               "script", "work", "file", "make", "given"}  # fmt: skip
    counts = {"starts", "stops", "phases", "reserved_for", "switches", "most", "failures", "set_phases", "shown_phases",
              "connector", "status", "exception", "unit_id", "value", "allowed", "wanting", "times", "lines",
              "choices", "findings", "minutes", "quarters", "needed_quarters", "low", "high", "least",
              "active", "level", "highest"}  # fmt: skip
    config = {
        "example",
        "remedy",
        "what",
        "kind",
        "count",
        "shipped",
        "changed",
        "rows",
        "pair",
        "circle",
        "own",
        "first",
    }
    units = ("_a", "_w", "_kw", "_kwh", "_pct", "_s", "_min", "_c", "_mb", "_cost", "_price", "_nth", "_factor")
    names = names_in(CATALOGUE[code])
    assert [name for name in names - words - devices - counts - config if not name.endswith((*units, "_meter"))] == []
