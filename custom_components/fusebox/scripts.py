"""Copies the scripts into `/config/pyscript`: a whole version or nothing, and never over a person's changes.

Blocks on the disk. Everything that it needs to go on after a kill is in `pyscript/.fusebox`:

- `next.json`, `next/`: a switch to a new version has begun. It is completed. `before.json` is what was in place.
- `previous.json`, `previous/`: the version before, until the new one has started.
- `back.json`: the way back to that version has begun. It is completed.
- `installed.json`: the version in place and the hash of each of its files.
- `removing.json`: the removal has begun. It is completed.
- `failed.json`: the files that did not start, so that they are not tried again.
- `yours/`: a person's changes, after they chose the files of Fusebox.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "modules/fusebox"
"""The folder that changes places as a whole; every other file does so by itself."""
NOT_SHIPPED = ("modules/site_config.py", "modules/site_config.proposed.py")
SKIPPED = "__pycache__"

Hashes = Mapping[str, str]
"""Path below `pyscript/` -> SHA-256 of the file."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A version and its files; `version` is None for files that somebody copied by hand."""

    version: str | None
    files: Hashes

    @property
    def units(self) -> set[str]:
        """What changes places in one rename each: the package's folder, and each file outside it."""
        return {_unit(path) for path in self.files}


class ChangedByHand(Exception):
    """Files differ from what was copied, so nothing was replaced. `files`: their paths below `pyscript/`."""

    def __init__(self, files: Iterable[str]) -> None:
        self.files = tuple(sorted(files))
        super().__init__(", ".join(self.files))


