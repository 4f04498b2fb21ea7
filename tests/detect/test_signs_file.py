"""signs.json is read as it is written, with the phases and words that its patterns name."""

from __future__ import annotations

import json
import re

import pytest

from fusebox.detect.entities import SIGNS, SIGNS_FILE, Sign, make_signs
from fusebox.model.data_files import read_data_file

from ..model.messages.test_catalogue import unique

ROW = {"make": "A make", "power": "<pump>_<123>$"}
WHOLE = {
    "grid": [ROW],
    "whole_house": [],
    "export_words": [["import", "export"]],
    "inverter_output": [],
    "battery": [{"make": "A make", "power": "p", "soc": "s", "invert": True, "doubt": "check_battery_sign"}],
    "solar": [],
    "plug": [],
    "names": {
        "well": {"what": "A well.", "words": ["_well", "spring"]},
        "pump": {"what": "A pump.", "words": ["<well>", "pump"]},
    },
}


def test_patterns_are_filled_with_phases_and_words() -> None:
    signs = make_signs(WHOLE)
    pattern = signs.grid[0].power
    found = re.search(pattern, "my_well_2")
    assert found is not None and found["phase"] == "2"
    assert re.search(pattern, "pump_3") and not re.search(pattern, "pump_4") and not re.search(pattern, "farewell_2")
    assert signs.battery == (Sign("A make", "p", soc="s", invert=True, doubt="check_battery_sign"),)
    assert (signs.export_words, signs.solar) == ((("import", "export"),), ())


@pytest.mark.parametrize(
    ("word", "names", "others"),
    [
        ("_nas_", ("nas", "my_nas", "nas_2"), ("nasty", "canas")),
        ("ess_", ("ess", "powerless_1"), ("essence",)),
        ("hot", ("shot", "hot_2"), ("ho_t",)),
    ],
)
def test_a_word_stands_alone_where_it_says_so(word: str, names: tuple[str, ...], others: tuple[str, ...]) -> None:
    pattern = make_signs({**WHOLE, "grid": [], "names": {"it": {"words": [word]}}}).names["it"]
    assert all(re.search(pattern, name) for name in names)
    assert not any(re.search(pattern, name) for name in others)


@pytest.mark.parametrize("wrong", [{"misspelt": 1}, {"power": "<pumps>"}, {"make": None, "power": None, "x": None}])
def test_a_damaged_row_is_named_with_its_file(tmp_path, wrong: dict[str, object]) -> None:
    file = tmp_path / "signs.json"
    file.write_text(json.dumps({**WHOLE, "grid": [{**ROW, **wrong}]}), encoding="utf-8")
    with pytest.raises(ImportError, match=r"signs\.json is missing or damaged: \w+Error "):
        read_data_file(file, make_signs)


def test_every_pattern_of_the_shipped_file_is_one_and_has_a_phase_where_it_needs_one() -> None:
    json.loads(SIGNS_FILE.read_text(encoding="utf-8"), object_pairs_hook=unique)
    tables = {name: rows for name, rows in SIGNS._asdict().items() if name not in ("export_words", "names")}
    for table, rows in tables.items():
        for sign in rows:
            for pattern in filter(None, (sign.power, sign.export, sign.soc)):
                assert ("phase" in re.compile(pattern).groupindex) is (table in ("grid", "inverter_output")), sign
    assert all(re.compile(pattern) for pattern in SIGNS.names.values())
