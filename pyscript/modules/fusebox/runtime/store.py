"""What outlives the scripts: `STORE` a reload, entities that pyscript persists a restart, and files a power cut.

Objects in `STORE` may come from an older version of this package: store few and simple ones, and read them by key.
Files are replaced as a whole, or get lines of JSON at their end; that blocks on the disk.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import types
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from ..model.durations import LATEST_S
from .json_values import load_stored, to_json_values
from .log_throttle import LOG, exception_text
from .ports import Ports, entity_attributes

STORE: dict[str, Any] = sys.modules.setdefault("_fusebox_store", types.ModuleType("_fusebox_store")).__dict__
"""One dict for the life of the process."""

T = TypeVar("T")
Lines = TypeVar("Lines", bound="tuple[Any, ...]")


def singleton(key: str, make: type[T], take_over: Callable[[T, Any], None] | None = None) -> T:
    """Return the stored object of this key if it is of exactly this type, otherwise store and return a new one.

    `take_over`: is called with the new one and the one of an older version of the code, if there is one.
    """
    found = STORE.get(key)
    if type(found) is not make:
        fresh = make()
        if take_over is not None and found is not None:
            take_over(fresh, found)
        found = STORE[key] = fresh
    return found


def lasting_dict(key: str, kind: type[T]) -> dict[str, T]:
    """Return the dict of this key in `STORE`, which outlives a reload of the scripts, but not a restart.

    What is written into it stays there. A new empty one is stored first if there is none, or if a value is not exactly
    of type `kind`, as after an update of Fusebox.
    """
    found = STORE.get(key)
    if not isinstance(found, dict) or any(type(each) is not kind for each in found.values()):
        found = STORE[key] = {}
    return found


@dataclass(frozen=True, slots=True)
class PersistedState(Generic[T]):
    """One persisted entity, whose attributes are the fields of a record. `kind`: its type; all fields have defaults."""

    entity: str
    friendly_name: str
    kind: type[T]

    async def restore(self, ports: Ports, latest_s: float = LATEST_S) -> T:
        """Return the record stored before the last restart. `latest_s`: that of `json_values.Reader`."""
        await ports.persist(self.entity, default_value="0", default_attributes=to_json_values(self.kind()))
        return load_stored(self.kind, entity_attributes(ports, self.entity), self.entity, latest_s=latest_s)

    def write(self, ports: Ports, state: int, record: T) -> None:
        """Pass a record to pyscript, which writes it when Home Assistant does: up to a quarter of an hour later."""
        attributes = {**to_json_values(record), "friendly_name": self.friendly_name}
        ports.set(self.entity, str(state), new_attributes=attributes)


class PersistedRecord(Generic[T]):
    """A record in memory that is persisted over restarts, in the entity `state`; at first an empty one."""

    state: ClassVar[PersistedState[Any]]

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.record: T = self.state.kind()
        self._on_disk = self.record
        """The last record that is surely on the disk."""

    async def restore(self) -> None:
        """Read the record stored before the last restart."""
        self.record = self._on_disk = await self.state.restore(self._ports)

    def update(self, record: T) -> None:
        """Replace the record, and write it if it has changed.

        The state of its entity is the number of entries in its first field.
        """
        if record != self.record:
            self.record = record
            entries, *_ = to_json_values(record).values()
            self.state.write(self._ports, len(entries), record)

    async def update_on_disk(self, record: T) -> None:
        """Replace the record, and write it to the disk now unless it is there. Raises what Home Assistant raises."""
        self.update(record)
        written = self.record
        if written is not self._on_disk:
            await save_persistent_states(self._ports)
            self._on_disk = written


async def save_persistent_states(ports: Ports) -> None:
    """Write all persisted entities to the disk now, as a power cut may follow. Raises what Home Assistant raises."""
    if "homeassistant.core" in sys.modules:
        await ports.call("homeassistant", "save_persistent_states", blocking=True)


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


def tidy_lines(file: Path, parse: Callable[[Any], T | None], select: Callable[[tuple[T, ...]], Lines]) -> Lines:
    """Return the values of a file's lines that `select` keeps, and remove the other lines from the file.

    Damaged lines are removed and logged; a file that cannot be read is logged, and there is nothing in it.
    """
    try:
        found, unreadable = read_lines(file, parse)
        kept = select(found)
        if unreadable or len(kept) < len(found):
            replace_file(file, line_text(map(to_json_values, kept)))
    except OSError as error:
        LOG.warning("%s cannot be read: %s", file.name, error)
        return select(())
    if unreadable:
        LOG.warning("%s: removed what cannot be read, line %s", file.name, ", ".join(map(str, unreadable)))
    return kept


def _parse_line(text: bytes, parse: Callable[[Any], T | None]) -> T | None:
    """Return the result of `parse` for one line; None if it is no JSON or `parse` rejects it."""
    try:
        return parse(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
