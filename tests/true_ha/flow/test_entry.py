"""The entry: updates, the way back, repairs with their texts, a download without secrets, removal."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from tests.config.full import full

from .conftest import ROOT
from .test_config_flow import HOUSE
from .test_options_flow import publish, started
from .texts import TEXTS, check_issue

pytestmark = pytest.mark.asyncio
SECRET = re.compile(r"^!secret |^\d+\.\d+\.\d+\.\d+(/\d+)?$|^https?://|@")


def issues(hass: HomeAssistant) -> dict[str, Any]:
    """Return the repairs by their id; each has its texts in all languages."""
    found = {issue: each for (domain, issue), each in ir.async_get(hass).issues.items() if domain == "fusebox"}
    for each in found.values():
        check_issue(each)
    return found


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`newer(version)` is a release that the store has downloaded."""
    from custom_components.fusebox import engine

    def download(version: str) -> Path:
        folder = tmp_path / version
        shutil.copytree(ROOT / "pyscript", folder, ignore=shutil.ignore_patterns("__pycache__", "site_config*"))
        (folder / "modules/fusebox/runtime/version.py").write_text(f'VERSION = "{version}"\n')
        monkeypatch.setattr(engine, "SCRIPTS_FOLDER", folder)
        return folder

    return download


async def restarted(hass: HomeAssistant, entry: Any) -> None:
    """What a restart does for the integration."""
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def clicked(hass: HomeAssistant, key: str) -> Any:
    """Open a repair and submit its form; return the outcome."""
    from custom_components.fusebox.repairs import async_create_fix_flow

    fix = await async_create_fix_flow(hass, key, None)
    fix.hass = hass
    form = await fix.async_step_init()
    assert form["description_placeholders"] == issues(hass)[key].translation_placeholders
    return await fix.async_step_confirm({})


def version_in(scripts: Path) -> str:
    return str(json.loads((scripts / ".fusebox" / "installed.json").read_text())["version"])


async def test_an_update_is_copied_and_proven(hass, entry, pyscript, scripts, newer):
    mine = pyscript(HOUSE)
    await started(hass, mine, entry)
    newer("2.0.0")
    await restarted(hass, entry)
    assert version_in(scripts) == "2.0.0" == mine.began[-1] and issues(hass) == {}
    assert sorted(each.name for each in (scripts / ".fusebox").iterdir()) == ["installed.json"]


async def test_an_update_that_does_not_start_goes_back_and_is_not_tried_again(hass, entry, pyscript, scripts, newer):
    mine = pyscript(HOUSE)
    await started(hass, mine, entry)
    before = version_in(scripts)
    newer("2.0.0")
    mine.starts = False
    await restarted(hass, entry)
    assert version_in(scripts) == before and list(issues(hass)) == ["update_failed"]
    reloads = mine.reloads
    await restarted(hass, entry)
    assert mine.reloads == reloads and list(issues(hass)) == ["update_failed"]
    newer("2.0.1")
    mine.starts = True
    await restarted(hass, entry)
    assert version_in(scripts) == "2.0.1" and issues(hass) == {}


