"""A running house with a roof and, optionally, a battery that regulates the meter to zero with a delay."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .houses import House, config, unit, watts
from .living import Device, Living

BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"}


def sunny(*, battery: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a CONFIG with a sun sensor, and with a battery if `battery` is given."""
    found: dict[str, Any] = {} if battery is None else {"battery": {**BATTERY, **battery}}
    return config(solar_w="sensor.sun", **found, **more)


@dataclass
class Battery:
    """Power that follows the house's need, `lag_s` late; the test sets its state of charge."""

    soc_pct: float | str = 50.0
    max_charge_w: float = 5000.0
    max_discharge_w: float = 5000.0
    lag_s: int = 0
    charge_w: float = 0.0
    seen: deque[float] = field(default_factory=deque)

    def follow(self, need_w: float) -> None:
        """Advance one step with this need of the house beyond its sun [W]."""
        self.seen.append(need_w)
        if len(self.seen) > self.lag_s:
            self.charge_w = min(max(-self.seen.popleft(), -self.max_discharge_w), self.max_charge_w)


class Sunny(Living):
    """Runs a house with a roof; `sun_w` and the battery's power are spread evenly over its phases.

    `more`: states of other entities, or replacements of the house's own.
    """

    def __init__(
        self,
        house: House,
        base_a: Mapping[str, float],
        *,
        sun_w: float = 0.0,
        battery: Battery | None = None,
        more: Mapping[str, Any] | None = None,
        **devices: Device,
    ) -> None:
        super().__init__(house, base_a, **devices)
        self.sun_w = sun_w
        self.battery = battery
        self.more = dict(more or {})
        self.silent: set[str] = set()

    @property
    def need_w(self) -> float:
        """What house and loads draw beyond the sun [W]."""
        return sum(super(Sunny, self).grid_a(phase) for phase in self.base_a) * 230 - self.sun_w

    @property
    def import_w(self) -> float:
        """Net import over all phases [W]; negative for export."""
        return sum(self.grid_a(phase) for phase in self.base_a) * 230

    def grid_a(self, phase: str) -> float:
        """Return a phase's meter reading [A]."""
        given_w = self.sun_w - (0.0 if self.battery is None else self.battery.charge_w)
        return super().grid_a(phase) - given_w / 230 / len(self.base_a)

    def states(self) -> dict[str, Any]:
        """Return every entity's state except the silent ones."""
        found = {**super().states(), "sensor.sun": watts(round(self.sun_w))}
        if self.battery is not None:
            found["sensor.soc"] = unit(self.battery.soc_pct, "%")
            found["sensor.battery"] = watts(round(self.battery.charge_w))
        return {entity: state for entity, state in {**found, **self.more}.items() if entity not in self.silent}

    def prepare(self) -> None:
        """Let the battery follow."""
        if self.battery is not None:
            self.battery.follow(self.need_w)

    def switched(self, name: str) -> list[tuple[float, str]]:
        """Return (time, command) of a load's switch."""
        return self.house.all_sent(f"switch.{name}")

    def reason(self, name: str) -> str:
        """Return the reason on a load's entity."""
        return str(self.house.shown(name)["reason"])
