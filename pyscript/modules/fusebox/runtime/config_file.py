"""Reads site_config.py and secrets.yaml. Blocks on the disk, so it is called in an executor thread.

For a file that is no valid Python it finds out why and where: Python often names a place before or after the mistake.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import io
import keyword
import re
import tokenize
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from traceback import walk_tb
from typing import Any

from ..model.messages.message import Message, message, with_frame
from .log_throttle import LONGEST_LETTERS

_BUILTINS: dict[str, object] = {
    each.__name__: each
    for each in (
        abs, all, any, bool, dict, divmod, enumerate, filter, float, frozenset, int, isinstance, len, list, map,
        max, min, pow, range, repr, reversed, round, set, sorted, str, sum, tuple, zip,
    )
}  # fmt: skip
"""The functions that CONFIG may call. This prevents mistakes, not attacks: the file is the user's own."""

_OF_YAML = {"true": "True", "yes": "True", "false": "False", "no": "False", "null": "None", "none": "None"}
"""Words of YAML and JSON -> their Python form. Other bare words are texts and keys."""
_REMEDIES = {
    "invalid decimal literal": "write a number without its unit, and a time in quotes",
    "leading zeros": "write a time in quotes, such as '07:00'",
    "':' expected": "write a decimal point in place of a comma, and a value behind each key",
    "instead of '='": "write a colon in place of =",
    "invalid character": "write plain quotes",
    "unterminated string": "write a quote at the end of the text too",
}
"""Part of Python's own message -> remedy."""
_GUESS = ". Maybe"
"""Begins Python's own remedy, which is a different one: == instead of =."""
_UNCLOSED = "never closed"
"""Part of Python's message for an open bracket at the end of the file; it names the outermost bracket."""
_ENDS_STRING, _STARTS_STRING = getattr(tokenize, "FSTRING_END", -1), getattr(tokenize, "FSTRING_START", -1)
_LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


def run_config_file(path: str) -> tuple[object, Message | None]:
    """Return the CONFIG of a site_config.py and None, or None and a sentence with the file, the line and the remedy.

    It is run without imports or other builtins than a few; a statement or key that is not allowed is a problem.
    """
    remedy = "the action pyscript.fusebox_setup writes one, or copy one of config_examples/ there"
    text, problem = _read_text(path, remedy)
    if text is None:
        return None, problem
    try:
        module = ast.parse(text, filename=path)
        problem = _forbidden_statement_problem(module) or _duplicate_key_problem(module)
        if problem is not None:
            return None, with_frame(problem, "file", path)
        code = compile(module, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        return None, with_frame(_syntax_problem(text, error), "file", path)
    except (ValueError, RecursionError, MemoryError) as error:
        return None, message("file_no_python", file=path, error=type(error).__name__)
    names: dict[str, Any] = {"__builtins__": dict(_BUILTINS), "__name__": "site_config"}
    try:
        exec(code, names)
    except Exception as error:
        # The innermost line of the file, 1 if unknown.
        line = [1, *(at for frame, at in walk_tb(error.__traceback__) if frame.f_code.co_filename == path)][-1]
        return None, with_frame(_describe_error(error, line, text.splitlines()[line - 1]), "file", path)
    if "CONFIG" not in names:
        return None, message("file_without_config", file=path, example="{'site': ..., 'loads': ...}")
    return names["CONFIG"], None


def load_secrets(path: str) -> tuple[dict[str, str], Message | None]:
    """Return the secrets in a secrets.yaml as texts, and a problem, None for none; no secrets without a file.

    The problem never quotes the file.
    """
    if not Path(path).exists():
        return {}, None
    text, problem = _read_text(path, "let Home Assistant read it")
    if text is None:
        return {}, problem
    yaml = importlib.import_module("yaml")
    try:
        # BaseLoader makes texts only: a password 0123 stays 0123.
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        return {}, with_frame(message("secrets_not_yaml", line=line), "file", path)
    if loaded in (None, ""):
        return {}, None
    if not isinstance(loaded, dict):
        return {}, message("secrets_no_list", file=path)
    return {name: value for name, value in loaded.items() if isinstance(name, str) and isinstance(value, str)}, None


def _read_text(path: str, remedy: str) -> tuple[str | None, Message | None]:
    """Return the text of a file and None, or None and the problem: it is missing, not UTF-8 or not readable."""
    try:
        return Path(path).read_text(encoding="utf-8-sig"), None
    except FileNotFoundError:
        return None, message("file_missing", file=path, remedy=remedy)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, with_frame(message("file_not_utf8", line=line), "file", path)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or type(error).__name__
        return None, message("file_unreadable", file=path, error=cause, remedy=remedy)


def _forbidden_statement_problem(module: ast.Module) -> Message | None:
    """Return the problem of the first statement that CONFIG may not contain, with its line; None without one.

    Forbidden are imports, classes, coroutines and attributes that begin with an underscore.
    """
    for node in ast.walk(module):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return message("not_allowed", line=node.lineno, what="import")
        if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef)):
            return message("not_allowed", line=node.lineno, what=type(node).__name__)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            return message("not_allowed", line=node.lineno, what=f".{node.attr}")
    return None


