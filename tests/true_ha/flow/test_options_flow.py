"""The forms of later changes: they change one value of a person's file, and refuse what they cannot change."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from homeassistant.core import HomeAssistant

from .test_config_flow import HOUSE, suggested
from .texts import check_flow

MINE = """\
# The house of Erik; ask before you change anything.
BOILER = "switch.boiler"
CONFIG = {
    "site": {
        "main_fuse_a": 25,  # printed: C25
        "grid": {"L1": "sensor.grid", "L2": "sensor.grid_2"}, "max_import_w": LIMIT if (LIMIT := 9000) else None,
        # Erik said: wait
        "dry_run": True},
    "loads": {
        "car": {"type": "number", "current": "number.car", "max_a": 16},   # the old cable
        "boiler": {"type": "plug", "switch": BOILER, "rated_w": 2000},
    },
}
"""

pytestmark = pytest.mark.asyncio


@pytest.fixture
def mine(scripts):
    file = scripts / "modules" / "site_config.py"
    file.parent.mkdir(parents=True)
    file.write_text(MINE)
    return file


async def configure(hass: HomeAssistant, entry: Any, *steps: dict[str, Any]) -> dict[str, Any]:
    """Open the options and submit these forms one after another; each has its texts."""
    flow: Any = await hass.config_entries.options.async_init(entry.entry_id)
    for step in steps:
        check_flow(flow, "options")
        flow = await hass.config_entries.options.async_configure(flow["flow_id"], step)
    check_flow(flow, "options")
    return flow


def publish(hass: HomeAssistant, state: str = "dry_run", **attributes: Any) -> None:
    hass.states.async_set("sensor.fusebox_site", state, {"loads": ["sensor.fusebox_car"], **attributes})
    hass.states.async_set("sensor.fusebox_car", "6", {"unit_of_measurement": "A", "modes": ["standard", "off"]})


async def test_one_value_changes_and_every_comment_stays(hass, entry, mine):
    flow = await configure(hass, entry, {"next_step_id": "site"})
    assert suggested(flow) == {"dry_run": True, "main_fuse_a": 25, "fuse_type": "B"}
    flow = await configure(hass, entry, {"next_step_id": "site"}, {**suggested(flow), "dry_run": False})
    assert flow["type"] == "create_entry"
    assert mine.read_text() == MINE.replace('"dry_run": True', '"dry_run": False')


async def test_a_load_changes_alone(hass, entry, mine):
    publish(hass)
    flow = await configure(hass, entry, {"next_step_id": "choose"}, {"load": "car"})
    assert suggested(flow)["max_a"] == 16
    await configure(hass, entry, {"next_step_id": "choose"}, {"load": "car"}, {**suggested(flow), "max_a": 20})
    assert mine.read_text() == MINE.replace('"max_a": 16}', '"max_a": 20}')


async def test_a_change_that_the_scripts_refuse_is_taken_back(hass, entry, mine):
    publish(hass)

    def refuse(event: Any) -> None:
        publish(hass, "config_error", errors=["too much"])

    flow: Any = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {"next_step_id": "site"})
    hass.loop.call_later(0.05, refuse, None)
    answer = {**suggested(flow), "main_fuse_a": 999}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], answer)
    check_flow(flow, "options")
    assert flow["errors"] == {"base": "refused"} and flow["description_placeholders"]["reason"] == "- too much"
    assert suggested(flow)["main_fuse_a"] == 999
    assert mine.read_text() == MINE


async def test_what_a_person_saves_while_a_change_is_checked_or_a_form_is_open_stays(hass, entry, mine):
    publish(hass)
    flow: Any = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {"next_step_id": "site"})
    edited = MINE.replace('"main_fuse_a": 25', '"main_fuse_a": 35')
    mine.write_text(edited)
    answer = {**suggested(flow), "dry_run": False}
    assert (await hass.config_entries.options.async_configure(flow["flow_id"], answer))["type"] == "create_entry"
    assert mine.read_text() == edited.replace('"dry_run": True', '"dry_run": False')

    async def edit_and_refuse() -> None:
        while "999" not in mine.read_text():
            await asyncio.sleep(0.01)
        mine.write_text("# a person's newer file")
        publish(hass, "config_error", errors=["too much"])

    flow = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {"next_step_id": "site"})
    edited_meanwhile = hass.async_create_task(edit_and_refuse())
    await hass.config_entries.options.async_configure(flow["flow_id"], {**suggested(flow), "main_fuse_a": 999})
    await edited_meanwhile
    assert mine.read_text() == "# a person's newer file"


async def test_without_loads_or_new_devices_the_forms_say_so(hass, entry, mine, pyscript, scripts):
    pyscript({})
    await hass.services.async_call("pyscript", "reload", {}, blocking=True)
    flow = await configure(hass, entry, {"next_step_id": "choose"})
    assert (flow["type"], flow["reason"]) == ("abort", "no_loads")


async def test_new_devices_are_added_between_a_persons_own_lines(hass, entry, mine, pyscript, monkeypatch):
    await started(hass, pyscript(HOUSE), entry)
    flow = await configure(hass, entry, {"next_step_id": "devices"})
    assert "- loads.poolpumpe: " in flow["description_placeholders"]["reasons"]
    steps = {"next_step_id": "devices"}, {"loads": ["heizstab"]}, {"heizstab": "L2"}, {"heizstab": 2000}
    flow = await configure(hass, entry, *steps)
    assert flow["type"] == "create_entry"
    after = mine.read_text()
    assert '"heizstab": {"type": "plug", "switch": "switch.heizstab"' in after and '"phases": ["L2"]' in after
    assert [line for line in MINE.splitlines() if line not in after.splitlines()] == []


async def test_a_calculated_config_is_left_alone(hass, entry, mine, pyscript):
    await started(hass, pyscript(HOUSE), entry)
    calculated = MINE.replace('"loads": {', '"loads": MORE and {')
    mine.write_text(calculated)
    flow = await configure(hass, entry, {"next_step_id": "devices"})
    assert (flow["type"], flow["reason"]) == ("abort", "not_editable")
    assert flow["description_placeholders"] == {"reason": "loads, line 9"}
    assert mine.read_text() == calculated


async def started(hass: HomeAssistant, pyscript: Any, entry: Any) -> None:
    """Set the integration up and let its scripts start."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pyscript.began
