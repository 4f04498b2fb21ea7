"""No sentence shows a computed number with more digits than a person needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fusebox.model.electrics import number_text
from fusebox.model.messages.message import CATALOGUE

PACKAGE = Path(__file__).parents[2] / "pyscript" / "modules" / "fusebox"
EXACT = frozenset({"config", "tuning.py"})
"""Here a sentence repeats what the user has written, digit by digit."""


def unrounded(tree: ast.AST) -> Iterator[int]:
    """The lines that format a number with `:g`, which shows six digits, in an f-string or in a template."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            if ast.unparse(node.format_spec) == "f'g'":
                yield node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\{\w+:g\}", node.value):
            yield node.lineno


def test_sentences_show_rounded_numbers() -> None:
    texts = {
        file.relative_to(PACKAGE): file.read_text(encoding="utf-8")
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.relative_to(PACKAGE).parts[0] not in EXACT
    }
    # Only a file with these two characters is worth parsing.
    found = [f"{path}:{line}" for path, text in texts.items() if ":g" in text for line in unrounded(ast.parse(text))]
    assert not found
    assert [code for code, sentence in CATALOGUE.items() if re.search(r"\{\w+:", sentence)] == []


@pytest.mark.parametrize(
    ("value", "text"), [(10.869565, "10.9"), (16.0, "16"), (-0.04, "0"), (1_000_000.0, "1000000"), (5.04, "5")]
)
def test_a_number_has_at_most_one_decimal(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_power_may_have_two_decimals() -> None:
    assert number_text(5.766, 2) == "5.77"
