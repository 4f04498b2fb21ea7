"""The download for a bug report: versions, what was copied, what the scripts report, and CONFIG without secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotFound, async_get_integration

from . import FuseboxEntry
from .config_source import NotEditable, config_of
from .const import IS_RELEASE, PYSCRIPT, SITE

SECRETS = {
    "allowed_clients", "base_url", "charger", "host", "listen_host", "password", "quasar_host", "site_id", "tags",
    "username",
}  # fmt: skip
"""Keys of CONFIG that say who or where somebody is."""


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

    return {
        "version": scripts.version,
        "is_release": IS_RELEASE,
        "pyscript": pyscript,
        "installed": await hass.async_add_executor_job(on_disk),
        "states": [
            {
                "entity": state.entity_id,
                "state": state.state,
                "attributes": async_redact_data(state.attributes, SECRETS),
            }
            for state in (site, *loads)
            if state is not None
        ],
    }


def _config(file: Path) -> Any:
    """Return CONFIG without secrets, or why it is not shown: a calculated one may hold anything."""
    try:
        return async_redact_data(config_of(file.read_text(encoding="utf-8")), SECRETS)
    except (OSError, ValueError) as error:
        return f"not readable: {type(error).__name__}"
    except NotEditable as error:
        return f"not shown: line {error.line} is calculated"
