"""A private copy of the scripts in its own config directory, because scripts write files and hosts run in parallel."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from simhouse.host.shared_files import link
from simhouse.host.source_files import stamp

STORAGE_NAME = ".simhouse_storage"
"""Folder next to the config that replaces Home Assistant's `.storage` for the scripts, over restarts too."""

_MODULES_BELOW = "pyscript/modules/"
WRITTEN = (f"{_MODULES_BELOW}site_config.proposed.py", "packages/fusebox.yaml")
"""Files that set-up writes besides the config: links to files next to the config, which need not exist yet."""

Stamps = dict[str, tuple[int, int]]
"""Path below the folder of scripts -> (mtime [ns], size [bytes])."""

_SKIPPED = ("__pycache__",)
CONFIG_MODULE = Path("modules/site_config.py")
_CONFIG_BELOW, _MODULES = str(CONFIG_MODULE), f"modules{os.sep}"


class Mirror:
    """The directory `root` with `pyscript/` in it; the config and its secrets are links, so edits show at once.

    Files that set-up writes end up next to the config.
    """

    def __init__(self, scripts: Path, config: Path | None, check_every_s: float = 1.0) -> None:
        self.scripts = scripts.resolve()
        self._every_s = check_every_s
        self._checked_s = 0.0
        self._copied: Stamps = {}
        self.root = Path(tempfile.mkdtemp(prefix="simhouse-")).resolve()
        self.folder = self.root / "pyscript"
        (self.folder / "modules").mkdir(parents=True)
        self._serve(config)

    def empty(self) -> None:
        """Remove the files of one host, links too; packages stay, and scripts and modules that are still as copied."""
        modules = self.folder / "modules"
        single = {below: known for below, known in self._copied.items() if not _in_package(below)}
        changed = {below for below, known in single.items() if stamp(os.path.join(self.folder, below)) != known}
        stays = {self.folder, modules, *(self.folder / below for below in single.keys() - changed)}
        for folder in (self.root, self.folder, modules):
            for path in folder.iterdir():
                if path not in stays and (folder != modules or path.is_symlink() or not path.is_dir()):
                    _remove(path)
        self._copied = {below: known for below, known in self._copied.items() if below not in changed}

    def reuse(self, scripts: Path, config: Path | None) -> bool:
        """Serve another host after `empty`, from the same scripts or a copy; return whether its packages are equal."""
        before, self.scripts = self._copied.copy(), scripts.resolve()
        self._serve(config)
        return not any(_in_package(below) for below, _ in before.items() ^ self._copied.items())

    def _serve(self, config: Path | None) -> None:
        self._has_config = config is not None
        if config is not None:
            # Not resolved: a rename over the file, or a link to another one, must be seen through our link.
            config = Path(os.path.abspath(config))
            (self.folder / CONFIG_MODULE).symlink_to(config)
            (self.root / "secrets.yaml").symlink_to(config.parent / "secrets.yaml")
            for below in WRITTEN:
                (self.root / below).parent.mkdir(exist_ok=True)
                (self.root / below).symlink_to(config.parent / below.removeprefix(_MODULES_BELOW))
            storage = config.parent / STORAGE_NAME
            with suppress(OSError):  # in a folder that cannot be written nothing outlives a restart
                storage.mkdir(exist_ok=True)
            (self.root / ".storage").symlink_to(storage)
        self.refresh(now=True)

    def refresh(self, now: bool = False) -> None:
        """Follow the source folder: copy changed files, remove missing ones.

        At most every `check_every_s` unless `now`.
        """
        moment = time.monotonic()
        if not now and moment - self._checked_s < self._every_s:
            return
        self._checked_s = moment
        present = self._source_files()
        for below in self._copied.keys() - present.keys():
            (self.folder / below).unlink(missing_ok=True)
            del self._copied[below]
        for below, known in present.items():
            if self._copied.get(below) != known:
                self._copy(below, known)
                self._copied[below] = known

    def close(self) -> None:
        """Remove the directory."""
        shutil.rmtree(self.root, ignore_errors=True)

    @property
    def packages(self) -> Stamps:
        """The mirrored files of packages."""
        return _of_packages(self._copied)

    def _source_files(self) -> Stamps:
        found = files_below(self.scripts)
        if self._has_config:
            found.pop(_CONFIG_BELOW, None)
        return found

    def _copy(self, below: str, known: tuple[int, int]) -> None:
        source, target = os.path.join(self.scripts, below), os.path.join(self.folder, below)
        folder, name = os.path.split(target)
        os.makedirs(folder, exist_ok=True)
        # Scripts touch what pyscript loads, which is at the top of a folder; what Python loads lies in packages.
        if name.endswith(".py") and _in_package(below):
            link(source, known, target)
            return
        unfinished = os.path.join(folder, f".{name}.copying")
        shutil.copy2(source, unfinished)
        os.replace(unfinished, target)


def package_files(scripts: Path) -> Stamps:
    """Return the files of packages in a folder of scripts."""
    return _of_packages(files_below(scripts))


def files_below(scripts: Path) -> Stamps:
    """Return all files of a folder of scripts.

    Called each second, so it uses texts, not paths.
    """
    found: Stamps = {}
    waiting = [("", str(scripts))]
    while waiting:
        below, folder = waiting.pop()
        with suppress(OSError), os.scandir(folder) as entries:  # gone since the folder above was read
            for entry in entries:
                if entry.is_dir():
                    if entry.name not in _SKIPPED:
                        waiting.append((f"{below}{entry.name}{os.sep}", entry.path))
                    continue
                try:
                    state = entry.stat()
                except OSError:
                    continue
                found[below + entry.name] = (state.st_mtime_ns, state.st_size)
    return found


def _of_packages(files: Stamps) -> Stamps:
    return {below: known for below, known in files.items() if _in_package(below)}


def _in_package(below: str) -> bool:
    return below.startswith(_MODULES) and below.count(os.sep) > 1


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()