async def test_an_update_onto_a_full_disk_is_tried_again_later(hass, entry, pyscript, scripts, newer, monkeypatch):
    from custom_components.fusebox import scripts as copying

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    await started(hass, pyscript(HOUSE), entry)
    before = version_in(scripts)
    newer("2.0.0")
    with monkeypatch.context() as patch:
        patch.setattr(copying.shutil, "copyfile", full)
        await restarted(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_RETRY and "No space left" in entry.reason
    assert version_in(scripts) == before and (scripts / "balance_site.py").is_file()
    await restarted(hass, entry)
    assert entry.state is ConfigEntryState.LOADED and version_in(scripts) == "2.0.0"


async def test_half_of_a_download_is_never_copied(hass, entry, pyscript, scripts, newer, monkeypatch):
    from custom_components.fusebox import engine

    await started(hass, pyscript(HOUSE), entry)
    before = version_in(scripts)
    folder, listed = newer("2.0.0"), scripts.parent / "files.json"
    for name, value in (("IS_RELEASE", True), ("RELEASED", folder), ("RELEASED_FILES", listed)):
        monkeypatch.setattr(engine, name, value)
    for half in (None, "track_peak.py", "modules/fusebox/control/control.py"):
        if half is not None:
            whole = (folder / half).read_bytes()
            listed.write_text(json.dumps(engine.hashes(folder)))
            (folder / half).write_bytes(whole[:100])
        await restarted(hass, entry)
        assert list(issues(hass)) == ["incomplete"] and version_in(scripts) == before
        if half is not None:
            (folder / half).write_bytes(whole)
    await restarted(hass, entry)
    assert issues(hass) == {} and version_in(scripts) == "2.0.0"


@pytest.mark.parametrize("outcome", ["update_failed", "files_changed", ""])
async def test_a_click_tries_an_update_again(hass, entry, pyscript, scripts, newer, outcome):
    mine = pyscript(HOUSE)
    await started(hass, mine, entry)
    before = version_in(scripts)
    newer("2.0.0")
    mine.starts = False
    await restarted(hass, entry)
    mine.starts = outcome != "update_failed"
    if outcome == "files_changed":
        (scripts / "balance_site.py").write_text("# mine")
    done = await clicked(hass, "update_failed")
    assert done.get("reason", "") == outcome and version_in(scripts) == (before if outcome else "2.0.0")
    texts = [each["issues"]["update_failed"]["fix_flow"]["abort"] for each in TEXTS.values()]
    assert not outcome or len({each[outcome] for each in texts}) == len(TEXTS)
    assert list(issues(hass)) == {"files_changed": ["update_failed", outcome], "": []}.get(outcome, [outcome])
    assert outcome != "files_changed" or (scripts / "balance_site.py").read_text() == "# mine"


async def test_a_persons_changed_script_holds_an_update_back_until_a_click(hass, entry, pyscript, scripts, newer):
    await started(hass, pyscript(HOUSE), entry)
    before = version_in(scripts)
    (scripts / "balance_site.py").write_text("# mine")
    newer("2.0.0")
    await restarted(hass, entry)
    (held,) = issues(hass).values()
    assert held.translation_key == "files_changed" and "balance_site.py" in held.translation_placeholders["files"]
    assert version_in(scripts) == before and (scripts / "balance_site.py").read_text() == "# mine"

    done = await clicked(hass, "files_changed")
    assert done["type"] == "create_entry" and version_in(scripts) == "2.0.0"
    assert (scripts / ".fusebox/yours/balance_site.py").read_text() == "# mine"


@pytest.mark.parametrize("key", ["pyscript_missing", "pyscript_old", "pyscript_not_started", "pyscript_not_added"])
async def test_a_pyscript_that_does_not_run_is_a_repair_until_it_runs(hass, entry, pyscript, key):
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    if key != "pyscript_missing":
        pyscript(HOUSE, "1.0.0" if key == "pyscript_old" else "2.1.0", is_set_up=False)
    if key == "pyscript_not_started":
        MockConfigEntry(domain="pyscript").add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert list(issues(hass)) == [key]
    mine = pyscript(HOUSE)
    await hass.async_block_till_done(wait_background_tasks=True)
    if key == "pyscript_old":
        await restarted(hass, entry)
    assert issues(hass) == {} and mine.began


async def test_mistakes_and_faults_are_repairs_for_as_long_as_they_last(hass, entry, pyscript):
    hass.config.language = "de"
    await started(hass, pyscript(HOUSE), entry)
    codes = {"errors_code": ["reading_missing"], "errors_values": [{"path": "site.grid.L1"}]}
    publish(hass, "config_error", errors=["site.grid.L1: x"], **codes)
    await hass.async_block_till_done()
    (mistake,) = issues(hass).values()
    assert mistake.translation_key == "config_mistakes" and mistake.severity == ir.IssueSeverity.ERROR
    assert "site.grid.L1: " in mistake.translation_placeholders["sentences"]
    publish(hass, "fault", errors=["site.grid.L1: x"], **codes)
    fault = {"status": "fault", "reason": "x", "reason_code": "device_fault", "reason_values": {}}
    hass.states.async_set("sensor.fusebox_car", "0", fault)
    await hass.async_block_till_done()
    assert sorted(issues(hass)) == ["load_fault_car", "problems"]
    publish(hass, "ok")
    await hass.async_block_till_done()
    assert issues(hass) == {}


def private(node: Any) -> set[str]:
    if isinstance(node, dict):
        return {text for child in node.values() for text in private(child)}
    if isinstance(node, list | tuple):
        return {text for child in node for text in private(child)}
    return {node} if isinstance(node, str) and SECRET.search(node) else set()


async def test_the_download_has_no_secret_wherever_it_may_stand(hass, entry, pyscript, scripts):
    from custom_components.fusebox.diagnostics import async_get_config_entry_diagnostics

    await started(hass, pyscript(HOUSE), entry)
    config, site = full(), "sensor.fusebox_site"
    mine = scripts / "modules" / "site_config.py"
    mine.write_text(f"CONFIG = {config!r}\n")
    hidden = private(config) | {"erik@example.com"}
    said = [f"devices: {each} does not answer" for each in sorted(hidden)]
    values = [{"address": each} for each in sorted(hidden)]
    told = {"errors": said, "errors_values": values}
    hass.states.async_set(site, "fault", {"loads": ["sensor.fusebox_car"], **told})
    hass.states.async_set("sensor.fusebox_car", "0", told)
    assert len(hidden) > 4
    shown = await async_get_config_entry_diagnostics(hass, entry)
    text = json.dumps(shown, default=str)
    assert shown["installed"]["config"]["site"]["main_fuse_a"] == config["site"]["main_fuse_a"]
    assert {each for each in hidden if each in text} == set()


async def test_removal_takes_what_was_brought_and_leaves_what_is_a_persons(hass, entry, pyscript, scripts):
    await started(hass, pyscript(HOUSE), entry)
    (scripts / "my_own.py").write_text("# mine")
    (scripts / "modules" / "site_config.py").write_text("CONFIG = {}")
    (scripts / "track_peak.py").write_text("# mine too")
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    left = sorted(each.relative_to(scripts).as_posix() for each in scripts.rglob("*") if each.is_file())
    assert left == ["modules/site_config.py", "my_own.py", "track_peak.py"]
    assert issues(hass) == {} and len(TEXTS) == 8
