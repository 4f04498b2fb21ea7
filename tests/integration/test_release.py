"""What `make release` builds, and that the stores take it: HACS, and Home Assistant's marketplace from 2026.11 on."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

import release

from .parts import INTEGRATION, ROOT, part

MANIFEST = json.loads((INTEGRATION / "manifest.json").read_text(encoding="utf-8"))
HACS = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))
KEYS = {
    "content_in_root", "country", "filename", "hacs", "hide_default_branch", "homeassistant", "name",
    "persistent_directory", "render_readme", "zip_release",
}  # fmt: skip
"""Everything that hacs.json may have."""

MOST_FILES, MOST_BYTES = 10_000, 100_000_000
"""Below what the marketplace unpacks."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    release.build(folder)
    return folder


def test_the_archive_has_the_integration_the_scripts_the_card_and_its_words(built):
    with zipfile.ZipFile(built / "fusebox.zip") as packed:
        names = set(packed.namelist())
        scripts = {
            file.relative_to(ROOT).as_posix() for file in (ROOT / "pyscript").rglob("*.*") if file.suffix != ".pyc"
        }
        scripts = {f"files/{name}" for name in scripts} - {"files/pyscript/modules/site_config.py"}
        assert {name for name in names if name.startswith("files/pyscript/")} == scripts
        tables = {
            f"files/pyscript/modules/fusebox/{file}" for file in ("model/messages/strings.json", "config/makes.json")
        }
        assert tables < names
        assert {f"files/www/{file.name}" for file in (ROOT / "www").iterdir()} < names
        assert {f"files/words/{name}.json" for name in ("de", "en", "sv")} < names
        assert {"manifest.json", "config_flow.py", "mistakes/de.json", "translations/en.json", "brand/icon.png"} < names
        assert [name for name in names if "__pycache__" in name or name.startswith(("/", ".")) or ".." in name] == []
        assert len(names) < MOST_FILES and sum(each.file_size for each in packed.infolist()) < MOST_BYTES
        assert packed.read("files/pyscript/balance_site.py") == (ROOT / "pyscript/balance_site.py").read_bytes()


def test_the_archive_lists_what_is_unpacked_as_the_integration_counts_it(built, tmp_path):
    with zipfile.ZipFile(built / "fusebox.zip") as packed:
        packed.extractall(tmp_path)
    listed = json.loads((tmp_path / "files.json").read_text())
    assert part("scripts").hashes(tmp_path / "files") == listed and len(listed) > 250
    (tmp_path / "files/pyscript/publish_mqtt.py").unlink()
    assert part("scripts").hashes(tmp_path / "files") != listed


def test_the_checksums_are_those_of_the_files(built):
    for line in (built / "SHA256SUMS").read_text().splitlines():
        found, name = line.split("  ")
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == found
    assert sorted(each.name for each in built.iterdir()) == ["SHA256SUMS", "fusebox-card.zip", "fusebox.zip"]


def test_the_same_sources_give_the_same_bytes(built, tmp_path, monkeypatch):
    copy = tmp_path / "elsewhere"
    for folder in ("custom_components", "pyscript", "www", "card/src/words"):
        shutil.copytree(ROOT / folder, copy / folder, copy_function=shutil.copyfile)
    monkeypatch.setattr(
        release, "FOLDERS", {place: copy / folder.relative_to(ROOT) for place, folder in release.FOLDERS.items()}
    )
    release.build(tmp_path / "dist")
    assert (tmp_path / "dist/fusebox.zip").read_bytes() == (built / "fusebox.zip").read_bytes()


def test_a_version_that_differs_anywhere_stops_the_build(tmp_path, monkeypatch):
    other = tmp_path / "fusebox"
    other.mkdir()
    (other / "manifest.json").write_text(json.dumps({**MANIFEST, "version": "0.9.9"}))
    monkeypatch.setattr(release, "INTEGRATION", other)
    with pytest.raises(ValueError, match=r"manifest\.json has version 0\.9\.9, the scripts have"):
        release.build(tmp_path / "dist")


def test_the_manifest_has_what_home_assistant_and_the_stores_need():
    required = {"domain", "name", "codeowners", "documentation", "issue_tracker", "version", "config_flow"}
    assert required < set(MANIFEST)
    assert MANIFEST["domain"] == INTEGRATION.name and MANIFEST["version"] == release.version()
    assert list(MANIFEST) == ["domain", "name", *sorted(set(MANIFEST) - {"domain", "name"})]
    assert all(owner.startswith("@") for owner in MANIFEST["codeowners"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", MANIFEST["version"])
    assert all(MANIFEST[key].startswith("https://") for key in ("documentation", "issue_tracker"))
    help_url = re.search(r'HELP = "(.+)"', (INTEGRATION / "const.py").read_text())
    assert help_url is not None and help_url[1].startswith(MANIFEST["documentation"])


def test_the_repository_is_one_that_the_stores_take():
    assert set(HACS) <= KEYS and isinstance(HACS["name"], str)
    assert HACS["zip_release"] is True and HACS["filename"] == "fusebox.zip"
    assert re.fullmatch(r"\d{4}\.\d+\.\d+", HACS["homeassistant"])
    assert [each.name for each in (ROOT / "custom_components").iterdir() if each.is_dir()] == ["fusebox"]
    for icon, size in (("icon.png", 256), ("icon@2x.png", 512)):
        image = (INTEGRATION / "brand" / icon).read_bytes()
        assert image.startswith(b"\x89PNG") and int.from_bytes(image[16:20], "big") == size
    assert re.search(r"!\[.+\]\(docs/.+\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_rule_of_the_quality_scale_is_met_or_does_not_apply():
    rules = yaml.safe_load((INTEGRATION / "quality_scale.yaml").read_text())["rules"]
    assert len(rules) > 45
    for rule, status in rules.items():
        assert status == "done" or (status["status"] == "exempt" and status["comment"]), rule


def test_a_folder_that_was_copied_out_of_a_checkout_knows_that_it_is_incomplete(tmp_path):
    folder = tmp_path / "config" / "custom_components" / "fusebox"
    shutil.copytree(INTEGRATION, folder)
    const = runpy.run_path(str(folder / "const.py"))
    assert (const["IS_RELEASE"], const["IS_COMPLETE"]) == (False, False)
    (folder / "files").mkdir()
    const = runpy.run_path(str(folder / "const.py"))
    assert const["IS_COMPLETE"] and const["SCRIPTS_FOLDER"] == folder / "files" / "pyscript"
    assert runpy.run_path(str(INTEGRATION / "const.py"))["SCRIPTS_FOLDER"] == ROOT / "pyscript"
