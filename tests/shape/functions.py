"""How many ways lead through a function, how much it is told, and what it calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from .sources import tree

Function = ast.FunctionDef | ast.AsyncFunctionDef
FORKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
"""Where a way parts in two; what only chooses a value, such as `a if b else c`, is left out."""


def functions(modules: Mapping[str, Path]) -> Iterator[tuple[str, Function]]:
    """Every function of these files, methods and inner ones too, by its module and name."""
    for name, path in modules.items():
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield f"{name}.{node.name}", node


def parameters(function: Function) -> int:
    """How many values a caller may give it; `self` and `cls` are none of them."""
    told = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([each for each in told if each.arg not in ("self", "cls")])


def branches(function: Function) -> int:
    """How many ways lead through it: its cyclomatic complexity."""
    return 1 + sum(isinstance(node, FORKS) for node in ast.walk(function))


def calls(function: Function) -> set[str]:
    """Everything that it calls by name."""
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def import_statements(path: Path) -> int:
    """How many files and packages a file names at its head; what Python itself is told there is none."""
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Import | ast.ImportFrom)]
    return len([node for node in nodes if getattr(node, "module", None) != "__future__"])
