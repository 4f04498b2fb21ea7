"""Files that survive a power cut: replaced as a whole, or lines of JSON that are appended. Blocks on the disk."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from .log_throttle import exception_text

T = TypeVar("T")


def replace_file(file: Path, text: str) -> None:
    """Replace the content of a file; the old content stays until the new one is on the disk.

    A symbolic link stays, and the file that it points to is replaced. Once this returns, a power cut does not undo it.
    """
    file = Path(os.path.realpath(file))
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(fresh, file)
    with suppress(OSError):  # not every file system can sync a folder
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class ValuesFile:
    """A file of JSON values that is written only when they have changed."""

    def __init__(self, file: Path, written: Any) -> None:
        self._file = file
        self.written = written
        """The values of the last write that succeeded; at first what the file need not be written for."""

    async def write(self, values: Any, replace: Callable[[Path, str], None]) -> str:
        """Write the values as JSON with `replace`, in a thread, if they have changed; return why that fails, or "".

        `replace` gets the path and the text. The values must not be changed afterwards: they are kept for comparison.
        After a failure the next call tries again.
        """
        try:
            if values != self.written:
                await asyncio.to_thread(replace, self._file, json.dumps(values))
                self.written = values
        except Exception as error:  # whatever a disk may raise
            return exception_text(error)
        return ""


def append_lines(file: Path, values: Iterable[Any]) -> None:
    """Append a line of JSON for each value, and wait until the disk has it.

    A last line that was torn by a power cut stays a line of its own.
    """
    with file.open("a+b") as opened:
        if opened.tell():
            opened.seek(-1, os.SEEK_END)
            if opened.read(1) != b"\n":
                opened.write(b"\n")
        opened.write(line_text(values).encode())
        opened.flush()
        os.fsync(opened.fileno())


def line_text(values: Iterable[Any]) -> str:
    """Return the text of a file with these values."""
    return "".join(f"{json.dumps(value)}\n" for value in values)


def read_lines(file: Path, parse: Callable[[Any], T | None]) -> tuple[tuple[T, ...], tuple[int, ...]]:
    """Return the result of `parse` for each line, and the numbers of lines that are no JSON or that `parse` rejects.

    It rejects a line by returning None or by a ValueError, TypeError or KeyError. Blank lines are skipped. Both are
    empty without a file; OSError if it cannot be read.
    """
    try:
        texts = file.read_bytes().splitlines()
    except FileNotFoundError:
        return (), ()
    parsed = [_parse_line(text, parse) for text in texts]
    pairs = zip(parsed, texts, strict=True)
    unreadable = tuple(number for number, (value, text) in enumerate(pairs, 1) if value is None and text.strip())
    return tuple(value for value in parsed if value is not None), unreadable


def _parse_line(text: bytes, parse: Callable[[Any], T | None]) -> T | None:
    """Return the result of `parse` for one line; None if it is no JSON or `parse` rejects it."""
    try:
        return parse(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
