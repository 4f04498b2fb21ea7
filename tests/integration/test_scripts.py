"""What the integration copies: whole versions, never over a person's changes, also after a kill at any point."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .parts import ROOT, part

copying = part("scripts")
PACKAGE = "modules/fusebox"
ONE = {
    "balance_site.py": "balance 1",
    "track_peak.py": "peak",
    "old_script.py": "old",
    "modules/fusebox_native.py": "native",
    f"{PACKAGE}/__init__.py": "package 1",
    f"{PACKAGE}/control/control.py": "control 1",
    f"{PACKAGE}/messages/strings.json": "{}",
}
TWO = {
    "balance_site.py": "balance 2",
    "track_peak.py": "peak",
    "new_script.py": "new",
    "modules/fusebox_native.py": "native",
    f"{PACKAGE}/__init__.py": "package 2",
    f"{PACKAGE}/limits/limits.py": "limits 2",
    f"{PACKAGE}/messages/strings.json": '{"a": 2}',
}
MINE = {"my_own.py": "mine", "modules/site_config.py": "CONFIG = {}"}


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    write(folder / "pyscript", MINE)
    return folder


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def scripts(config: Path, files: dict[str, str], version: str = "2.0.0"):
    source = config.parent / f"source-{version}"
    shutil.rmtree(source, ignore_errors=True)
    return copying.Scripts(config, write(source, files), version)


def installed(config: Path, files: dict[str, str] = ONE):
    first = scripts(config, files, "1.0.0")
    assert first.install()
    first.confirm()
    return first


def present(config: Path) -> dict[str, str]:
    folder = config / "pyscript"
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {path: file.read_text() for path, file in files.items() if not path.startswith(".fusebox/")}


def notes(config: Path) -> list[str]:
    return sorted(each.name for each in (config / "pyscript" / ".fusebox").glob("*"))


def test_the_first_install_copies_everything_and_notes_it(config):
    first = installed(config)
    assert present(config) == {**ONE, **MINE}
    assert first.is_current() and first.changed_by_hand() == ()
    assert notes(config) == ["installed.json"]


def test_an_update_exchanges_everything_and_leaves_no_old_file(config):
    installed(config)
    second = scripts(config, TWO)
    assert second.install() and second.is_unproven()
    assert present(config) == {**TWO, **MINE}
    second.confirm()
    assert notes(config) == ["installed.json"] and not second.install()


def test_an_update_that_does_not_start_goes_back_to_the_version_before(config):
    installed(config)
    second = scripts(config, TWO)
    second.install()
    second.roll_back()
    assert present(config) == {**ONE, **MINE}
    assert second.installed().version == "1.0.0" and second.has_failed() and not second.is_unproven()
    assert not scripts(config, {**TWO, "balance_site.py": "repaired"}, "2.0.1").has_failed()


def test_a_first_install_that_does_not_start_leaves_nothing(config):
    first = scripts(config, ONE, "1.0.0")
    first.install()
    first.roll_back()
    assert present(config) == MINE and first.installed() is None
    assert first.remove() == () and notes(config) == []


def test_an_unproven_version_is_never_the_way_back(config):
    installed(config)
    scripts(config, TWO).install()
    third = scripts(config, {**ONE, "balance_site.py": "balance 3"}, "3.0.0")
    third.install()
    third.roll_back()
    assert present(config) == {**ONE, **MINE} and third.installed().version == "1.0.0"


@pytest.mark.parametrize(
    "path",
    [
        "balance_site.py",
        f"{PACKAGE}/control/control.py",
        f"{PACKAGE}/messages/strings.json",
        f"{PACKAGE}/stranger.py",
    ],
)
def test_what_a_person_changed_is_never_overwritten(config, path):
    installed(config)
    write(config / "pyscript", {path: "changed"})
    second = scripts(config, TWO)
    with pytest.raises(copying.ChangedByHand) as raised:
        second.install()
    assert raised.value.files == (path,)
    assert present(config) == {**ONE, **MINE, path: "changed"}


def test_a_users_changed_script_is_stored_when_it_is_replaced(config):
    installed(config)
    write(config / "pyscript", {"balance_site.py": "changed"})
    assert scripts(config, TWO).install(replace=True)
    assert present(config) == {**TWO, **MINE}
    assert (config / "pyscript/.fusebox/yours/balance_site.py").read_text() == "changed"


def test_a_script_that_a_person_removed_stays_away(config):
    installed(config)
    (config / "pyscript/track_peak.py").unlink()
    second = scripts(config, TWO)
    assert second.install()
    second.confirm()
    assert "track_peak.py" not in present(config) and not second.install() and second.changed_by_hand() == ()


def test_files_copied_by_hand_are_taken_over_only_where_they_are_the_same(config):
    write(config / "pyscript", TWO)
    same = scripts(config, TWO)
    assert not same.install()
    same.confirm()
    assert same.is_current()
    other = copying.Scripts(config.parent / "other", scripts(config, ONE).source, "1.0.0")
    write(other.target, {**ONE, "balance_site.py": "of an older version"})
    with pytest.raises(copying.ChangedByHand):
        other.install()
    assert other.install(replace=True)


def test_removing_takes_exactly_what_was_brought(config):
    first = installed(config)
    write(config / "pyscript", {f"{PACKAGE}/__pycache__/x.pyc": "", f"{PACKAGE}/control/__pycache__/x.pyc": ""})
    assert first.remove() == ()
    assert present(config) == MINE
    assert not (config / "pyscript/.fusebox").exists() and not (config / "pyscript" / PACKAGE).exists()


def test_removing_leaves_what_a_person_changed(config):
    first = installed(config)
    write(config / "pyscript", {"balance_site.py": "changed", f"{PACKAGE}/stranger.py": "mine"})
    assert first.remove() == ("balance_site.py",)
    assert present(config) == {**MINE, "balance_site.py": "changed", f"{PACKAGE}/stranger.py": "mine"}


def killed_at(number: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Do some work, killed before its `number`th change of a file; return whether there was one."""
    left = [number]

    def stopping(change: Callable[..., object]) -> Callable[..., object]:
        def changed(*args: object, **kwargs: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return change(*args, **kwargs)

        return changed

    with monkeypatch.context() as patch:
        for module, name in ((os, "rename"), (os, "replace"), (os, "unlink"), (shutil, "copyfile"), (os, "rmdir")):
            patch.setattr(module, name, stopping(getattr(module, name)))
        try:
            work()
        except Killed:
            return True
    return False


@pytest.mark.parametrize("work", ["install", "roll_back", "confirm", "remove"])
def test_a_kill_at_any_point_leaves_one_whole_version(tmp_path, monkeypatch, work):
    whole = [{**ONE, **MINE}, {**TWO, **MINE}, *([MINE] if work == "remove" else [])]
    for number in range(1, 200):
        config = tmp_path / str(number) / "config"
        write(config / "pyscript", MINE)
        installed(config)
        second = scripts(config, TWO)
        if work != "install":
            second.install()
        if not killed_at(number, getattr(second, work), monkeypatch):
            break
        after = scripts(config, TWO)
        after.recover()
        assert present(config) in whole, number
        assert after.changed_by_hand() == (), number
        after.install()
        after.confirm()
        assert present(config) == {**TWO, **MINE}, number
        assert set(notes(config)) <= {"installed.json"}, number
    assert number > 3


ENDLESS = """
import itertools, pathlib, sys
sys.path.insert(0, {root!r})
from tests.integration.test_scripts import ONE, TWO, scripts
both = [scripts(pathlib.Path({config!r}), files, version) for files, version in ((ONE, "1.0.0"), (TWO, "2.0.0"))]
print("begins", flush=True)
for each in itertools.cycle(both):
    each.install()
    each.confirm()
"""


@pytest.mark.parametrize("wait_ms", [1, 2, 3, 5, 8, 13])
def test_kill_9_while_versions_are_exchanged_leaves_one_whole_version(config, wait_ms):
    code = ENDLESS.format(root=str(ROOT), config=str(config))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"begins\n"
        time.sleep(wait_ms / 1000)
        process.send_signal(signal.SIGKILL)
    after = copying.Scripts(config, config.parent / "source-2.0.0", "2.0.0")
    after.recover()
    assert present(config) in ({**ONE, **MINE}, {**TWO, **MINE}, MINE)
    assert after.installed() is None or after.changed_by_hand() == ()


def test_a_note_that_cannot_be_read_counts_as_none(config):
    first = installed(config)
    (config / "pyscript/.fusebox/installed.json").write_text("{")
    assert first.installed() is None
    assert not first.install() and first.is_current()
