"""The tables named in CONTRIBUTING under "Add something else" are in the files that the same row names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pyscript" / "modules" / "fusebox"
SECTION = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Add something else\n")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| (?!to add|---).*", SECTION.replace("|---|", "| ---|"), re.MULTILINE)


def named_text(row: str) -> str:
    """What the files of a row hold; a name without a folder is next to the file before it."""
    found, folder = "", ROOT
    for name in re.findall(r"`([\w/]+\.(?:py|ts))`", row):
        (file,) = [each for each in (PACKAGE / name, ROOT / name, folder / name) if each.exists()][:1]
        found, folder = found + file.read_text(encoding="utf-8"), file.parent
    return found


def test_the_section_has_rows() -> None:
    assert len(ROWS) > 5


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_table_that_a_row_names_is_in_its_files(row: str) -> None:
    names, text = re.findall(r"`([A-Z][A-Z_]+)`", row), named_text(row)
    assert names and [name for name in names if not re.search(rf"^(?:const )?{name}\b", text, re.MULTILINE)] == []
