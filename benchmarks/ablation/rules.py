"""The rules of a step, each switched off for a while: what it says then stands in rules.toml."""

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
    """A function that has something to say, and what is left where it says nothing."""

    part: str
    """What it is about, as a heading."""

    function: str
    """The file below the package, a colon, and its name."""

    guards: str
    """Whom or what, as the end of "it guards ..."."""

    off: str
    """What it returns when it is off: an expression of its parameters."""

    asked: tuple[str, ...]
    """Tests, and faults as "fault NAME", of which one has to miss it."""

    @property
    def path(self) -> Path:
        """The file, below the root of the project."""
        return PACKAGE / self.function.partition(":")[0]

    @property
    def name(self) -> str:
        """Of the function."""
        return self.function.partition(":")[2]

    def off_in(self, text: str) -> str:
        """The file's text with the rule off; ValueError where it has no such function."""
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
    """The rule says nothing for a while, to whoever has its function."""
    module = importlib.import_module("fusebox." + rule.function.partition(".")[0].replace("/", "."))
    function: FunctionType = vars(module)[rule.name]
    names = dict(vars(module))
    exec(compile(rule.off_in(inspect.getsource(module)), str(rule.path), "exec"), names)
    before, function.__code__ = function.__code__, names[rule.name].__code__
    try:
        yield
    finally:
        function.__code__ = before
