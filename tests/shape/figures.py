"""What is counted of the shape, and how much of it may be. One row for each figure.

How many functions a snapshot passes on its way through `step` is no row: it travels inside the context of a step, and
what of it a function looks at cannot be read from calls and names alone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from . import folders, functions, numbers
from .sources import FUSEBOX, SIMHOUSE, TUNING, code_lines, lines, named, nodes, tree

LONGEST_FILE = 300
MOST_PARAMETERS = 6
MOST_BRANCHES = 15
MOST_CODE_LINES = 27574
MOST_FILES = 309
"""Where the package stands: it may become lighter, and grow only by a change of these two lines."""
STEP = "fusebox.control.control"
LOAD_MEMORY = "fusebox.model.load_memory"


@dataclass(frozen=True)
class Figure:
    """One counted property: how to count it, and its limit."""

    what: str
    found: Callable[[], int | Collection[object]]
    """Return the number, or all counted items, which name what exceeds the limit."""

    most: int

    @cached_property
    def _counted(self) -> int | Collection[object]:
        """The result of `found`, which takes a second for some figures."""
        return self.found()

    @property
    def count(self) -> int:
        """Return the present count."""
        return self._counted if isinstance(self._counted, int) else len(self._counted)

    @property
    def excess(self) -> str:
        """A sentence when the limit is exceeded, "" otherwise."""
        if self.count <= self.most:
            return ""
        listed = "" if isinstance(self._counted, int) else ": " + ", ".join(sorted(map(str, self._counted)))
        return f"{self.what}: {self.count}, at most {self.most}{listed}"


def step_function() -> functions.Function:
    """Return the function that makes one decision."""
    return dict(functions.functions({STEP: FUSEBOX[STEP]}))[f"{STEP}.step"]


def asking_for_a_type() -> list[str]:
    """Return where a decision tests a load's type instead of its abilities."""
    return [
        f"{name}:{node.lineno}"
        for name, path in FUSEBOX.items()
        if folders.folder_of(name) == "control"
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == "type"
    ]


def with_many_parameters() -> list[str]:
    """Return the functions with too many parameters."""
    found = functions.functions(FUSEBOX)
    return [name for name, function in found if functions.parameters(function) > MOST_PARAMETERS]


def with_many_branches() -> list[str]:
    """Return the functions with too many branches."""
    found = functions.functions(FUSEBOX)
    return [name for name, function in found if functions.branches(function) > MOST_BRANCHES]


def long_files() -> list[str]:
    """Return the files that are too long; tuning.py is a table and exempt."""
    files = {**FUSEBOX, **named(SIMHOUSE)}
    return [name for name, path in files.items() if path != TUNING and lines(path) > LONGEST_FILE]


def most_fields_of_a_load_memory() -> int:
    """Return the number of fields of the largest record of a load's memory."""
    records = [node for node in tree(FUSEBOX[LOAD_MEMORY]).body if isinstance(node, ast.ClassDef)]
    return max(sum(isinstance(each, ast.AnnAssign) for each in node.body) for node in records)


def entries_of_tuning() -> list[str]:
    """Return the names in tuning.py."""
    body = tree(TUNING).body
    return [ast.unparse(node.targets[0]) for node in body if isinstance(node, ast.Assign)]


FIGURES = (
    Figure("folders of the package", folders.imported, 12),
    Figure("longest chain of imports between folders", lambda: max(folders.layers(folders.imported()).values()), 8),
    Figure("pairs of folders of which one imports the other", lambda: sum(map(len, folders.imported().values())), 41),
    Figure("pairs of folders that import each other", lambda: folders.mutual_imports(folders.imported()), 0),
    Figure("distinct calls in `step`", lambda: functions.calls(step_function()), 12),
    Figure("imports of the file of `step`", lambda: functions.import_statements(FUSEBOX[STEP]), 12),
    Figure("fields of the largest record of a load's memory", most_fields_of_a_load_memory, 10),
    Figure("places in control/ that test a load's type", asking_for_a_type, 0),
    Figure("numbers outside tuning.py that shape behaviour", numbers.outside_tuning, 0),
    Figure("entries in tuning.py", entries_of_tuning, 150),
    Figure("lines of code of the package", lambda: sum(map(code_lines, FUSEBOX.values())), MOST_CODE_LINES),
    Figure("files of the package", lambda: len(FUSEBOX), MOST_FILES),
    Figure(f"functions with more than {MOST_PARAMETERS} parameters", with_many_parameters, 0),
    Figure(f"functions with more than {MOST_BRANCHES} branches", with_many_branches, 0),
    Figure(f"files of more than {LONGEST_FILE} lines, simhouse too", long_files, 0),
)
