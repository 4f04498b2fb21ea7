"""Edits the text of site_config.py: one value at a time, everything else stays as a person wrote it.

A value that is not a plain literal, or that is inside one, is refused and never guessed.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

Path = Sequence[str]
"""The keys from CONFIG down to a value."""
GUESS = "# GUESS, not in force"
"""How the line begins that `fusebox_setup` writes above a load that it only guesses."""


class NotEditable(Exception):
    """CONFIG cannot be edited at `path`: `line` of the file has something else than a literal (0: no CONFIG)."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = ".".join(path), line
        super().__init__(f"{self.path}: line {line}")


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
"""What `value_at_path` returns for a key that is not there; None is a value."""


class _Token(NamedTuple):
    kind: int
    text: str
    start: int
    end: int


class _Source:
    """A text with its syntax tree; places are counted in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            module = ast.parse(text)
        except (SyntaxError, ValueError) as error:
            raise NotEditable(("CONFIG",), getattr(error, "lineno", None) or 0) from error
        self.lines = io.StringIO(text).readlines()
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line))
        found = [value for name, value in _assigned(module) if name == "CONFIG"]
        if len(found) != 1:
            raise NotEditable(("CONFIG",), found[1].lineno if found else 0)
        self.config = found[0]

    def place(self, line: int, column_bytes: int) -> int:
        """Return the place of a line and a column as the syntax tree has them."""
        return self._starts[line - 1] + len(self.lines[line - 1].encode()[:column_bytes].decode())

    def start(self, node: ast.expr) -> int:
        return self.place(node.lineno, node.col_offset)

    def end(self, node: ast.expr) -> int:
        return self.place(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def line_start(self, line: int) -> int:
        return self._starts[line - 1]

    def tokens(self) -> Iterator[_Token]:
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            (line, column), (end_line, end_column) = token.start, token.end
            if line <= len(self.lines):
                last = self._starts[min(end_line, len(self._starts)) - 1]
                yield _Token(token.type, token.string, self._starts[line - 1] + column, last + end_column)

    def after_comma(self, node: ast.expr) -> int | None:
        """Return the place behind the comma that follows a value, None where none does."""
        for token in self.tokens():
            if token.start >= self.end(node) and token.text in (",", "}", "]"):
                return token.end if token.text == "," else None
        return None

    def after_brackets(self, node: ast.expr) -> int:
        """Return the place behind a value and the round brackets that close around it."""
        place = self.end(node)
        for token in self.tokens():
            if token.start >= place and token.kind not in (tokenize.COMMENT, tokenize.NL):
                if token.text != ")":
                    break
                place = token.end
        return place

    def entry(self, path: Path) -> tuple[ast.expr, ast.expr] | None:
        """Return key and value at a path, None where the last key is missing. Raises NotEditable on the way there."""
        node, found = self.config, None
        for depth, key in enumerate(path):
            entries = self._entries(node, path[:depth])
            if entries is None or key not in entries:
                if depth + 1 == len(path) or entries is not None:
                    return None
                raise NotEditable(path[:depth], node.lineno)
            found = entries[key]
            node = found[1]
        return found

    def mapping(self, path: Path) -> ast.Dict:
        """Return the dict at a path. Raises NotEditable where there is something else."""
        found = self.entry(path) if path else (self.config, self.config)
        node = self.config if found is None else found[1]
        if found is None or not isinstance(node, ast.Dict):
            raise NotEditable(path, node.lineno)
        return node

    def _entries(self, node: ast.expr, path: Path) -> dict[str, tuple[ast.expr, ast.expr]] | None:
        """Return key -> (key, value) of a dict; None of another literal, NotEditable for what is calculated."""
        if not isinstance(node, ast.Dict):
            _literal(node, path)
            return None
        found = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                raise NotEditable(path, value.lineno)
            name = _literal(key, path)
            if isinstance(name, str):
                found[name] = (key, value)
        return found


def config_of(text: str) -> object:
    """Return CONFIG. Raises NotEditable if any of it is not a literal."""
    return _literal(_Source(_plain(text)).config, ("CONFIG",))


def value_at_path(text: str, path: Path) -> object:
    """Return the value at a path, MISSING where there is none. Raises NotEditable if it is not a literal."""
    entry = _Source(_plain(text)).entry(path)
    return MISSING if entry is None else _literal(entry[1], path)


def has_dict(text: str, path: Path) -> bool:
    """Return whether there is a dict at a path. Raises NotEditable on the way there."""
    entry = _Source(_plain(text)).entry(path)
    return entry is not None and isinstance(entry[1], ast.Dict)


def keys_at(text: str, path: Path) -> list[str]:
    """Return the keys of the dict at a path, none where it is missing. Raises NotEditable if it is no dict."""
    source = _Source(_plain(text))
    if source.entry(path) is None:
        return []
    keys = (_literal(key, path) for key in source.mapping(path).keys if key is not None)
    return [key for key in keys if isinstance(key, str)]


def dicts_in(text: str) -> Iterator[dict[object, object]]:
    """Yield each dict of CONFIG at every depth, with its keys and values that are literals."""
    for node in ast.walk(_Source(_plain(text)).config):
        if isinstance(node, ast.Dict):
            found: dict[object, object] = {}
            for key, value in zip(node.keys, node.values, strict=True):
                with suppress(ValueError, TypeError):
                    found[ast.literal_eval(key or value)] = ast.literal_eval(value)
            yield found


def with_value(text: str, path: Path, value: object) -> str:
    """Return the text with one value of CONFIG replaced or added, and missing dicts above it."""
    return _like(text, _with_value(_plain(text), path, value))


def without(text: str, path: Path) -> str:
    """Return the text with an entry turned into a comment, or taken out where it shares its line with others."""
    return _like(text, _without(_plain(text), path))


def with_guess(text: str, name: str) -> str:
    """Return the text with a guessed load in force, which `fusebox_setup` wrote as a comment.

    Raises NotEditable if there is no such comment.
    """
    return _like(text, _with_guess(_plain(text), name))


def quoted(value: object) -> str:
    """Return a value as Python, texts in double quotes as `fusebox_setup` writes them."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(key)}: {quoted(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(quoted, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return repr(int(value))
    is_plain = isinstance(value, str) and value.isprintable() and not set(value) & set('"\\')
    return f'"{value}"' if is_plain else repr(value)


