"""docs/services.md has every service that a script registers and every event, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from fusebox.control.events import EventKind
from fusebox.tariff.peak_tracker import EVENT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")


def named(section: str) -> set[str]:
    """What the first columns of a section's table name."""
    rows = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return {name for row in re.findall(r"^\| (`.*?) \|", rows, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


def test_the_services():
    scripts = "".join(script.read_text(encoding="utf-8") for script in (ROOT / "pyscript").glob("*.py"))
    assert named("Services") == set(re.findall(r'^@service\("pyscript\.(\w+)"', scripts, re.MULTILINE))


def test_the_events():
    assert named("Events") == {*(f"fusebox_{kind}" for kind in get_args(EventKind)), EVENT}
