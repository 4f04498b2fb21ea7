"""The forms of later changes: each field is a value of site_config.py, which is edited in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import selector as sel

from .config_source import NotEditable
from .const import SITE
from .fields import Path, changed, editable, is_required
from .findings import FUSES, PHASES
from .new_loads import NewLoads
from .site_file import Refused, change_config, look, read, site_file


def number(low: float, high: float, unit: str, step: float = 0.1) -> sel.NumberSelector:
    config = sel.NumberSelectorConfig(min=low, max=high, step=step, unit_of_measurement=unit, mode="box")
    return sel.NumberSelector(config)


def _choice(options: list[str]) -> sel.SelectSelector:
    """Return a list to choose from; CONFIG may have another word for the same, which stays."""
    return sel.SelectSelector(sel.SelectSelectorConfig(options=options, mode="dropdown", custom_value=True))


def ticks(labels: Mapping[str, str]) -> sel.SelectSelector:
    """Return a list of loads to tick."""
    options = [sel.SelectOptionDict(value=name, label=label) for name, label in labels.items()]
    return sel.SelectSelector(sel.SelectSelectorConfig(options=options, multiple=True, mode="list"))


def phases_form(loads: Sequence[str], phases: Sequence[str]) -> vol.Schema:
    """Return the fields that ask for the phase of each load; all phases until one is chosen."""
    config = sel.SelectSelectorConfig(options=["all", *phases], mode="dropdown", translation_key="phases")
    return vol.Schema({vol.Required(name, default="all"): sel.SelectSelector(config) for name in loads})


WATTS = number(50, 40000, "W", 10)
WIRED = sel.SelectSelector(sel.SelectSelectorConfig(options=list(PHASES), multiple=True, mode="list"))
SITE_FIELDS: Mapping[str, tuple[Path, sel.Selector]] = {
    "dry_run": (("site", "dry_run"), sel.BooleanSelector()),
    "main_fuse_a": (("site", "main_fuse_a"), number(1, 1000, "A")),
    "fuse_type": (("site", "fuse_type"), _choice(list(FUSES))),
    "max_import_w": (("site", "max_import_w"), number(0, 1_000_000, "W", 1)),
    "target_kw": (("tariff", "target_kw"), number(0, 1000, "kW")),
}
"""Field -> its place in CONFIG and its selector. A field of a section that CONFIG does not have is left out."""


class FuseboxOptionsFlow(OptionsFlow):
    """Changes the site or one load, or adds loads."""

    _load = ""
    _shown: Mapping[str, object] = {}
    _new: NewLoads
    _ticked: Sequence[str] = ()
    _phases: Mapping[str, str] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Choose what to change."""
        return self.async_show_menu(step_id="init", menu_options=["site", "choose", "devices"])

    async def async_step_site(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Change the fuse, limits and the dry run."""
        return await self._form("site", SITE_FIELDS, user_input)

    async def async_step_choose(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Choose a load."""
        if user_input is not None:
            self._load = user_input["load"]
            return await self.async_step_load()
        site = self.hass.states.get(SITE)
        names = (
            [] if site is None else [each.removeprefix("sensor.fusebox_") for each in site.attributes.get("loads", ())]
        )
        if not names:
            return self.async_abort(reason="no_loads")
        return self.async_show_form(step_id="choose", data_schema=vol.Schema({vol.Required("load"): _choice(names)}))

    async def async_step_load(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Change a load's mode, its place among the others and, of chargers, its limits."""
        state = self.hass.states.get(f"sensor.fusebox_{self._load}")
        attributes = {} if state is None else state.attributes
        fields: dict[str, tuple[Path, sel.Selector]] = {
            "mode": (("loads", self._load, "mode"), _choice(list(attributes.get("modes") or ("standard", "off")))),
            "priority": (("loads", self._load, "priority"), number(0, 1000, "", 1)),
            "phases": (("loads", self._load, "phases"), WIRED),
        }
        if attributes.get("unit_of_measurement") == "A":
            fields["min_a"] = (("loads", self._load, "min_a"), number(0, 1000, "A"))
            fields["max_a"] = (("loads", self._load, "max_a"), number(0, 1000, "A"))
        return await self._form("load", fields, user_input)

    async def _form(
        self, step: str, fields: Mapping[str, tuple[Path, sel.Selector]], user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Show the values that a form can change, or write the changed ones."""
        places = {name: path for name, (path, _) in fields.items()}
        wrong = "", ""
        if user_input is not None:
            wrong = await self._refused(lambda text: changed(text, places, self._shown, user_input))
            if not wrong[0]:
                return self.async_create_entry(data={})
        text = await self.hass.async_add_executor_job(read, site_file(self.hass))
        self._shown = shown = editable(text, places)
        schema = vol.Schema(
            {
                (vol.Required if is_required(places[name], value) else vol.Optional)(name): fields[name][1]
                for name, value in shown.items()
            }
        )
        now = {name: value for name, value in shown.items() if value is not None}
        suggested = now if user_input is None else user_input
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=_errors(wrong[0]),
            description_placeholders={"load": self._load, "reason": wrong[1]},
        )

    async def async_step_devices(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Look at all entities again, and let the loads be ticked that CONFIG does not have yet."""
        if user_input is not None:
            self._ticked = user_input["loads"]
            return await self.async_step_phases()
        try:
            found = await look(self.hass)
            self._new = NewLoads.of(found, await self.hass.async_add_executor_job(read, site_file(self.hass)))
        except HomeAssistantError as error:
            return self.async_abort(reason="refused", description_placeholders={"reason": str(error)})
        except NotEditable as error:
            return self.async_abort(reason="not_editable", description_placeholders={"reason": _place(error)})
        return self._ticks() if self._new.loads else self.async_abort(reason="no_devices")

    async def async_step_phases(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask on which phase each ticked load is, where the site has several."""
        if user_input is None and len(self._new.site_phases) > 1 and self._ticked:
            return self.async_show_form(step_id="phases", data_schema=phases_form(self._ticked, self._new.site_phases))
        self._phases = user_input or {}
        return await self.async_step_ratings()

    async def async_step_ratings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the rated power of the ticked loads whose power nothing tells, then write the loads."""
        unrated = self._new.unrated(self._ticked)
        if user_input is None and unrated:
            fields = {vol.Required(name): WATTS for name in unrated}
            return self.async_show_form(step_id="ratings", data_schema=vol.Schema(fields))
        ratings = user_input or {}
        error, reason = await self._refused(lambda text: self._new.added(text, self._ticked, ratings, self._phases))
        return self._ticks(error, reason) if error else self.async_create_entry(data={})

    def _ticks(self, error: str = "", reason: str = "") -> ConfigFlowResult:
        """Show the new loads; those that were recognised for certain are ticked at first."""
        ticked = self._ticked if error else self._new.certain
        return self.async_show_form(
            step_id="devices",
            data_schema=vol.Schema({vol.Required("loads", default=list(ticked)): ticks(self._new.labels())}),
            errors=_errors(error),
            description_placeholders={**self._new.notes(), "reason": reason},
        )

    async def _refused(self, change: Callable[[str], str]) -> tuple[str, str]:
        """Change CONFIG; return why it was not changed, as the key of an error and its reason, ("", "") if it was."""
        try:
            await change_config(self.hass, change)
        except NotEditable as error:
            return "not_editable", _place(error)
        except Refused as error:
            return "refused", str(error)
        return "", ""


def _errors(key: str) -> dict[str, str]:
    return {"base": key} if key else {}


def _place(error: NotEditable) -> str:
    return f"{error.path}, line {error.line}"
