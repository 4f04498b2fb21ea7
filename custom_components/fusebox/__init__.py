"""Fusebox in Home Assistant: brings the scripts and the card, reports what is wrong. It controls nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_SERVICE_REGISTERED
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.typing import ConfigType

from .card import add_card, remove_card, serve_card
from .const import DOMAIN, PYSCRIPT
from .engine import copy_scripts, find_obstacle, scripts_of, start_scripts
from .issues import OBSTACLES, clear_issue, clear_issues, raise_issue, watch_states
from .scripts import Scripts
from .sentence_service import add_sentence_service

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


@dataclass
class Data:
    """What the entry holds while it is loaded. `is_new`: the scripts have changed and have yet to be started."""

    scripts: Scripts
    is_new: bool = False


FuseboxEntry = ConfigEntry[Data]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Serve the card's folder and the service for sentences, once for each run of Home Assistant."""
    await serve_card(hass)
    add_sentence_service(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: FuseboxEntry) -> bool:
    """Copy the scripts of this version, and have them prove that they start once Home Assistant has started."""
    data = entry.runtime_data = Data(await scripts_of(hass))
    obstacle = await find_obstacle(hass)
    changed: tuple[str, ...] = ()
    if obstacle is None or obstacle.key != "incomplete":
        try:
            data.is_new, changed = await copy_scripts(hass, data.scripts)
        except OSError as error:  # such as a full disk; Home Assistant tries again
            raise ConfigEntryNotReady(str(error)) from error
    if changed:
        report_changed(hass, changed)
    elif await hass.async_add_executor_job(data.scripts.has_failed):
        report_failed(hass, data.scripts)

    async def prove() -> None:
        obstacle = await find_obstacle(hass)
        for key in OBSTACLES:
            clear_issue(hass, key)
        if obstacle is not None:
            raise_issue(hass, obstacle.key, obstacle.values)
        elif data.is_new or await hass.async_add_executor_job(data.scripts.is_unproven):
            data.is_new = False
            await prove_scripts(hass, data.scripts)

    @callback
    def can_start(_: HomeAssistant | Event) -> None:
        entry.async_create_background_task(hass, prove(), "Fusebox: start of the scripts")

    @callback
    def is_pyscript(registered: Mapping[str, Any]) -> bool:
        return hass.is_running and registered == {"domain": PYSCRIPT, "service": "reload"}

    entry.async_on_unload(async_at_started(hass, can_start))
    entry.async_on_unload(hass.bus.async_listen(EVENT_SERVICE_REGISTERED, can_start, event_filter=is_pyscript))
    entry.async_on_unload(await watch_states(hass))
    await add_card(hass)
    return True


async def prove_scripts(hass: HomeAssistant, scripts: Scripts) -> bool:
    """Start new scripts, and report if they do not start; return whether they do."""
    started = await start_scripts(hass, scripts)
    if started:
        clear_issue(hass, "update_failed")
    else:
        report_failed(hass, scripts)
    return started


def report_failed(hass: HomeAssistant, scripts: Scripts) -> None:
    """Report scripts that did not start; a click tries them again."""
    raise_issue(hass, "update_failed", {"version": scripts.version}, fixable=True)


def report_changed(hass: HomeAssistant, changed: Iterable[str]) -> None:
    """Report the files that a person changed, which keep an update back; a click replaces them."""
    files = "\n".join(f"- `pyscript/{file}`" for file in changed)
    raise_issue(hass, "files_changed", {"files": files}, fixable=True)


async def async_unload_entry(hass: HomeAssistant, entry: FuseboxEntry) -> bool:
    """Stop watching; the scripts go on."""
    clear_issues(hass)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: FuseboxEntry) -> None:
    """Remove what was brought: the scripts, except for files that a person changed, and the card's resource."""
    await remove_card(hass)
    scripts = await scripts_of(hass)
    await hass.async_add_executor_job(scripts.remove)
    if hass.services.has_service(PYSCRIPT, "reload"):
        await hass.services.async_call(PYSCRIPT, "reload", {}, blocking=True)
