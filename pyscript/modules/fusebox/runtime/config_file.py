"""Reads site_config.py and secrets.yaml. Blocks on the disk, so it is called in an executor thread."""

from __future__ import annotations

import ast
import difflib
import importlib
import re
from pathlib import Path
from traceback import walk_tb
from typing import Any

from .log_throttle import LONGEST_LETTERS
from .syntax_problems import syntax_problem

_BUILTINS: dict[str, object] = {
    each.__name__: each
    for each in (
        abs, all, any, bool, dict, divmod, enumerate, filter, float, frozenset, int, isinstance, len, list, map,
        max, min, pow, range, repr, reversed, round, set, sorted, str, sum, tuple, zip,
    )
}  # fmt: skip
"""The functions that CONFIG may call. This prevents mistakes, not attacks: the file is the user's own."""

_FLAT_SECRET = re.compile(r"""([^\s:#'"][^:]*?)\s*:(?:\s+(?:"([^"]*)"|'((?:[^']|'')*)'|([^'"#].*?)))?\s*(?:\s#.*)?""")
_ALLOWED = "only literals, arithmetic, comprehensions and names of your own belong in it"

_OF_YAML = {"true": "True", "yes": "True", "false": "False", "no": "False", "null": "None", "none": "None"}
"""Words of YAML and JSON -> their Python form. Other bare words are texts and keys."""


def load_config_file(path: str) -> tuple[object, str | None]:
    """Return the CONFIG of a site_config.py, or None and a sentence with the file, the line and the remedy."""
    text, problem = _read(path, "the action pyscript.fusebox_setup writes one, or copy one of config_examples/ there")
    if text is None:
        return None, problem
    try:
        module = ast.parse(text, filename=path)
        problem = _forbidden(module)
        if problem is not None:
            return None, f"{path}, {problem}; {_ALLOWED}"
        problem = _duplicate_key_problem(module)
        if problem is not None:
            return None, f"{path}, {problem}"
        code = compile(module, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        return None, f"{path}, {syntax_problem(text, error)}"
    except (ValueError, RecursionError, MemoryError) as error:
        what = type(error).__name__
        return None, f"{path} cannot be read as Python ({what}); take out zero bytes and what is nested deeply"
    names: dict[str, Any] = {"__builtins__": dict(_BUILTINS), "__name__": "site_config"}
    try:
        exec(code, names)
    except Exception as error:
        line = _line(error, path)
        return None, f"{path}, line {line}: {_describe_error(error, text.splitlines()[line - 1])}"
    if "CONFIG" not in names:
        return None, f"{path} has no CONFIG; write CONFIG = {{'site': ..., 'loads': ...}}"
    return names["CONFIG"], None


def load_secrets(path: str) -> tuple[dict[str, str], str | None]:
    """Return the secrets in a secrets.yaml as texts, and a problem, None for none; no secrets without a file.

    The problem never quotes the file.
    """
    if not Path(path).exists():
        return {}, None
    text, problem = _read(path, "let Home Assistant read it")
    if text is None:
        return {}, problem
    try:
        yaml = importlib.import_module("yaml")
    except ImportError:
        return _flat_secrets(text, path)
    try:
        # BaseLoader makes texts only: a password 0123 stays 0123.
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        return {}, f"{path}, line {line}: is not YAML; write each secret as name: value"
    if loaded in (None, ""):
        return {}, None
    if not isinstance(loaded, dict):
        return {}, f"{path} is not a list of secrets; write each as name: value"
    return {name: value for name, value in loaded.items() if isinstance(name, str) and isinstance(value, str)}, None


def _read(path: str, remedy: str) -> tuple[str | None, str | None]:
    """Return the text of a file, or None and the problem."""
    try:
        return Path(path).read_text(encoding="utf-8-sig"), None
    except FileNotFoundError:
        return None, f"{path} does not exist; {remedy}"
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, f"{path}, line {line}: is not UTF-8 text; save the file with the encoding UTF-8"
    except (OSError, ValueError) as error:
        return None, f"{path} cannot be read ({getattr(error, 'strerror', None) or type(error).__name__}); {remedy}"


def _forbidden(module: ast.Module) -> str | None:
    """Return the first statement that CONFIG may not contain, with its line; None for none."""
    for node in ast.walk(module):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return f"line {node.lineno}: import is not allowed"
        if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef)):
            return f"line {node.lineno}: {type(node).__name__} is not allowed"
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            return f"line {node.lineno}: .{node.attr} is not allowed"
    return None


def _duplicate_key_problem(module: ast.Module) -> str | None:
    """Return the problem of a key that occurs twice in one dict, None for none.

    Python silently uses the last one: a load is lost that way when its block was copied for a second one.
    """
    for node in ast.walk(module):
        lines: dict[object, int] = {}
        for key in node.keys if isinstance(node, ast.Dict) else ():
            if isinstance(key, ast.Constant):
                if key.value in lines:
                    before = lines[key.value]
                    return f"line {key.lineno}: {key.value!r} stands in line {before} already; rename or remove one"
                lines[key.value] = key.lineno
    return None


def _line(error: Exception, path: str) -> int:
    """Return the line of the file in which an exception arose, 1 if unknown."""
    return [1, *(line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == path)][-1]


def _describe_error(error: Exception, line: str) -> str:
    """Return a sentence on an exception in CONFIG, with a remedy for a bare name."""
    if isinstance(error, NameError) and error.name:
        # An entity id without quotes is a name with dots.
        whole = re.search(rf"\b{error.name}(?:\.\w+)*", line)
        name = error.name if whole is None else whole[0]
        meant = difflib.get_close_matches(name, ("True", "False", "None"), n=1)
        return f"{name} is not known here; write {_OF_YAML.get(name, meant[0] if meant else repr(name))}"
    return f"{type(error).__name__}: {str(error)[:LONGEST_LETTERS]}; {_ALLOWED}"


def _flat_secrets(text: str, path: str) -> tuple[dict[str, str], str | None]:
    """Read flat `name: value` lines, quoted or not, where no YAML library is installed."""
    secrets: dict[str, str] = {}
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", "---")):
            continue
        match = _FLAT_SECRET.fullmatch(line)
        if match is None:
            return secrets, f"{path}, line {line_number}: is not a secret; write it as name: value"
        name, double, single, bare = match.groups()
        secrets[name] = double or (single or "").replace("''", "'") or bare or ""
    return secrets, None
