"""Count a function's branches, parameters and calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from .sources import nodes

Function = ast.FunctionDef | ast.AsyncFunctionDef
FORKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
"""Nodes that branch; expressions such as `a if b else c` are left out."""


def functions(modules: Mapping[str, Path]) -> Iterator[tuple[str, Function]]:
    """Yield (module and name, function) for every function of these files, including methods and inner ones."""
    for name, path in modules.items():
        for node in nodes(path):
            if isinstance(node, Function):
                yield f"{name}.{node.name}", node


def parameters(function: Function) -> int:
    """Return the number of parameters without `self` and `cls`."""
    told = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([each for each in told if each.arg not in ("self", "cls")])


def branches(function: Function) -> int:
    """Return the cyclomatic complexity of a function."""
    return 1 + sum(isinstance(node, FORKS) for node in ast.walk(function))


def calls(function: Function) -> set[str]:
    """Return the names of everything a function calls."""
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def import_statements(path: Path) -> int:
    """Return the number of imports in a file, without `from __future__`."""
    found = [node for node in nodes(path) if isinstance(node, ast.Import | ast.ImportFrom)]
    return len([node for node in found if getattr(node, "module", None) != "__future__"])
