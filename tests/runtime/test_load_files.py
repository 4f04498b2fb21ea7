"""Reading the sources: a good CONFIG is in force, a broken one leaves the last good one, over restarts too."""

from __future__ import annotations

import errno
import json
import logging
import os
import time

import pytest

from fusebox import tuning
from fusebox.config.config import NO_CONFIG
from fusebox.runtime.load_files import stamp_files, unwritten_problem

from ..scripts.houses import charger, config
from .folders import GOOD, Folder

BROKEN = {
    "syntax": "CONFIG = {\n",
    "a mistake": f"CONFIG = {config(loads={'car': charger(max_a='much')})!r}\n",
    "no CONFIG": "SETTINGS = {}\n",
    "not UTF-8": "",
    "missing": None,
}


@pytest.fixture
def folder(tmp_path, store):
    return Folder(tmp_path)


def break_it(folder: Folder, how: str) -> None:
    if how == "missing":
        folder.config.unlink(missing_ok=True)
    elif how == "not UTF-8":
        folder.config.write_bytes(b"CONFIG = {'\xff': 1}\n")
    else:
        folder.save(BROKEN[how])


def loads(loaded) -> list[str]:
    return [load.name for load in loaded.config.site({}).loads]


@pytest.mark.parametrize("half_saved", ["", "CONFIG = {'site'", None])
def test_a_file_that_an_editor_is_just_writing_is_waited_for(folder, caplog, monkeypatch, half_saved):
    folder.save(GOOD)
    folder.load()
    folder.config.unlink()
    if half_saved is not None:
        folder.config.write_text(half_saved)
    saved = f"CONFIG = {config(loads={'car': charger(), 'van': charger('van')})!r}\n"
    monkeypatch.setattr("fusebox.runtime.load_files.time.sleep", lambda seconds: folder.config.write_text(saved))
    loaded = folder.load()
    assert (loads(loaded), loaded.errors) == (["car", "van"], ())
    assert logged(caplog) == []
    assert not folder.look()


@pytest.mark.parametrize(("empty_looks", "is_waited_for"), [(4, True), (7, False)])
def test_a_file_that_was_just_emptied_is_waited_for_longer_but_not_for_ever(
    folder, caplog, monkeypatch, empty_looks, is_waited_for
):
    folder.save(GOOD)
    folder.load()
    folder.config.write_text("")
    sleeps = []

    def sleep(seconds):
        sleeps.append(seconds)
        if len(sleeps) == empty_looks:
            folder.save(GOOD)

    monkeypatch.setattr("fusebox.runtime.load_files.time.sleep", sleep)
    loaded = folder.load()
    assert (loaded.errors == (), logged(caplog) == []) == (is_waited_for, is_waited_for)
    assert sum(sleeps) <= 1.001


def logged(caplog, level: int = logging.ERROR) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= level]


def test_a_good_config_is_a_plan_without_a_word(folder, caplog):
    folder.save(GOOD)
    loaded = folder.load()
    assert (loads(loaded), loaded.errors, loaded.warnings) == (["car"], (), ())
    assert logged(caplog, logging.WARNING) == []


@pytest.mark.parametrize("how", BROKEN)
def test_a_config_that_was_never_good_is_none_and_says_why_once(folder, caplog, how):
    break_it(folder, how)
    first, again = folder.load(), folder.load()
    assert first.config is again.config is NO_CONFIG
    assert len(first.errors) == 1 and first == again
    lines = logged(caplog, logging.WARNING if how == "missing" else logging.ERROR)
    assert len(lines) == 1
    assert first.errors[0] in lines[0]


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_config_leaves_the_last_good_one_in_force(folder, how):
    folder.save(GOOD)
    folder.load()
    break_it(folder, how)
    loaded = folder.load()
    assert loads(loaded) == ["car"]
    assert len(loaded.errors) == 1


@pytest.mark.parametrize("how", BROKEN)
def test_after_a_restart_a_broken_config_leaves_the_last_good_one_in_force(folder, store, how):
    folder.save(GOOD)
    folder.load()
    store.clear()
    break_it(folder, how)
    loaded = folder.load()
    assert loads(loaded) == ["car"]
    assert len(loaded.errors) == 1
    assert loaded.is_fallback


def test_a_repaired_config_goes_before_the_last_good_one(folder):
    folder.save(GOOD)
    folder.load()
    break_it(folder, "syntax")
    folder.load()
    folder.save(config(loads={"van": charger("van")}))
    loaded = folder.load()
    assert (loads(loaded), loaded.errors, loaded.is_fallback) == (["van"], (), False)
    break_it(folder, "a mistake")
    assert loads(folder.load()) == ["van"]