class Scripts:
    """The scripts in one Home Assistant. `source`: the folder with the scripts of the new version."""

    def __init__(self, config: Path, source: Path, version: str) -> None:
        self.target = config / "pyscript"
        self.source = source
        self.version = version
        self.notes = self.target / ".fusebox"

    def installed(self) -> Installed | None:
        """Return the version in place, None if it was not copied from here."""
        return self._read("installed.json")

    def is_unproven(self) -> bool:
        """Return whether the version in place has yet to start for the first time."""
        return (self.notes / "previous.json").exists()

    def is_current(self) -> bool:
        """Return whether the files of `source` were the last ones to be copied."""
        now = self.installed()
        return now is not None and now.version == self.version and now.files == hashes(self.source)

    def has_failed(self) -> bool:
        """Return whether the files of `source` have already been tried and did not start."""
        failed = self._read("failed.json")
        return failed is not None and failed.files == hashes(self.source)

    def changed_by_hand(self) -> tuple[str, ...]:
        """Return the files that a person changed, sorted.

        A script outside the package that is gone was removed on purpose and stays away. Without an `installed.json`,
        a file counts that differs from `source`.
        """
        now, here, new = self.installed(), self._present(), hashes(self.source)
        known = new if now is None else now.files
        changed = {path for path, found in here.items() if known.get(path) != found and new.get(path) != found}
        if now is not None:
            changed |= {path for path in now.files if path not in here and _unit(path) == PACKAGE}
        return tuple(sorted(changed))

    def install(self, replace: bool = False) -> bool:
        """Copy the version of `source`; return whether anything changed.

        `replace`: also files that a person changed, which are moved to `yours/`; else ChangedByHand is raised.
        """
        self.recover()
        changed = self.changed_by_hand()
        if changed and not replace:
            raise ChangedByHand(changed)
        now, here, new = self.installed(), self._present(), hashes(self.source)
        removed = set() if now is None or replace else {path for path in now.files if path not in here}
        wanted, coming = Installed(self.version, new), {path: new[path] for path in new if path not in removed}
        if now == wanted and here == coming:
            return False
        moving = {unit for unit in map(_unit, {*coming, *here}) if _part(coming, unit) != _part(here, unit)}
        self._keep_theirs(changed)
        self._stage({path for path in coming if _unit(path) in moving})
        self._write("before.json", now or Installed(None, here))
        self._write("next.json", wanted)
        self._switch(wanted)
        return bool(moving)

    def recover(self) -> bool:
        """Complete what a kill interrupted; return whether there was anything."""
        removing, coming, going_back = (self._read(f"{name}.json") for name in ("removing", "next", "back"))
        if removing is not None:
            self._remove(removing)
        elif coming is not None:
            self._switch(coming)
        elif going_back is not None:
            self._go_back(going_back)
        for begun in (self.notes / "next", self.notes / "before.json", *self.notes.glob("*.tmp")):
            _delete(begun)
        if not self.is_unproven():
            _delete(self.notes / "previous")
        return any(each is not None for each in (removing, coming, going_back))

    def confirm(self) -> None:
        """The version in place has started: forget the one before."""
        _delete(self.notes / "previous.json")
        _delete(self.notes / "previous")
        _delete(self.notes / "failed.json")

    def roll_back(self) -> None:
        """Put the version before back, after the new one did not start; this one is not tried again."""
        self._write("failed.json", Installed(self.version, hashes(self.source)))
        os.replace(self.notes / "previous.json", self.notes / "back.json")
        self.recover()

    def remove(self) -> tuple[str, ...]:
        """Remove the files that were copied; return those that a person changed, which stay."""
        self.recover()
        now = self.installed()
        if now is not None:
            os.replace(self.notes / "installed.json", self.notes / "removing.json")
        return self._remove(now or Installed(None, {}))

    def _stage(self, files: Iterable[str]) -> None:
        """Copy what will change places next to its place, on the same disk, and wait until it is on the disk."""
        _delete(self.notes / "next")
        for path in files:
            file = self.notes / "next" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.source / path, file)
        # A power cut may otherwise leave empty files under names that have changed places already.
        os.sync()

    def _switch(self, wanted: Installed) -> None:
        """Exchange every unit that is staged or no longer shipped. Can be repeated at any point.

        While the version in place is unproven, the one before it stays the way back.
        """
        if not self.is_unproven():
            os.replace(self.notes / "before.json", self.notes / "previous.json")
        before, now = (self._read(name) or Installed(None, {}) for name in ("previous.json", "installed.json"))
        for unit in sorted(wanted.units | before.units | now.units):
            staged, place, old = self.notes / "next" / unit, self.target / unit, self.notes / "previous" / unit
            if staged.exists() or unit not in wanted.units:
                if place.exists() and not old.exists() and unit in before.units:
                    _rename(place, old)
                _delete(place)
                if staged.exists():
                    _rename(staged, place)
        os.replace(self.notes / "next.json", self.notes / "installed.json")
        _delete(self.notes / "next")
        _delete(self.notes / "before.json")

    def _go_back(self, before: Installed) -> None:
        """Exchange every unit for the one before. Can be repeated at any point."""
        now = self.installed() or Installed(None, {})
        for unit in sorted(now.units | before.units):
            place, old = self.target / unit, self.notes / "previous" / unit
            if old.exists():
                _delete(place)
                _rename(old, place)
            elif unit not in before.units:
                _delete(place)
        if before.version is None:
            _delete(self.notes / "installed.json")
            _delete(self.notes / "back.json")
        else:
            os.replace(self.notes / "back.json", self.notes / "installed.json")
        _delete(self.notes / "previous")

    def _keep_theirs(self, changed: Iterable[str]) -> None:
        """Copy a person's changed files to `yours/`."""
        for path in changed:
            file, copy = self.target / path, self.notes / "yours" / path
            if file.is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)

    def _remove(self, now: Installed) -> tuple[str, ...]:
        here = self._present()
        for path, expected in now.files.items():
            if here.get(path) == expected:
                _delete(self.target / path)
        folders = [self.target / PACKAGE, *(self.target / PACKAGE).rglob("*")]
        for folder in sorted((each for each in folders if each.is_dir()), reverse=True):
            if folder.name == SKIPPED and not any(folder.parent.glob("*.py")):
                _delete(folder)
            elif not any(folder.iterdir()):
                folder.rmdir()
        for each in self.notes.glob("*"):
            if each.name not in ("yours", "removing.json"):
                _delete(each)
        _delete(self.notes / "removing.json")
        if self.notes.is_dir() and not any(self.notes.iterdir()):
            self.notes.rmdir()
        return tuple(sorted(path for path in now.files if (self.target / path).exists()))

    def _present(self) -> Hashes:
        """Return the files that are in the places of ours now, strangers in the package's folder too."""
        now = self.installed()
        shipped = {*hashes(self.source), *(() if now is None else now.files)}
        loose = {path: self.target / path for path in shipped if _unit(path) != PACKAGE}
        found = {path: _hash(file) for path, file in loose.items() if file.is_file()}
        package = self.target / PACKAGE
        return {**found, **{f"{PACKAGE}/{path}": each for path, each in hashes(package).items()}}

    def _read(self, name: str) -> Installed | None:
        try:
            noted = json.loads((self.notes / name).read_text(encoding="utf-8"))
            return Installed(noted["version"], noted["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, name: str, note: Installed) -> None:
        """Write a note in one step, so that it is either there as a whole or not."""
        self.notes.mkdir(parents=True, exist_ok=True)
        file = self.notes / name
        written = file.with_suffix(".tmp")
        with written.open("w", encoding="utf-8") as out:
            json.dump({"version": note.version, "files": dict(sorted(note.files.items()))}, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.replace(written, file)


def hashes(folder: Path) -> Hashes:
    """Return path -> hash of all files below a folder that are shipped; none where there is no folder."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file() and SKIPPED not in each.parts)
    found = {each.relative_to(folder).as_posix(): each for each in files}
    return {path: _hash(file) for path, file in found.items() if path not in NOT_SHIPPED}


def _part(files: Hashes, unit: str) -> Hashes:
    return {path: found for path, found in files.items() if _unit(path) == unit}


def _unit(path: str) -> str:
    return PACKAGE if path.startswith(f"{PACKAGE}/") else path


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _rename(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    os.rename(old, new)


def _delete(path: Path) -> None:
    """Delete a file, or a folder with all that is in it; nothing happens where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
