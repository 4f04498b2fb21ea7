"""How to switch and set `water_heater` and `climate` entities, by the features that each reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.readings import View
from ..driver import ServiceCall

TARGET_TEMPERATURE, ON_OFF = 1, 8
"""Bits of a water heater's `supported_features` in Home Assistant."""

OFF = "off"


@dataclass(frozen=True, slots=True)
class Thermostat:
    """One domain: the attribute with its modes, the service and field that set a mode, and which modes heat."""

    domain: str
    modes: str
    service: str
    field: str
    heats: tuple[str, ...]
    switches: int | None

    def is_on(self, view: View, entity: str) -> bool | None:
        """Whether it heats when the water is too cold; None when that is unknown."""
        word = view.word(entity)
        if word is None:
            return None
        if word.strip().lower() == OFF:
            return False
        low_c, set_c = view.attribute_number(entity, "min_temp"), view.attribute_number(entity, "temperature")
        if self._only_temperature(view, entity) and low_c is not None and set_c is not None:
            return set_c > low_c
        return True

    def takes_temperature(self, view: View, entity: str) -> bool:
        """Whether a temperature can be set; True when it reports no features."""
        features = _features(view, entity)
        return features is None or bool(features & TARGET_TEMPERATURE)

    def temperature_call(self, entity: str, degrees_c: float) -> ServiceCall:
        """Set the temperature."""
        return ServiceCall(self.domain, "set_temperature", {"entity_id": entity, "temperature": degrees_c})

    def on_call(self, view: View, entity: str, heats_as: str | None) -> ServiceCall | None:
        """Return the call that lets it heat, in the mode in which it heated last; None when a temperature is enough."""
        if self._only_temperature(view, entity):
            return None
        modes = self._listed(view, entity)
        if modes and (OFF in modes or not self._switches(view, entity)):
            known = [mode for mode in (heats_as, *self.heats, *modes) if mode in modes and mode != OFF]
            if known:
                return self._mode_call(entity, known[0])
        return ServiceCall(self.domain, "turn_on", {"entity_id": entity})

    def off_call(self, view: View, entity: str) -> ServiceCall:
        """Return the call that stops it: off when it has that mode, else its lowest temperature."""
        low_c = view.attribute_number(entity, "min_temp")
        if self._only_temperature(view, entity) and low_c is not None:
            return self.temperature_call(entity, low_c)
        if OFF in self._listed(view, entity):
            return self._mode_call(entity, OFF)
        return ServiceCall(self.domain, "turn_off", {"entity_id": entity})

    def _mode_call(self, entity: str, mode: str) -> ServiceCall:
        return ServiceCall(self.domain, self.service, {"entity_id": entity, self.field: mode})

    def _listed(self, view: View, entity: str) -> tuple[str, ...]:
        found = view.attribute(entity, self.modes)
        return tuple(map(str, found)) if isinstance(found, list | tuple) else ()

    def _switches(self, view: View, entity: str) -> bool:
        features = _features(view, entity)
        return self.switches is None or features is None or bool(features & self.switches)

    def _only_temperature(self, view: View, entity: str) -> bool:
        """Whether its temperature is all that can be set."""
        return not self._switches(view, entity) and OFF not in self._listed(view, entity)


def _features(view: View, entity: str) -> int | None:
    found = view.attribute_number(entity, "supported_features")
    return None if found is None else int(found)


THERMOSTATS: Mapping[str, Thermostat] = {
    "water_heater": Thermostat(
        "water_heater",
        modes="operation_list",
        service="set_operation_mode",
        field="operation_mode",
        heats=("electric", "performance", "high_demand", "heat_pump", "eco", "gas"),
        switches=ON_OFF,
    ),
    "climate": Thermostat(
        "climate",
        modes="hvac_modes",
        service="set_hvac_mode",
        field="hvac_mode",
        heats=("heat", "heat_cool", "auto"),
        switches=None,
    ),
}
"""Domain -> how to control it."""


def is_thermostat(entity: object) -> bool:
    """Whether an entity shows its temperature as an attribute, in Home Assistant's temperature unit."""
    return isinstance(entity, str) and entity.partition(".")[0] in THERMOSTATS
