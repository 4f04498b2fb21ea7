"""How to switch and set `water_heater` and `climate` entities, by the features that each reports."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...config.domains import domain_of
from ...model.messages.message import message
from ...model.readings import View
from ..driver import ServiceCall

TARGET_TEMPERATURE, ON_OFF, TURN_OFF, TURN_ON = 1, 8, 128, 256
"""Bits of `supported_features` in Home Assistant: of both domains, of a water heater, and two of a climate entity."""

OFF = "off"
USUAL_STEP_K = 0.5
"""Step of a thermostat that reports none, and the most that a tank's may round by [K]."""


@dataclass(frozen=True, slots=True)
class Thermostat:
    """One domain: the attribute with its modes, the service and field that set a mode, and which modes heat.

    `switches`: the features of an entity that can be turned on and off.
    """

    domain: str
    modes: str
    service: str
    field: str
    heats: tuple[str, ...]
    switches: int

    def is_on(self, view: View, entity: str) -> bool | None:
        """Return whether the entity would heat if the water were too cold; None while its state is unknown.

        One that takes only a temperature is off at its lowest or below; while either temperature is unknown it counts
        as on.
        """
        word = view.word(entity)
        if word is None:
            return None
        if word.strip().lower() == OFF:
            return False
        low_c, set_c = view.attribute_number(entity, "min_temp"), view.attribute_number(entity, "temperature")
        if self._takes_only_temperature(view, entity) and low_c is not None and set_c is not None:
            return set_c > low_c
        return True

    def takes_temperature(self, view: View, entity: str) -> bool:
        """Return whether a target temperature can be set; True when the entity reports no features."""
        features = _features(view, entity)
        return features is None or bool(features & TARGET_TEMPERATURE)

    def temperature_call(self, entity: str, degrees_c: float) -> ServiceCall:
        """Return the call that sets the target temperature [°C]."""
        return ServiceCall(self.domain, "set_temperature", {"entity_id": entity, "temperature": degrees_c})

    def on_call(self, view: View, entity: str, heats_as: str | None) -> ServiceCall | None:
        """Return the call that lets it heat; None where its temperature alone does that.

        It sets a mode if there is a mode "off" or it cannot be turned on: `heats_as` (the last in which it heated),
        else the first usual one that it lists. Otherwise, or without such a mode, it is turned on.
        """
        if self._takes_only_temperature(view, entity):
            return None
        modes = self._listed_modes(view, entity)
        if modes and (OFF in modes or not self._can_turn_on_and_off(view, entity)):
            known = [mode for mode in (heats_as, *self.heats, *modes) if mode in modes and mode != OFF]
            if known:
                return self.mode_call(entity, known[0])
        return ServiceCall(self.domain, "turn_on", {"entity_id": entity})

    def heating_mode(self, view: View, entity: str) -> str:
        """Return the first usual mode that the entity lists, the most usual one if it lists none of them."""
        listed = self._listed_modes(view, entity)
        return next((mode for mode in self.heats if mode in listed), self.heats[0])

    def off_call(self, view: View, entity: str) -> ServiceCall:
        """Return the call that stops it: its mode off, else its service.

        The lowest temperature if it takes only that.
        """
        low_c = view.attribute_number(entity, "min_temp")
        if self._takes_only_temperature(view, entity) and low_c is not None:
            return self.temperature_call(entity, low_c)
        if OFF in self._listed_modes(view, entity):
            return self.mode_call(entity, OFF)
        return ServiceCall(self.domain, "turn_off", {"entity_id": entity})

    def mode_call(self, entity: str, mode: str) -> ServiceCall:
        """Return the call that sets a mode."""
        return ServiceCall(self.domain, self.service, {"entity_id": entity, self.field: mode})

    def _listed_modes(self, view: View, entity: str) -> tuple[str, ...]:
        """Return the modes that the entity offers, empty if it lists none."""
        found = view.attribute(entity, self.modes)
        return tuple(map(str, found)) if isinstance(found, list | tuple) else ()

    def _can_turn_on_and_off(self, view: View, entity: str) -> bool:
        """Return whether the entity has the services to turn it on and off; True when it reports no features."""
        features = _features(view, entity)
        return features is None or features & self.switches == self.switches

    def _takes_only_temperature(self, view: View, entity: str) -> bool:
        """Return whether a target temperature is all that can be set: no on and off, and no mode `off`."""
        return not self._can_turn_on_and_off(view, entity) and OFF not in self._listed_modes(view, entity)


def _features(view: View, entity: str) -> int | None:
    """Return the feature bits that an entity reports, None for none."""
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
        switches=TURN_OFF | TURN_ON,
    ),
}
"""Domain -> how to control it."""

CLIMATE = THERMOSTATS["climate"]


def is_thermostat(entity: object) -> bool:
    """Return whether an entity id is of a `water_heater` or `climate`, which has its temperature as an attribute."""
    return isinstance(entity, str) and domain_of(entity) in THERMOSTATS


def step_k(view: View, entity: str) -> float:
    """Return the step of a thermostat's set point [K]."""
    return view.attribute_number(entity, "target_temp_step") or USUAL_STEP_K


def settable_c(view: View, entity: str, target_c: float) -> float:
    """Return the temperature rounded up to the device's step and in its range [°C]; a lower one might never be met."""
    step = step_k(view, entity)
    low_c, high_c = view.attribute_number(entity, "min_temp"), view.attribute_number(entity, "max_temp")
    wanted_c = round(math.ceil(round(target_c / step, 6)) * step, 2)
    if low_c is not None:
        wanted_c = max(wanted_c, low_c)
    return wanted_c if high_c is None else min(wanted_c, high_c)


def unresponsive_message(view: View, entity: str, sent_c: float) -> str:
    """Return the message that a thermostat does not display the temperature it was sent (`sent_c`)."""
    shown_c = view.attribute_number(entity, "temperature")
    if shown_c is None:
        return message("temperature_not_displayed", entity=entity, sent_c=sent_c)
    return message("temperature_not_taken", entity=entity, sent_c=sent_c, shown_c=shown_c)
