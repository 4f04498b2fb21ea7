"""The services of other integrations: each records its calls, checks its data as the real one does, and may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import homeassistant.helpers.config_validation as cv
import voluptuous as vol
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.restore_state import RestoreStateData
from homeassistant.helpers.service import async_set_service_schema

from tests.planning.services import ANSWERING_SERVICES

SWITCHED = ("turn_on", "turn_off")
SWITCHED_DOMAINS = ("switch", "input_boolean", "light", "climate", "water_heater", "homeassistant")
ENTITY_SERVICES: Mapping[str, Mapping[Any, Any]] = {
    **{f"{domain}.{name}": {} for domain in SWITCHED_DOMAINS for name in SWITCHED},
    "climate.set_hvac_mode": {vol.Required("hvac_mode"): cv.string},
    "climate.set_temperature": {vol.Required("temperature"): vol.Coerce(float)},
    "water_heater.set_operation_mode": {vol.Required("operation_mode"): cv.string},
    "water_heater.set_temperature": {vol.Required("temperature"): vol.Coerce(float)},
    "number.set_value": {vol.Required("value"): vol.Coerce(float)},
    "input_number.set_value": {vol.Required("value"): vol.Coerce(float)},
    "input_text.set_value": {vol.Required("value"): cv.string},
    "text.set_value": {vol.Required("value"): cv.string},
    "select.select_option": {vol.Required("option"): cv.string},
    "input_select.select_option": {vol.Required("option"): cv.string},
    "button.press": {},
    "input_button.press": {},
}
"""What these services take in addition to their target, as their integrations declare it."""

OTHER_SERVICES: Mapping[str, Mapping[Any, Any]] = {
    "ocpp.set_charge_rate": {
        vol.Optional("devid"): cv.string,
        vol.Optional("limit_amps"): cv.positive_float,
        vol.Optional("limit_watts"): cv.positive_int,
        vol.Optional("conn_id"): cv.positive_int,
        vol.Optional("custom_profile"): vol.Any(cv.string, dict),
    },
    "ocpp.clear_profile": {vol.Optional("devid"): cv.string},
    "ocpp.configure": {
        vol.Optional("devid"): cv.string,
        vol.Required("ocpp_key"): cv.string,
        vol.Required("value"): cv.string,
    },
    "persistent_notification.create": {
        vol.Required("message"): cv.string,
        vol.Optional("title"): cv.string,
        vol.Optional("notification_id"): cv.string,
    },
}
"""What services without a target take, as their integrations declare it."""

FREE_SERVICES = {
    "log.began": SupportsResponse.NONE,
    "log.ended": SupportsResponse.NONE,
    "ocpp.ask": SupportsResponse.ONLY,
    "ocpp.get_configuration": SupportsResponse.ONLY,
    "ocpp.set": SupportsResponse.ONLY,
    "easee.set_charger_dynamic_limit": SupportsResponse.NONE,
    "keba.disable": SupportsResponse.NONE,
    "keba.enable": SupportsResponse.NONE,
    "keba.set_current": SupportsResponse.NONE,
}
"""What tests make up, or what is known by its name alone, and what it answers; it takes anything."""


class Recorders:
    """Every call to another integration, in order; `answers` is the protocol's `respond`."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.calls: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        for service, fields in ENTITY_SERVICES.items():
            schema = _checked(cv.make_entity_service_schema({**fields}))
            described = {"fields": {str(field): {} for field in fields}, "target": {"entity": {}}}
            self._register(hass, service, SupportsResponse.OPTIONAL, described, schema)
        for service, fields in OTHER_SERVICES.items():
            described = {"fields": {str(field): {} for field in fields}}
            self._register(hass, service, SupportsResponse.NONE, described, _checked(vol.Schema({**fields})))
        for service, fields in ANSWERING_SERVICES.items():
            described = {"fields": {str(field): {} for field in fields}}
            self._register(hass, service, SupportsResponse.ONLY, described, _checked(vol.Schema({**fields})))
        for service, answers in FREE_SERVICES.items():
            self._register(hass, service, answers, {"fields": {}})

        async def save(_: ServiceCall) -> None:
            await RestoreStateData.async_save_persistent_states(hass)

        hass.services.async_register("homeassistant", "save_persistent_states", save)
        async_set_service_schema(hass, "homeassistant", "save_persistent_states", {"fields": {}})

    def _register(
        self,
        hass: HomeAssistant,
        service: str,
        answers: SupportsResponse,
        described: dict[str, Any],
        schema: Any = None,
    ) -> None:
        async def called(call: ServiceCall) -> Any:
            return self._called(service, dict(call.data), call.return_response)

        domain, _, name = service.partition(".")
        hass.services.async_register(domain, name, called, schema, answers)
        async_set_service_schema(hass, domain, name, described)

    def _called(self, service: str, data: dict[str, Any], wants_response: bool) -> Any:
        self.calls.append({"service": service, "data": data})
        for entry in self.answers:
            if entry["service"] == service and _is_part(entry.get("data") or {}, data):
                if "error" in entry:
                    raise HomeAssistantError(str(entry["error"]))
                return entry.get("response") if wants_response else None
        return None


def _checked(schema: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Refuses what the schema refuses, and passes on the data as the script gave it."""

    def check(data: Any) -> Any:
        schema(data)
        return data

    return check


def _is_part(wanted: Any, given: Any) -> bool:
    """Whether everything in `wanted` is in `given`, however deep."""
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        return all(key in given and _is_part(value, given[key]) for key, value in wanted.items())
    return bool(wanted == given)
