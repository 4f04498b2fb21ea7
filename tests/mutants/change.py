"""The changes in the tables of this folder: which text is replaced, and which tests must notice."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = Path("pyscript/modules/fusebox")


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement of a text in a file of the package."""

    file: str
    """Below the package."""

    old: str
    new: str
    breaks: str
    """What is wrong with the change, in a few words."""

    tests: tuple[str, ...]
    """Files or folders of tests; at least one test in them fails."""

    @property
    def path(self) -> Path:
        """The file, below the root of the project."""
        return PACKAGE / self.file

    def made_in(self, text: str) -> str:
        """Return the file's text with the change; ValueError unless the old text occurs exactly once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.path} has {self.old!r} {text.count(self.old)} times, not once")
        return text.replace(self.old, self.new)


CHANGES: tuple[Change, ...] = tuple(
    Change(**{**row, "tests": tuple(row["tests"])})
    for table in sorted(Path(__file__).parent.glob("*.toml"))
    for row in tomllib.loads(table.read_text(encoding="utf-8"))["change"]
)
"""All of them."""
