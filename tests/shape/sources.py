"""The files of the package, and their imports."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / "pyscript"
PACKAGE = SCRIPTS / "modules" / "fusebox"
SIMHOUSE = ROOT / "simhouse"
_NO_CODE = frozenset({
    tokenize.ENCODING, tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
})  # fmt: skip


def named(folder: Path) -> dict[str, Path]:
    """Return module name -> file of a package, such as `fusebox.devices.chargers.number`."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(path: Path) -> Sequence[ast.AST]:
    """Return all nodes of a file's syntax tree."""
    return tuple(ast.walk(tree(path)))


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def code_lines(path: Path) -> int:
    """Return the number of lines of code: neither docstring, comment, import nor blank."""
    found: set[int] = set()
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type not in _NO_CODE:
                found.update(range(token.start[0], token.end[0] + 1))
    for node in nodes(path):
        if isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            found.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(found)


def imported(name: str, path: Path, modules: Mapping[str, Path]) -> set[str]:
    """Return everything that a file imports, anywhere in it, as module names if they are in `modules`."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            wholes = {alias.name: f"{base}.{alias.name}" for alias in node.names}
            found |= {whole if whole in modules else base for whole in wholes.values()}
    return found


FUSEBOX = named(PACKAGE)
TUNING = FUSEBOX["fusebox.tuning"]


@cache
def _imports(name: str) -> set[str]:
    return imported(name, FUSEBOX[name], FUSEBOX)


def inside(name: str) -> set[str]:
    """Return the modules of the package that a module imports."""
    return {other for other in _imports(name) if other in FUSEBOX}


def outside(name: str) -> set[str]:
    """Return the top-level names of all other imports."""
    return {other.partition(".")[0] for other in _imports(name) if other not in FUSEBOX}
