"""Records survive a file; of a damaged file every valid entry survives, and each damaged one is named."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.runtime.json_values import DAMAGED, Reader, read_json, to_json_values

from ..laws.drawn import texts


class Colour(StrEnum):
    RED = "red"


class Row(NamedTuple):
    name: str
    kw: float = 1.0


@dataclass(frozen=True)
class Part:
    at_s: float
    """Without a default, so a part without it is none."""
    count: int = 3


@dataclass(frozen=True)
class Whole:
    parts: Mapping[str, Part] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    words: frozenset[str] = frozenset()
    slots: Mapping[int, float] = field(default_factory=dict)
    pair: tuple[str, Mapping[str, int | str]] | None = None
    share: Annotated[float, lambda found: 0 <= found <= 1] = 0.5
    colour: Colour = Colour.RED
    finish: Literal["late", "early"] = "late"
    is_on: bool = False
    import_: float | None = None


FULL = Whole(
    parts={"a": Part(5.0, 4), "b": Part(6.0)},
    rows=(Row("x"), Row("y", 2.0)),
    words=frozenset({"one", "two"}),
    slots={900: 0.25},
    pair=("set", {"value": 5, "option": "auto"}),
    share=0.25,
    finish="early",
    is_on=True,
    import_=3.5,
)


def read(kept: Any, whole: tuple[type, ...] = ()) -> tuple[Whole, list[str]]:
    reader = Reader(whole)
    return reader.read(Whole, kept), reader.damaged


def test_what_is_written_is_read_back() -> None:
    assert read(json.loads(json.dumps(to_json_values(FULL)))) == (FULL, [])
    assert to_json_values(FULL)["import"] == 3.5


@pytest.mark.parametrize(
    ("place", "damaged", "named"),
    [
        (("parts", "a"), {"count": 4}, "parts.a"),
        (("parts", "a"), "text", "parts.a"),
        (("parts", "a", "at_s"), 1e12, "parts.a.at_s"),
        (("parts", "a", "at_s"), True, "parts.a.at_s"),
        (("parts", "a", "count"), 1.5, "parts.a.count"),
        (("rows", 0), {"kw": 1.0}, "rows[0]"),
        (("rows", 0), None, "rows[0]"),
        (("rows", 0, "kw"), float("nan"), "rows[0].kw"),
        (("rows", 0, "kw"), 10**400, "rows[0].kw"),
        (("rows",), {"0": {}}, "rows"),
        (("words",), "text", "words"),
        (("words", 0), 3, "words[0]"),
        (("slots", "900"), "dear", "slots.900"),
        (("slots", "ten"), 1.0, "slots.ten"),
        (("slots", "9" * 5000), 1.0, f"slots.{'9' * 5000}"),
        (("pair",), ["set"], "pair"),
        (("share",), 2, "share"),
        (("colour",), "blue", "colour"),
        (("finish",), ["late"], "finish"),
        (("is_on",), 1, "is_on"),
        (("import",), "3.5", "import"),
    ],
)
def test_a_damaged_entry_is_named_and_all_others_survive(place: tuple[Any, ...], damaged: Any, named: str) -> None:
    kept = json.loads(json.dumps(to_json_values(FULL)))
    inner = kept
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = damaged
    found, places = read(kept)
    assert places == [named]
    without = {key: value for key, value in to_json_values(found).items() if key != place[0]}
    assert without == {key: value for key, value in to_json_values(FULL).items() if key != place[0]}
    assert place[0] != "parts" or found.parts["b"] == FULL.parts["b"]
    assert place[0] != "rows" or len(place) == 1 or found.rows[-1] == FULL.rows[-1]


def test_a_record_that_only_counts_whole_is_dropped_with_one_damaged_field() -> None:
    kept = {"parts": {"a": {"at_s": 5.0, "count": "many"}, "b": {"at_s": 6.0}}}
    assert read(kept)[0].parts == {"a": Part(5.0), "b": Part(6.0)}
    assert read(kept, (Part,))[0].parts == {"b": Part(6.0)}


def test_what_a_later_version_has_added_is_passed_over() -> None:
    assert read({"new": 1, "is_on": True}) == (Whole(is_on=True), [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts() | st.just(10**400),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts() | st.sampled_from("ab"), inside, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*to_json_values(FULL), "other"]), JSON))
def test_whatever_a_file_holds_reading_it_does_not_fail(kept: Mapping[str, Any]) -> None:
    found, _ = read(kept)
    assert isinstance(found, Whole)
    assert read(json.loads(json.dumps(to_json_values(found)))) == (found, [])


@given(JSON.filter(lambda kept: not isinstance(kept, dict)))
def test_what_is_no_record_at_all_is_damaged(kept: Any) -> None:
    assert read(kept) == (DAMAGED, [""])


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nonsense"], ids=["empty", "cut", "deep", "words"])
def test_what_is_no_json_is_a_value_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept"
    file.write_text(text)
    with pytest.raises(ValueError):
        read_json(file)


def test_one_number_of_thousands_of_digits_does_not_cost_the_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text(f'{{"import": {"9" * 5000}, "share": 0.25}}')
    assert read(read_json(file)) == (Whole(share=0.25), ["import"])


@dataclass(frozen=True)
class Unresolved:
    part: NotImportedYet = 3  # noqa: F821  # type: ignore[name-defined]


def test_a_record_is_written_while_its_module_is_loaded_anew():
    assert to_json_values(Unresolved()) == {"part": 3}


def test_a_record_is_written_while_its_module_is_being_replaced(monkeypatch):
    @dataclass(frozen=True)
    class Late:
        finish: Literal["late", "early"] = "late"

    monkeypatch.setitem(sys.modules, __name__, ModuleType("loaded to its first line"))
    assert to_json_values((Late("early"),)) == [{"finish": "early"}]