NESTED = {f"nested {depth} deep": '{"site":' * depth + "1" + "}" * depth for depth in (900, 100_000)}
DAMAGES = [*(("", "{", '{"site": {"main_fuse_a": 25}}', "[]", "null", "\x00")), *NESTED.values()]


@pytest.mark.parametrize("damage", DAMAGES, ids=[*map(repr, DAMAGES[: -len(NESTED)]), *NESTED])
def test_a_damaged_memory_of_the_last_good_config_is_none_and_no_trouble(folder, store, damage):
    folder.kept.write_text(damage)
    break_it(folder, "syntax")
    loaded = folder.load()
    assert loaded.errors
    assert len(loaded.errors) == 1


def test_a_broken_config_is_never_kept_for_a_restart(folder):
    folder.save(GOOD)
    folder.load()
    before = folder.kept.read_text()
    break_it(folder, "a mistake")
    folder.load()
    assert folder.kept.read_text() == before


def test_the_state_for_a_restart_is_written_once(folder):
    folder.save(GOOD)
    folder.load()
    os.utime(folder.kept, ns=(0, 1))
    folder.load()
    assert folder.kept.stat().st_mtime_ns == 1
    assert [file.name for file in folder.kept.parent.iterdir()] == [folder.kept.name]


def test_without_a_storage_folder_nothing_is_stored_and_the_rest_works(folder):
    folder.kept.parent.rmdir()
    folder.save(GOOD)
    assert loads(folder.load()) == ["car"]
    assert not folder.kept.parent.exists()


def test_a_memory_that_cannot_be_written_is_reported_and_the_rest_works(folder, caplog):
    folder.kept.mkdir()
    folder.save(GOOD)
    assert loads(folder.load()) == ["car"]
    assert "the last good CONFIG cannot be saved" in logged(caplog, logging.WARNING)[0]


SECRET = config(loads={"car": charger(current="!secret box")})


def test_a_secret_is_filled_in(folder):
    folder.secrets.write_text("box: number.geheim\n")
    folder.save(SECRET)
    (car,) = folder.load().config.site({}).loads
    assert car.device["current"] == "number.geheim"


def test_a_secret_is_kept_for_a_restart_by_its_name_only(folder, store):
    folder.secrets.write_text("box: number.geheim\n")
    folder.save(SECRET)
    folder.load()
    assert "geheim" not in folder.kept.read_text()
    assert json.loads(folder.kept.read_text())["loads"]["car"]["current"] == "!secret box"
    store.clear()
    break_it(folder, "syntax")
    folder.edit(folder.secrets, "box: number.neu\n")
    (car,) = folder.load().config.site({}).loads
    assert car.device["current"] == "number.neu"


def test_a_missing_secret_is_a_mistake_with_its_place(folder):
    folder.save(SECRET)
    (error,) = folder.load().errors
    assert error.startswith("loads.car.current: secret 'box'")


def test_unreadable_secrets_are_reported_only_where_they_are_needed(folder, caplog):
    folder.secrets.write_text("box: [\n  : : geheim")
    folder.save(GOOD)
    assert folder.load().errors == ()
    folder.save(SECRET)
    missing, unreadable = folder.load().errors
    assert "loads.car.current" in missing and "secrets.yaml" in unreadable
    assert "geheim" not in caplog.text


def test_a_mistake_is_logged_again_when_it_comes_back(folder, caplog):
    folder.save(GOOD)
    for _ in range(2):
        folder.load()
        break_it(folder, "a mistake")
        folder.load()
        folder.save(GOOD)
    assert len(logged(caplog)) == 2


def test_another_mistake_is_logged_too(folder, caplog):
    break_it(folder, "a mistake")
    folder.load()
    break_it(folder, "no CONFIG")
    folder.load()
    assert len(logged(caplog)) == 2


def test_every_mistake_is_in_one_message(folder, caplog):
    folder.save(config(loads={"car": charger(max_a="much"), "tent": {"type": "tent"}}, main_fuse_a="big"))
    errors = folder.load().errors
    (message,) = logged(caplog)
    assert len(errors) == 3
    assert all(error in message for error in errors)


def test_a_new_installation_without_a_file_is_a_warning_with_its_remedy(folder, caplog):
    folder.config.unlink(missing_ok=True)
    folder.load()
    (line,) = logged(caplog, logging.WARNING)
    assert logged(caplog) == []
    assert "fusebox_setup writes one" in line and line.endswith("; nothing is controlled until then")


