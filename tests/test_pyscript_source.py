"""Which pyscript the tests in real Home Assistant take, and that a download is what it should be or nothing."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from .true_ha.left_out import Behaviour
from .true_ha.pyscript_source import (
    COMPONENT,
    KNOWN_STATES,
    RELEASE,
    RELEASE_HASH,
    VARIABLE,
    NoPyscript,
    behaviour_of,
    describe,
    find,
    hash_of,
)

FILES = {"manifest.json": '{"version": "1.7.0"}', "__init__.py": "", "eval.py": "x = 1\n", "stubs/generator.py": ""}


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def folder_with(path: Path, **more: str) -> Path:
    for name, text in {**FILES, **more}.items():
        file = path / COMPONENT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return path


def archive_of(path: Path, *, top: str = "pyscript-2.1.0", **more: str) -> str:
    """An archive as a release has it: everything below one folder, the component among other files."""
    with tarfile.open(path, "w:gz") as packed:
        found = {f"{COMPONENT}/{name}": text for name, text in {**FILES, **more}.items()}
        for name, text in {"README.md": "hello", **found}.items():
            member = tarfile.TarInfo(f"{top}/{name}")
            member.size = len(text)
            packed.addfile(member, io.BytesIO(text.encode()))
    return path.as_uri()


def test_a_named_directory_is_taken_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(folder_with(tmp_path)))
    assert find() == tmp_path / COMPONENT


def test_a_named_directory_without_pyscript_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(NoPyscript, match=r"does not hold .*custom_components/pyscript/manifest\.json"):
        find()


def test_a_manifest_alone_is_no_pyscript(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / COMPONENT).mkdir(parents=True)
    (tmp_path / COMPONENT / "manifest.json").write_text(FILES["manifest.json"])
    with pytest.raises(NoPyscript, match=r"does not hold \S+/__init__\.py, \S+/eval\.py$"):
        find()


@pytest.mark.parametrize(
    "manifest, found",
    [("{", "cannot be read"), ("[]", "names no version"), ("{}", "names no version"), ('{"version": 1}', "no version")],
)
def test_a_manifest_that_makes_no_sense_is_named(tmp_path, monkeypatch, manifest, found):
    monkeypatch.setenv(VARIABLE, str(folder_with(tmp_path, **{"manifest.json": manifest})))
    with pytest.raises(NoPyscript, match=rf"manifest\.json .*{found}.*; put a whole copy"):
        find()


def test_a_release_is_downloaded_once_and_only_its_component_kept(tmp_path):
    expected = hash_of(folder_with(tmp_path / "same") / COMPONENT)
    url = archive_of(tmp_path / "release.tar.gz")
    found = find(tmp_path / "cache", url, expected)
    assert hash_of(found) == expected
    assert not list((tmp_path / "cache").rglob("README.md"))
    (tmp_path / "release.tar.gz").unlink()
    assert find(tmp_path / "cache", url, expected) == found


@pytest.mark.parametrize("change", [{"eval.py": "x = 2\n"}, {"more.py": ""}])
def test_a_download_with_other_files_is_refused_and_not_kept(tmp_path, change):
    expected = hash_of(folder_with(tmp_path / "same") / COMPONENT)
    with pytest.raises(NoPyscript, match="is not pyscript"):
        find(tmp_path / "cache", archive_of(tmp_path / "release.tar.gz", **change), expected)
    assert not list((tmp_path / "cache").iterdir())


def test_a_cached_copy_that_was_changed_is_replaced(tmp_path):
    expected = hash_of(folder_with(tmp_path / "same") / COMPONENT)
    url = archive_of(tmp_path / "release.tar.gz")
    (find(tmp_path / "cache", url, expected) / "eval.py").write_text("x = 3\n")
    assert hash_of(find(tmp_path / "cache", url, expected)) == expected


def test_a_cached_copy_that_was_changed_is_named_where_no_other_can_be_had(tmp_path):
    expected = hash_of(folder_with(tmp_path / "same") / COMPONENT)
    archive = tmp_path / "release.tar.gz"
    url = archive_of(archive)
    changed = find(tmp_path / "cache", url, expected)
    (changed / "eval.py").write_text("x = 3\n")
    archive.unlink()
    with pytest.raises(
        NoPyscript, match=f"somebody has changed it: .* {hash_of(changed)}, not {expected}; .* set {VARIABLE}"
    ):
        find(tmp_path / "cache", url, expected)


@pytest.mark.parametrize("name", ["../../../stolen.py", "../stolen.py"])
def test_nothing_is_unpacked_outside(tmp_path, name):
    expected = hash_of(folder_with(tmp_path / "same") / COMPONENT)
    find(tmp_path / "a" / "cache", archive_of(tmp_path / "release.tar.gz", **{name: "bad"}), expected)
    assert not list(tmp_path.rglob("stolen.py"))


@pytest.mark.parametrize(
    "content", [None, b"no archive", gzip.compress(b"cut short")[:-4]], ids=["none", "no archive", "cut short"]
)
def test_where_it_cannot_be_had_the_way_out_is_named(tmp_path, content):
    archive = tmp_path / "release.tar.gz"
    if content is not None:
        archive.write_bytes(content)
    with pytest.raises(NoPyscript, match=f"set {VARIABLE} to a directory"):
        find(tmp_path / "cache", archive.as_uri())
    assert not list((tmp_path / "cache").iterdir())


def test_what_python_compiled_changes_no_hash(tmp_path):
    component = folder_with(tmp_path) / COMPONENT
    before = hash_of(component)
    (component / "__pycache__").mkdir()
    (component / "__pycache__" / "eval.cpython-313.pyc").write_bytes(b"x")
    assert hash_of(component) == before != RELEASE_HASH


def test_the_default_download_is_the_release_that_new_users_get():
    assert RELEASE == "2.1.0"
    assert len(KNOWN_STATES) == 4
    assert KNOWN_STATES[RELEASE_HASH] == "as released"


@pytest.mark.parametrize(
    "version, manager, behaviour",
    [("1.7.0", False, Behaviour.V1_7), ("1.7.0", True, Behaviour.V2), ("2.1.0", True, Behaviour.V2)],
)
def test_rules_are_read_from_files_whatever_the_version_is(tmp_path, version, manager, behaviour):
    more = {"decorators/state.py": ""} if manager else {}
    component = folder_with(tmp_path, **{"manifest.json": f'{{"version": "{version}"}}', **more}) / COMPONENT
    assert behaviour_of(component) is behaviour


def test_a_development_copy_is_not_called_the_release(tmp_path):
    told = describe(folder_with(tmp_path) / COMPONENT)
    assert told.startswith("pyscript 1.7.0, no release (no decorator manager, files ")
    assert "(decorator manager" in describe(folder_with(tmp_path, **{"decorators/state.py": ""}) / COMPONENT)
