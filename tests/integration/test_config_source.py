"""site_config.py edited by forms: one value changes, and every other letter stays."""

from __future__ import annotations

import difflib
import io
import runpy
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .parts import ROOT, part

editing = part("config_source")
EXAMPLES = sorted((ROOT / "config_examples").glob("*.py"))

MINE = """\
# My house. Ask Erik before changing anything.
MORE = 16
CONFIG = {
    "site": {
        "main_fuse_a": 25,  # printed on it: B25
        "grid": {"L1": "sensor.grid"},
        # We look first.
        "dry_run": True},
    "loads": {
        "car": {
            "type": "number",
            "max_a": MORE,
            "phases": ["L1",
                       "L2"]  # the L3 is free
        },
        "pool": {"type": "plug", "switch": "switch.pool"},
        # GUESS, not in force: to add it, remove the # before its line and replace each FILL_IN
        # nothing measures what it draws
        # "tank": {"type": "tank", "switch": "switch.tank", "rated_w": "FILL_IN"},
    },
}
"""

EDITS = (
    (("site", "main_fuse_a"), 35, '"main_fuse_a": 35,  # printed on it: B25'),
    (("site", "dry_run"), False, '"dry_run": False},'),
    (("site", "fuse_type"), "C", '"dry_run": True, "fuse_type": "C"},'),
    (("site", "grid", "L2"), "sensor.é", '"grid": {"L1": "sensor.grid", "L2": "sensor.é"},'),
    (("loads", "pool", "mode"), "solar_only", '"switch": "switch.pool", "mode": "solar_only"},'),
    (("loads", "car", "priority"), 2.0, '"priority": 2,'),
    (("tariff", "target_kw"), 4.5, '    "tariff": {"target_kw": 4.5},'),
    (("loads", "car", "phases"), ["L2"], '"phases": ["L2"]  # the L3 is free'),
)


def evaluated(text: str, folder: Path) -> Any:
    (folder / "edited.py").write_text(text, encoding="utf-8")
    return runpy.run_path(str(folder / "edited.py"))["CONFIG"]


def comments(text: str) -> list[str]:
    return [t.string for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]


def changed_lines(before: str, after: str) -> int:
    return sum(line.startswith("- ") for line in difflib.ndiff(before.splitlines(), after.splitlines()))


@pytest.mark.parametrize("path, value, line", EDITS, ids=lambda each: ".".join(each) if isinstance(each, tuple) else "")
def test_one_value_changes_and_all_else_stays(path, value, line, tmp_path):
    expected = evaluated(MINE, tmp_path)
    node = expected
    for key in path[:-1]:
        node = node.setdefault(key, {})
    node[path[-1]] = value
    edited = editing.with_value(MINE, path, value)
    assert evaluated(edited, tmp_path) == expected
    assert line in edited and comments(edited) == comments(MINE)
    assert changed_lines(MINE, edited) <= 2


def test_setting_what_stands_there_changes_nothing():
    assert editing.with_value(MINE, ("site", "main_fuse_a"), 25) == MINE


@pytest.mark.parametrize("path", [("loads", "car", "max_a"), ("loads", "car", "max_a", "x"), ("nowhere",)])
def test_what_is_calculated_is_refused_with_its_line(path):
    text = MINE if path[0] == "loads" else MINE.replace("{\n    ", "{**MORE,\n    ", 1)
    with pytest.raises(editing.NotEditable) as raised:
        editing.with_value(text, path, 10)
    assert raised.value.line == (12 if path[0] == "loads" else 3)


@pytest.mark.parametrize("text", ["", "CONFIG = {", "CONFIG = {}\nCONFIG = {}\n", "CONFIG = dict(site={})\n"])
def test_a_file_without_one_plain_config_is_refused(text):
    with pytest.raises(editing.NotEditable):
        editing.with_value(text, ("site", "dry_run"), False)


def test_a_load_is_turned_into_a_comment_and_a_guess_into_a_load(tmp_path):
    edited = editing.with_guess(editing.without(MINE, ("loads", "car")), "tank")
    edited = editing.with_value(edited, ("loads", "tank", "rated_w"), 2000)
    assert evaluated(edited, tmp_path)["loads"] == {
        "pool": {"type": "plug", "switch": "switch.pool"},
        "tank": {"type": "tank", "switch": "switch.tank", "rated_w": 2000},
    }
    assert '        #     "max_a": MORE,\n' in edited and "GUESS" not in edited and "# nothing measures" in edited


def test_an_entry_that_shares_its_line_is_taken_out(tmp_path):
    edited = editing.without(MINE, ("loads", "pool", "type"))
    assert evaluated(edited, tmp_path)["loads"]["pool"] == {"switch": "switch.pool"}


@pytest.mark.parametrize(
    "text", ["CONFIG = {\n    'a': (1)  # A\n}\n", "CONFIG = {'a': ((1))}", "CONFIG = {'a': (1  # A\n)}"]
)
def test_a_last_value_in_brackets_without_a_comma_may_be_followed_and_removed(text):
    assert editing.config_of(editing.with_value(text, ("b",), 2)) == {"a": 1, "b": 2}
    assert editing.config_of(editing.without(text, ("a",))) == {}


def test_a_value_is_added_before_a_comment_behind_the_last_of_a_line():
    edited = editing.with_value("CONFIG = {'a': 1, 'b': (2)  # B\n}\n", ("c",), 3)
    assert edited == "CONFIG = {'a': 1, 'b': (2), \"c\": 3  # B\n}\n"


def test_line_ends_and_the_byte_order_mark_stay():
    windows = "\ufeff" + MINE.replace("\n", "\r\n")
    edited = editing.with_value(windows, ("site", "main_fuse_a"), 35)
    assert edited == windows.replace("25,  #", "35,  #")


def leaves(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(node, dict):
        yield (*path, "added")
        for key, value in node.items():
            yield from leaves(value, (*path, key)) if isinstance(key, str) else ()
    elif path:
        yield path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.stem)
def test_every_value_of_every_example_can_be_edited_alone(example, tmp_path):
    text = example.read_text(encoding="utf-8")
    config = evaluated(text, tmp_path)
    for path in leaves(config):
        try:
            edited = editing.with_value(text, path, "edited")
        except editing.NotEditable:
            continue
        expected = node = evaluated(text, tmp_path)
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = "edited"
        assert evaluated(edited, tmp_path) == expected, path
        assert comments(edited) == comments(text) or path[-1] != "added", path