def test_a_file_that_has_vanished_is_an_error_while_its_config_stays_in_force(folder, caplog):
    folder.save(GOOD)
    folder.load()
    folder.config.unlink()
    assert loads(folder.load()) == ["car"]
    assert len(logged(caplog)) == 1


def test_a_warning_is_logged_once(folder, caplog):
    folder.save({})
    for _ in range(3):
        folder.load()
    assert len([line for line in logged(caplog, logging.WARNING) if "site: missing" in line]) == 1


def test_a_package_that_cannot_be_loaded_is_reported_with_a_good_config(folder, store, caplog):
    folder.save(GOOD)
    store["native_error"] = "SyntaxError: control.py, line 3"
    loaded = folder.load()
    assert loads(loaded) == ["car"]
    assert "control.py, line 3" in loaded.errors[0]
    store["native_error"] = None
    assert folder.load().errors == ()


def test_a_config_that_causes_an_error_is_a_mistake_and_the_last_good_one_continues(folder, monkeypatch):
    folder.save(GOOD)
    folder.load()
    folder.save(config(loads={"van": charger("van")}))
    monkeypatch.setattr("fusebox.config.config.build_site", lambda tree, **_: {}["L9"])
    loaded = folder.load()
    monkeypatch.undo()
    assert loads(loaded) == ["car"]
    (error,) = loaded.errors
    assert error.startswith("CONFIG cannot be used: KeyError 'L9' (config/config.py, line ")
    assert error.endswith("; please report it")


def test_a_last_good_config_that_causes_an_error_too_counts_as_none(folder, store, monkeypatch):
    folder.save(GOOD)
    folder.load()
    store.clear()
    monkeypatch.setattr("fusebox.runtime.load_files.read_config", lambda *_: {}["L9"])
    loaded = folder.load()
    monkeypatch.undo()
    assert loaded.config is NO_CONFIG
    (error,) = loaded.errors
    assert error.startswith("CONFIG cannot be used: KeyError 'L9' (")


def test_the_stamp_shows_every_file_that_decides_what_runs(folder):
    folder.save(GOOD)
    names = [os.path.relpath(path, folder.root) for path, _, _ in stamp_files(str(folder.doorway))]
    assert names == [
        "pyscript/modules/fusebox/control.py",
        "pyscript/modules/fusebox/drivers/number.py",
        "pyscript/modules/fusebox/messages/strings.json",
        "pyscript/modules/site_config.py",
        "secrets.yaml",
    ]


def test_a_missing_file_has_a_stamp_of_zeros(folder):
    assert [entry[1:] for entry in stamp_files(str(folder.doorway))[-2:]] == [(0, 0), (0, 0)]


@pytest.mark.parametrize("name", ["__pycache__/control.cpython-313.py", "notes.txt", ".control.py.swp"])
def test_what_decides_nothing_is_in_no_stamp(folder, name):
    before = stamp_files(str(folder.doorway))
    file = folder.modules / "fusebox" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("")
    assert stamp_files(str(folder.doorway)) == before


def test_a_last_good_config_that_cannot_be_written_is_reported_until_it_is(folder, monkeypatch, caplog):
    def full(file, text):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder.save(GOOD)
    monkeypatch.setattr("fusebox.runtime.load_files.replace_file", full)
    loaded = folder.load()
    assert (loads(loaded), loaded.errors) == (["car"], ())
    problem = "the last good CONFIG cannot be saved: [Errno 28] No space left on device. "
    assert unwritten_problem().startswith(problem)
    assert len(logged(caplog, logging.WARNING)) == 1
    monkeypatch.undo()
    folder.look()
    assert unwritten_problem().startswith(problem)  # it is tried again once a minute
    now_s = time.monotonic() + tuning.ENERGY_KEPT_S
    monkeypatch.setattr("fusebox.runtime.load_files.time.monotonic", lambda: now_s)
    folder.look()
    assert unwritten_problem() == ""
    assert json.loads(folder.kept.read_text()) == GOOD


def test_a_file_in_place_of_the_storage_folder_is_reported(folder):
    folder.kept.parent.rmdir()
    folder.kept.parent.write_text("")
    folder.save(GOOD)
    assert loads(folder.load()) == ["car"]
    assert unwritten_problem().startswith("the last good CONFIG cannot be saved: [Errno 20] Not a directory")


def test_a_damaged_file_of_the_last_good_config_is_replaced(folder):
    folder.kept.write_bytes(b"\xff")
    folder.save(GOOD)
    folder.load()
    assert unwritten_problem() == ""
    assert json.loads(folder.kept.read_text()) == GOOD
