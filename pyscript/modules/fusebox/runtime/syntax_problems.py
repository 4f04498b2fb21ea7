"""Finds why and where a file is no valid Python: Python itself often names a place before or after the mistake."""

from __future__ import annotations

import io
import keyword
import tokenize
from itertools import pairwise

from ..model.messages.message import Message, message

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
_ENDS_STRING, _STARTS_STRING = getattr(tokenize, "FSTRING_END", -1), getattr(tokenize, "FSTRING_START", -1)
_LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


def syntax_problem(text: str, error: SyntaxError) -> Message:
    """Return why a text is no valid Python, as `line 7: ...; ...` with a remedy.

    A missing separator or bracket is looked for first; else what Python says.
    """
    error_text = str(error.msg)
    found = _unclosed_bracket(text) if UNCLOSED in error_text else _missing_separator(text, error)
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
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _LAYOUT:
                found.append(token)
    except (tokenize.TokenError, SyntaxError):
        pass  # what comes after this place cannot be read
    return found


def _is_value(token: tokenize.TokenInfo, string: int, brackets: str) -> bool:
    """Return whether a token is a value by itself, or its end or beginning: of an f-string, or one of these brackets.

    `string`: the type of that end of an f-string.
    """
    return _is_plain(token) or token.type == string or (token.type == tokenize.OP and token.string in brackets)


def _is_plain(token: tokenize.TokenInfo) -> bool:
    """Return whether a token is a value by itself: a text, a number, a name."""
    if token.type == tokenize.NAME:
        return token.string in ("True", "False", "None") or not keyword.iskeyword(token.string)
    return token.type in (tokenize.STRING, tokenize.NUMBER)
