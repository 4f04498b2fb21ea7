"""A house with a tank: an element that obeys, and water that warms up while it draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .houses import House, config, unit, watts


def tank(**more: Any) -> dict[str, Any]:
    """Return a tank of 2300 W, ten amps, on L1, without minimum times."""
    found = {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank", "power": "sensor.tank_power"}
    return {**found, "rated_w": 2300, "phases": ["L1"], "min_on_s": 0, "min_off_s": 0, **more}


def warm(**more: Any) -> dict[str, Any]:
    """Return a CONFIG with one tank."""
    return config(loads={"tank": tank(**more)})


@dataclass
class Tank:
    """A small boiler: a degree in ten seconds. `entity` may be a thermostat's; its `attributes` are shown with it.

    With `mute` it heats as commanded, and keeps showing its earlier temperature.
    """

    celsius: float | str = 40.0
    on: bool = False
    entity: str = "switch.tank"
    on_word: str = "on"
    attributes: dict[str, Any] = field(default_factory=dict)
    own_c: float = 75.0
    litres_k_s: float = 0.1
    mute: bool = False

    @property
    def draw_a(self) -> float:
        """Current of its element [A]; its own thermostat opens by itself."""
        set_c = self.own_c if self.mute else float(self.attributes.get("temperature", self.own_c))
        numb = isinstance(self.celsius, str)
        return 10.0 if self.on and (numb or float(self.celsius) < min(self.own_c, set_c)) else 0.0

    def step(self) -> None:
        """Advance by a second."""
        if not isinstance(self.celsius, str) and self.draw_a:
            self.celsius += self.litres_k_s

    def states(self) -> dict[str, Any]:
        """Return its entities' states."""
        shown = self.celsius if isinstance(self.celsius, str) else round(self.celsius, 1)
        if not isinstance(shown, str) and "temperature" in self.attributes:
            self.attributes["current_temperature"] = shown
        return {
            self.entity: {"state": self.on_word if self.on else "off", "attributes": self.attributes},
            "sensor.tank": unit(shown, "°C"),
            "sensor.tank_power": watts(self.draw_a * 230),
        }

    def obey(self, service: str, data: Mapping[str, Any]) -> None:
        """Carry out a service call."""
        what = service.partition(".")[2]
        if what in ("turn_on", "turn_off"):
            self.on = what == "turn_on"
        elif what in ("set_operation_mode", "set_hvac_mode"):
            word = data.get("operation_mode", data.get("hvac_mode"))
            self.on, self.on_word = word != "off", str(word) if word != "off" else self.on_word
        elif what == "set_temperature" and not self.mute:
            self.attributes["temperature"] = data["temperature"]


class Warm:
    """Runs a house with a tank."""

    def __init__(self, house: House, base_a: float, water: Tank) -> None:
        self.house, self.base_a, self.water, self.second = house, base_a, water, 0

    def run(self, seconds: int, every: int = 2) -> None:
        """Run for this many seconds."""
        self.house.leaps = every > 1
        for left in reversed(range(0, seconds, every)):
            flow = unit(self.base_a + self.water.draw_a, "A")
            self.house.report(self.second, {"sensor.l1": flow, **self.water.states()}, last=left == 0)
            for call in self.house.reply["calls"]:
                if call["data"].get("entity_id") == self.water.entity:
                    self.water.obey(call["service"], call["data"])
            for _ in range(every):
                self.water.step()
            self.second += every

    @property
    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """All calls to the tank: service, and data without the entity."""
        mine = [(s, d) for _, s, d in self.house.calls if d.get("entity_id") == self.water.entity]
        return [(s, {key: value for key, value in d.items() if key != "entity_id"}) for s, d in mine]

    @property
    def switched(self) -> list[str]:
        """Its on and off commands in order."""
        return [s.partition("_")[2] for s, _ in self.told if "turn_" in s]

    def shown(self) -> dict[str, Any]:
        """Its status entity's attributes."""
        return self.house.shown("tank")
