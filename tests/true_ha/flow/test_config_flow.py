"""The first set-up: each form with its texts in eight languages, each way out, and what is written and left behind."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from fusebox.config.read_config import read_config
from tests.detect.dumps import HOMES

from .texts import check_flow

HOUSE = {
    **HOMES["huawei, in German"][0],
    "switch.poolpumpe": "on",
    "sensor.poolpumpe_leistung": "1200 W",
    "switch.heizstab": "off",
    "sensor.heizstab_leistung": "0 W",
}
FUSE = {"main_fuse_a": 35, "fuse_type": "C"}

pytestmark = pytest.mark.asyncio


async def begin(hass: HomeAssistant) -> dict[str, Any]:
    return await _checked(hass, await hass.config_entries.flow.async_init("fusebox", context={"source": "user"}))


async def submit(hass: HomeAssistant, flow: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return await _checked(hass, await hass.config_entries.flow.async_configure(flow["flow_id"], fields))


async def _checked(hass: HomeAssistant, flow: Any) -> dict[str, Any]:
    """Return the next form after any progress; each on the way has its texts."""
    check_flow(flow)
    while flow["type"] in ("progress", "progress_done"):
        await hass.async_block_till_done(wait_background_tasks=True)
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"])
        if flow["type"] != "progress_done":
            check_flow(flow)
    return flow


def suggested(flow: dict[str, Any]) -> dict[str, Any]:
    keys = flow["data_schema"].schema
    marked = {str(key): (key.description or {}).get("suggested_value") for key in keys}
    return {name: value for name, value in marked.items() if value is not None}


def written(scripts: Path, name: str = "site_config.py") -> Any:
    tree = ast.parse((scripts / "modules" / name).read_text())
    return ast.literal_eval(tree.body[-1].value)  # type: ignore[attr-defined]


async def test_every_form_leads_to_a_config_that_the_scripts_accept(hass, pyscript, scripts):
    pyscript(HOUSE)
    flow = await submit(hass, await begin(hass))
    assert flow["step_id"] == "fuse"
    flow = await submit(hass, flow, **FUSE)
    assert flow["step_id"] == "house" and "- site.grid: " in flow["description_placeholders"]["reasons"]
    flow = await submit(hass, flow, **suggested(flow))
    assert flow["step_id"] == "loads"
    flow = await submit(hass, flow, loads=["poolpumpe", "heizstab"])
    assert flow["step_id"] == "phases"
    flow = await submit(hass, flow, poolpumpe="L1", heizstab="all")
    assert flow["step_id"] == "ratings" and list(flow["data_schema"].schema) == ["heizstab"]
    flow = await submit(hass, flow, heizstab=2000)
    assert (flow["type"], flow["title"], flow["description"]) == ("create_entry", "Fusebox", "default")
    config = written(scripts)
    assert read_config(config).errors == ()
    assert (config["site"]["main_fuse_a"], config["site"]["fuse_type"], config["site"]["dry_run"]) == (35, "C", True)
    assert config["loads"]["poolpumpe"]["phases"] == ["L1"] and config["loads"]["heizstab"]["rated_w"] == 2000


async def test_the_findings_are_shown_in_the_language_of_home_assistant(hass, pyscript):
    hass.config.language = "de"
    pyscript(HOUSE)
    flow = await submit(hass, await submit(hass, await begin(hass)), **FUSE)
    assert "benannt wie bei Huawei" in flow["description_placeholders"]["reasons"]


async def test_a_meter_is_required_and_a_house_without_one_is_written(hass, pyscript, scripts):
    pyscript({})
    flow = await submit(hass, await submit(hass, await begin(hass)), **FUSE)
    flow = await submit(hass, flow, invert=False)
    assert flow["errors"] == {"L1": "no_meter"}
    flow = await submit(hass, flow, L1="sensor.mine", invert=True)
    assert flow["type"] == "create_entry"
    assert written(scripts)["site"]["grid"] == {"L1": {"entity": "sensor.mine", "invert": True}}


async def test_a_persons_config_stays_in_both_ways(hass, pyscript, scripts):
    pyscript(HOUSE)
    mine = scripts / "modules" / "site_config.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine\nCONFIG = {}  # for now\n")
    menu = await submit(hass, await begin(hass))
    assert (menu["type"], menu["step_id"]) == ("menu", "site")
    flow = await submit(hass, menu, next_step_id="fuse")
    flow = await submit(hass, flow, **FUSE)
    flow = await submit(hass, await submit(hass, flow, **suggested(flow)), loads=[])
    assert (flow["type"], flow["description"]) == ("create_entry", "proposed")
    assert written(scripts, "site_config.proposed.py")["loads"] == {}
    assert mine.read_text() == "# mine\nCONFIG = {}  # for now\n"


@pytest.mark.parametrize("replace", [True, False])
async def test_scripts_that_a_person_changed_are_replaced_only_when_that_is_ticked(hass, pyscript, scripts, replace):
    pyscript(HOUSE)
    scripts.mkdir()
    (scripts / "balance_site.py").write_text("# mine")
    flow = await begin(hass)
    assert list(flow["data_schema"].schema) == ["replace"]
    await submit(hass, flow, replace=replace)
    assert ((scripts / "balance_site.py").read_text() == "# mine") is not replace
    assert (scripts / ".fusebox" / "yours" / "balance_site.py").is_file() is replace


@pytest.mark.parametrize("version", ["missing", "1.6.4"])
async def test_without_a_pyscript_that_fits_nothing_is_copied(hass, pyscript, scripts, version):
    if version != "missing":
        pyscript(HOUSE, version)
    flow = await begin(hass)
    reason = "pyscript_missing" if version == "missing" else "pyscript_old"
    assert (flow["type"], flow["reason"]) == ("abort", reason) and not scripts.exists()


async def test_a_pyscript_that_does_not_start_is_named_with_its_version(hass, pyscript, scripts):
    pyscript(HOUSE, is_set_up=False)
    MockConfigEntry(domain="pyscript").add_to_hass(hass)
    flow = await begin(hass)
    assert (flow["reason"], flow["description_placeholders"]) == ("pyscript_not_started", {"version": "2.1.0"})
    assert not scripts.exists()


async def test_scripts_that_do_not_start_are_removed_again(hass, pyscript, scripts):
    pyscript(HOUSE).starts = False
    flow = await submit(hass, await begin(hass))
    assert (flow["type"], flow["reason"]) == ("abort", "not_started")
    assert list(scripts.rglob("*.py")) == [] and hass.config_entries.async_entries("fusebox") == []


async def test_a_failing_detection_ends_the_forms_with_its_reason(hass, pyscript):
    mine = pyscript(HOUSE)
    flow = await submit(hass, await begin(hass))
    mine.refuses = "no room"
    flow = await submit(hass, flow, **FUSE)
    assert (flow["type"], flow["reason"], flow["description_placeholders"]) == (
        "abort",
        "refused",
        {"reason": "no room"},
    )


async def test_a_full_disk_ends_the_forms_with_its_reason(hass, pyscript, monkeypatch):
    from custom_components.fusebox.scripts import Scripts

    def full(*args: object) -> bool:
        raise OSError(28, "No space left on device")

    pyscript(HOUSE)
    monkeypatch.setattr(Scripts, "install", full)
    flow = await submit(hass, await begin(hass))
    assert flow["reason"] == "refused" and "No space left" in flow["description_placeholders"]["reason"]


async def test_forms_that_are_closed_early_leave_nothing(hass, pyscript, scripts):
    pyscript(HOUSE)
    flow = await submit(hass, await begin(hass))
    assert (scripts / "balance_site.py").is_file()
    hass.config_entries.flow.async_abort(flow["flow_id"])
    await hass.async_block_till_done(wait_background_tasks=True)
    assert list(scripts.rglob("*.py")) == []


async def test_a_second_fusebox_is_refused(hass, pyscript, entry):
    pyscript(HOUSE)
    flow = await begin(hass)
    assert (flow["type"], flow["reason"]) == ("abort", "single_instance_allowed")
