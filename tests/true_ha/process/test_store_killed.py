"""Kill -9 in the middle of a copy, in real Home Assistant: nothing half runs, and the next start completes it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import release

from .folder import ROOT, Folder
from .running import HomeAssistant
from .test_store import CAR, SITE, copied, download, list_anew, set_up, store

__all__ = ["store"]

HALF = "modules/fusebox is half exchanged for another version"
KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, {root!r})
from tests.integration.parts import part
scripts, left, rename = part("scripts"), [{number}], os.rename
def renamed(*paths):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(*paths)
os.rename = renamed
scripts.Scripts(pathlib.Path({config!r}), pathlib.Path({source!r}), {version!r}).install()
"""
"""Copies a version, killed by itself before its `number`th file or folder changes places."""


def copy_half(folder: Folder, source: Path, version: str, number: int) -> None:
    code = KILLED.format(root=str(ROOT), config=str(folder.path), source=str(source), version=version, number=number)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert (folder.scripts / ".fusebox" / "next.json").is_file()


def version_of(running: HomeAssistant) -> str:
    return str((running.talk.state(SITE) or {"attributes": {}})["attributes"].get("version"))


def test_a_copy_that_was_killed_never_runs_by_half_and_is_completed(store, tmp_path):
    folder = store.folder
    shipped = folder.path / "custom_components/fusebox/files/pyscript"
    store.stop()
    # The very first copy: nothing is set up that could complete it.
    copy_half(folder, shipped, release.version(), 8)
    assert (folder.scripts / "balance_site.py").is_file() and not (folder.scripts / "rotate_radiators.py").exists()
    store.start()
    store.wait(lambda: HALF in ((store.talk.state(SITE) or {}).get("attributes", {}).get("reason") or ""), "a reason")
    assert not store.talk.has_service("pyscript", "fusebox_setup")
    set_up(store)
    store.wait(lambda: store.talk.value(SITE) == "dry_run" and store.talk.value(CAR) is not None, "the written house")
    written = folder.config.read_text()

    # An update.
    new = download(folder, tmp_path / "dist") / "files/pyscript"
    (new / "modules/fusebox/runtime/version.py").write_text('VERSION = "99.0.0"\n')
    for script in new.glob("*.py"):
        script.write_text(f"{script.read_text()}\n# of 99.0.0\n")
    list_anew(new.parents[1])
    store.stop()
    copy_half(folder, new, "99.0.0", 8)
    assert not (folder.scripts / "modules/fusebox").exists()
    store.start()
    store.wait(lambda: version_of(store) == "99.0.0" and store.talk.value(SITE) == "dry_run", "the new version")
    store.wait(lambda: not (folder.scripts / ".fusebox/previous.json").exists(), "the proof that it starts")
    assert copied(folder)["version"] == "99.0.0"
    assert {each.read_text().endswith("# of 99.0.0\n") for each in folder.scripts.glob("*.py")} == {True}
    assert folder.config.read_text() == written