def _duplicate_key_problem(module: ast.Module) -> Message | None:
    """Return the problem of a key that occurs twice in one dict, None for none.

    Python silently uses the last one: a load is lost that way when its block was copied for a second one.
    """
    for node in ast.walk(module):
        lines: dict[object, int] = {}
        for key in node.keys if isinstance(node, ast.Dict) else ():
            if isinstance(key, ast.Constant):
                if key.value in lines:
                    before = lines[key.value]
                    return message("key_repeated", line=key.lineno, key=repr(key.value), other_line=before)
                lines[key.value] = key.lineno
    return None


def _describe_error(error: Exception, number: int, line: str) -> Message:
    """Return the mistake behind an exception in a line of CONFIG; for an unknown name with what may be meant."""
    if isinstance(error, NameError) and error.name:
        # An entity id without quotes is a name with dots.
        whole = re.search(rf"\b{error.name}(?:\.\w+)*", line)
        name = error.name if whole is None else whole[0]
        meant = difflib.get_close_matches(name, ("True", "False", "None"), n=1)
        example = _OF_YAML.get(name, meant[0] if meant else repr(name))
        return message("name_not_known", line=number, value=name, example=example)
    return message("config_fails", line=number, kind=type(error).__name__, error=str(error)[:LONGEST_LETTERS])


def _syntax_problem(text: str, error: SyntaxError) -> Message:
    """Return why a text is no valid Python, as `line 7: ...; ...` with a remedy.

    A missing separator or bracket is looked for first; else what Python says.
    """
    error_text = str(error.msg)
    found = _unclosed_bracket(text) if _UNCLOSED in error_text else _missing_separator(text, error)
    if found is not None:
        return found
    remedy = next((remedy for words, remedy in _REMEDIES.items() if words in error_text), "")
    if remedy:
        error_text = error_text.partition(_GUESS)[0]
    remedy = remedy or "correct the line, or the one before it"
    return message("syntax_wrong", line=error.lineno or 1, error=error_text, remedy=remedy)


def _unclosed_bracket(text: str) -> Message | None:
    """Return where a closing bracket is missing, by indentation; None where that reveals nothing."""
    lines = text.splitlines()
    opened: list[tuple[str, int]] = []
    last_line = 0
    for token in _tokens(text):
        line, column = token.start
        is_closing = token.type == tokenize.OP and token.string in ")]}"
        if line > last_line and opened and not is_closing:
            bracket, on_line = opened[-1]
            indent = len(lines[on_line - 1]) - len(lines[on_line - 1].lstrip())
            if column <= indent:
                return message("syntax_unclosed", line=last_line, value=repr(bracket), other_line=on_line)
        last_line = max(line, token.end[0])
        if token.type == tokenize.OP and token.string in "([{":
            opened.append((token.string, line))
        elif is_closing and opened:
            opened.pop()
    return None


def _missing_separator(text: str, error: SyntaxError) -> Message | None:
    """Return where a comma or colon is missing, if a value follows a value where Python reports no other mistake."""
    first_line, last_line = error.lineno or 1, error.end_lineno or error.lineno or 1
    if not str(error.msg).startswith("invalid syntax"):
        return None
    for token, following in pairwise(_tokens(text)):
        is_reported = first_line <= following.start[0] <= last_line and not _is_unit(token, following)
        if is_reported and _is_value(token, _ENDS_STRING, ")]}") and _is_value(following, _STARTS_STRING, "([{"):
            line = token.end[0]
            return message("syntax_end" if following.start[0] > line else "syntax_within", line=line)
    return None


def _is_unit(token: tokenize.TokenInfo, following: tokenize.TokenInfo) -> bool:
    """Return whether a number is followed by its unit, such as 25 A: one mistake, not two values."""
    return token.type == tokenize.NUMBER and following.type == tokenize.NAME and token.end[0] == following.start[0]


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """Return the tokens without comments and line ends in brackets, up to the first that cannot be read."""
    found: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):  # what comes after the place of one cannot be read
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _LAYOUT:
                found.append(token)
    return found


def _is_value(token: tokenize.TokenInfo, string: int, brackets: str) -> bool:
    """Return whether a token is a text, a number, a name, or an end or beginning: of an f-string, or of these brackets.

    `string`: the type of that end of an f-string.
    """
    if token.type == tokenize.NAME:
        return token.string in ("True", "False", "None") or not keyword.iskeyword(token.string)
    is_bracket = token.type == tokenize.OP and token.string in brackets
    return is_bracket or token.type in (tokenize.STRING, tokenize.NUMBER, string)
