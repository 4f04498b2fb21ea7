"""Every number that shapes behaviour stands in tuning.py, says what it is, and is read when it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from fusebox import tuning

from .cases import for_each
from .shape.numbers import FACTS, OTHERS, OWN_FACTS, numbers_in, short
from .shape.sources import FUSEBOX, TUNING, nodes, tree


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    tuning.override({})


def numbers() -> dict[str, str]:
    """Each number of tuning.py -> what is said under it."""
    body = tree(TUNING).body
    found = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign):
            (target,) = node.targets
            assert isinstance(target, ast.Name), ast.unparse(node)
            said = after.value if isinstance(after, ast.Expr) else None
            found[target.id] = str(said.value) if isinstance(said, ast.Constant) else ""
    return found


def test_every_number_says_what_it_is():
    assert len(numbers()) > 5
    assert [name for name, said in numbers().items() if len(said) < 10] == []


def test_every_number_is_used():
    used = {
        node.attr
        for path in FUSEBOX.values()
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tuning"
    }
    assert set(numbers()) - used == set()


def when_made(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs while a file is imported: not the bodies of functions, but their defaults and decorators."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        defaults = [*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None)]
        parts = [*defaults, *getattr(node, "decorator_list", ())]
    else:
        yield node
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from when_made(part)


@for_each("name", OTHERS)
def test_a_number_is_read_when_it_is_used(name):
    imported = [
        node
        for node in nodes(OTHERS[name])
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "tuning"
    ]
    assert imported == [], "write `from ... import tuning` and read tuning.NAME"
    read = [node for node in when_made(tree(OTHERS[name])) if isinstance(node, ast.Attribute)]
    kept = [node.attr for node in read if isinstance(node.value, ast.Name) and node.value.id == "tuning"]
    assert kept == [], "read while the file is imported, before a CONFIG can give another value"


def test_an_override_holds_until_the_next():
    tuning.override({"raise_step_a": 6.0})
    assert (tuning.RAISE_STEP_A, tuning.overridden()) == (6.0, "raise_step_a 6 instead of 4")
    tuning.override({"raise_every_s": 10.0})
    assert (tuning.RAISE_STEP_A, tuning.RAISE_EVERY_S) == (4.0, 10.0)
    tuning.override({})
    assert tuning.overridden() == ""
    assert {name: getattr(tuning, name.upper()) for name in tuning.SHIPPED} == tuning.SHIPPED


def test_a_number_that_is_given_as_shipped_is_no_difference():
    assert tuning.differences({"raise_step_a": 4}) == ""


@for_each("name", FACTS)
def test_a_fact_that_is_excused_is_there(name):
    assert set(numbers_in(tree(FUSEBOX[f"fusebox.{name}"]), ast.Module())) >= FACTS[name]


def test_every_file_of_facts_is_there():
    assert [facts for facts in OWN_FACTS if not any(f"{short(name)}.".startswith(facts) for name in OTHERS)] == []
