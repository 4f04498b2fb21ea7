"""The download for a bug report: versions, what was copied, what the scripts report, and CONFIG without secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotFound, async_get_integration

from . import FuseboxEntry
from .config_source import NotEditable, config_of
from .const import IS_RELEASE, PYSCRIPT, SITE
from .private import without_private


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: FuseboxEntry) -> dict[str, Any]:
    """Return everything that helps to see what is wrong."""
    scripts = entry.runtime_data.scripts
    try:
        pyscript = str((await async_get_integration(hass, PYSCRIPT)).version)
    except IntegrationNotFound:
        pyscript = None
    site = hass.states.get(SITE)
    loads = [] if site is None else [hass.states.get(entity) for entity in site.attributes.get("loads") or ()]

    def on_disk() -> dict[str, Any]:
        now = scripts.installed()
        return {
            "version": None if now is None else now.version,
            "is_unproven": scripts.is_unproven(),
            "has_failed": scripts.has_failed(),
            "changed_by_hand": list(scripts.changed_by_hand()),
            "config": _config(scripts.target / "modules" / "site_config.py"),
        }

    installed = await hass.async_add_executor_job(on_disk)
    states = [
        {"entity": state.entity_id, "state": state.state, "attributes": state.attributes}
        for state in (site, *loads)
        if state is not None
    ]
    report = {
        "version": scripts.version,
        "is_release": IS_RELEASE,
        "pyscript": pyscript,
        "installed": installed,
        "states": states,
    }
    return dict(without_private(report, installed["config"]))


def _config(file: Path) -> Any:
    """Return CONFIG, or why it is not shown: a calculated one may hold anything."""
    try:
        return config_of(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return f"not readable: {type(error).__name__}"
    except NotEditable as error:
        return f"not shown: line {error.line} is calculated"
