"""What tools import of the package is there, also where a function imports it only when it runs."""

from __future__ import annotations

import ast
import importlib

from .sources import ROOT, SIMHOUSE, nodes

FOLDERS = (SIMHOUSE, ROOT / "benchmarks", ROOT / "docs")


def missing() -> list[str]:
    """Return every name that a tool imports of the package and that is not there, with the tool."""
    found = []
    for path in sorted(each for folder in FOLDERS for each in folder.rglob("*.py")):
        for node in nodes(path):
            if not isinstance(node, ast.ImportFrom) or node.level or (node.module or "").partition(".")[0] != "fusebox":
                continue
            module = importlib.import_module(str(node.module))
            for each in node.names:
                if not hasattr(module, each.name) and not _is_module(f"{node.module}.{each.name}"):
                    found.append(f"{path.relative_to(ROOT)}: {node.module}.{each.name}")
    return found


def _is_module(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return False
    return True


def test_every_name_that_a_tool_imports_of_the_package_is_there() -> None:
    assert missing() == []
