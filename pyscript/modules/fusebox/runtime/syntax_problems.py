"""Finds why and where a file is no valid Python: Python itself often names a place before or after the mistake."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.messages.message import Message, message

MOST_GAPS = 20
"""The most places tried; a file of literals hardly has any where two values are adjacent."""

REMEDIES = {
    "invalid decimal literal": "write a number without its unit, and a time in quotes",
    "leading zeros": "write a time in quotes, such as '07:00'",
    "':' expected": "write a decimal point in place of a comma, and a value behind each key",
    "instead of '='": "write a colon in place of =",
    "invalid character": "write plain quotes",
    "unterminated string": "write a quote at the end of the text too",
}
"""Part of Python's own message -> remedy."""
GUESS = ". Maybe"
"""Begins Python's own remedy, which is a different one: == instead of =."""
UNCLOSED = "never closed"
"""Part of Python's message for an open bracket at the end of the file; it names the outermost bracket."""
_NAMES = {",": "comma", ":": "colon"}
_ENDS_STRING, _STARTS_STRING = getattr(tokenize, "FSTRING_END", -1), getattr(tokenize, "FSTRING_START", -1)
_LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class _Gap:
    """The end of a value directly before another value, and whether that one is on a later line."""

    line: int
    column: int
    at_line_end: bool


def syntax_problem(text: str, error: SyntaxError) -> Message:
    """Return why a text is no valid Python, as `line 7: ...; ...` with a remedy.

    A missing separator or bracket is looked for first; else what Python says.
    """
    error_text = str(error.msg)
    found = _find_missing_separator(text) or (_unclosed_bracket(text) if UNCLOSED in error_text else None)
    if found is not None:
        return found
    remedy = next((remedy for words, remedy in REMEDIES.items() if words in error_text), "")
    if remedy:
        error_text = error_text.partition(GUESS)[0]
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


def _find_missing_separator(text: str) -> Message | None:
    """Return where a comma or colon moves the first error furthest, beyond that place; None where none does.

    Only the first `MOST_GAPS` places where a value follows a value are tried.
    """
    best, found = _error_at(text), None
    for gap in list(_value_gaps(text))[:MOST_GAPS]:
        for separator, name in _NAMES.items():
            reached = _error_at(_insert_separator(text, gap, separator))
            if reached > best and (gap.line, gap.column) < reached:
                code = "syntax_end" if gap.at_line_end and separator == "," else "syntax_within"
                best, found = reached, message(code, line=gap.line, what=name)
    return found


def _error_at(text: str) -> tuple[float, float]:
    """Return line and column of the first syntax error; an infinite line without one.

    `_NOWHERE`, which is before every error, if Python cannot read the text.
    """
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 0, error.offset or 0
    except (ValueError, RecursionError, MemoryError):
        return _NOWHERE
    return float("inf"), 0


def _insert_separator(text: str, gap: _Gap, separator: str) -> str:
    """Return the text with a separator inserted at a gap."""
    lines = text.splitlines(keepends=True)
    line = lines[gap.line - 1]
    lines[gap.line - 1] = line[: gap.column] + separator + line[gap.column :]
    return "".join(lines)


def _value_gaps(text: str) -> Iterator[_Gap]:
    """Yield the places inside brackets where one value directly follows another."""
    depth = 0
    for token, following in pairwise(_tokens(text)):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if depth > 0 and not _is_unit(token, following) and _ends_value(token) and _starts_value(following):
            yield _Gap(*token.end, at_line_end=following.start[0] > token.end[0])


def _is_unit(token: tokenize.TokenInfo, following: tokenize.TokenInfo) -> bool:
    """Return whether a number is followed by its unit, such as 25A or 25 A: one mistake, not two values."""
    is_named = token.type == tokenize.NUMBER and following.type == tokenize.NAME and _is_plain(following)
    return token.end == following.start or (is_named and token.end[0] == following.start[0])


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """Return the tokens without comments and line ends, up to the first that cannot be read."""
    found: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _LAYOUT:
                found.append(token)
    except (tokenize.TokenError, SyntaxError):
        pass  # what comes after this place cannot be read
    return found


def _ends_value(token: tokenize.TokenInfo) -> bool:
    """Return whether a value may end with this token: itself a value, the end of an f-string or a closing bracket."""
    return _is_plain(token) or token.type == _ENDS_STRING or (token.type == tokenize.OP and token.string in ")]}")


def _starts_value(token: tokenize.TokenInfo) -> bool:
    """Return whether a value may begin with this token: itself a value, an f-string or an opening bracket."""
    return _is_plain(token) or token.type == _STARTS_STRING or (token.type == tokenize.OP and token.string in "([{")


def _is_plain(token: tokenize.TokenInfo) -> bool:
    """Return whether a token is a value by itself: a text, a number, a name."""
    if token.type == tokenize.NAME:
        return token.string in ("True", "False", "None") or not keyword.iskeyword(token.string)
    return token.type in (tokenize.STRING, tokenize.NUMBER)
