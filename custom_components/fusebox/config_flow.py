"""The forms of the first set-up, from what `pyscript.fusebox_setup` finds, and of later changes.

Both write the same site_config.py that a person edits, one value at a time.
"""

from __future__ import annotations

import asyncio
from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import selector as sel

from .config_source import NotEditable
from .const import DOMAIN
from .engine import add_pyscript, find_obstacle, scripts_of, start_scripts
from .findings import FUSES, PHASES, Answers, Findings
from .options_flow import WATTS, FuseboxOptionsFlow, number, phases_form, ticks
from .scripts import PACKAGE, Scripts
from .site_file import PROPOSED, look, read, site_file, write_first_config

NUMBER = number(6, 1000, "A")
LETTER = sel.SelectSelector(sel.SelectSelectorConfig(options=list(FUSES), mode="dropdown"))
ENTITY = sel.EntitySelector(sel.EntitySelectorConfig(domain=["sensor", "input_number", "number"]))


class FuseboxConfigFlow(ConfigFlow, domain=DOMAIN):
    """Copies the scripts, and writes site_config.py if there is none."""

    VERSION = 1

    def __init__(self) -> None:
        self._scripts: Scripts
        self._work: asyncio.Task[bool] | None = None
        self._is_first = False
        self._reason = ""
        self._found: Findings
        self._answers = Answers()

    @staticmethod
    @callback
    def async_get_options_flow(config_entry: ConfigEntry) -> FuseboxOptionsFlow:
        """Return the forms of later changes."""
        return FuseboxOptionsFlow()

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say what will be copied; where other scripts of Fusebox are in place, ask whether to replace them."""
        obstacle = await find_obstacle(self.hass)
        if obstacle is not None and obstacle.key != "pyscript_not_added":
            return self.async_abort(reason=obstacle.key, description_placeholders=obstacle.values)
        self._scripts = await scripts_of(self.hass)
        changed = await self.hass.async_add_executor_job(self._scripts.changed_by_hand)
        if user_input is not None:
            if obstacle is not None:
                await add_pyscript(self.hass)
                if obstacle := await find_obstacle(self.hass):
                    return self.async_abort(reason=obstacle.key, description_placeholders=obstacle.values)
            if not changed or user_input["replace"]:
                return await self.async_step_install()
            return await self.async_step_site()
        ask = {vol.Required("replace", default=False): sel.BooleanSelector()} if changed else {}
        return self.async_show_form(step_id="user", data_schema=vol.Schema(ask))

    async def async_step_install(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Copy the scripts and wait until they have started."""
        if self._work is None:
            self._work = self.hass.async_create_task(self._install())
        if not self._work.done():
            return self.async_show_progress(step_id="install", progress_action="install", progress_task=self._work)
        if isinstance(error := self._work.exception(), OSError | HomeAssistantError):
            self._reason = str(error)
            return self.async_show_progress_done(next_step_id="refused")
        return self.async_show_progress_done(next_step_id="site" if self._work.result() else "not_started")

    async def async_step_refused(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """End without an entry: the disk or pyscript refused something."""
        return self.async_abort(reason="refused", description_placeholders={"reason": self._reason})

    async def async_step_not_started(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """End without an entry: nothing of what was copied is left."""
        return self.async_abort(reason="not_started", description_placeholders={"version": self._scripts.version})

    async def async_step_site(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Keep a site_config.py that is there, unless a new one is asked for."""
        if (await self.hass.async_add_executor_job(read, site_file(self.hass))).strip():
            return self.async_show_menu(step_id="site", menu_options=["keep", "fuse"])
        return await self.async_step_fuse()

    async def async_step_keep(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Leave site_config.py as it is."""
        return self.async_create_entry(title="Fusebox", data={})

    async def async_step_fuse(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for what is printed on the main breaker, then look at all entities."""
        if user_input is None:
            fields = {vol.Required("main_fuse_a"): NUMBER, vol.Required("fuse_type", default="B"): LETTER}
            return self.async_show_form(step_id="fuse", data_schema=vol.Schema(fields))
        self._answers.fuse = user_input
        try:
            self._found = await look(self.hass)
        except HomeAssistantError as error:
            self._reason = str(error)
            return await self.async_step_refused()
        return await self.async_step_house()

    async def async_step_house(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show the meter, the sun and the battery that were found, to be corrected."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if user_input.get("L1"):
                self._answers.house = user_input
                return await self.async_step_loads()
            errors["L1"] = "no_meter"
        fields: dict[Any, Any] = {}
        for phase in PHASES:
            fields[vol.Optional(phase)] = ENTITY
            fields[vol.Optional(f"{phase}_export")] = ENTITY
        fields[vol.Required("invert", default=False)] = sel.BooleanSelector()
        for key in ("solar_w", "battery_soc_pct", "battery_charge_w"):
            fields[vol.Optional(key)] = ENTITY
        return self.async_show_form(
            step_id="house",
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), user_input or self._found.house()),
            errors=errors,
            description_placeholders=self._found.notes("site", "tariff", "prices"),
        )

    async def async_step_loads(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let the loads be ticked that Fusebox may command; those that were recognised for certain are ticked."""
        labels = self._found.labels()
        if user_input is None and labels:
            ticked = vol.Required("loads", default=list(self._found.certain))
            return self.async_show_form(
                step_id="loads",
                data_schema=vol.Schema({ticked: ticks(labels)}),
                description_placeholders=self._found.notes("loads", "radiators"),
            )
        self._answers.loads = (user_input or {}).get("loads", [])
        return await self.async_step_phases()

    async def async_step_phases(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask on which phase each load is, where the site has several."""
        phases, loads = self._answers.site_phases, self._answers.loads
        if user_input is None and len(phases) > 1 and loads:
            return self.async_show_form(step_id="phases", data_schema=phases_form(loads, phases))
        self._answers.phases = user_input or {}
        return await self.async_step_ratings()

    async def async_step_ratings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the rated power of the ticked loads whose power nothing tells, then write everything."""
        unrated = [name for name in self._answers.loads if name in self._found.unrated]
        if user_input is None and unrated:
            fields = {vol.Required(name): WATTS for name in unrated}
            return self.async_show_form(step_id="ratings", data_schema=vol.Schema(fields))
        self._answers.ratings = user_input or {}
        try:
            name = await write_first_config(self.hass, self._found, self._answers)
        except (OSError, HomeAssistantError, NotEditable) as error:
            self._reason = str(error)
            return await self.async_step_refused()
        which = "proposed" if name == PROPOSED else "default"
        return self.async_create_entry(title="Fusebox", data={}, description=which)

    @callback
    def async_remove(self) -> None:
        """Remove the scripts again if the forms are closed before the end, unless there were some before."""
        if self._work is not None and self._is_first:
            self.hass.async_create_task(self._undo(self._work))

    async def _undo(self, work: asyncio.Task[bool]) -> None:
        await asyncio.wait([work])
        if not self._async_current_entries():
            await self.hass.async_add_executor_job(self._scripts.remove)

    async def _install(self) -> bool:
        self._is_first = not await self.hass.async_add_executor_job((self._scripts.target / PACKAGE).exists)
        await self.hass.async_add_executor_job(self._scripts.install, True)
        return await start_scripts(self.hass, self._scripts)
