"""A Home Assistant config folder on disk, with what reading and watching need of pyscript."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fusebox.runtime.load_files import LoadedConfig, load_sources, stamp_files
from fusebox.runtime.watch_files import touch_if_changed

from ..scripts.houses import charger, config

GOOD = config(loads={"car": charger()})


class Folder:
    """`load` and `look` as the doorway and the watcher do; `passed` advances file times like real time."""

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
        self.strings = self.modules / "fusebox" / "messages" / "strings.json"
        self.strings.parent.mkdir()
        others = (self.modules / "fusebox" / "drivers" / "number.py", self.strings)
        for file in (self.script, self.doorway, self.native, *others):
            file.write_text("# here\n")
        self._edits = 0

    def save(self, written: Mapping[str, Any] | str) -> None:
        """Save a CONFIG, as the user does."""
        self.edit(self.config, written if isinstance(written, str) else f"CONFIG = {dict(written)!r}\n")

    def edit(self, file: Path, text: str) -> None:
        """Save a file, later than any before."""
        self._edits += 1
        file.write_text(text)
        os.utime(file, ns=(0, 10**18 + self._edits))

    def load(self) -> LoadedConfig:
        """Load as the doorway does."""
        package = str(self.modules / "fusebox")
        return load_sources(
            str(self.doorway), [entry for entry in stamp_files(str(self.doorway)) if entry[0].startswith(package)]
        )

    def look(self) -> bool:
        """Look for changes as the watcher does."""
        return touch_if_changed(str(self.doorway))

    @property
    def door_ns(self) -> int:
        """The doorway's last modification time [ns]."""
        return self.doorway.stat().st_mtime_ns
