"""site_config.py and secrets.yaml as files: what they may contain, and how a mistake is reported."""

from __future__ import annotations

import builtins
import re
from pathlib import Path

import pytest

from fusebox.runtime.config_file import load_secrets, run_config_file

from ..shape.sources import ROOT

ACCEPTED = {
    "a literal": ("CONFIG = {'site': {'main_fuse_a': 25}}", {"site": {"main_fuse_a": 25}}),
    "arithmetic": ("CONFIG = {'a': 3 * 5750 / 230}", {"a": 75.0}),
    "helpers": (
        "PHASES = ['L1', 'L2']\nCONFIG = {p: f'sensor.{p.lower()}' for p in PHASES}",
        {"L1": "sensor.l1", "L2": "sensor.l2"},
    ),
    "a function": ("def car(n):\n    return {'max_a': n}\nCONFIG = {'x': car(16)}", {"x": {"max_a": 16}}),
    "builtins": ("CONFIG = {str(n): round(n / 3, 1) for n in range(2)}", {"0": 0.0, "1": 0.3}),
    "a byte order mark": ("\ufeffCONFIG = {}", {}),
    "an annotation": ("CONFIG: dict = {}", {}),
    "the same key in two loads": ("CONFIG = {'a': {'x': 1}, 'b': {'x': 2}}", {"a": {"x": 1}, "b": {"x": 2}}),
    "nonsense of another kind": ("CONFIG = 5", 5),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_plain_python_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "site_config.py"
    file.write_text(ACCEPTED[name][0], encoding="utf-8")
    assert run_config_file(str(file)) == (ACCEPTED[name][1], None)


REFUSED = {
    "import": ("x = 1\nimport os\nCONFIG = {}", "line 2: import is not allowed"),
    "from import": ("from os import path\nCONFIG = {}", "line 1: import is not allowed"),
    "__import__": ("CONFIG = {'a': __import__('os')}", "line 1: __import__ is not known here"),
    "open": ("CONFIG = {\n 'a': open('/etc/passwd')}", "line 2: open is not known here"),
    "eval": ("CONFIG = eval('{}')", "eval is not known here"),
    "private attributes": ("CONFIG = {'a': ().__class__}", "line 1: .__class__ is not allowed"),
    "a class": ("class A: pass\nCONFIG = {}", "line 1: ClassDef is not allowed"),
    "a syntax error": ("CONFIG = {\n 'a': 1 +\n 'b': 2}", "line 3: "),
    "a missing comma": ("CONFIG = {\n 'a': 1\n 'b': 2}", "line 2: a comma is missing at the end of this line; add it"),
    "a number with its unit": (
        "CONFIG = {\n 'a': 25A}",
        "line 2: invalid decimal literal; write a number without its unit",
    ),
    "a number, and its unit": ("CONFIG = {\n 'a': 25 A}", "line 2: invalid syntax"),
    "a bare time": ("CONFIG = {\n 'a': 07:00}", "; write a time in quotes, such as '07:00'"),
    "a decimal comma": ("CONFIG = {\n 'a': 25,5}", "; write a decimal point in place of a comma"),
    "an equals sign": ("CONFIG = {\n 'a' = 25}", "here; write a colon in place of ="),
    "typographic quotes": ("CONFIG = {\n \u201ca\u201d: 25}", "; write plain quotes"),
    "a missing quote": ("CONFIG = {\n 'a: 25}", "; write a quote at the end of the text too"),
    "an open bracket in a line": (
        "CONFIG = {\n 'a': {'x': 1,\n 'b': 2,\n}",
        "line 2: the '{' of line 2 is not closed before the next line; add its closing bracket",
    ),
    "an open bracket of a section": (
        "CONFIG = {\n    'a': {\n        'x': 1,\n    'b': {\n    },\n}",
        "line 3: the '{' of line 2 is not closed before the next line; add its closing bracket",
    ),
    "an entity id without quotes": (
        "CONFIG = {\n 'a': sensor.x_l1}",
        "line 2: sensor.x_l1 is not known here; write 'sensor.x_l1'",
    ),
    "a misspelt True": ("CONFIG = {\n 'a': Treu}", "line 2: Treu is not known here; write True"),
    "a missing colon": ("CONFIG = {\n 'a' 1,\n 'b': 2}", "line 2: a comma or a colon is missing in this line; add it"),
    "an open bracket": ("CONFIG = {'a': [1, 2}", "line 1: "),
    "an indentation error": ("CONFIG = {}\n  x = 1", "line 2: unexpected indent"),
    "a misspelt name": ("CONFIG = {\n'a': 1,\n'b': tru}", "line 3: tru is not known here; write 'tru'"),
    "a word of YAML": ("CONFIG = {'a': true}", "line 1: true is not known here; write True"),
    "a key of YAML": ("CONFIG = {\n  fuse: 25}", "line 2: fuse is not known here; write 'fuse'"),
    "an exception": ("a = {}\nCONFIG = a['x']", "line 2: KeyError: 'x'"),
    "an exception in a function": ("def f():\n    return 1 / 0\nCONFIG = f()", "line 2: ZeroDivisionError"),
    "endless recursion": ("def f():\n    return f()\nCONFIG = f()", "RecursionError"),
    "a load twice": (
        "CONFIG = {'loads': {\n 'car': {'max_a': 16},\n 'car': {'max_a': 32},\n}}",
        "line 3: 'car' stands in line 2 already; rename or remove one",
    ),
    "a key twice": ("CONFIG = {'dry_run': True, 'dry_run': False}", "line 1: 'dry_run' stands in line 1 already"),
    "no CONFIG": ("config = {}", "has no CONFIG"),
    "nothing": ("", "has no CONFIG"),
    "a zero byte": ("CONFIG = {}\x00", ""),
    "deep nesting": ("CONFIG = " + "(" * 5000 + ")" * 5000, ""),
    "deep nesting of another kind": ("CONFIG = " + "-" * 100_000 + "1", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_names_file_line_and_remedy(tmp_path: Path, name: str) -> None:
    file = tmp_path / "site_config.py"
    file.write_text(REFUSED[name][0], encoding="utf-8")
    config, problem = run_config_file(str(file))
    assert config is None
    assert problem is not None
    assert str(file) in problem
    assert REFUSED[name][1] in problem
    assert ";" in problem


@pytest.mark.parametrize("example", sorted((ROOT / "config_examples").glob("*.py")), ids=lambda path: path.stem)
def test_each_missing_comma_of_the_examples_is_found_in_its_line(tmp_path: Path, example: Path) -> None:
    file, lines = tmp_path / "site_config.py", example.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if line.startswith("CONFIG"))
    for place in range(first, len(lines)):
        if not re.search(r",\s*(#.*)?$", lines[place].rstrip()):
            continue
        followed = next(
            each.strip() for each in lines[place + 1 :] if each.strip() and not each.strip().startswith("#")
        )
        if followed[0] in "]})":
            continue  # needs no comma
        line = re.sub(r",(\s*(#.*)?)$", r"\1", lines[place].rstrip()) + "\n"
        file.write_text("".join([*lines[:place], line, *lines[place + 1 :]]), encoding="utf-8")
        problem = run_config_file(str(file))[1]
        assert problem == f"{file}, line {place + 1}: a comma is missing at the end of this line; add it", lines[place]


def test_a_text_of_the_file_is_not_quoted_where_a_comma_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "site_config.py"
    file.write_text("CONFIG = {\n 'password': 'hunter2'\n 'b': 2}", encoding="utf-8")
    problem = run_config_file(str(file))[1]
    assert problem is not None and "hunter2" not in problem and "line 2: a comma" in problem


def test_a_missing_file_is_reported_with_the_service_that_writes_it(tmp_path: Path) -> None:
    file = str(tmp_path / "site_config.py")
    assert run_config_file(file) == (
        None,
        f"{file} does not exist; the action pyscript.fusebox_setup writes one, or copy one of config_examples/ there",
    )


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    config, problem = run_config_file(str(tmp_path))
    assert config is None
    assert problem is not None
    assert "cannot be read" in problem


def test_another_encoding_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "site_config.py"
    file.write_bytes("CONFIG = {\n'a': 'K\u00fcche'}".encode("latin-1"))
    config, problem = run_config_file(str(file))
    assert config is None
    assert problem == f"{file}, line 2: is not UTF-8 text; save the file with the encoding UTF-8"


def test_no_name_of_ours_leaks_into_the_file(tmp_path: Path) -> None:
    file = tmp_path / "site_config.py"
    file.write_text("len = 5\nCONFIG = {'a': len}", encoding="utf-8")
    run_config_file(str(file))
    assert builtins.len("abc") == 3
    file.write_text("CONFIG = {'a': len('abc')}", encoding="utf-8")
    assert run_config_file(str(file)) == ({"a": 3}, None)


YAML = """\
# a comment
---
plain: mail@example.com
pin: 0123
yes_word: yes
double: "with: colon # and hash"
single: 'it''s'
trailing: value # comment
url: http://host:80/#x
empty:
"""
EXPECTED = {
    "plain": "mail@example.com",
    "pin": "0123",
    "yes_word": "yes",
    "double": "with: colon # and hash",
    "single": "it's",
    "trailing": "value",
    "url": "http://host:80/#x",
    "empty": "",
}


def test_secrets_are_texts(tmp_path: Path) -> None:
    file = tmp_path / "secrets.yaml"
    file.write_text(YAML, encoding="utf-8")
    assert load_secrets(str(file)) == (EXPECTED, None)


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n"])
def test_no_secrets_are_no_mistake(tmp_path: Path, text: str) -> None:
    file = tmp_path / "secrets.yaml"
    assert load_secrets(str(file)) == ({}, None)
    file.write_text(text, encoding="utf-8")
    assert load_secrets(str(file)) == ({}, None)


@pytest.mark.parametrize("text", ["a: 1\n- hunter2\n", "a: 'hunter2\n", "hunter2"])
def test_broken_secrets_are_reported_without_quoting_them(tmp_path: Path, text: str) -> None:
    file = tmp_path / "secrets.yaml"
    file.write_text(text, encoding="utf-8")
    _, problem = load_secrets(str(file))
    assert problem is not None
    assert str(file) in problem
    assert "hunter2" not in problem
    assert "name: value" in problem


def test_a_bare_bracket_is_a_mistake_of_yaml(tmp_path: Path) -> None:
    file = tmp_path / "secrets.yaml"
    file.write_text("hunter2: [\n", encoding="utf-8")
    _, problem = load_secrets(str(file))
    assert problem is not None
    assert "hunter2" not in problem


def test_secrets_in_another_encoding_are_reported(tmp_path: Path) -> None:
    file = tmp_path / "secrets.yaml"
    file.write_bytes(b"a: \xff")
    secrets, problem = load_secrets(str(file))
    assert secrets == {}
    assert problem is not None
    assert "UTF-8" in problem
