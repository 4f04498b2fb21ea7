"""What a click in Repairs does: take the files of Fusebox in place of changed ones."""

from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResult
from homeassistant.helpers import issue_registry as ir

from . import prove_scripts
from .const import DOMAIN
from .engine import scripts_of


class ReplaceFiles(RepairsFlow):
    """Asks once, then moves the changed files to `pyscript/.fusebox/yours` and copies those of this version."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> FlowResult:
        """Ask."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: dict[str, str] | None = None) -> FlowResult:
        """Copy, once it is confirmed."""
        if user_input is None:
            return self.async_show_form(
                step_id="confirm", data_schema=vol.Schema({}), description_placeholders=self._values
            )
        scripts = await scripts_of(self.hass)
        await self.hass.async_add_executor_job(scripts.install, True)
        if not await prove_scripts(self.hass, scripts):
            return self.async_abort(reason="update_failed", description_placeholders={"version": scripts.version})
        return self.async_create_entry(title="", data={})


async def async_create_fix_flow(hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None) -> RepairsFlow:
    """Return the form for the only problem that can be solved by a click."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    return ReplaceFiles(dict((issue and issue.translation_placeholders) or {}))
