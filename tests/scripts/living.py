"""A running house: ideal devices obey calls, and the meters show their draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .houses import BOX, BRIEF_S, House, amps, watts


@dataclass
class Device:
    """A charger with a car, or a plug: its setting, and its load's maximum draw [A]."""

    kind: str = "number"
    offer_a: float = 6.0
    on: bool = True
    takes_a: float = 32.0
    phases: str = "L1"
    obeys: bool = True
    status: str = "Charging"

    @property
    def draw_a(self) -> float:
        if not self.on:
            return 0.0
        return self.takes_a if self.kind == "plug" else min(self.offer_a, self.takes_a)


class Living:
    """Runs a house for some seconds."""

    def __init__(self, house: House, base_a: Mapping[str, float], **devices: Device) -> None:
        self.house = house
        self.base_a = dict(base_a)
        self.devices = devices
        self.second = 0
        self.worst_a = 0.0

    def grid_a(self, phase: str) -> float:
        """Return a phase's meter reading [A]."""
        return self.base_a[phase] + sum(d.draw_a for d in self.devices.values() if phase in d.phases.split())

    def states(self) -> dict[str, Any]:
        """Return every entity's state."""
        found: dict[str, Any] = {f"sensor.{p.lower()}": amps(self.grid_a(p)) for p in self.base_a}
        for name, device in self.devices.items():
            found[f"switch.{name}"] = "on" if device.on else "off"
            if device.kind == "plug":
                found[f"sensor.{name}_power"] = watts(device.draw_a * 230 * len(device.phases.split()))
            else:
                found[f"number.{name}"] = {"state": str(device.offer_a), "attributes": BOX}
                found[f"sensor.{name}_draw"] = amps(device.draw_a)
                found[f"sensor.{name}_status"] = device.status
        return found

    def prepare(self) -> None:
        """Do what happens in the house before each second."""

    def run(self, seconds: int, every: int = 1) -> None:
        """Run for this many seconds in steps of `every`; commands are carried out after each."""
        self.house.is_brief = seconds < BRIEF_S
        self.house.leaps = every > 1
        for left in reversed(range(0, seconds, every)):
            self.prepare()
            self.house.report(self.second, self.states(), last=left == 0)
            self._obey()
            self.worst_a = max([self.worst_a, *(self.grid_a(p) for p in self.base_a)])
            self.second += every

    def _obey(self) -> None:
        for call in [each for each in self.house.reply["calls"] if "entity_id" in each["data"]]:
            domain, name = call["data"]["entity_id"].split(".")
            device = self.devices.get(name)
            if device is None or not device.obeys:
                continue
            if domain == "switch":
                device.on = call["service"].endswith("turn_on")
            elif domain == "number":
                device.offer_a = call["data"]["value"]
