"""The watcher: a change touches the doorway once; only where that has no effect is pyscript's reload called."""

from __future__ import annotations

import os

import pytest

from fusebox.runtime import watch_files

from .folders import GOOD, Folder

CHANGES = {
    "the config is edited": lambda f: f.save({}),
    "the config is deleted": lambda f: f.config.unlink(),
    "the config is replaced": lambda f: os.replace(_other(f), f.config),
    "the secrets appear": lambda f: f.edit(f.secrets, "a: b\n"),
    "a native file is edited": lambda f: f.edit(f.native, "# edited\n"),
    "a native file is touched": lambda f: os.utime(f.native, ns=(0, 7)),
    "a native file appears": lambda f: f.edit(f.native.with_name("new.py"), ""),
    "a native file in a folder is edited": lambda f: f.edit(f.native.parent / "drivers" / "number.py", "# edited\n"),
    "a native file is deleted": lambda f: f.native.unlink(),
    "the English sentences are edited": lambda f: f.edit(f.strings, "{}\n"),
    "the English sentences are deleted": lambda f: f.strings.unlink(),
}


def _other(folder: Folder):
    file = folder.config.with_name("site_config.py~")
    folder.edit(file, "CONFIG = {}\n")
    return file


class Clock:
    """Real time, moved by hand."""

    def __init__(self) -> None:
        self.now_s = 5000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(watch_files, "time", made)
    return made


@pytest.fixture
def folder(tmp_path, store, clock):
    """A folder that has been loaded; its doorway is as old as can be."""
    made = Folder(tmp_path)
    made.save(GOOD)
    made.load()
    os.utime(made.doorway, ns=(0, 0))
    return made


def test_what_was_loaded_is_left_alone(folder):
    assert not any(folder.look() for _ in range(31))
    assert folder.door_ns == 0


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_touches_the_doorway(folder, change):
    CHANGES[change](folder)
    folder.look()
    assert folder.door_ns > 0


def test_the_package_is_looked_at_each_thirtieth_time_and_the_config_each_time(folder):
    folder.look()
    folder.edit(folder.native, "# edited\n")
    touched = []
    for _ in range(30):
        folder.look()
        touched.append(folder.door_ns > 0)
    assert touched == [False] * 29 + [True]
    folder.load()
    for _ in range(5):
        folder.save({"site": {"main_fuse_a": folder.door_ns}})
        os.utime(folder.doorway, ns=(0, 0))
        folder.look()
        assert folder.door_ns > 0


def test_a_change_of_the_package_is_followed_until_it_is_loaded(folder, clock):
    folder.edit(folder.native, "# edited\n")
    folder.look()
    clock.now_s += 5.1
    assert [folder.look() for _ in range(3)] == [True] * 3


def test_the_doorway_is_touched_once_for_a_change(folder):
    folder.save({})
    folder.look()
    os.utime(folder.doorway, ns=(0, 0))
    folder.look()
    assert folder.door_ns == 0


def test_each_further_change_touches_it_again(folder):
    folder.save({})
    folder.look()
    os.utime(folder.doorway, ns=(0, 0))
    folder.save(GOOD)
    folder.look()
    assert folder.door_ns > 0


def test_pyscript_is_left_the_time_to_notice_by_itself(folder, clock):
    folder.save({})
    asked = []
    for _ in range(5):
        asked.append(folder.look())
        clock.now_s += 1.25
    assert asked == [False] * 5


def test_where_the_touch_has_no_effect_pyscript_is_called(folder, clock):
    folder.save({})
    folder.look()
    clock.now_s += 5.1
    assert folder.look()


def test_what_has_been_loaded_is_not_requested_again(folder, clock):
    folder.save({})
    folder.look()
    folder.load()
    clock.now_s += 60
    assert not folder.look()


def test_a_change_back_and_forth_gets_its_time_again(folder, clock):
    folder.save({})
    folder.look()
    clock.now_s += 60
    folder.load()
    folder.look()
    folder.save(GOOD)
    assert not folder.look()


def test_a_broken_config_is_loaded_once_and_no_more(folder, clock):
    folder.save("CONFIG = {")
    folder.look()
    folder.load()
    os.utime(folder.doorway, ns=(0, 0))
    clock.now_s += 60
    assert not any(folder.look() for _ in range(31))
    assert folder.door_ns == 0


def test_a_package_that_is_just_being_replaced_is_looked_at_again(folder):
    aside = folder.modules / "aside"
    (folder.modules / "fusebox").rename(aside)
    assert not folder.look()
    assert folder.door_ns == 0
    aside.rename(folder.modules / "fusebox")
    folder.save({})
    folder.look()
    assert folder.door_ns > 0


def test_a_missing_doorway_causes_no_error(folder):
    folder.save({})
    folder.doorway.unlink()
    assert not folder.look()


def test_a_script_missing_in_two_checks_balances_no_more(folder, store, caplog):
    store["balancer"] = "present"
    watch_files.record_script_file(str(folder.doorway), "file.balance_site")
    folder.script.rename(folder.script.with_name("#balance_site.py"))
    folder.look()
    assert store["balancer"] == "present"
    for _ in range(3):
        folder.look()
    assert store["balancer"] is None
    assert caplog.text.count("balance_site.py is gone") == 1


def test_a_script_that_is_saved_by_renaming_continues(folder, store):
    store["balancer"] = "present"
    watch_files.record_script_file(str(folder.doorway), "file.balance_site")
    aside = folder.script.with_name("balance_site.py~")
    for _ in range(3):
        folder.script.rename(aside)
        folder.look()
        aside.rename(folder.script)
        folder.look()
    assert store["balancer"] == "present"


@pytest.mark.parametrize("context", ["apps.fusebox", "jupyter_1", "file."])
def test_a_script_whose_file_is_not_known_is_not_stopped(folder, store, context):
    folder.script.unlink()
    watch_files.record_script_file(str(folder.doorway), context)
    store["balancer"] = "present"
    for _ in range(3):
        folder.look()
    assert store["balancer"] == "present"
