"""The sentences by which Fusebox tells that something is wrong, read off its source: "…" stands for what varies.

A sentence counts where it goes: into an exception that a person reads, into the log from WARNING on, into what is kept
as a problem, or out of a function that is there to find problems.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PYSCRIPT = Path(__file__).parents[2] / "pyscript"

CALLS = frozenset({"Wrong", "Invalid", "Problem", "ServiceError", "ValueError"})
"""What is called with a text for a person."""

LOGGED = frozenset({"warning", "error", "exception", "log"})
CONSTANTS = frozenset({"NOT_AT_ALL", "WALLBOX_STAYS"})
"""Texts of modules that are told as they are."""

KEPT = frozenset({"problem", "unfit", "failure", "why", "warnings"})
"""Names of values that hold what a person should look at."""

FINDERS = re.compile(
    r".*(problem|missing|outgrown|refus|strange|forbidden).*|_not_taken|load_config_file|load_secrets|_read"
    r"|_flat_secrets|_describe_error|_above_fuse|_beyond_limits|did_you_mean"
)
"""Functions whose every sentence is about something that is wrong."""

REASONS = frozenset({"admission.py", "energy_budgets.py", "tariff_limit.py", "ramping.py", "holds_energy.py"})
"""They say why a load gets less than it wants, which is no error. What `detect` proposes is told with its doubts, and
what presets hold are the words of devices."""

PARTS = frozenset(
    {
        "CONFIG: …", "loads.….guard: …", "{'entity': '…', 'unit': 'W'}", "raise max_a", "lower min_a", "not there",
    }
)  # fmt: skip
"""Parts of sentences, and what begins others: nobody reads them alone."""

UNSEEN = frozenset({"the last try returns or raises", "… registers instead of …"})
"""What cannot happen, and what becomes a part of what the connection tells."""

SHORT = 6
"""Letters; what has fewer beside its gaps is a part of a sentence and no sentence."""


def told() -> dict[str, str]:
    """Return sentence -> file, for each sentence that a person may read."""
    return {text: file for text, file in written().items() if text not in PARTS | UNSEEN}


def written() -> dict[str, str]:
    """Return sentence -> file, including parts of sentences and sentences that never appear."""
    return {
        sentence: file.name
        for file in sorted(PYSCRIPT.rglob("*.py"))
        if file.parent.name not in ("detect", "presets") and file.name not in REASONS
        for sentence in _in_file(ast.parse(file.read_text(encoding="utf-8")))
        if sum(map(str.isalpha, sentence)) >= SHORT
    }


def _in_file(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            yield from _sentences(*node.args[-1:])
        elif isinstance(node, ast.Call) and _is_logged(node):
            yield from _sentences(*node.args)
        elif isinstance(node, ast.keyword) and node.arg in KEPT:
            yield from _sentences(node.value)
        elif isinstance(node, ast.Call) and node.args and _is_kept(node.func):
            yield from _sentences(*node.args)
        elif isinstance(node, ast.Assign) and (KEPT | CONSTANTS) & {_name(target) for target in node.targets}:
            yield from _sentences(node.value)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and FINDERS.fullmatch(node.name):
            yield from _sentences(*(each for each in node.body if not _is_docstring(each)))


def _is_logged(node: ast.Call) -> bool:
    func = node.func
    return isinstance(func, ast.Attribute) and _name(func.value) in ("LOG", "log") and func.attr in LOGGED


def _is_kept(func: ast.expr) -> bool:
    """Whether this call appends to a list of problems."""
    return isinstance(func, ast.Attribute) and func.attr == "append" and _name(func.value) in {*KEPT, "errors"}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _sentences(*nodes: ast.AST) -> Iterator[str]:
    """Yield the texts in these nodes with at least two words; the parts of an f-string are joined."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts = [re.sub(r"%\.?\d*[sdf]|\{\w+\}", "…", node.value)]
        elif isinstance(node, ast.JoinedStr):
            texts = ["".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)]
            yield from _sentences(*(v for v in node.values if not isinstance(v, ast.Constant)))
        else:
            yield from _sentences(*ast.iter_child_nodes(node))
            continue
        yield from (text.strip() for text in texts if " " in text.strip())
