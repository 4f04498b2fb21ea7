"""Replaces the `watchdog` package's observer: checks the files at instants of the virtual clock.

Everything behind it is pyscript's own: which files count, how long it collects changes, and what it then reloads.
"""

from __future__ import annotations

import contextlib
import os
from typing import Any

from watchdog.events import FileModifiedEvent

Seen = dict[str, tuple[int, int]]


class Observer:
    """The newest instance is in force: each Home Assistant makes its own."""

    newest: Observer | None = None

    def __init__(self) -> None:
        self._handler: Any = None
        self._folder = ""
        self._interpreted: Seen = {}
        self._native: Seen = {}
        Observer.newest = self

    def schedule(self, handler: Any, path: str, recursive: bool) -> None:
        """Store pyscript's handler, and the folder it watches."""
        assert recursive
        self._handler, self._folder = handler, path

    def start(self) -> None:
        """Report changes from now on."""
        self._interpreted, self._native = _look(self._interpreted_folders()), _look(self._native_folders())

    def stop(self) -> None:
        """Report no more changes."""
        self._handler = None

    def join(self) -> None:
        """Do nothing: there is no thread to wait for."""

    def forget(self) -> None:
        """Ignore changes until now: they are reported elsewhere."""
        self.start()

    def poll(self, whole: bool) -> None:
        """Report changes since the last check: in all files (`whole`), or only in those that pyscript interprets."""
        if self._handler is None:
            return
        before, self._interpreted = self._interpreted, _look(self._interpreted_folders())
        self._tell(before, self._interpreted)
        if whole:
            before, self._native = self._native, _look(self._native_folders())
            self._tell(before, self._native)

    def _tell(self, before: Seen, present: Seen) -> None:
        if before != present:
            for name in sorted(before.keys() | present.keys()):
                if before.get(name) != present.get(name):
                    self._handler.dispatch(FileModifiedEvent(name))

    def _interpreted_folders(self) -> list[str]:
        return [self._folder, os.path.join(self._folder, "modules")]

    def _native_folders(self) -> list[str]:
        known = {*self._interpreted_folders()}
        return [place for place, _, _ in os.walk(self._folder) if place not in known and "__pycache__" not in place]


def _look(folders: list[str]) -> Seen:
    found: Seen = {}
    for folder in folders:
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    with contextlib.suppress(OSError):  # gone, or a link to nowhere
                        state = entry.stat()
                        found[entry.path] = (state.st_mtime_ns, state.st_size)
    return found
