"""A private copy of the scripts in a config directory of its own: scripts touch files, and hosts run side by side."""

import os
import shutil
import tempfile
import time
from pathlib import Path

_SKIPPED = ("__pycache__",)
CONFIG_MODULE = Path("modules/site_config.py")


class Mirror:
    """The directory `root` with `pyscript/` in it; the config and its secrets are links, so that edits show at once."""

    def __init__(self, scripts: Path, config: Path | None, check_every_s: float = 0.25) -> None:
        self._scripts = scripts.resolve()
        self._every_s = check_every_s
        self._checked_s = 0.0
        self._copied: dict[Path, tuple[int, int]] = {}
        self.root = Path(tempfile.mkdtemp(prefix="simhouse-")).resolve()
        self.folder = self.root / "pyscript"
        (self.folder / "modules").mkdir(parents=True)
        self._has_config = config is not None
        if config is not None:
            # Not resolved: a rename over the file, or a link to another one, must be seen through our link.
            config = Path(os.path.abspath(config))
            (self.folder / CONFIG_MODULE).symlink_to(config)
            (self.root / "secrets.yaml").symlink_to(config.parent / "secrets.yaml")
        self.refresh(now=True)

    def refresh(self, now: bool = False) -> None:
        """Follow the source folder: copy what changed, remove what is gone; at most every 0.25 s unless `now`."""
        moment = time.monotonic()
        if not now and moment - self._checked_s < self._every_s:
            return
        self._checked_s = moment
        present = self._source_files()
        for below in self._copied.keys() - present.keys():
            (self.folder / below).unlink(missing_ok=True)
            del self._copied[below]
        for below, stamp in present.items():
            if self._copied.get(below) != stamp:
                self._copy(below)
                self._copied[below] = stamp

    def close(self) -> None:
        """Remove the directory."""
        shutil.rmtree(self.root, ignore_errors=True)

    def _source_files(self) -> dict[Path, tuple[int, int]]:
        found: dict[Path, tuple[int, int]] = {}
        for folder, folders, files in os.walk(self._scripts, followlinks=True):
            folders[:] = [name for name in folders if name not in _SKIPPED]
            for name in files:
                path = os.path.join(folder, name)
                below = Path(path).relative_to(self._scripts)
                if self._has_config and below == CONFIG_MODULE:
                    continue
                try:
                    state = os.stat(path)
                except OSError:  # gone since the folder was read
                    continue
                found[below] = (state.st_mtime_ns, state.st_size)
        return found

    def _copy(self, below: Path) -> None:
        target = self.folder / below
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.copying")
        shutil.copy2(self._scripts / below, unfinished)
        os.replace(unfinished, target)
        # Python would believe compiled code of the same size and second.
        for compiled in (target.parent / "__pycache__").glob(f"{target.stem}.*.pyc"):
            compiled.unlink()
