"""The tree in CONTRIBUTING is the tree that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "pyscript" / "modules" / "fusebox"
NAMES = slice(6, 28)
"""The columns of names; their purpose is next to them."""


def told() -> list[str]:
    """What it names inside the package, whole: `control/limits/`, `control/control.py`."""
    tree = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("pyscript/                   what is copied")[1]
    inside = tree.split("    fusebox/ ")[1].split("\nsimhouse/")[0]
    found: list[str] = []
    room = ""
    for line in inside.splitlines()[1:]:
        if not line[NAMES].strip():
            continue
        deep = line[NAMES].startswith("  ")
        for name in re.split(r"[, ]+", line[NAMES].strip()):
            found.append(f"{room if deep else ''}{name}")
            room = name if name.endswith("/") and not deep else room
    return found


def test_every_name_in_it_is_there():
    names = told()
    assert len(names) > 20
    assert [name for name in names if not (PACKAGE / name).exists()] == []
    assert len(names) == len(set(names))


def test_every_folder_is_in_it():
    folders = {f"{path.parent.relative_to(PACKAGE).as_posix()}/" for path in PACKAGE.glob("*/**/__init__.py")}
    assert folders - set(told()) == set()
