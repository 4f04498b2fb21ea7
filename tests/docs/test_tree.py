"""The tree in the README is the tree that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "pyscript" / "modules" / "fusebox"


def told() -> list[str]:
    """What the README names inside the package: folders with their slash, files without their ending."""
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("pyscript/                   what is copied")[1]
    inside = tree.split("    fusebox/ ")[1].split("\nsimhouse/")[0]
    lines = [line for line in inside.splitlines()[1:] if line[6:7].strip()]
    # What it is stands in a column of its own, or where the names are too long on the line below.
    names = " ".join(line[6:28] if line[26:28] == "  " else line for line in lines)
    return [name.removesuffix(".py") for name in re.split(r"[, ]+", names.strip())]


def test_every_name_in_it_is_there():
    names = told()
    assert len(names) > 30
    assert [n for n in names if not (PACKAGE / (n if n.endswith("/") else f"{n}.py")).exists()] == []
    assert len(names) == len(set(names))


def test_every_folder_is_in_it():
    folders = {f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    assert folders - set(told()) == set()
