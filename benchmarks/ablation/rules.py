"""The rules of a step, each of which can be switched off; rules.toml gives their return values when off."""

from __future__ import annotations

import ast
import importlib
import inspect
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType

from tests.mutants.change import PACKAGE

TABLE = Path(__file__).with_name("rules.toml")
OFF = 0.0
"""The factor of a rule that is off."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A function with a rule, and what it returns when the rule is off."""

    part: str
    """The part of Fusebox it belongs to, as a heading."""

    function: str
    """The file below the package, a colon, and its name."""

    purpose: str
    """What it is for, as the end of "this rule ..."."""

    off: str
    """What it returns when it is off: an expression of its parameters."""

    asked: tuple[str, ...]
    """Tests, and faults as "fault NAME", at least one of which has to fail without it."""

    harm: str = ""
    """What a user or a device suffers without it in that test; "" where faults, hours or random homes show it."""

    @property
    def path(self) -> Path:
        """The file, below the root of the project."""
        return PACKAGE / self.function.partition(":")[0]

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.function.partition(":")[2]

    def off_in(self, text: str) -> str:
        """Return the file's text with the rule off; ValueError when it has no such function."""
        found = next((n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == self.name), None)
        if found is None or found.end_lineno is None:
            raise ValueError(f"{self.path} has no function {self.name}")
        lines = text.splitlines(keepends=True)
        begins, ends = found.body[0].lineno - 1, found.end_lineno
        return "".join([*lines[:begins], f"    return {self.off}\n", *lines[ends:]])


RULES: Mapping[str, Rule] = {
    row["function"]: Rule(part, **{**row, "asked": tuple(row["asked"])})
    for part, rows in tomllib.loads(TABLE.read_text(encoding="utf-8")).items()
    for row in rows
}
"""By their functions."""


@contextmanager
def switched_off(rule: Rule) -> Iterator[None]:
    """Switch the rule off inside the context, for every user of its function."""
    module = importlib.import_module("fusebox." + rule.function.partition(".")[0].replace("/", "."))
    function: FunctionType = vars(module)[rule.name]
    names = dict(vars(module))
    exec(compile(rule.off_in(inspect.getsource(module)), str(rule.path), "exec"), names)
    before, function.__code__ = function.__code__, names[rule.name].__code__
    try:
        yield
    finally:
        function.__code__ = before