def _with_value(text: str, path: Path, value: object) -> str:
    source = _Source(text)
    entry = source.entry(path)
    if entry is not None:
        if _literal(entry[1], path) == value and type(_literal(entry[1], path)) is type(value):
            return text
        return text[: source.start(entry[1])] + quoted(value) + text[source.end(entry[1]) :]
    above = path[:-1]
    if above and source.entry(above) is None:
        return _with_value(text, above, {path[-1]: value})
    return _added(source, source.mapping(above), f"{quoted(path[-1])}: {quoted(value)}")


def _added(source: _Source, node: ast.Dict, entry: str) -> str:
    text = source.text
    if not node.values:
        place = source.end(node) - 1
        return f"{text[:place]}{entry}{text[place:]}"
    last, key = node.values[-1], node.keys[-1]
    assert key is not None  # `_entries` has refused that
    comma, closing = source.after_comma(last), source.end(node) - 1
    behind = source.after_brackets(last) if comma is None else comma
    rest, newline, _ = text[behind:closing].partition("\n")
    indent = re.match(r"\s*", source.lines[key.lineno - 1])
    assert indent is not None
    if not newline or source.line_start(key.lineno) + len(indent[0]) != source.start(key):
        return f"{text[:behind]}{',' if comma is None else ''} {entry}{text[behind:]}"
    head = text[:behind] if comma is not None else f"{text[:behind]},"
    return f"{head}{rest}\n{indent[0]}{entry},{text[behind + len(rest) :]}"


def _without(text: str, path: Path) -> str:
    source = _Source(text)
    entry = source.entry(path)
    if entry is None:
        return text
    key, value = entry
    source.mapping(path[:-1])
    start, end = source.start(key), source.after_comma(value) or source.after_brackets(value)
    first, last = key.lineno, text.count("\n", 0, end) + 1
    indent = text[source.line_start(first) : start]
    after = source.lines[last - 1][end - source.line_start(last) :].strip()
    if indent.strip() or (after and not after.startswith("#")):
        return text[:start] + text[end:].lstrip(" ")
    lines = list(source.lines)
    for number in range(first - 1, last):
        line = lines[number]
        lines[number] = f"{indent}# {line.removeprefix(indent)}" if line.strip() else line
    return "".join(lines)


def _with_guess(text: str, name: str) -> str:
    lines = text.splitlines(keepends=True)
    begins = re.compile(rf"\s*# {re.escape(quoted(name))}: \{{.*\}},\s*$")
    number = next((number for number, line in enumerate(lines) if begins.match(line)), None)
    if number is None:
        raise NotEditable(("loads", name), 0)
    lines[number] = lines[number].replace("# ", "", 1)
    above = number - 1
    while above >= 0 and lines[above].lstrip().startswith("#"):
        if lines[above].lstrip().startswith(GUESS):
            del lines[above]
            break
        above -= 1
    return "".join(lines)


def _assigned(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield name and value of each assignment, also of those inside other statements."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            yield from ((each.id, node.value) for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _literal(node: ast.expr, path: Path) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError) as error:
        raise NotEditable(path, node.lineno) from error


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _like(text: str, edited: str) -> str:
    """Give an edited text the byte order mark and the line ends of the one before."""
    if text.count("\r\n") > text.count("\n") / 2:
        edited = edited.replace("\n", "\r\n")
    return "\ufeff" + edited if text.startswith("\ufeff") else edited
