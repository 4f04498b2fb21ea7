"""What the figures count, and that one that is too much says so."""

from __future__ import annotations

import ast

import pytest

from .figures import Figure
from .folders import layers, mutual_imports
from .functions import Function, branches, calls, parameters
from .sources import code_lines

EXAMPLE = '''"""One.

Two."""
import os

# why
A = (
    1,
)
"""What A is."""

def f():
    """F."""
    return A
'''


def function(text: str) -> Function:
    (found,) = ast.parse(text).body
    assert isinstance(found, Function)
    return found


@pytest.mark.parametrize(
    ("found", "most", "excess"),
    [
        (3, 3, ""),
        (4, 3, "folders: 4, at most 3"),
        (["b", "a"], 2, ""),
        (["b", "a"], 1, "folders: 2, at most 1: a, b"),
    ],
)
def test_an_excess_is_reported_with_the_names(found, most, excess):
    assert Figure("folders", lambda: found, most).excess == excess


def test_a_line_of_code_is_neither_docstring_comment_import_nor_blank(tmp_path):
    file = tmp_path / "example.py"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert code_lines(file) == 5


def test_every_way_through_a_function_counts():
    assert branches(function("def f(): return 1 if a and b else 2")) == 1
    text = "def f():\n if a: pass\n elif b:\n  for c in d: pass\n try: pass\n except E: pass"
    assert branches(function(text)) == 5


def test_every_value_that_a_caller_may_give_counts():
    assert parameters(function("def f(self, a, /, b, *rest, c=1, **more): pass")) == 3


def test_a_call_counts_once():
    assert calls(function("def f(): return g(h(1), h(2), a.b())")) == {"g", "h", "a.b"}


def test_a_folder_is_in_a_layer_above_all_that_it_imports():
    assert layers({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": 3, "b": 2, "c": 1}


def test_folders_that_import_each_other_are_a_pair():
    assert mutual_imports({"a": {"b"}, "b": {"a", "c"}, "c": set()}) == [("a", "b")]
