"""docs/add_a_driver.md and docs/add_a_mode.md work as written: what they say to add is added, and their tests pass."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Copy:
    """A copy of the package in which a page is followed."""

    def __init__(self, folder: Path, page: str) -> None:
        self.package = folder / "fusebox"
        self.folder = folder
        # With what is compiled of it, and without what another process is just compiling.
        unfinished = shutil.ignore_patterns("*.pyc.*")
        shutil.copytree(ROOT / "pyscript/modules/fusebox", self.package, ignore=unfinished)
        self.text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        self.blocks = re.findall(r"```python\n(.*?)```", self.text, re.DOTALL)

    def block(self, begins: str) -> str:
        """The only block of the page that begins so, and its test."""
        (found,) = (b for b in self.blocks if b.lstrip().startswith(begins) and "def test_" not in b)
        return found

    def write(self, path: str, begins: str) -> None:
        """A new file of the package, as the page has it."""
        (self.package / path).write_text(self.block(begins), encoding="utf-8")

    def edit(self, path: str, pattern: str, to: str) -> None:
        """Put in the place of what is there, once."""
        file = self.package / path
        text, count = re.subn(pattern, lambda _: to, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL | re.M)
        assert count == 1, f"{path} has no {pattern}"
        file.write_text(text, encoding="utf-8")

    def add(self, path: str, table: str, rows: str) -> None:
        """Rows at the end of a table that begins with this line."""
        file = self.package / path
        head, begins, rest = file.read_text(encoding="utf-8").partition(table)
        inside, closes, after = rest.partition("\n}")
        assert begins and closes, f"{path} has no {table}"
        file.write_text(f"{head}{begins}{inside}\n{rows.rstrip()}{closes}{after}", encoding="utf-8")

    def first_import(self, path: str, begins: str) -> None:
        """One import more."""
        self.edit(path, r"^from \.", f"{self.block(begins)}from .")

    def tried(self, test: str) -> subprocess.CompletedProcess[str]:
        """A test of the page, run with this copy."""
        (self.folder / "test_page.py").write_text(test, encoding="utf-8")
        path = os.pathsep.join([str(self.folder), str(ROOT)])
        env = {**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "test_page.py"]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True)


def add_driver(copy: Copy) -> None:
    copy.add("config/load_schemas.py", "LOADS: Mapping[str, LoadType] = {", copy.block('"select": charger_type('))
    copy.write("devices/chargers/select.py", '"""`select`')
    copy.first_import("devices/__init__.py", "from .chargers.select")
    copy.add("devices/__init__.py", "DRIVERS: Mapping[str, Driver] = {", copy.block('"select": SELECT'))


def add_mode(copy: Copy) -> None:
    last = '    BOOST = "boost"\n'
    copy.edit("model/load.py", f"^{last}", last + copy.block("GENTLE ="))
    copy.edit("model/load.py", r"^SOLAR_MODES = [^\n]*\n", copy.block("SOLAR_MODES"))
    copy.edit("config/load_schemas.py", r"^CHARGER_MODES: [^\n]*\n", copy.block("CHARGER_MODES"))
    copy.edit("control/modes.py", r"^STANDARD = ModeRule\(\)", copy.block("def half") + "\n\nSTANDARD = ModeRule()")
    copy.add("control/modes.py", "MODES: Mapping[Mode, ModeRule] = {", copy.block("# As urgent"))


PAGES: dict[str, Callable[[Copy], None]] = {"add_a_driver.md": add_driver, "add_a_mode.md": add_mode}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_adds_works(tmp_path: Path, page: str) -> None:
    copy = Copy(tmp_path, page)
    PAGES[page](copy)
    (own_test,) = (block for block in copy.blocks if "def test_" in block)
    done = copy.tried(own_test)
    assert done.returncode == 0, done.stdout + done.stderr
