"""What a click in Repairs does: take the files of Fusebox in place of changed ones, or try an update again."""

from __future__ import annotations

from typing import Any

import voluptuous as vol
from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResult
from homeassistant.helpers import issue_registry as ir

from . import prove_scripts, report_changed
from .const import DOMAIN
from .engine import scripts_of
from .scripts import ChangedByHand


class CopyFiles(RepairsFlow):
    """Asks once, then copies the files of this version and proves that they start.

    `replace`: changed files are moved to `pyscript/.fusebox/yours`; otherwise they are left, and nothing is copied.
    """

    def __init__(self, values: dict[str, str], replace: bool) -> None:
        self._values, self._replace = values, replace

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
        try:
            await self.hass.async_add_executor_job(scripts.install, self._replace)
        except ChangedByHand as changed:
            report_changed(self.hass, changed.files)
            return self.async_abort(reason="files_changed")
        if not await prove_scripts(self.hass, scripts):
            return self.async_abort(reason="update_failed", description_placeholders={"version": scripts.version})
        return self.async_create_entry(title="", data={})


async def async_create_fix_flow(hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None) -> RepairsFlow:
    """Return the form for one of the two problems that can be solved by a click."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    return CopyFiles(dict((issue and issue.translation_placeholders) or {}), replace=issue_id == "files_changed")
