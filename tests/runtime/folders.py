"""A Home Assistant config folder on disk, with as much of pyscript in it as reading and watching need."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fusebox.runtime.load_files import Loaded, load, stamp_of
from fusebox.runtime.watch_files import look

from ..scripts.houses import charger, config

GOOD = config(loads={"car": charger()})


class Folder:
    """`load` and `look` as the doorway and the watcher do; `passed` moves file times on, as real time would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.modules = root / "pyscript" / "modules"
        (self.modules / "fusebox" / "drivers").mkdir(parents=True)
        (root / ".storage").mkdir()
        self.script = root / "pyscript" / "balance_site.py"
        self.doorway = self.modules / "fusebox_native.py"
        self.native = self.modules / "fusebox" / "control.py"
        self.config = self.modules / "site_config.py"
        self.secrets = root / "secrets.yaml"
        self.kept = root / ".storage" / "fusebox.last_good_config"
        for file in (self.script, self.doorway, self.native, self.modules / "fusebox" / "drivers" / "number.py"):
            file.write_text("# here\n")
        self._edits = 0

    def save(self, written: Mapping[str, Any] | str) -> None:
        """The user saves a CONFIG."""
        self.edit(self.config, written if isinstance(written, str) else f"CONFIG = {dict(written)!r}\n")

    def edit(self, file: Path, text: str) -> None:
        """A file is saved, later than anything before."""
        self._edits += 1
        file.write_text(text)
        os.utime(file, ns=(0, 10**18 + self._edits))

    def load(self) -> Loaded:
        """As the doorway does."""
        package = str(self.modules / "fusebox")
        return load(str(self.doorway), [entry for entry in stamp_of(str(self.doorway)) if entry[0].startswith(package)])

    def look(self) -> bool:
        """As the watcher does."""
        return look(str(self.doorway))

    @property
    def door_ns(self) -> int:
        """When the doorway was touched last."""
        return self.doorway.stat().st_mtime_ns
